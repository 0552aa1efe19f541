import { expect, it } from 'vitest'
import { linkAddress } from '../src/link-address.ts'

const hook = { origin: 'https://portal.example', path: '/rest/1/code1/', token: undefined }
const app = { origin: 'https://portal.example', path: '/rest/', token: 'token1' }

it.each([
  [
    'a signed link',
    '/rest/download.json?auth=a&token=crm%7Cb',
    hook,
    'https://portal.example/rest/download.json?auth=a&token=crm%7Cb',
  ],
  [
    'a method, for a webhook',
    '/rest/catalog.product.download?fields%5BfileId%5D=6',
    hook,
    'https://portal.example/rest/1/code1/catalog.product.download?fields%5BfileId%5D=6',
  ],
  [
    'a method, for a token',
    '/rest/catalog.product.download?x=6',
    app,
    'https://portal.example/rest/catalog.product.download?x=6&auth=token1',
  ],
  [
    'a page that waits for a token',
    'https://portal.example/show_file.php?auth=&id=6',
    app,
    'https://portal.example/show_file.php?auth=token1&id=6',
  ],
  ['another host, which gets nothing', 'https://cdn.example/rest/x?auth=', app, 'https://cdn.example/rest/x?auth='],
])('leads to %s', (_what, link, at, address) => {
  expect(linkAddress(link, at).href).toBe(address)
})

it.each(['file:///etc/passwd', 'javascript:alert(1)'])('leads nowhere else: %s', (link) => {
  expect(() => linkAddress(link, hook)).toThrow(TypeError)
})

import { describe, expect, it } from 'vitest'
import { maskedAddress, methodAddress } from '../../../src/cli/bitrix24/address.ts'

const address = (url: string, hasToken = false): string => methodAddress(url, 'crm.lead.add', hasToken).href

describe('the address of a method', () => {
  it.each([
    ['https://b24-x.bitrix24.by/rest/1/abc', 'https://b24-x.bitrix24.by/rest/1/abc/crm.lead.add'],
    ['https://b24-x.bitrix24.by/rest/1/abc/', 'https://b24-x.bitrix24.by/rest/1/abc/crm.lead.add'],
    ['  b24-x.bitrix24.by/rest/1/abc ', 'https://b24-x.bitrix24.by/rest/1/abc/crm.lead.add'],
    ['www.portal.example/rest/1/abc', 'https://portal.example/rest/1/abc/crm.lead.add'],
    ['https://www.portal.example/rest/1/abc', 'https://portal.example/rest/1/abc/crm.lead.add'],
    ['portal.example:8443/rest/1/abc', 'https://portal.example:8443/rest/1/abc/crm.lead.add'],
    ['portal.example:80/rest/1/abc', 'https://portal.example:80/rest/1/abc/crm.lead.add'],
    // Only the host loses its www.: a path keeps it.
    ['portal.example/www.crm/rest/1/abc', 'https://portal.example/www.crm/rest/1/abc/crm.lead.add'],
    ['портал.example/rest/1/abc', 'https://xn--80awhdgm.example/rest/1/abc/crm.lead.add'],
  ])('of the webhook %s', (url, expected) => {
    expect(address(url)).toBe(expected)
  })

  it.each([
    ['b24-x.bitrix24.by', 'https://b24-x.bitrix24.by/rest/crm.lead.add'],
    ['https://b24-x.bitrix24.by/', 'https://b24-x.bitrix24.by/rest/crm.lead.add'],
    ['b24-x.bitrix24.by/rest', 'https://b24-x.bitrix24.by/rest/crm.lead.add'],
    ['b24-x.bitrix24.by/rest/', 'https://b24-x.bitrix24.by/rest/crm.lead.add'],
    ['portal.example/crm', 'https://portal.example/crm/rest/crm.lead.add'],
  ])('of the domain %s with a token', (url, expected) => {
    expect(address(url, true)).toBe(expected)
  })

  it.each([
    // Without encryption only where nobody else can listen.
    ['http://portal.example/', 'https://portal.example'],
    ['http://93.184.216.34', 'https://93.184.216.34'],
    ['http://172.32.0.1', 'https://172.32.0.1'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['HTTP://LOCALHOST:3000', 'http://localhost:3000'],
    ['http://127.0.0.1', 'http://127.0.0.1'],
    ['http://10.0.0.5:8080', 'http://10.0.0.5:8080'],
    ['http://172.16.0.1', 'http://172.16.0.1'],
    ['http://192.168.1.2', 'http://192.168.1.2'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['http://[fd00::1]', 'http://[fd00::1]'],
    ['http://[2001:db8::1]', 'https://[2001:db8::1]'],
    ['http://portico:3000', 'http://portico:3000'],
    ['http://crm.lan', 'http://crm.lan'],
    // This machine needs no scheme for it; its network does.
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['crm.localhost', 'http://crm.localhost'],
    ['192.168.1.2', 'https://192.168.1.2'],
    ['portico', 'https://portico'],
    ['https://localhost:3443', 'https://localhost:3443'],
    ['127.example.com', 'https://127.example.com'],
  ])('of %s has the right scheme', (url, origin) => {
    expect(address(url, true)).toBe(`${origin.replace(/\/$/, '')}/rest/crm.lead.add`)
  })

  it.each([
    '',
    'https://',
    'not a host/rest',
    'ftp://portal.example',
    'https://name:word@portal.example',
    'portal.example/?a=b',
    'portal.example/#x',
  ])('is refused of "%s"', (url) => {
    expect(() => address(url)).toThrow(expect.objectContaining({ exitCode: 99 }))
  })

  it('is shown without what opens the portal', () => {
    expect(maskedAddress(methodAddress('portal.example/rest/1/abc', 'crm.lead.add', false))).toBe(
      'https://portal.example/rest/1/***/crm.lead.add',
    )
    expect(maskedAddress(new URL('https://portal.example/rest/crm.lead.fields?auth=abc'))).toBe(
      'https://portal.example/rest/crm.lead.fields?auth=***',
    )
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { cloning } from '../../support/cloning.ts'
import { listening } from '../../support/listening.ts'
import { testPortal } from '../../support/portal.ts'

const source = await testPortal()
const { hook, origin } = await listening(source)
const field = { FIELD_NAME: 'SCAN', USER_TYPE_ID: 'file', LABEL: 'Scan' }
await source.call('crm.deal.userfield.add', { fields: field })
const scan = { fileData: ['scan.txt', Buffer.from('the scan').toString('base64')] }
await source.call('crm.deal.add', { fields: { TITLE: 'A deal', UF_CRM_SCAN: scan } })

/** Something in the network of whoever clones, that a link should not lead to. */
const asked: string[] = []
const neighbour = createServer((request, response) => {
  asked.push(`${request.url} ${request.headers.authorization ?? ''}`)
  response.writeHead(200, { 'content-disposition': 'attachment; filename="found.txt"' }).end('kept elsewhere')
})
await new Promise<void>((done) => neighbour.listen(0, '127.0.0.1', done))
afterAll(() => neighbour.close())
const there = `http://127.0.0.1:${(neighbour.address() as AddressInfo).port}/secret`

/** The network, but for downloads from the source, which lead elsewhere. */
const redirected: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  return init?.method === 'POST' || url.origin !== origin
    ? fetch(input, init)
    : new Response(null, { status: 302, headers: { location: there } })
}
const deals = { only: ['deals'], fetch: redirected }

it('follows no link into its own network, and brings the record without the file', async () => {
  const target = await testPortal()
  const report = await cloning(hook, target, deals)
  expect(asked).toEqual([])
  expect(report.steps.find(({ step }) => step === 'deals')).toMatchObject({
    rows: 1,
    left: [{ why: 'a file that the source does not give', n: 1 }],
  })
  expect((await target.census()).stored_file).toBe(0)
})

it('follows one that leads where the operator allows it, and says nothing there of who asks', async () => {
  const target = await testPortal({ allowOutgoing: ['127.0.0.1'] })
  const report = await cloning(hook, target, deals)
  expect(report.left).toBe(0)
  expect(asked).toEqual(['/secret '])
  const [deal] = (await target.call('crm.deal.list', { select: ['UF_CRM_SCAN'] })).body.result
  const { downloadUrl } = deal.UF_CRM_SCAN
  const file = await target.send({ method: 'GET', url: downloadUrl })
  expect(file.text).toBe('kept elsewhere')
})

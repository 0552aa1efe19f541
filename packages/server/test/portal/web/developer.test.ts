import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { localApplication } from '../../support/local-application.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ allowOutgoing: ['127.0.0.0/8'] })
const heard: URLSearchParams[] = []
const handler = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    heard.push(new URLSearchParams(Buffer.concat(chunks).toString()))
    response.end('ok')
  })
})
await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(handler.address() as AddressInfo).port}/hook`
afterAll(() => handler.close())

it('tells when a webhook was last used, and that of one that never was nothing is known', async () => {
  const { ID, URL } = (await portal.call('portico.webhook.add', { title: 'Unused', scope: 'crm' })).body.result
  const find = async () =>
    (await portal.call('portico.webhook.list')).body.result.find((each: { ID: number }) => each.ID === ID)
  expect((await find()).LAST_USED).toBeNull()
  portal.clock.at = 1_800_000_000
  await portal.send({ url: `${new globalThis.URL(String(URL)).pathname}profile` })
  expect((await find()).LAST_USED).toBe('2027-01-15T09:00:00+01:00')
  // Not with every request, or reading would write.
  portal.clock.at += 60
  await portal.send({ url: `${new globalThis.URL(String(URL)).pathname}profile` })
  expect((await find()).LAST_USED).toBe('2027-01-15T09:00:00+01:00')
  portal.clock.at += 600
  await portal.send({ url: `${new globalThis.URL(String(URL)).pathname}profile` })
  expect((await find()).LAST_USED).toBe('2027-01-15T09:11:00+01:00')
  portal.clock.at = undefined
})

it('sends a test event to an outbound webhook, with the secret that real ones carry', async () => {
  const given = { url, events: ['ONCRMLEADADD'], title: 'Test' }
  const { ID, APPLICATION_TOKEN } = (await portal.call('portico.outbound.add', given)).body.result
  const { DELIVERY_ID } = (await portal.call('portico.outbound.test', { id: ID })).body.result
  await portal.work()
  const delivery = (await portal.call('portico.delivery.get', { id: DELIVERY_ID })).body.result
  expect(delivery).toMatchObject({ EVENT: 'ONAPPTEST', STATE: 'delivered', URL: url })
  expect(heard[0]?.get('event')).toBe('ONAPPTEST')
  expect(heard[0]?.get('auth[application_token]')).toBe(APPLICATION_TOKEN)
  const { hook } = await portal.person()
  expect((await portal.call('portico.outbound.test', { id: ID }, { as: hook })).status).toBe(403)
  expect((await portal.call('portico.outbound.test', { id: 999 })).body.error).toBe('NOT_FOUND')
})

it('lists what an application has put into the portal', async () => {
  const { application, token } = await localApplication(portal)
  const as = { token: await token() }
  await portal.call(
    'placement.bind',
    { PLACEMENT: 'CRM_LEAD_DETAIL_TAB', HANDLER: 'https://app.example.com/tab', TITLE: 'Tab' },
    as,
  )
  await portal.call('event.bind', { event: 'ONCRMLEADADD', handler: 'https://app.example.com/event' }, as)
  const found = (await portal.call('portico.app.get', { id: application.id })).body.result
  expect(found.PLACEMENTS).toEqual([
    { PLACEMENT: 'CRM_LEAD_DETAIL_TAB', HANDLER: 'https://app.example.com/tab', TITLE: 'Tab', USER_ID: 0 },
  ])
  expect(found.EVENTS).toEqual([
    { ID: expect.any(Number), EVENT: 'ONCRMLEADADD', HANDLER: 'https://app.example.com/event', OFFLINE: 'N' },
  ])
})

import { expect, it } from 'vitest'
import { localApplication } from '../../support/local-application.ts'
import { testPortal } from '../../support/portal.ts'
import { handler } from './handler.ts'

const START = 1_800_000_000
const DAY = 86_400
const portal = await testPortal({ at: START, allowOutgoing: ['127.0.0.1'] })
const there = await handler()
const app = await localApplication(portal, { scopes: 'crm' })
const lead = () => portal.call('crm.lead.add', { fields: { TITLE: 'A lead' } })

it('the outbox is emptied where nobody listens, and nothing is queued', async () => {
  for (let n = 0; n < 20; n++) await lead()
  const before = await portal.census()
  expect(before.outbox).toBeGreaterThanOrEqual(20)
  expect(await portal.deliveries.run()).toBe(0)
  const after = await portal.census()
  expect([after.outbox, after.event_delivery, after.event_offline]).toEqual([0, 0, 0])
})

it('what was delivered is known for three days, what failed for thirty, what was taken and not cleared for thirty', async () => {
  const { ID } = (await portal.call('portico.outbound.add', { url: there.url, events: ['ONCRMLEADADD'] })).body.result
  await portal.call('portico.outbound.add', { url: 'http://10.0.0.1/', events: ['ONCRMLEADADD'] })
  const token = await app.token()
  await portal.call('event.bind', { event: 'ONCRMLEADADD', event_type: 'offline' }, { token })
  await lead()
  await portal.work()
  await portal.call('event.offline.get', { clear: 0 }, { token })
  const left = async (days: number) => {
    portal.clock.at = START + days * DAY
    await portal.tend()
    const { event_delivery, event_attempt, event_offline } = await portal.census()
    return [event_delivery, event_attempt, event_offline]
  }
  expect(await left(2)).toEqual([2, 2, 1])
  expect(await left(4)).toEqual([1, 1, 1])
  expect(await left(31)).toEqual([0, 0, 0])
  expect((await portal.call('portico.delivery.list', { filter: { HANDLER_ID: ID } })).body.total).toBe(0)
})

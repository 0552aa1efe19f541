import { beforeAll, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal, type TestPortal } from '../../support/portal.ts'

const portal = await testPortal()
const rows = async (table: string): Promise<number> => {
  const [row] = await portal.portal.store
    .session()
    .find<{ n: number }>(sql`select count(*) as n from ${sql.table(table)}`)
  return Number(row?.n)
}
const start = async (on: TestPortal, events?: unknown): Promise<number> =>
  (await on.call('portico.listen.start', { events })).body.result.ID
const next = async (
  on: TestPortal,
  id: number,
  more: object = {},
): Promise<{ ID: number; PAYLOAD: { event: string }; BODY: string }[]> => {
  const { body } = await on.call('portico.listen.next', { id, ...more })
  return body.result?.EVENTS ?? Promise.reject(new Error(body.error_description))
}

beforeAll(async () => {
  await portal.portal.store.session().transaction((tx) => tx.change(sql`delete from outbox`))
})

it('puts nothing aside while nobody listens, and forgets what is told to no one', async () => {
  await portal.call('crm.lead.add', { fields: { TITLE: 'Unheard' } })
  await portal.deliveries.run()
  expect(await rows('event_heard')).toBe(0)
  expect(await rows('outbox')).toBe(0)
})

it('tells what a handler would be sent, in order, until it is said that it has arrived', async () => {
  const begun = await portal.call('portico.listen.start')
  const id: number = begun.body.result.ID
  const lead = (await portal.call('crm.lead.add', { fields: { TITLE: 'One' } })).body.result
  await portal.call('crm.lead.update', { id: lead, fields: { TITLE: 'Two' } })
  await portal.call('crm.lead.delete', { id: lead })
  const first = await next(portal, id)
  expect(first.map(({ PAYLOAD }) => PAYLOAD.event)).toEqual(['ONCRMLEADADD', 'ONCRMLEADUPDATE', 'ONCRMLEADDELETE'])
  const [added] = first
  const form = new URLSearchParams(added?.BODY)
  expect(Object.fromEntries(form)).toEqual({
    event: 'ONCRMLEADADD',
    event_handler_id: String(id),
    'data[FIELDS][ID]': String(lead),
    ts: expect.stringMatching(/^\d{10}$/),
    'auth[domain]': expect.any(String),
    'auth[client_endpoint]': expect.stringMatching(/\/rest\/$/),
    'auth[server_endpoint]': expect.stringMatching(/\/rest\/$/),
    'auth[member_id]': expect.stringMatching(/^[0-9a-f]{32}$/),
    'auth[application_token]': begun.body.result.APPLICATION_TOKEN,
  })
  // An answer that was lost is given again.
  expect((await next(portal, id)).map(({ ID }) => ID)).toEqual(first.map(({ ID }) => ID))
  const done = first.slice(0, 2).map(({ ID }) => ID)
  expect((await next(portal, id, { done })).map(({ PAYLOAD }) => PAYLOAD.event)).toEqual(['ONCRMLEADDELETE'])
  expect((await portal.call('portico.listen.stop', { id })).body.result).toBe(true)
  expect([await rows('event_heard'), await rows('event_listener')]).toEqual([0, 0])
  expect((await portal.call('portico.listen.next', { id })).body.error).toBe('LISTENER_NOT_FOUND')
})

it('hears only what it was started for', async () => {
  const id = await start(portal, 'ONCRMDEALADD')
  await portal.call('crm.lead.add', { fields: { TITLE: 'Not this' } })
  await portal.call('crm.deal.add', { fields: { TITLE: 'This' } })
  expect((await next(portal, id)).map(({ PAYLOAD }) => PAYLOAD.event)).toEqual(['ONCRMDEALADD'])
  expect((await portal.call('portico.listen.start', { events: ['ONNOTHING'] })).body.error).toBe(
    'ERROR_EVENT_NOT_FOUND',
  )
  await portal.call('portico.listen.stop', { id })
})

it('waits for what happens on another server of the portal', { timeout: 20_000 }, async () => {
  const other = await testPortal({ beside: portal })
  const id = await start(portal)
  const waiting = next(portal, id, { wait: 10 })
  await other.call('crm.lead.add', { fields: { TITLE: 'Elsewhere' } })
  expect((await waiting).map(({ PAYLOAD }) => PAYLOAD.event)).toEqual(['ONCRMLEADADD'])
  await portal.call('portico.listen.stop', { id })
})

it('ends by itself when nobody asks any more, and lives as long as somebody does', async () => {
  const id = await start(portal)
  const begun = Math.floor(Date.now() / 1000)
  portal.clock.at = begun + 60
  await next(portal, id)
  portal.clock.at = begun + 120
  await portal.tend()
  expect(await rows('event_listener')).toBe(1)
  await portal.call('crm.lead.add', { fields: { TITLE: 'For nobody' } })
  await portal.deliveries.run()
  expect(await rows('event_heard')).toBe(1)
  portal.clock.at = begun + 300
  await portal.tend()
  expect([await rows('event_heard'), await rows('event_listener')]).toEqual([0, 0])
  portal.clock.at = undefined
})

it('is for administrators with every scope', async () => {
  const clerk = await portal.person()
  const narrow = await portal.person({ admin: true, scope: 'crm' })
  const before = await portal.census()
  for (const method of ['portico.listen.start', 'portico.log.list']) {
    expect((await portal.call(method, {}, { as: clerk.hook })).status).toBe(403)
    expect((await portal.call(method, {}, { as: narrow.hook })).status).toBe(403)
  }
  expect(await portal.census()).toEqual(before)
  const other = await portal.person({ admin: true })
  const id = await start(portal)
  expect((await portal.call('portico.listen.next', { id }, { as: other.hook })).body.error).toBe('LISTENER_NOT_FOUND')
  await portal.call('portico.listen.stop', { id })
})

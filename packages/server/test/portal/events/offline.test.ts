import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { localApplication } from '../../support/local-application.ts'
import { testPortal } from '../../support/portal.ts'
import { handler } from './handler.ts'

const START = 1_800_000_000
const portal = await testPortal({ at: START, allowOutgoing: ['127.0.0.1'] })
const app = await localApplication(portal, { scopes: 'crm' })
const token = await app.token()
const there = await handler()

interface Row {
  readonly ID: string
  readonly EVENT_NAME: string
  readonly EVENT_DATA: { readonly FIELDS: { readonly ID: string } }
  readonly MESSAGE_ID: string
}
const asApp = (method: string, parameters: object = {}) => portal.call(method, parameters, { token })
const taken = async (parameters: object = {}) =>
  (await asApp('event.offline.get', parameters)).body.result as { process_id: string | null; events: Row[] }
const lead = async (more: object = {}): Promise<number> =>
  (await portal.call('crm.lead.add', { fields: { TITLE: 'A lead' }, ...more })).body.result
const change = (id: number, more: object = {}) =>
  portal.call('crm.lead.update', { id, fields: { COMMENTS: 'x' }, ...more })
const offline = (event: string, more: object = {}) => asApp('event.bind', { event, event_type: 'offline', ...more })

beforeEach(async () => {
  portal.clock.at = START
  const session = portal.portal.store.session()
  for (const table of ['outbox', 'event_offline', 'event_delivery'])
    await session.transaction((tx) => tx.change(sql`delete from ${sql.table(table)}`))
  await session.settled()
  for (const { event, offline } of (await asApp('event.get')).body.result)
    await asApp('event.unbind', { event, event_type: offline === 1 ? 'offline' : 'online' })
  there.received.length = 0
})

describe('the queue', () => {
  it('keeps one record for an event of an object, of its latest change, as documented', async () => {
    await offline('ONCRMLEADUPDATE')
    const id = await lead()
    for (const at of [1, 2, 3]) {
      portal.clock.at = START + at
      await change(id)
    }
    const { status, body } = await asApp('event.offline.list')
    expect([status, body.total, body.next]).toEqual([200, 1, undefined])
    expect(body.result).toEqual([
      {
        ID: expect.stringMatching(/^\d+$/),
        TIMESTAMP_X: '2027-01-15T09:00:03+01:00',
        EVENT_NAME: 'ONCRMLEADUPDATE',
        EVENT_DATA: { FIELDS: { ID: String(id) } },
        EVENT_ADDITIONAL: false,
        MESSAGE_ID: expect.stringMatching(/^[0-9a-f]{32}$/),
        PROCESS_ID: '',
        ERROR: '0',
      },
    ])
    const got = await taken()
    const { PROCESS_ID: _process, ERROR: _error, ...same } = body.result[0]
    expect(got).toEqual({ process_id: null, events: [same] })
    expect(await taken()).toEqual({ process_id: null, events: [] })
  })

  it('gives parts that are kept until they are cleared, and each to one process alone', async () => {
    await offline('ONCRMLEADADD')
    const ids = [await lead(), await lead(), await lead(), await lead()]
    const [first, second] = await Promise.all([taken({ clear: 0, limit: 2 }), taken({ clear: 0, limit: 2 })])
    const idsOf = ({ events }: { events: Row[] }) => events.map(({ EVENT_DATA }) => Number(EVENT_DATA.FIELDS.ID))
    expect([...idsOf(first), ...idsOf(second)].sort((a, b) => a - b)).toEqual(ids)
    expect(first.process_id).toMatch(/^[a-z0-9]{32}$/)
    expect(first.process_id).not.toBe(second.process_id)
    expect(await taken()).toMatchObject({ events: [] })
    // Again, for whoever has lost what it took.
    expect(idsOf(await taken({ process_id: first.process_id, clear: 0 }))).toEqual(idsOf(first))
    const [one, two] = first.events
    const clear = (more: object) => asApp('event.offline.clear', { process_id: first.process_id, ...more })
    expect((await clear({ message_id: [one?.MESSAGE_ID] })).body.result).toBe(true)
    expect(idsOf(await taken({ process_id: first.process_id, clear: 0 }))).toEqual([idsOf(first)[1]])
    expect((await clear({ id: [two?.ID] })).body.result).toBe(true)
    expect((await taken({ process_id: first.process_id, clear: 0 })).events).toEqual([])
    expect((await asApp('event.offline.clear', { process_id: second.process_id })).body.result).toBe(true)
    expect((await asApp('event.offline.list')).body.total).toBe(0)
    expect((await asApp('event.offline.clear', { process_id: 'never' })).body.result).toBe(true)
  })

  it('gives many who ask at once all of it once', async () => {
    await offline('ONCRMLEADADD')
    const ids: number[] = []
    for (let n = 0; n < 30; n++) ids.push(await lead())
    const parts = await Promise.all(Array.from({ length: 10 }, (_, n) => taken({ limit: 4, clear: n % 2 })))
    const got = parts.flatMap(({ events }) => events.map(({ EVENT_DATA }) => Number(EVENT_DATA.FIELDS.ID)))
    expect(got).toHaveLength(30)
    expect(got.sort((a, b) => a - b)).toEqual(ids)
  })

  it('marks what could not be processed, and gives it when asked for', async () => {
    await offline('ONCRMLEADADD')
    await lead()
    const { process_id, events } = await taken({ clear: 0 })
    const message_id = events.map(({ MESSAGE_ID }) => MESSAGE_ID)
    expect((await asApp('event.offline.error', { process_id, message_id })).body.result).toBe(true)
    expect((await taken({ process_id, clear: 0 })).events).toEqual([])
    expect((await asApp('event.offline.list', { filter: { ERROR: 1 } })).body.result[0]).toMatchObject({
      PROCESS_ID: process_id,
      ERROR: '1',
    })
    expect((await taken({ error: 1, clear: 0, process_id })).events).toEqual(events)
  })

  it('keeps a change that comes after another has been taken', async () => {
    await offline('ONCRMLEADUPDATE')
    const id = await lead()
    await change(id)
    const { process_id } = await taken({ clear: 0 })
    await change(id)
    expect((await taken({ clear: 0 })).events).toHaveLength(1)
    await asApp('event.offline.clear', { process_id })
  })

  it('is filtered and ordered by the documented fields', async () => {
    await offline('ONCRMLEADADD')
    await offline('ONCRMLEADUPDATE')
    const first = await lead()
    portal.clock.at = START + 60
    await change(first)
    const names = async (parameters: object) =>
      (await asApp('event.offline.list', parameters)).body.result.map(({ EVENT_NAME }: Row) => EVENT_NAME)
    expect(await names({ order: { ID: 'DESC' } })).toEqual(['ONCRMLEADUPDATE', 'ONCRMLEADADD'])
    expect(await names({ filter: { '=EVENT_NAME': 'ONCRMLEADADD' } })).toEqual(['ONCRMLEADADD'])
    expect(await names({ filter: { '>TIMESTAMP_X': '2027-01-15T09:00:30+01:00' } })).toEqual(['ONCRMLEADUPDATE'])
    const [{ MESSAGE_ID, ID }] = (await asApp('event.offline.list')).body.result
    expect(await names({ filter: { MESSAGE_ID } })).toEqual(['ONCRMLEADADD'])
    expect(await names({ filter: { '>ID': ID } })).toEqual(['ONCRMLEADUPDATE'])
    const got = await taken({ filter: { '!EVENT_NAME': 'ONCRMLEADADD' } })
    expect(got.events.map(({ EVENT_NAME }) => EVENT_NAME)).toEqual(['ONCRMLEADUPDATE'])
  })

  it('is read by pages of fifty', async () => {
    await offline('ONCRMLEADADD')
    for (let n = 0; n < 53; n++) await lead()
    const first = (await asApp('event.offline.list')).body
    expect([first.result.length, first.total, first.next]).toEqual([50, 53, 50])
    const second = (await asApp('event.offline.list', { start: 50 })).body
    expect([second.result.length, second.total, second.next]).toEqual([3, 53, undefined])
  })
})

describe('a source key', () => {
  it('keeps an application from hearing of its own changes, in a batch too', async () => {
    await offline('ONCRMLEADADD', { auth_connector: 'BxTest' })
    await offline('ONCRMLEADADD')
    await lead({ auth_connector: 'BxTest' })
    await portal.call('batch', { cmd: { a: 'crm.lead.add?fields[TITLE]=1&auth_connector=BxTest' } })
    await portal.call('batch', { auth_connector: 'BxTest', cmd: { a: 'crm.lead.add?fields[TITLE]=2' } })
    expect((await asApp('event.offline.list', { auth_connector: 'BxTest' })).body.total).toBe(0)
    // Who has no key is told of everything.
    expect((await asApp('event.offline.list')).body.total).toBe(3)
    const id = await lead({ auth_connector: 'Another' })
    const { events } = await taken({ auth_connector: 'BxTest' })
    expect(events.map(({ EVENT_DATA }) => EVENT_DATA.FIELDS.ID)).toEqual([String(id)])
  })
})

describe('ONOFFLINEEVENT', () => {
  it('tells that something waits, once in minTimeout seconds, with tokens for later', async () => {
    await offline('ONCRMLEADADD')
    await asApp('event.bind', { event: 'ONOFFLINEEVENT', handler: there.url, options: { minTimeout: 30 } })
    for (let n = 0; n < 3; n++) {
      await lead()
      await portal.work()
    }
    expect(there.received).toHaveLength(1)
    const { form = {}, raw = '' } = there.received[0] ?? {}
    expect(form).toMatchObject({
      event: 'ONOFFLINEEVENT',
      auth: { refresh_token: expect.stringMatching(/^[a-z0-9]{70}$/) },
    })
    expect(raw).not.toContain('data')
    portal.clock.at = START + 29
    await portal.work()
    expect(there.received).toHaveLength(1)
    portal.clock.at = START + 30
    await portal.work()
    // Of what came meanwhile, once more.
    expect(there.received).toHaveLength(2)
    portal.clock.at = START + 300
    await portal.work()
    expect(there.received).toHaveLength(2)
  })
})

describe('who may', () => {
  it.each(['event.offline.get', 'event.offline.list', 'event.offline.clear', 'event.offline.error'])(
    'call %s: administrators, by an application',
    async (method) => {
      const { id } = await portal.person()
      const theirs = await app.token(id)
      const denied = await portal.call(method, { process_id: 'x' }, { token: theirs })
      expect([denied.status, denied.body.error, denied.body.error_description]).toEqual([
        403,
        'ACCESS_DENIED',
        'Access denied!',
      ])
      const webhook = await portal.call(method, { process_id: 'x' })
      expect([webhook.status, webhook.body.error]).toEqual([403, 'WRONG_AUTH_TYPE'])
    },
  )

  it('see the queue of its own application alone', async () => {
    await offline('ONCRMLEADADD')
    await lead()
    const other = await (await localApplication(portal, { scopes: 'crm' })).token()
    expect((await portal.call('event.offline.get', {}, { token: other })).body.result.events).toEqual([])
    expect((await taken()).events).toHaveLength(1)
  })
})

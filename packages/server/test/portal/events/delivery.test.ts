import { beforeEach, describe, expect, it } from 'vitest'
import { deleteRule, listRules } from '../../../src/modules/crm/automation/rules.ts'
import { localApplication } from '../../support/local-application.ts'
import { testPortal } from '../../support/portal.ts'
import { asAdministrator, ruleOf } from '../automation/administrator.ts'
import { handler, idOf } from './handler.ts'

const START = 1_800_000_000
const portal = await testPortal({ at: START, allowOutgoing: ['127.0.0.1'], publicUrl: 'https://crm.example.com' })
const app = await localApplication(portal, { scopes: 'crm,catalog,user' })
const token = await app.token()
const there = await handler()

const asApp = (method: string, parameters: object = {}) => portal.call(method, parameters, { token })
async function bind(event: string, more: object = {}): Promise<void> {
  const { status, body } = await asApp('event.bind', { event, handler: there.url, ...more })
  expect([status, body.error_description]).toEqual([200, undefined])
}
async function lead(title = 'A lead'): Promise<number> {
  return (await portal.call('crm.lead.add', { fields: { TITLE: title } })).body.result
}

beforeEach(async () => {
  portal.clock.at = START
  for (const { event } of (await asApp('event.get')).body.result) await asApp('event.unbind', { event })
  await portal.work()
  there.received.length = 0
  Object.assign(there, { answer: () => 200, body: () => 'ok', redirect: undefined })
})

describe('what a handler gets', () => {
  it('is the documented form, all of it texts, with a token that acts for whoever caused it', async () => {
    const { id: userId, hook } = await portal.person({ admin: true })
    await bind('OnCrmLeadAdd')
    const { body } = await portal.call('crm.lead.add', { fields: { TITLE: 'Theirs' } }, { as: hook })
    await portal.work()
    expect(there.received).toHaveLength(1)
    const [first] = there.received
    const { headers = {}, raw = '', form = {} } = first ?? {}
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(form).toEqual({
      event: 'ONCRMLEADADD',
      event_handler_id: expect.stringMatching(/^\d+$/),
      data: { FIELDS: { ID: String(body.result) } },
      ts: String(START),
      auth: {
        access_token: expect.stringMatching(/^[a-z0-9]{70}$/),
        expires: String(START + 3600),
        expires_in: '3600',
        scope: 'catalog,crm,user',
        domain: 'crm.example.com',
        server_endpoint: 'https://crm.example.com/rest/',
        status: 'L',
        client_endpoint: 'https://crm.example.com/rest/',
        member_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        user_id: String(userId),
        application_token: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    })
    expect(raw.startsWith('event=ONCRMLEADADD&event_handler_id=')).toBe(true)
    expect(decodeURIComponent(raw)).toContain('&data[FIELDS][ID]=')
    const { access_token } = form.auth as { access_token: string }
    const profile = await portal.call('profile', {}, { token: access_token })
    expect(profile.body.result.ID).toBe(String(userId))
  })

  it('acts for the person whom the binding names', async () => {
    const { id, hook } = await portal.person({ admin: true })
    await bind('ONCRMLEADADD', { auth_type: id })
    await portal.call('crm.lead.add', { fields: { TITLE: 'Mine' } })
    await portal.work()
    expect(there.received.map(({ form }) => (form.auth as { user_id: string }).user_id)).toEqual([String(id)])
    expect(hook).toMatch(/^\d+\//)
  })

  it('has no token where nobody acts, or where they may not use the portal any more', async () => {
    const { id, hook } = await portal.person({ admin: true })
    await bind('ONCRMLEADADD')
    await portal.call('crm.lead.add', { fields: { TITLE: 'Last' } }, { as: hook })
    await portal.call('user.update', { ID: id, ACTIVE: false })
    await portal.work()
    expect(there.received).toHaveLength(1)
    expect(Object.keys(there.received[0]?.form.auth as object).sort()).toEqual([
      'application_token',
      'client_endpoint',
      'domain',
      'member_id',
      'server_endpoint',
      'status',
    ])
  })

  it('has no token for what a rule has done', async () => {
    await bind('ONCRMLEADADD')
    await bind('ONCRMLEADUPDATE')
    await ruleOf(portal, { entityTypeId: 1, stageId: 'NEW', kind: 'field', settings: { fields: { title: 'Ruled' } } })
    await lead()
    await portal.work()
    const told = there.received.map(({ form }) => [form.event, 'access_token' in (form.auth as object)])
    expect(told).toEqual([
      ['ONCRMLEADADD', true],
      ['ONCRMLEADUPDATE', false],
    ])
    await asAdministrator(portal, async (context) => {
      for (const { id } of await listRules(context)) await deleteRule(context, id)
    })
  })

  it('has no key for what is empty', async () => {
    await bind('ONAPPTEST')
    expect((await asApp('event.test')).body.result).toBe(1)
    await portal.work()
    const { raw = '', form = {} } = there.received[0] ?? {}
    expect(form.data).toEqual({ LANGUAGE_ID: 'en' })
    expect(raw).not.toContain('QUERY')
    expect(raw).not.toContain('data=')
  })

  it('tells what a test has been given', async () => {
    await bind('ONAPPTEST')
    await asApp('event.test', { any: 'data', list: [1, { deep: true }] })
    await portal.work()
    expect(there.received[0]?.form).toMatchObject({
      event: 'ONAPPTEST',
      data: { QUERY: { any: 'data', list: ['1', { deep: '1' }] }, LANGUAGE_ID: 'en' },
    })
  })

  it('says the type of a smart process, whether it was bound to all of them or to that one', async () => {
    const type = (await portal.call('crm.type.add', { fields: { title: 'Cars' } })).body.result.type
    const other = (await portal.call('crm.type.add', { fields: { title: 'Boats' } })).body.result.type
    await bind('ONCRMDYNAMICITEMADD')
    await bind(`ONCRMDYNAMICITEMADD_${type.entityTypeId}`)
    for (const { entityTypeId } of [type, other])
      await portal.call('crm.item.add', { entityTypeId, fields: { title: 'One' } })
    await portal.work()
    const told = there.received.map(({ form }) => [form.event, (form.data as any).FIELDS.ENTITY_TYPE_ID]) // eslint-disable-line typescript/no-explicit-any
    expect(told.sort()).toEqual(
      [
        ['ONCRMDYNAMICITEMADD', String(type.entityTypeId)],
        ['ONCRMDYNAMICITEMADD', String(other.entityTypeId)],
        [`ONCRMDYNAMICITEMADD_${type.entityTypeId}`, String(type.entityTypeId)],
      ].sort(),
    )
  })
})

describe('delivery', () => {
  it('comes after the commit alone: what was refused is told to nobody', async () => {
    await bind('ONCRMLEADADD')
    await bind('ONCRMLEADUPDATE')
    await portal.call('crm.lead.update', { id: 999_999, fields: { TITLE: 'x' } })
    await portal.call('batch', { halt: 1, cmd: { a: 'crm.lead.add?fields[TITLE]=1', b: 'crm.lead.get?id=999999' } })
    await portal.work()
    expect(there.received.map(({ form }) => form.event)).toEqual(['ONCRMLEADADD'])
  })

  it('is tried again with the same time and handler, and what follows for that record waits for it', async () => {
    await bind('ONCRMLEADADD')
    await bind('ONCRMLEADUPDATE')
    const updates = (await asApp('event.get')).body.result
    expect(updates).toHaveLength(2)
    await asApp('event.unbind', { event: 'ONCRMLEADADD' })
    const id = await lead()
    const second = await lead()
    there.answer = ({ form }) => (idOf({ form } as never) === String(id) ? 503 : 200)
    for (const STATUS_DESCRIPTION of ['1', '2', '3'])
      await portal.call('crm.lead.update', { id, fields: { STATUS_DESCRIPTION } })
    await portal.call('crm.lead.update', { id: second, fields: { STATUS_DESCRIPTION: '1' } })
    await portal.work()
    // One attempt for the first record, none for what follows, and nothing holds up the other record.
    expect(there.received.map(idOf).sort()).toEqual([String(id), String(second)].sort())
    const first = there.received.find((each) => idOf(each) === String(id))
    there.received.length = 0
    portal.clock.at = START + 4
    await portal.work()
    expect(there.received).toEqual([])
    there.answer = () => 200
    portal.clock.at = START + 5
    await portal.work()
    expect(there.received).toHaveLength(3)
    expect(there.received[0]?.form).toMatchObject({
      ts: first?.form.ts,
      event_handler_id: first?.form.event_handler_id,
      data: first?.form.data,
    })
  })

  it('keeps the order of what happens to a record, whatever fails in between', async () => {
    for (const event of ['ONCRMLEADADD', 'ONCRMLEADUPDATE', 'ONCRMLEADDELETE']) await bind(event)
    const ids: number[] = []
    for (let n = 0; n < 5; n++) ids.push(await lead(`Lead ${n}`))
    for (const id of ids) await portal.call('crm.lead.update', { id, fields: { TITLE: 'Changed' } })
    for (const id of ids) await portal.call('crm.lead.delete', { id })
    let turn = 0
    const delivered: string[] = []
    there.answer = (each) => {
      if (turn++ % 3 === 0) return 500
      delivered.push(`${idOf(each)} ${String(each.form.event)}`)
      return 204
    }
    for (let n = 0; n < 20; n++) {
      await portal.work()
      portal.clock.at = (portal.clock.at ?? 0) + 3600
    }
    for (const id of ids)
      expect(delivered.filter((each) => each.startsWith(`${id} `))).toEqual([
        `${id} ONCRMLEADADD`,
        `${id} ONCRMLEADUPDATE`,
        `${id} ONCRMLEADDELETE`,
      ])
  })

  it('is given up in the end, stays in the ledger, and can be replayed', async () => {
    await bind('ONCRMLEADADD')
    there.answer = () => 500
    there.body = ({ form }) => `no: ${(form.auth as { access_token: string }).access_token}`
    const id = await lead()
    const gaps: number[] = []
    for (let n = 0; n < 8; n++) {
      const before = there.received.length
      for (const wait of [0, 5, 25, 90, 480, 3000, 18_000]) {
        portal.clock.at = (portal.clock.at ?? 0) + wait
        await portal.work()
        if (there.received.length > before) break
      }
      gaps.push(there.received.length - before)
    }
    expect(gaps).toEqual([1, 1, 1, 1, 1, 1, 1, 0])
    const list = await portal.call('portico.delivery.list', { filter: { STATE: 'failed' } })
    expect(list.body.total).toBe(1)
    const [row] = list.body.result
    expect(row).toMatchObject({ EVENT: 'ONCRMLEADADD', URL: there.url, ATTEMPTS: '7', DATA: { FIELDS: { ID: id } } })
    const shown = (await portal.call('portico.delivery.get', { id: row.ID })).body.result
    expect(shown.ATTEMPTS_MADE).toHaveLength(7)
    expect(shown.ATTEMPTS_MADE[0]).toEqual({
      TIME: expect.any(String),
      DURATION: expect.any(Number),
      STATUS: 500,
      ANSWER: 'no: ***',
      ERROR: 'the handler answered 500',
    })
    there.received.length = 0
    there.answer = () => 200
    expect((await portal.call('portico.delivery.replay', { id: row.ID })).body.result).toEqual({ count: 1 })
    await portal.work()
    expect(there.received.map(idOf)).toEqual([String(id)])
    expect(there.received[0]?.form.ts).toBe(String(START))
    expect((await portal.call('portico.delivery.get', { id: row.ID })).body.result.STATE).toBe('delivered')
  })

  it('replays many at once, by what they have in common', async () => {
    await bind('ONCRMLEADADD')
    const ids = [await lead(), await lead(), await lead()]
    await portal.work()
    const first = (await portal.call('portico.delivery.list', { order: { ID: 'ASC' } })).body
    expect(first.total).toBeGreaterThanOrEqual(3)
    there.received.length = 0
    const filter = { EVENT: 'ONCRMLEADADD', '>=RECORD_ID': ids[0] }
    expect((await portal.call('portico.delivery.replay', { filter })).body.result).toEqual({ count: 3 })
    await portal.work()
    expect(there.received.map(idOf).sort()).toEqual(ids.map(String).sort())
  })

  it('uses one connection for many events', async () => {
    await bind('ONCRMLEADADD')
    for (let n = 0; n < 40; n++) await lead()
    await portal.work()
    expect(there.received).toHaveLength(40)
    expect(new Set(there.received.map(({ port }) => port)).size).toBeLessThanOrEqual(8)
  })

  it('shares one token among the events of a person', async () => {
    await bind('ONCRMLEADADD')
    for (let n = 0; n < 5; n++) await lead()
    await portal.work()
    const tokens = there.received.map(({ form }) => (form.auth as { access_token: string }).access_token)
    expect(new Set(tokens).size).toBe(1)
    portal.clock.at = START + 120
    await lead()
    await portal.work()
    const { auth } = there.received.at(-1)?.form ?? {}
    expect(auth).toMatchObject({ expires: String(START + 120 + 3600), expires_in: '3600' })
    expect(tokens).not.toContain((auth as { access_token: string }).access_token)
  })

  it('follows no redirect with what is secret in it', async () => {
    const other = await handler()
    await bind('ONCRMLEADADD')
    for (const [status, location] of [
      [307, other.url],
      [302, `${there.url}/elsewhere`],
      [308, 'http://169.254.169.254/latest/'],
    ] as const) {
      there.answer = () => status
      there.redirect = location
      there.received.length = 0
      await lead()
      await portal.work()
      expect(there.received).toHaveLength(1)
    }
    expect(other.received).toEqual([])
    const { body } = await portal.call('portico.delivery.list', { filter: { STATE: 'waiting' } })
    expect(body.total).toBe(3)
  })
})

describe('a handler that is gone', () => {
  it('is sent nothing more of what waits for it', async () => {
    await bind('ONCRMLEADADD')
    there.answer = () => 500
    await lead()
    await portal.work()
    expect((await asApp('event.unbind', { event: 'ONCRMLEADADD' })).body.result).toEqual({ count: 1 })
    there.received.length = 0
    portal.clock.at = START + 10
    await portal.work()
    expect(there.received).toEqual([])
    expect((await portal.call('portico.delivery.list', { filter: { STATE: 'waiting' } })).body.total).toBe(0)
  })
})

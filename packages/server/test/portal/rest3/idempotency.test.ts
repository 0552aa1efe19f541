import { describe, expect, it } from 'vitest'
import { methodV3, needV3 } from '../../../src/methods/v3.ts'
import { lead } from '../../../src/modules/crm/lead.ts'
import { emptyDraft } from '../../../src/records/change.ts'
import { create } from '../../../src/records/records.ts'
import { sql } from '../../../src/store/sql.ts'
import { database, testPortal } from '../../support/portal.ts'
import { callKeyed, callV3, v3Code } from '../../support/rest-v3.ts'

/** A writing method of REST 3.0, of a program that embeds the portal. */
const addLeads = methodV3({
  name: 'embedder.leads.add',
  scope: 'crm',
  params: { titles: needV3.list, fail: needV3.flag },
  async run({ titles, fail }, call) {
    const ids: number[] = []
    for (const title of titles) {
      const draft = emptyDraft()
      draft.values.set('title', String(title))
      ids.push(await create(call, lead, draft, { missing: 'refuse' }))
    }
    if (fail) throw new Error('after all that work')
    return { ids }
  },
})

const portal = await testPortal({ at: 1_800_000_000, modules: [{ name: 'embedder', methods: [addLeads] }] })

const leadsCalled = async (title: string): Promise<number> => {
  const { body } = await portal.call('crm.lead.list', { filter: { TITLE: title }, select: ['ID'] })
  return body.result.length as number
}
const lead1 = (title: string): object => ({ fields: { TITLE: title } })

describe('a call under an Idempotency-Key', () => {
  it('is answered again to the letter, without being done again', async () => {
    const first = await callKeyed(portal, 'once-1', 'crm.lead.add', lead1('Once'))
    expect(first.body.result).toBeTypeOf('number')
    expect(first.headers).toMatchObject({ 'idempotency-key': 'once-1' })
    expect(first.headers).not.toHaveProperty('idempotent-replayed')
    const before = await portal.census()
    const second = await callKeyed(portal, 'once-1', 'crm.lead.add', lead1('Once'))
    expect(second).toMatchObject({ status: 200, text: first.text })
    expect(second.headers).toMatchObject({ 'idempotency-key': 'once-1', 'idempotent-replayed': 'true' })
    expect(await portal.census()).toEqual(before)
    expect(await leadsCalled('Once')).toBe(1)
  })

  it('makes one record, be it sent twenty times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => callKeyed(portal, 'crowd', 'crm.lead.add', lead1('Crowd'))),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] !== 'true')).toHaveLength(1)
    expect(await leadsCalled('Crowd')).toBe(1)
  })

  it('is refused with another body, and changes nothing', async () => {
    await callKeyed(portal, 'body', 'crm.lead.add', lead1('Body'))
    const before = await portal.census()
    const other = await callKeyed(portal, 'body', 'crm.lead.add', lead1('Other body'))
    expect(other).toMatchObject({ status: 422, body: { error: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(await portal.census()).toEqual(before)
  })

  it('has the same body whatever credential and request number come with it', async () => {
    const body = lead1('Tracked')
    const send = (query: string): ReturnType<typeof portal.send> =>
      portal.send({
        url: `/rest/1/${portal.code}/crm.lead.add?bx24_request_id=${query}`,
        headers: { 'content-type': 'application/json', 'idempotency-key': 'tracked' },
        body: JSON.stringify({ ...body, auth: query }),
      })
    const first = await send('a')
    expect(await send('b')).toMatchObject({ status: 200, text: first.text })
  })

  it('is another call by another person, webhook or method', async () => {
    const { id, hook } = await portal.person({ admin: true })
    const session = portal.portal.store.session()
    const second = await portal.credentials.createWebhook(session, { userId: id, scope: '*', title: 'second' })
    await session.settled()
    for (const as of [`1/${portal.code}`, hook, `${id}/${second}`])
      expect((await callKeyed(portal, 'mine', 'crm.lead.add', lead1('Mine'), { as })).status).toBe(200)
    expect(await leadsCalled('Mine')).toBe(3)
    const { headers } = await callKeyed(portal, 'mine', 'crm.contact.add', { fields: { NAME: 'Mine' } })
    expect(headers).not.toHaveProperty('idempotent-replayed')
  })

  it('runs again after a day', async () => {
    await callKeyed(portal, 'day', 'crm.lead.add', lead1('Day'))
    portal.clock.at = 1_800_000_000 + 86_399
    await callKeyed(portal, 'day', 'crm.lead.add', lead1('Day'))
    expect(await leadsCalled('Day')).toBe(1)
    portal.clock.at = 1_800_000_000 + 86_400
    await callKeyed(portal, 'day', 'crm.lead.add', lead1('Day'))
    expect(await leadsCalled('Day')).toBe(2)
    await portal.tend()
    expect((await portal.census()).idempotency_key).toBe(1)
    portal.clock.at = 1_800_000_000
  })

  it('runs again when it has failed', async () => {
    const session = portal.portal.store.session()
    const [next] = await session.find<{ id: number }>(sql`select max(id) + 1 as id from crm_lead`)
    const update = { id: Number(next?.id), fields: { TITLE: 'There now' } }
    const before = await portal.census()
    const missing = await callKeyed(portal, 'later', 'crm.lead.update', update)
    expect(missing.status).toBe(400)
    expect(missing.headers).not.toHaveProperty('idempotent-replayed')
    expect(await portal.census()).toEqual(before)
    const { body } = await portal.call('crm.lead.add', lead1('Not yet'))
    expect(body.result).toBe(update.id)
    expect((await callKeyed(portal, 'later', 'crm.lead.update', update)).body.result).toBe(true)
    expect(await leadsCalled('There now')).toBe(1)
  })

  it('leaves nothing behind where it fails after having written', async () => {
    const before = await portal.census()
    const failed = await callV3(portal, 'embedder.leads.add', { titles: ['Ghost', 'Ghost'], fail: true }, { key: 'g' })
    expect(failed.status).toBe(500)
    expect(await portal.census()).toEqual(before)
    const total = await portal.call('crm.lead.list', { select: ['ID'] })
    expect(total.body.total).toBe((await portal.census()).crm_lead)
  })

  it('counts for nothing where the method only reads', async () => {
    const list = { filter: { TITLE: 'Fresh' }, select: ['ID'] }
    expect((await callKeyed(portal, 'read', 'crm.lead.list', list)).body.total).toBe(0)
    await portal.call('crm.lead.add', lead1('Fresh'))
    const again = await callKeyed(portal, 'read', 'crm.lead.list', list)
    expect(again.body.total).toBe(1)
    expect(again.headers).toMatchObject({ 'idempotency-key': 'read' })
    expect(again.headers).not.toHaveProperty('idempotent-replayed')
  })

  it.each([
    ['', 'nothing'],
    ['x'.repeat(256), '256 characters'],
    ['naïve', 'a letter beyond ASCII'],
  ])('is refused under a key that is none: %#, %s', async (key) => {
    const before = await portal.census()
    expect(await callKeyed(portal, key, 'crm.lead.add', lead1('Bad'))).toMatchObject({
      status: 400,
      body: { error: 'INVALID_IDEMPOTENCY_KEY' },
    })
    const answer = await callV3(portal, 'embedder.leads.add', { titles: ['Bad'], fail: false }, { key })
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: v3Code('INVALIDIDEMPOTENCYKEYEXCEPTION') } },
    })
    expect(await portal.census()).toEqual(before)
  })

  it('takes every printable character, 255 of them', async () => {
    const key = Array.from({ length: 255 }, (_, n) => String.fromCharCode(33 + (n % 94))).join('')
    const { status, headers } = await callKeyed(portal, key, 'crm.lead.add', lead1('Long key'))
    expect([status, headers['idempotency-key']]).toEqual([200, key])
  })

  it('keeps its answer so that only whoever has the key can read it', async () => {
    await callKeyed(portal, 'sealed-key', 'crm.lead.add', lead1('Sealed'))
    const session = portal.portal.store.session()
    const rows = await session.find<object>(sql`select * from idempotency_key`)
    expect(JSON.stringify(rows)).not.toMatch(/sealed-key|result|Sealed/)
  })
})

describe('a batch under an Idempotency-Key', () => {
  const cmd = {
    made: 'crm.lead.add?fields[TITLE]=Batch',
    missing: 'crm.lead.update?id=999999&fields[TITLE]=Nobody',
    renamed: 'crm.lead.update?id=$result[made]&fields[TITLE]=Renamed',
    listed: 'crm.lead.list?filter[TITLE]=Renamed&select[]=ID',
    everything: 'crm.lead.list?select[]=ID',
  }

  it('is one call: a command that fails undoes itself only, and all see what was written before', async () => {
    const { body: had } = await portal.call('crm.lead.list', { select: ['ID'] })
    const first = await callKeyed(portal, 'batch', 'batch', { cmd })
    const { result, result_error, result_total } = first.body.result
    expect(Object.keys(result_error)).toEqual(['missing'])
    expect(result.listed).toEqual([{ ID: String(result.made) }])
    expect(result_total.everything).toBe((had.total ?? 0) + 1)
    const second = await callKeyed(portal, 'batch', 'batch', { cmd })
    expect(second.text).toBe(first.text)
    expect(await leadsCalled('Renamed')).toBe(1)
    expect((await portal.call('crm.lead.list', { select: ['ID'] })).body.total).toBe((had.total ?? 0) + 1)
  })

  it('tells totals with what it has written itself, also where they are kept', async () => {
    const many = Object.fromEntries(Array.from({ length: 47 }, (_, n) => [`n${n}`, 'crm.lead.add?fields[TITLE]=Many']))
    const { crm_lead: had = 0 } = await portal.census()
    await portal.call('batch', { cmd: many })
    const all = 'crm.lead.list?select[]=ID'
    const add = 'crm.lead.add?fields[TITLE]=One more'
    const { body } = await callKeyed(portal, 'totals', 'batch', { cmd: { a: add, b: all, c: add, d: all } })
    expect(body.result.result_total).toEqual({ b: had + 48, d: had + 49 })
    const { body: plain } = await portal.call('batch', { cmd: { a: add, b: all, c: add, d: all } })
    expect(plain.result.result_total).toEqual({ b: had + 50, d: had + 51 })
  })

  it('is tried again where two are in each other’s way', async () => {
    const status = (n: string) => `crm.status.add?fields[ENTITY_ID]=SOURCE&fields[STATUS_ID]=${n}&fields[NAME]=${n}`
    const field = (n: string) => `crm.lead.userfield.add?fields[FIELD_NAME]=${n}&fields[USER_TYPE_ID]=string`
    const answers = await Promise.all([
      callKeyed(portal, 'ab', 'batch', { cmd: [status('AB'), field('AB')] }),
      callKeyed(portal, 'ba', 'batch', { cmd: [field('BA'), status('BA')] }),
      callKeyed(portal, 'cd', 'batch', { cmd: [status('CD'), field('CD')] }),
    ])
    for (const { body } of answers) expect(body.result.result_error).toEqual([])
    const { body } = await portal.call('crm.lead.fields')
    for (const name of ['AB', 'BA', 'CD']) expect(body.result).toHaveProperty(`UF_CRM_${name}`)
  })

  it('is done once by many at once', async () => {
    const crowd = { cmd: { a: 'crm.lead.add?fields[TITLE]=Together', b: 'crm.lead.add?fields[TITLE]=Together' } }
    const answers = await Promise.all(Array.from({ length: 8 }, () => callKeyed(portal, 'crowd', 'batch', crowd)))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await leadsCalled('Together')).toBe(2)
  })
})

describe('what a call under a key changes beside records', () => {
  it('are settings that everybody sees at once', async () => {
    const field = { fields: { FIELD_NAME: 'ONCE', USER_TYPE_ID: 'string' } }
    const first = await callKeyed(portal, 'field', 'crm.lead.userfield.add', field)
    expect(first.body.result).toBeTypeOf('number')
    expect((await callKeyed(portal, 'field', 'crm.lead.userfield.add', field)).text).toBe(first.text)
    const { body } = await portal.call('crm.lead.add', { fields: { TITLE: 'Field', UF_CRM_ONCE: 'value' } })
    const { body: got } = await portal.call('crm.lead.get', { id: body.result })
    expect(got.result.UF_CRM_ONCE).toBe('value')
  })

  it('are events and jobs of one write', async () => {
    const count = async (): Promise<number> => (await portal.census()).outbox ?? 0
    const before = await count()
    await callKeyed(portal, 'events', 'crm.lead.add', lead1('Events'))
    const after = await count()
    expect(after).toBeGreaterThan(before)
    await callKeyed(portal, 'events', 'crm.lead.add', lead1('Events'))
    expect(await count()).toBe(after)
  })
})

describe('REST 3.0', () => {
  const body = { titles: ['Third', 'Third'], fail: false }

  it('keeps its answers apart from those of the versions before', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => callV3(portal, 'embedder.leads.add', body, { key: 'third' })),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true')).toHaveLength(4)
    expect(await leadsCalled('Third')).toBe(2)
  })

  it('refuses a key that is used with another body', async () => {
    await callV3(portal, 'embedder.leads.add', { titles: [], fail: false }, { key: 'nothing' })
    await callV3(portal, 'embedder.leads.add', body, { key: 'reused' })
    const before = await portal.census()
    const other = await callV3(portal, 'embedder.leads.add', { ...body, titles: ['Fourth'] }, { key: 'reused' })
    expect(other).toMatchObject({
      status: 422,
      body: { error: { code: v3Code('IDEMPOTENCYKEYREUSEDEXCEPTION') } },
    })
    expect(await portal.census()).toEqual(before)
  })

  it('does a batch under a key whole or not at all', async () => {
    const calls = [
      { method: 'embedder.leads.add', query: { titles: ['Whole'], fail: false } },
      { method: 'embedder.leads.add', query: { titles: 'none', fail: false } },
    ]
    const before = await portal.census()
    expect((await callV3(portal, 'batch', calls, { key: 'whole' })).status).toBe(400)
    expect(await portal.census()).toEqual(before)
  })
})

it.runIf(database === 'postgres')('is done once by two servers on one database', async () => {
  const beside = await testPortal({ beside: portal })
  const servers = [portal, beside].map((each) =>
    Object.assign(Object.create(each) as typeof portal, { code: portal.code }),
  )
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      callKeyed(servers[n % 2] ?? portal, 'two-servers', 'crm.lead.add', lead1('Two servers')),
    ),
  )
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(await leadsCalled('Two servers')).toBe(1)
})

import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { startPortal } from '../../src/testing/index.ts'
import { database, freshDatabase } from '../support/portal.ts'
import { handler, idOf } from '../portal/events/handler.ts'

/** In memory where the tests run on SQLite, on a database of its own where they run on PostgreSQL. */
const fresh = database === 'sqlite' ? undefined : await freshDatabase()
const portal = await startPortal({
  https: false,
  clock: { mode: 'fixed', at: '2026-03-01T09:00:00Z' },
  ...(fresh === undefined ? {} : { databaseUrl: String(fresh.url) }),
})
afterAll(async () => {
  await portal.close()
  await fresh?.drop()
})
const one = await handler()
const other = await handler()

beforeEach(async () => {
  await portal.reset()
  one.received.length = other.received.length = 0
  one.answer = () => 200
  const { accessToken: auth } = await portal.addApp()
  for (const [event, url] of [
    ['ONCRMLEADADD', one.url],
    ['ONCRMLEADUPDATE', one.url],
    ['ONCRMLEADADD', `${other.url}/leads`],
  ] as const) {
    const bound = await fetch(`${portal.url}/rest/event.bind`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ auth, event, handler: url }),
    })
    if (!bound.ok) throw new Error(`${event} could not be bound: ${await bound.text()}`)
  }
})

const add = (): Promise<number> => portal.call('crm.lead.add', { fields: { TITLE: 'A lead' } })
const change = (id: number): Promise<unknown> => portal.call('crm.lead.update', { id, fields: { TITLE: 'Changed' } })
const told = (at: typeof one): string[] => at.received.map((each) => `${String(each.form.event)} ${idOf(each)}`)
/** Nothing is on its way any more. */
const waiting = async (): Promise<unknown> => portal.advance(0).then(() => portal.settle())

describe('events on their way', () => {
  it('arrive more than once, and then no more', async () => {
    await portal.fault({ events: 'ONCRMLEADADD', handler: one.url, duplicate: 2, times: 1 })
    await add()
    await add()
    await portal.settle()
    expect(told(one).sort()).toEqual(['ONCRMLEADADD 1', 'ONCRMLEADADD 1', 'ONCRMLEADADD 1', 'ONCRMLEADADD 2'])
    expect(told(other).sort()).toEqual(['ONCRMLEADADD 1', 'ONCRMLEADADD 2'])
    expect(await portal.faults()).toMatchObject([{ matched: 1, struck: 1 }])
    one.received.length = 0
    await portal.advance(86_400)
    expect(told(one)).toEqual([])
  })

  it('do not arrive', async () => {
    await portal.fault({ events: ['OnCrmLead*'], handler: `${other.url}/*`, drop: true })
    await add()
    await portal.settle()
    await portal.advance(86_400)
    expect([told(one), told(other)]).toEqual([['ONCRMLEADADD 1'], []])
  })

  it('arrive late by the clock of the portal, and what follows for the same object waits with them', async () => {
    await portal.fault({ events: 'ONCRMLEADADD', handler: one.url, delay: 300, times: 1 })
    const late = await add()
    await change(late)
    const prompt = await add()
    expect(await portal.settle()).toBeGreaterThan(0)
    expect(told(one)).toEqual([`ONCRMLEADADD ${prompt}`])
    await portal.advance(299)
    expect(told(one)).toHaveLength(1)
    await portal.advance(1)
    expect(told(one).slice(1)).toEqual([`ONCRMLEADADD ${late}`, `ONCRMLEADUPDATE ${late}`])
    // It tells of the moment at which it happened.
    expect(Number(one.received[1]?.form.ts)).toBe(Date.parse('2026-03-01T09:00:00Z') / 1000)
  })

  it('are overtaken by the next one of their handler, even of the same object', async () => {
    await portal.fault({ events: 'ONCRMLEADADD', handler: one.url, reorder: true, times: 1 })
    const id = await add()
    await change(id)
    await portal.settle()
    expect(told(one)).toEqual([`ONCRMLEADUPDATE ${id}`, `ONCRMLEADADD ${id}`])
    expect(told(other)).toEqual([`ONCRMLEADADD ${id}`])
  })

  it('change places two by two where a rule is about all of them', async () => {
    await portal.fault({ events: '*', handler: one.url, reorder: true })
    for (let n = 0; n < 4; n++) {
      await add()
      await portal.settle()
    }
    expect(told(one)).toEqual(['ONCRMLEADADD 2', 'ONCRMLEADADD 1', 'ONCRMLEADADD 4', 'ONCRMLEADADD 3'])
  })

  it('wait to be overtaken for a minute and no longer', async () => {
    await portal.fault({ events: 'ONCRMLEADADD', handler: one.url, reorder: true })
    await add()
    await portal.settle()
    expect(told(one)).toEqual([])
    await portal.advance(60)
    expect(told(one)).toEqual(['ONCRMLEADADD 1'])
    await portal.advance(86_400)
    expect(told(one)).toHaveLength(1)
  })

  it('are sent again as ever when their handler fails, each duplicate after it was taken', async () => {
    await portal.fault({ events: 'ONCRMLEADADD', handler: one.url, duplicate: 1 })
    one.answer = () => (one.received.length === 1 ? 500 : 200)
    await add()
    await portal.settle()
    expect(told(one)).toHaveLength(1)
    await portal.advance(86_400)
    // What was tried before is nothing new: only the first attempt is struck.
    expect(told(one)).toHaveLength(2)
  })

  it('by the hundred: none is lost, and none is stuck', async () => {
    await portal.fault({ events: 'ONCRMLEADADD', handler: one.url, delay: 30, probability: 0.3 })
    await portal.fault({ events: 'ONCRMLEADADD', handler: one.url, reorder: true, probability: 0.5 })
    await portal.fault({ events: 'ONCRMLEADADD', handler: one.url, duplicate: 1, probability: 0.3 })
    const cmd = Array.from({ length: 40 }, (_, n) => `crm.lead.add?fields[TITLE]=${n}`)
    await portal.call('batch', { cmd })
    await portal.call('batch', { cmd })
    await waiting()
    await portal.advance(120)
    const ids = new Set(one.received.map(idOf))
    expect(ids.size).toBe(80)
    expect(told(other)).toHaveLength(80)
    expect(one.received.length).toBeGreaterThan(80)
    const before = one.received.length
    await portal.advance(86_400)
    expect(one.received.length).toBe(before)
  })

  it('are delivered as ever after a reset, in the middle of whatever it was', async () => {
    await portal.fault({ events: 'ONCRMLEADADD', reorder: true })
    await add()
    await portal.settle()
    await portal.reset()
    await portal.advance(86_400)
    expect([told(one), told(other)]).toEqual([[], []])
    expect(await portal.faults()).toEqual([])
  })

  it('misbehave under a real clock, too', async () => {
    await portal.clock('real')
    await portal.fault({ events: 'ONCRMLEADADD', handler: one.url, duplicate: 1, times: 1 })
    await portal.fault({ events: 'ONCRMLEADADD', handler: one.url, delay: 1, times: 1 })
    await add()
    await add()
    const begun = Date.now()
    while (one.received.length < 3 && Date.now() - begun < 10_000) await new Promise((done) => setTimeout(done, 20))
    expect(told(one).sort()).toEqual(['ONCRMLEADADD 1', 'ONCRMLEADADD 1', 'ONCRMLEADADD 2'])
  })
})

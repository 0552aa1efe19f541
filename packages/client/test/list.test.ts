import { Client, UnexpectedAnswerError, type ListOptions } from 'portico-client'
import { describe, expect, test } from 'vitest'
import { answer, caught, hangUp, scriptedPortal, type Seen } from './support/scripted-portal.ts'

type Row = Record<string, unknown>
const collect = async (rows: AsyncIterable<unknown>): Promise<unknown[]> => {
  const all: unknown[] = []
  for await (const row of rows) all.push(row)
  return all
}
const leads = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ ID: String(index + 1), TITLE: `L${index + 1}` }))

/** A portal that pages as portals do; `key` is how its rows call their ids. */
const paging = (all: Row[], { key = 'ID', wrap = (rows: Row[]): unknown => rows, counts = true } = {}) =>
  scriptedPortal((seen, response) => {
    const { filter = {}, start = 0 } = seen.body as { filter?: Record<string, string>; start?: number }
    const after = filter[`>${key}`]
    const found = after === undefined ? all : all.filter((row) => BigInt(row[key] as string) > BigInt(after))
    const rows = found.slice(Math.max(start, 0), Math.max(start, 0) + 50)
    const next = Math.max(start, 0) + 50
    answer(response, {
      body: {
        result: wrap(rows),
        ...(start === -1
          ? { total: 0 }
          : counts
            ? { total: found.length, ...(next < found.length ? { next } : {}) }
            : {}),
      },
    })
  })
const list = async (portal: { hook: string }, method: string, params: Row = {}, options: ListOptions = {}) =>
  collect(new Client({ webhook: portal.hook }).list(method as string, params, options))

describe('a list by ids', () => {
  test('asks for what comes after the last id, without counting', async () => {
    const portal = await paging(leads(120))
    expect(await list(portal, 'crm.lead.list', { filter: { '>=OPPORTUNITY': 5 } })).toEqual(leads(120))
    expect(portal.seen.map(({ body }) => body)).toEqual([
      { filter: { '>=OPPORTUNITY': 5 }, order: { ID: 'ASC' }, start: -1 },
      { filter: { '>=OPPORTUNITY': 5, '>ID': '50' }, order: { ID: 'ASC' }, start: -1 },
      { filter: { '>=OPPORTUNITY': 5, '>ID': '100' }, order: { ID: 'ASC' }, start: -1 },
    ])
  })
  test('needs one more page only where the last one was full', async () => {
    const portal = await paging(leads(100))
    expect(await list(portal, 'crm.lead.list')).toHaveLength(100)
    expect(portal.seen).toHaveLength(3)
    const none = await paging([])
    expect(await list(none, 'crm.lead.list')).toEqual([])
    expect(none.seen).toHaveLength(1)
  })
  test('counts once for those who watch it', async () => {
    const portal = await paging(leads(60))
    const progress: unknown[] = []
    await list(portal, 'crm.lead.list', {}, { onProgress: (each) => progress.push(each) })
    expect(portal.seen.map(({ body }) => body.start)).toEqual([0, -1])
    expect(progress).toEqual([
      { done: 50, total: 60 },
      { done: 60, total: 60 },
    ])
  })
  test('takes away the id that was not asked for', async () => {
    const portal = await paging(leads(2))
    expect(await list(portal, 'crm.lead.list', { SELECT: ['TITLE'] })).toEqual([{ TITLE: 'L1' }, { TITLE: 'L2' }])
    expect(portal.seen[0]?.body.SELECT).toEqual(['TITLE', 'ID'])
    expect(await list(portal, 'crm.lead.list', { select: ['ID'] })).toHaveLength(2)
  })
  test('keeps alternatives of a filter apart from its own condition', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => ({ id: index + 1 }))
    const portal = await paging(rows, { key: 'id', wrap: (items) => ({ items }) })
    const filter = { logic: 'OR', 0: { stageId: 'NEW' }, 1: { stageId: 'WON' } }
    await list(portal, 'crm.item.list', { entityTypeId: 1, filter })
    expect(portal.seen.at(-1)?.body.filter).toEqual({ '>id': '50', 0: filter })
  })
  test("goes on from the caller's own beginning", async () => {
    const portal = await paging(leads(120))
    expect(await list(portal, 'crm.lead.list', { filter: { '>ID': '40' } })).toHaveLength(80)
    expect(portal.seen.map(({ body }) => (body.filter as Row)['>ID'])).toEqual(['40', '90'])
  })
  test('takes ids that no number holds', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => ({ ID: String(9007199254740990n + BigInt(index)) }))
    expect(await list(await paging(ids), 'crm.lead.list')).toEqual(ids)
  })
  test('never ends up in a circle where a portal ignores its filter', async () => {
    const portal = await scriptedPortal({ body: { result: leads(50) } })
    expect(await caught(list(portal, 'crm.lead.list'))).toBeInstanceOf(UnexpectedAnswerError)
    expect(portal.seen).toHaveLength(2)
    expect(await caught(list(portal, 'x.list', {}, { by: 'id' }))).toBeInstanceOf(UnexpectedAnswerError)
  })
  test('of an unknown method goes on until a page is empty', async () => {
    const portal = await scriptedPortal((seen: Seen, response) => {
      const after = Number((seen.body.filter as Row | undefined)?.['>ID'] ?? 0)
      answer(response, {
        body: {
          result: leads(25)
            .filter(({ ID }) => Number(ID) > after)
            .slice(0, 10),
        },
      })
    })
    expect(await list(portal, 'x.list', {}, { by: 'id' })).toHaveLength(25)
  })
  test('has no other order', async () => {
    const portal = await paging(leads(1))
    expect(await caught(list(portal, 'crm.lead.list', { order: { TITLE: 'ASC' } }, { by: 'id' }))).toBeInstanceOf(
      TypeError,
    )
  })
  test('of people is sorted in their way', async () => {
    const portal = await paging(leads(1))
    await list(portal, 'user.get', { ACTIVE: true })
    expect(portal.seen[0]?.body).toEqual({ ACTIVE: true, sort: 'ID', order: 'ASC', start: -1 })
  })
})

describe('a list by offset', () => {
  test("follows next, in the caller's order", async () => {
    const portal = await paging(leads(120))
    expect(await list(portal, 'crm.lead.list', { order: { TITLE: 'DESC' } })).toHaveLength(120)
    expect(portal.seen.map(({ body }) => body.start)).toEqual([undefined, 50, 100])
    expect(await list(portal, 'crm.lead.list', { start: 50 })).toHaveLength(70)
  })
  test('ends where a portal tells the same page again and again', async () => {
    const portal = await scriptedPortal({ body: { result: leads(50), next: 50, total: 1000 } })
    expect(await list(portal, 'x.list')).toHaveLength(100)
    const zero = await scriptedPortal({ body: { result: leads(5), next: 0 } })
    expect(await list(zero, 'x.list')).toHaveLength(5)
  })
  test('takes a list that has no pages as it is', async () => {
    const portal = await scriptedPortal({ body: { result: leads(70), total: 70 } })
    expect(await list(portal, 'crm.status.list')).toHaveLength(70)
    expect(portal.seen).toHaveLength(1)
  })
})

test.each([
  ['rows', [{ a: 1 }], 1],
  ['items', { items: [{ a: 1 }] }, 1],
  ['tasks', { tasks: [{ a: 1 }, { a: 2 }] }, 2],
  ['a list beside other things', { productRows: [{ a: 1 }], more: 'x' }, 1],
  ['a map of rows', { 5: { a: 1 }, 9: { a: 2 } }, 2],
  ['a map of rows by ids under a word', { templates: { 37: { a: 1 }, 39: { a: 2 } } }, 2],
  ['an empty map', {}, 0],
  ['an empty map under a word', { templates: {} }, 0],
  ['null', null, 0],
  ['false', false, 0],
])('%s is a list', async (_name, result, length) => {
  const portal = await scriptedPortal({ body: { result } })
  expect(await list(portal, 'x.list')).toHaveLength(length)
})
test.each([
  ['a number', 5],
  ['a text', 'x'],
  ['two lists', { a: [], b: [] }],
])('%s is no list', async (_name, result) => {
  const portal = await scriptedPortal({ body: { result } })
  expect(await caught(list(portal, 'x.list'))).toBeInstanceOf(UnexpectedAnswerError)
})

describe('a limit and a break', () => {
  test('end the list without asking for more', async () => {
    const portal = await paging(leads(500))
    expect(await list(portal, 'crm.lead.list', {}, { limit: 60 })).toHaveLength(60)
    expect(portal.seen).toHaveLength(2)
    expect(await list(portal, 'crm.lead.list', {}, { limit: 0 })).toEqual([])
    for await (const _row of new Client({ webhook: portal.hook }).list('crm.lead.list')) break
    expect(portal.seen).toHaveLength(3)
  })
})
test('pages give rows and the count', async () => {
  const portal = await paging(leads(60))
  const pages = await collect(new Client({ webhook: portal.hook }).pages('crm.lead.list', {}, { by: 'offset' }))
  expect(pages).toMatchObject([{ total: 60 }, { total: 60 }])
})

describe('bulk', () => {
  const adding = (failing: Set<number> = new Set()) =>
    scriptedPortal((seen, response) => {
      const cmd = seen.body.cmd as Record<string, string>
      const result: Row = {}
      const result_error: Row = {}
      for (const key of Object.keys(cmd)) {
        if (failing.has(Number(key))) result_error[key] = { error: 'NO', error_description: 'No' }
        else result[key] = 1000 + Number(key)
        if (failing.has(Number(key)) && seen.body.halt === 1) break
      }
      answer(response, { body: { result: { result, result_error } } })
    })
  const items = Array.from({ length: 120 }, (_, index) => ({ TITLE: `L${index}` }))
  test('keeps the order and has an outcome for each', async () => {
    const portal = await adding(new Set([3, 77]))
    const progress: number[] = []
    const told: number[] = []
    const client = new Client({ webhook: portal.hook })
    const { items: done, ...counts } = await client.add('crm.lead', items, {
      params: { params: { REGISTER_SONET_EVENT: 'N' } },
      concurrency: 3,
      onProgress: (each) => progress.push(each.done),
      onItem: (index) => told.push(index),
    })
    expect(counts).toEqual({ done: 118, failed: 2, skipped: 0 })
    expect(done.map((item) => (item.ok ? item.id : item.error.name))).toEqual(
      items.map((_, index) => (index === 3 || index === 77 ? 'PortalError' : 1000 + index)),
    )
    expect(progress.at(-1)).toBe(120)
    expect(told.toSorted((a, b) => a - b)).toEqual(items.map((_, index) => index))
    expect((portal.seen[0]?.body.cmd as Row | undefined)?.['0']).toBe(
      'crm.lead.add?params[REGISTER_SONET_EVENT]=N&fields[TITLE]=L0',
    )
  })
  test('stops after an error where it shall', async () => {
    const portal = await adding(new Set([60]))
    const result = await new Client({ webhook: portal.hook }).add('crm.lead', items, { onError: 'stop' })
    expect([result.done, result.failed, result.skipped, portal.seen.length]).toEqual([60, 1, 59, 2])
    expect(result.items[61]).toMatchObject({ ok: false, skipped: true })
  })
  test('names a type by its number, and updates and deletes', async () => {
    const portal = await adding()
    const client = new Client({ webhook: portal.hook })
    await client.update(128, [{ id: 5, fields: { title: 'A' } }])
    await client.delete('crm.deal', [7, '8'])
    expect(portal.seen.map(({ body }) => body.cmd)).toEqual([
      { 0: 'crm.item.update?entityTypeId=128&id=5&fields[title]=A' },
      { 0: 'crm.deal.delete?id=7', 1: 'crm.deal.delete?id=8' },
    ])
    expect(await client.add('crm.lead', [])).toEqual({ items: [], done: 0, failed: 0, skipped: 0 })
  })
  test('says of each record that a lost answer is about that it may have been written', async () => {
    const portal = await scriptedPortal(hangUp, hangUp, hangUp)
    const { failed, items: all } = await new Client({ webhook: portal.hook }).add('crm.lead', items)
    expect(failed).toBe(120)
    expect(all[119]).toMatchObject({ ok: false, error: { name: 'LostAnswerError' } })
  })
})

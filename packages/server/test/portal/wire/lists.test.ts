import { beforeAll, describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const COUNT = 120

beforeAll(async () => {
  for (let from = 0; from < COUNT; from += 40)
    await portal.call('batch', {
      cmd: Array.from(
        { length: 40 },
        (_, n) =>
          `crm.lead.add?fields[TITLE]=L${from + n}&fields[OPPORTUNITY]=${(from + n) % 7}&fields[PHONE][0][VALUE]=+1`,
      ),
    })
})

type Row = Record<string, unknown>
const legacy = async (parameters: object) => (await portal.call('crm.lead.list', parameters)).body
const items = async (parameters: object) =>
  (await portal.call('crm.item.list', { entityTypeId: 1, ...parameters })).body
const titles = (rows: Row[]): string[] => rows.map((row) => String(row.TITLE ?? row.title))

describe.each([
  ['crm.lead.list', legacy, (body: { result?: unknown }) => body.result as Row[]],
  ['crm.item.list', items, (body: { result?: unknown }) => (body.result as { items: Row[] }).items],
] as const)('pages of %s', (_name, list, rowsOf) => {
  it.each([
    [undefined, 0, 50],
    [0, 0, 50],
    ['50', 50, 100],
    [100, 100, undefined],
    [7, 7, 57],
    [71, 71, undefined],
    [69, 69, 119],
    [70, 70, undefined],
  ])('from %s', async (start, first, next) => {
    const body = await list(start === undefined ? {} : { start })
    expect(titles(rowsOf(body))).toEqual(Array.from({ length: Math.min(50, COUNT - first) }, (_, n) => `L${first + n}`))
    expect(body.total).toBe(COUNT)
    expect(body.next).toBe(next)
  })

  it.each([120, 1000, '999999999999'])('from %s, beyond the end, are empty and keep the total', async (start) => {
    const body = await list({ start })
    expect(rowsOf(body)).toEqual([])
    expect(body.total).toBe(COUNT)
    expect('next' in body).toBe(false)
  })

  it.each([-1, '-1'])('from %j are not counted', async (start) => {
    const body = await list({ start, order: { ID: 'ASC' }, filter: { '>ID': 0 } })
    expect(titles(rowsOf(body))).toHaveLength(50)
    expect(body.total).toBe(0)
    expect('next' in body).toBe(false)
  })

  it.each(['abc', '', null, true, [1], { a: 1 }, -5, '1.5'])(
    'from %j, which is no offset, begin somewhere sane',
    async (start) => {
      const body = await list({ start })
      expect(rowsOf(body)).toHaveLength(50)
      expect(titles(rowsOf(body))[0]).toBe('L0')
    },
  )

  it('cannot be made longer or shorter', async () => {
    expect(rowsOf(await list({ limit: 10, count: 500 }))).toHaveLength(50)
  })

  it('count what a filter lets through', async () => {
    const body = await list({ filter: { OPPORTUNITY: 3 }, start: 0 })
    expect(body.total).toBe(17)
    expect(rowsOf(body)).toHaveLength(17)
  })

  it('by the cursor of the SDKs visit every record once, up and down', async () => {
    for (const [direction, operator, from] of [
      ['ASC', '>ID', 0],
      ['DESC', '<ID', 1e9],
    ] as const) {
      const seen: string[] = []
      let last: unknown = from
      for (;;) {
        const rows = rowsOf(await list({ order: { ID: direction }, filter: { [operator]: last }, start: -1 }))
        seen.push(...titles(rows))
        if (rows.length < 50) break
        last = rows.at(-1)?.ID ?? rows.at(-1)?.id
      }
      expect(seen).toHaveLength(COUNT)
      expect(new Set(seen).size).toBe(COUNT)
    }
  })

  it.each(['asc', 'ASC', 'Desc', ' DESC '])(
    'are sorted by several fields in the order given, direction %j',
    async (direction) => {
      const rows = rowsOf(await list({ order: { OPPORTUNITY: direction, ID: 'DESC' } }))
      const amounts = rows.map((row) => Number(row.OPPORTUNITY ?? row.opportunity))
      const sorted = [...amounts].sort((a, b) => (direction.trim().toLowerCase() === 'asc' ? a - b : b - a))
      expect(amounts).toEqual(sorted)
      const same = rows.filter((_, index) => amounts[index] === amounts[0]).map((row) => Number(row.ID ?? row.id))
      expect(same).toEqual([...same].sort((a, b) => b - a))
    },
  )

  it('are in the order of ids when nobody asks', async () => {
    const ids = rowsOf(await list({ order: [] })).map((row) => Number(row.ID ?? row.id))
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
  })
})

describe('select of crm.lead.list', () => {
  const keys = async (select?: unknown): Promise<string[]> => Object.keys((await legacy({ select })).result[0])

  it('shows all but phones and other lists when it is absent, empty or masks', async () => {
    const all = await keys()
    expect(all).toEqual(expect.arrayContaining(['ID', 'TITLE', 'STATUS_ID', 'HAS_PHONE', 'DATE_CREATE']))
    expect(all).not.toContain('PHONE')
    expect(await keys([])).toEqual(all)
    expect(await keys('')).toEqual(all)
    expect(await keys(['*', 'UF_*'])).toEqual(all)
    expect(await keys(['*'])).toEqual(all)
    expect(await keys(['*', 'PHONE'])).toContain('PHONE')
  })

  it('shows what is named, always the id, in any case, and ignores the rest', async () => {
    expect((await keys(['title'])).sort()).toEqual(['ID', 'TITLE'])
    expect((await keys(['ID', 'PHONE'])).sort()).toEqual(['ID', 'PHONE'])
    expect(await keys(['NO_SUCH', '__proto__', 5, null, ['TITLE'], { a: 1 }])).toEqual(await keys(['NO_SUCH']))
    expect(await keys(['NO_SUCH'])).toEqual(['ID'])
    expect(await keys(['UF_*'])).toEqual(['ID'])
    expect((await keys({ 5: 'TITLE', x: 'NAME' })).sort()).toEqual(['ID', 'NAME', 'TITLE'])
    expect((await keys('TITLE')).sort()).toEqual(['ID', 'TITLE'])
  })
})

describe('select of crm.item.list', () => {
  const keys = async (select?: unknown): Promise<string[]> => Object.keys((await items({ select })).result.items[0])

  it('shows everything, with phones, when it is absent, empty or *', async () => {
    const all = await keys()
    expect(all).toEqual(expect.arrayContaining(['id', 'title', 'fm', 'phoneWork', 'observers', 'entityTypeId']))
    expect(await keys([])).toEqual(all)
    expect(await keys(['*'])).toEqual(all)
    expect(await keys(['title', '*'])).toEqual(all)
  })

  it('shows what is named in either spelling, always the id, but fm only with *', async () => {
    expect((await keys(['title'])).sort()).toEqual(['id', 'title'])
    expect((await keys(['TITLE', 'stageId'])).sort()).toEqual(['id', 'stageId', 'title'])
    expect(await keys(['fm'])).toEqual(['id'])
    expect(await keys(['no_such'])).toEqual(['id'])
    expect((await keys('title')).sort()).toEqual(['id', 'title'])
  })
})

describe('what a list refuses', () => {
  it.each([
    ['crm.lead.list', { filter: 'x' }, '', "Parameter 'filter' must be array."],
    ['crm.lead.list', { filter: 5 }, '', "Parameter 'filter' must be array."],
    ['crm.lead.list', { order: 'ID' }, '', "Parameter 'order' must be array."],
    ['crm.lead.list', { order: true }, '', "Parameter 'order' must be array."],
    [
      'crm.item.list',
      { filter: { nothing: 1 } },
      'INVALID_ARG_VALUE',
      "Invalid filter: field 'nothing' is not allowed in filter",
    ],
    [
      'crm.item.list',
      { filter: { 0: { logic: 'OR', '>=nothing': 1 } } },
      'INVALID_ARG_VALUE',
      "Invalid filter: field 'nothing' is not allowed in filter",
    ],
    [
      'crm.item.list',
      { filter: { '>id': 'many' } },
      'INVALID_ARG_VALUE',
      "Invalid filter: field 'id' has invalid value",
    ],
    [
      'crm.item.list',
      { filter: { createdTime: 'soon' } },
      'INVALID_ARG_VALUE',
      "Invalid filter: field 'createdTime' has invalid value",
    ],
    [
      'crm.item.list',
      { filter: { logic: 'XOR', id: 1 } },
      'INVALID_ARG_VALUE',
      "Invalid filter: field 'logic' has invalid value",
    ],
    [
      'crm.item.list',
      { order: { nothing: 'ASC' } },
      'INVALID_ARG_VALUE',
      "Invalid order: field 'nothing' is not allowed in order",
    ],
    [
      'crm.item.list',
      { order: { id: 'UP' } },
      'INVALID_ARG_VALUE',
      "Invalid order: allowed sort directions are `ASC, DESC`. But got 'UP' for field 'id'",
    ],
    [
      'crm.item.list',
      { order: { id: { a: 1 } } },
      'INVALID_ARG_VALUE',
      "Invalid order: allowed sort directions are `ASC, DESC`. But got 'array' for field 'id'",
    ],
    [
      'crm.item.list',
      { order: { id: null } },
      'INVALID_ARG_VALUE',
      "Invalid order: allowed sort directions are `ASC, DESC`. But got 'null' for field 'id'",
    ],
    ['crm.item.list', { entityTypeId: 999 }, 'NOT_FOUND', 'Smart process not found'],
    ['crm.item.list', { entityTypeId: 5 }, 'ENTITY_TYPE_NOT_SUPPORTED', 'Entity type Invoice is not supported'],
  ])('%s %j', async (method, parameters, error, text) => {
    const answer = await portal.call(method, { entityTypeId: 1, ...parameters })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({ error, error_description: text })
  })

  it('is not an unknown field of an UPPER_CASE list', async () => {
    const body = await legacy({
      filter: { NOTHING: 1, 0: { TITLE: 'x' }, LOGIC: 'OR' },
      order: { NOTHING: 'ASC', ID: 'sideways' },
    })
    expect(body.total).toBe(COUNT)
  })
})

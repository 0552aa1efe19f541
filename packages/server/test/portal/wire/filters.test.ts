import { beforeAll, describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ timezone: 'Europe/Berlin' })
const leads = {
  a: {
    TITLE: 'Äpfel & Öl',
    OPPORTUNITY: '10.50',
    SOURCE_ID: 'CALL',
    NAME: 'Ann',
    OPENED: 'Y',
    BIRTHDATE: '2001-11-11',
  },
  b: { TITLE: 'привет МИР', OPPORTUNITY: 100, SOURCE_ID: 'WEB', NAME: '', OPENED: 'N', BIRTHDATE: '2002-01-01' },
  c: { TITLE: '100% sure_thing', OPPORTUNITY: 1000, SOURCE_ID: 'EMAIL', OPENED: 'N', BIRTHDATE: '' },
  d: { TITLE: '100 sureXthing', OPPORTUNITY: 1000, SOURCE_ID: '', NAME: 'ann', OPENED: 'Y', COMMENTS: 'note' },
  e: {
    TITLE: 'a[b]*?\\^-c',
    SOURCE_ID: 'CALL',
    NAME: 'Bob',
    OPENED: 'Y',
    PHONE: [
      { VALUE: '+1 555', VALUE_TYPE: 'WORK' },
      { VALUE: '777', VALUE_TYPE: 'HOME' },
    ],
    EMAIL: [{ VALUE: 'bob@example.com', VALUE_TYPE: 'WORK' }],
  },
} as const
type Key = keyof typeof leads
const ids = {} as Record<Key, number>
const all: Key[] = ['a', 'b', 'c', 'd', 'e']

beforeAll(async () => {
  for (const [index, key] of all.entries()) {
    portal.clock.at = Date.UTC(2026, 0, 10 + index, 23, 30) / 1000
    ids[key] = (await portal.call('crm.lead.add', { fields: leads[key] })).body.result
  }
  // On creation a blank source becomes the first one.
  await portal.call('crm.lead.update', { id: ids.d, fields: { SOURCE_ID: '' } })
  portal.clock.at = undefined
})

/** Puts ids in the place of `{a}`, and answers with the letters of the records found. */
async function found(method: 'crm.lead.list' | 'crm.item.list', filter: unknown): Promise<string> {
  const given = JSON.parse(
    JSON.stringify(filter).replaceAll(/"\{(\w)\}"/g, (_, key: Key) => String(ids[key])),
  ) as unknown
  const answer = await portal.call(method, { entityTypeId: 1, filter: given, order: { ID: 'ASC' }, select: ['ID'] })
  expect(answer).toMatchObject({ status: 200 })
  const rows = (answer.body.result.items ?? answer.body.result) as { ID?: string; id?: number }[]
  expect(answer.body.total).toBe(rows.length)
  return rows.map((row) => all.find((key) => ids[key] === Number(row.ID ?? row.id))).join('')
}

/** Both grammars know these; names are written as in UPPER_CASE methods. */
const conditions: [string, object, string][] = [
  ['equal, without a prefix', { SOURCE_ID: 'CALL' }, 'ae'],
  ['equal, =', { '=SOURCE_ID': 'CALL' }, 'ae'],
  ['equal to one of a list', { SOURCE_ID: ['CALL', 'WEB'] }, 'abe'],
  ['equal to one of a map', { '=SOURCE_ID': { x: 'CALL', y: 'WEB' } }, 'abe'],
  ['equal id as text', { ID: '{a}' }, 'a'],
  ['not equal, !', { '!SOURCE_ID': 'CALL' }, 'bcd'],
  ['not equal, !=', { '!=SOURCE_ID': 'CALL' }, 'bcd'],
  ['not equal to any of a list', { '!SOURCE_ID': ['CALL', 'WEB'] }, 'cd'],
  ['not equal keeps those without a value', { '!NAME': 'Bob' }, 'abcd'],
  ['in', { '@SOURCE_ID': ['CALL', 'EMAIL'] }, 'ace'],
  ['in one scalar', { '@SOURCE_ID': 'WEB' }, 'b'],
  ['in nothing', { '@SOURCE_ID': [] }, ''],
  ['in a list with a blank', { '@SOURCE_ID': ['WEB', ''] }, 'bd'],
  ['in ids', { '@ID': ['{a}', '{c}', '{e}'] }, 'ace'],
  ['not in', { '!@SOURCE_ID': ['CALL', 'EMAIL'] }, 'bd'],
  ['not in one scalar', { '!@SOURCE_ID': 'WEB' }, 'acde'],
  ['not in nothing', { '!@SOURCE_ID': [] }, 'abcde'],
  ['not in a list with a blank', { '!@SOURCE_ID': ['WEB', ''] }, 'ace'],
  ['not in a list of ids with a blank', { '!@ASSIGNED_BY_ID': [77, ''] }, 'abcde'],
  ['greater', { '>OPPORTUNITY': 100 }, 'cd'],
  ['greater or equal', { '>=OPPORTUNITY': '100' }, 'bcd'],
  ['less', { '<OPPORTUNITY': '100.00' }, 'ae'],
  ['less or equal', { '<=OPPORTUNITY': 10.5 }, 'ae'],
  ['greater id', { '>ID': '{c}' }, 'de'],
  ['both ends', { '>=OPPORTUNITY': 10, '<OPPORTUNITY': 1000 }, 'ab'],
  ['contains', { '%TITLE': 'sure' }, 'cd'],
  ['contains, in another case', { '%TITLE': 'SURE' }, 'cd'],
  ['contains umlauts in another case', { '%TITLE': 'äPFEL & öl' }, 'a'],
  ['contains Cyrillic in another case', { '%TITLE': 'ПРИВЕТ мир' }, 'b'],
  ['contains any of a list', { '%TITLE': ['öl', 'мир'] }, 'ab'],
  ['contains a percent sign', { '%TITLE': '0% s' }, 'c'],
  ['contains an underscore', { '%TITLE': 'sure_t' }, 'c'],
  ['contains signs of other pattern languages', { '%TITLE': '[b]*?\\^-' }, 'e'],
  ['contains nothing in particular', { '%NAME': 'zzz' }, ''],
  ['does not contain', { '!%TITLE': 'sure' }, 'abe'],
  ['does not contain Cyrillic', { '!%TITLE': 'ПРИВ' }, 'acde'],
  ['does not contain, where nothing is', { '!%NAME': 'bob' }, 'abcd'],
  ['like a beginning, =%', { '=%TITLE': '100%' }, 'cd'],
  ['like a beginning, %=', { '%=TITLE': 'ÄPF%' }, 'a'],
  ['like an end', { '=%TITLE': '%thing' }, 'cd'],
  ['like Cyrillic with wildcards', { '=%TITLE': 'прив%мир' }, 'b'],
  ['like without wildcards', { '=%TITLE': 'sure' }, ''],
  ['like the whole, in another case', { '=%NAME': 'ANN' }, 'ad'],
  ['like with a literal underscore', { '=%TITLE': '%sure_thing' }, 'c'],
  ['like with a backslash', { '=%TITLE': '%\\%' }, 'e'],
  ['not like, !=%', { '!=%TITLE': '100%' }, 'abe'],
  ['not like, !%=', { '!%=TITLE': '%мир' }, 'acde'],
  ['between', { '><OPPORTUNITY': [10.5, 100] }, 'ab'],
  ['not between', { '!><OPPORTUNITY': [10, 100] }, 'cde'],
  ['search', { '?TITLE': 'SURE' }, 'cd'],
  ['filled, !=', { '!=NAME': '' }, 'ade'],
  ['filled, !', { '!NAME': '' }, 'ade'],
  ['filled, by false', { '!NAME': false }, 'ade'],
  ['empty, without a prefix', { NAME: '' }, 'bc'],
  ['empty, =', { '=NAME': '' }, 'bc'],
  ['empty, by null', { NAME: null }, 'bc'],
  ['empty, by false', { NAME: false }, 'bc'],
  ['empty link', { COMPANY_ID: '' }, 'abcde'],
  ['filled link', { '!COMPANY_ID': '' }, ''],
  ['empty date', { BIRTHDATE: '' }, 'cde'],
  ['filled date', { '!BIRTHDATE': null }, 'ab'],
  ['a flag', { OPENED: 'Y' }, 'ade'],
  ['a flag as a boolean', { OPENED: false }, 'bc'],
  ['a flag as a number', { OPENED: 1 }, 'ade'],
  ['not a flag', { '!OPENED': 'Y' }, 'bc'],
  ['a search operator on a code, exactly', { '%SOURCE_ID': 'CALL' }, 'ae'],
  ['a search operator on a code, a part of it', { '%SOURCE_ID': 'CAL' }, ''],
  ['a negative search operator on a code', { '!%SOURCE_ID': 'CALL' }, 'bcd'],
  ['a date', { BIRTHDATE: '2001-11-11' }, 'a'],
  ['a date in the format of the site', { '>BIRTHDATE': '11.11.2001' }, 'b'],
  ['a date with time and offset', { '<=BIRTHDATE': '2001-11-11T23:59:59+05:00' }, 'a'],
  ['a moment, by the date alone: midnight of the server', { '>=DATE_CREATE': '2026-01-12' }, 'bcde'],
  ['a moment, by the date alone, from above', { '<DATE_CREATE': '2026-01-12' }, 'a'],
  ['a moment with an offset', { '>DATE_CREATE': '2026-01-11T23:30:00Z' }, 'cde'],
  ['a moment with a fraction', { '>=DATE_CREATE': '2026-01-11T23:30:00.000Z' }, 'bcde'],
  ['a moment with a space, on the clock of the server', { '<=DATE_CREATE': '2026-01-12 00:30:00' }, 'ab'],
  ['a moment in the format of the site', { '>DATE_CREATE': '12.01.2026 00:30:00' }, 'cde'],
  ['a unix timestamp', { '=DATE_CREATE': Date.UTC(2026, 0, 13, 23, 30) / 1000 }, 'd'],
  ['whether there is a phone', { HAS_PHONE: 'Y' }, 'e'],
  ['that there is no e-mail', { HAS_EMAIL: 'N' }, 'abcd'],
  ['no condition at all', {}, 'abcde'],
]

const camel: Record<string, string> = {
  ID: 'id',
  STATUS_ID: 'stageId',
  DATE_CREATE: 'createdTime',
  ASSIGNED_BY_ID: 'assignedById',
}
const inCamel = (filter: object): object =>
  Object.fromEntries(
    Object.entries(filter).map(([key, value]) => [
      key.replace(
        /[A-Z_]+$/,
        (name) => camel[name] ?? name.toLowerCase().replace(/_(\w)/g, (_, c: string) => c.toUpperCase()),
      ),
      value as unknown,
    ]),
  )

describe('a condition of crm.lead.list', () => {
  it.each(conditions)('finds by %s', async (_name, filter, expected) => {
    expect(await found('crm.lead.list', filter)).toBe(expected)
  })

  it.each([
    ['a phone exactly as it was given', { PHONE: '+1 555' }, 'e'],
    ['any of several phones', { PHONE: '777' }, 'e'],
    ['a part of a phone', { PHONE: '55' }, ''],
    ['an e-mail', { '=EMAIL': 'bob@example.com' }, 'e'],
    ['an e-mail from a list', { '@EMAIL': ['x@y.z', 'bob@example.com'] }, 'e'],
    ['a phone that is another', { '!PHONE': '777' }, 'abcd'],
    ['no phone', { PHONE: '' }, 'abcd'],
    ['some phone', { '!PHONE': '' }, 'e'],
    ['a date that is none', { '>DATE_CREATE': 'soon' }, ''],
    ['a number that is none', { ID: 'x' }, ''],
    ['a value that is a map', { '%TITLE': [{ a: 1 }] }, ''],
  ])('finds by %s', async (_name, filter, expected) => {
    expect(await found('crm.lead.list', filter)).toBe(expected)
  })
})

describe('a condition of crm.item.list', () => {
  it.each(conditions)('finds by %s', async (_name, filter, expected) => {
    expect(await found('crm.item.list', inCamel(filter))).toBe(expected)
    expect(await found('crm.item.list', filter)).toBe(expected)
  })

  const nested: [string, unknown, string][] = [
    ['OR of two fields', { logic: 'OR', '=sourceId': 'WEB', '>opportunity': 500 }, 'bcd'],
    ['OR in upper case', { LOGIC: 'or', '=sourceId': 'WEB', '>opportunity': 500 }, 'bcd'],
    ['AND by its name', { logic: 'AND', '=sourceId': 'CALL', '>opportunity': 5 }, 'a'],
    ['a group in a list', [{ logic: 'OR', sourceId: 'WEB', name: 'Bob' }], 'be'],
    ['a group under a number', { 0: { logic: 'OR', sourceId: 'WEB', name: 'Bob' } }, 'be'],
    ['a group beside a condition', { '>opportunity': 50, 0: { logic: 'OR', '%title': 'мир', opened: 'Y' } }, 'bd'],
    [
      'groups within a group',
      { 0: { logic: 'OR', 0: { sourceId: 'CALL', name: 'Ann' }, 1: { '@id': ['{d}'] }, '%title': 'мир' } },
      'abd',
    ],
    [
      'two groups, both needed',
      [
        { logic: 'OR', name: 'Ann', '=%name': 'b%' },
        { logic: 'OR', opened: 'N', '>opportunity': 5 },
      ],
      'a',
    ],
    ['OR of groups at the top', { logic: 'OR', 0: { name: 'Ann' }, 1: { name: 'Bob' } }, 'ae'],
    ['the same field twice, in two groups', [{ '%title': '100' }, { '%title': '%' }], 'c'],
    ['empty groups, which say nothing', [{}, { logic: 'OR' }, [[]]], 'abcde'],
    [
      'the sample of the documentation',
      {
        '>opportunity': 5,
        0: { logic: 'OR', 0: { '=stageId': 'NEW', '!title': '' }, 1: { '@assignedById': [1, 6] }, '%title': 'vip' },
        '!@sourceId': ['CALL', 'WEB'],
      },
      'cd',
    ],
  ]
  it.each(nested)('combines %s', async (_name, filter, expected) => {
    expect(await found('crm.item.list', filter)).toBe(expected)
  })

  it('combines groups from a form as well', async () => {
    const body =
      'entityTypeId=1&filter[0][logic]=OR&filter[0][0][sourceId]=WEB&filter[0][1][name]=Bob&filter[%3Eid]=0&select[]=id'
    const answer = await portal.send({
      url: `/rest/1/${portal.code}/crm.item.list`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
    expect(answer.body.result.items.map(({ id }: { id: number }) => id)).toEqual([ids.b, ids.e])
  })
})

describe('sorting', () => {
  it.each(['ASC', 'DESC'])('puts records without a value where PHP clients expect them, %s', async (direction) => {
    const { result } = (await portal.call('crm.lead.list', { order: { BIRTHDATE: direction }, select: ['ID'] })).body
    const order = result.map((row: { ID: string }) => all.find((key) => ids[key] === Number(row.ID))).join('')
    expect(order).toBe(direction === 'ASC' ? 'cdeab' : 'bacde')
  })

  it('is blind to case', async () => {
    const { result } = (
      await portal.call('crm.lead.list', { order: { NAME: 'ASC' }, filter: { '!NAME': '' }, select: ['ID', 'NAME'] })
    ).body
    expect(result.map((row: { NAME: string }) => row.NAME)).toEqual(['Ann', 'ann', 'Bob'])
  })
})

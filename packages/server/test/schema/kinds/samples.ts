import type { Kind } from '../../../src/schema/kind.ts'
import { userFieldTypes } from '../../../src/schema/user-field-kinds.ts'
import { amount } from '../../../src/schema/kinds/amount.ts'
import { category } from '../../../src/schema/kinds/category.ts'
import { comments } from '../../../src/schema/kinds/comments.ts'
import { currency } from '../../../src/schema/kinds/currency.ts'
import { flag } from '../../../src/schema/kinds/flag.ts'
import { integer } from '../../../src/schema/kinds/integer.ts'
import { link } from '../../../src/schema/kinds/link.ts'
import { location } from '../../../src/schema/kinds/location.ts'
import { status } from '../../../src/schema/kinds/status.ts'
import { string } from '../../../src/schema/kinds/string.ts'
import { text } from '../../../src/schema/kinds/text.ts'
import { user } from '../../../src/schema/kinds/user.ts'

/** What a kind is tested with; times are of Europe/Berlin. */
export interface Samples {
  readonly name: string
  readonly kind: Kind
  readonly settings?: Readonly<Record<string, unknown>>
  /** What a client writes, what is stored, and what both wires show. */
  readonly good: readonly (readonly [input: unknown, stored: unknown, legacy: unknown, item: unknown])[]
  readonly bad: readonly unknown[]
}

const file = (id: number): readonly [unknown, unknown] => [
  { id, showUrl: `/show/${id}`, downloadUrl: `/download/${id}` },
  { id, url: `/show/${id}`, urlMachine: `https://host/${id}` },
]
const same = (value: unknown): readonly [unknown, unknown, unknown, unknown] => [value, value, value, value]
const nothing = [
  [null, null, null, null],
  ['', null, null, null],
] as const
const cleared = [[null, null, null, null], same('')] as const

const userField = (id: string, given: Omit<Samples, 'name' | 'kind'>): Samples => {
  const type = userFieldTypes.get(id)
  if (type === undefined) throw new Error(`no type ${id}`)
  return { name: `user field ${id}`, kind: type.kind, ...given, settings: type.read(given.settings ?? {}, {}) }
}

const people = {
  good: [...nothing, [5, 5, '5', 5], ['7', 7, '7', 7], [0, null, null, null]],
  bad: ['me', -1, 1.5, [1], {}, '99999999999999999999'],
} as const

export const samples: readonly Samples[] = [
  userField('string', {
    settings: { MAX_LENGTH: 5, REGEXP: '/^[a-zä ]*$/' },
    good: [...cleared, same('abc'), same('ä b')],
    bad: ['too long', 'ABC', ['a'], {}],
  }),
  userField('string', {
    good: [...cleared, [5, '5', '5', '5'], [true, '1', '1', '1'], same('x'.repeat(3000))],
    bad: [[]],
  }),
  userField('integer', {
    settings: { MIN_VALUE: -5, MAX_VALUE: 10 },
    good: [...nothing, ['7', 7, '7', 7], [-5, -5, '-5', -5], [' 10 ', 10, '10', 10], [true, 1, '1', 1]],
    bad: ['x', 11, -6, '1.5', NaN, Infinity, 2 ** 60, [], {}],
  }),
  userField('double', {
    good: [
      ...nothing,
      ['1.005', 1.01, '1.01', 1.01],
      [-0.5, -0.5, '-0.5', -0.5],
      ['1e3', 1000, '1000', 1000],
      [200.05, 200.05, '200.05', 200.05],
    ],
    bad: ['1,5', 'x', '1e400', 1e16, [], {}],
  }),
  userField('double', {
    settings: { PRECISION: 9, MIN_VALUE: 0, MAX_VALUE: 1 },
    good: [['0.0000001', 1e-7, '0.0000001', 1e-7]],
    bad: [2],
  }),
  userField('boolean', {
    good: [
      ...nothing,
      ['Y', 1, '1', 'Y'],
      [1, 1, '1', 'Y'],
      ['true', 1, '1', 'Y'],
      ['N', 0, '0', 'N'],
      [false, 0, '0', 'N'],
      ['0', 0, '0', 'N'],
    ],
    bad: ['maybe', 2, [], {}],
  }),
  userField('enumeration', {
    good: [...nothing, ['12', 12, '12', 12], [0, null, null, null], [false, null, null, null]],
    bad: ['x', -1, [1], {}],
  }),
  userField('date', {
    good: [
      [null, null, '', null],
      ['', null, '', null],
      ['2026-01-15', '2026-01-15', '2026-01-15T01:00:00+01:00', '2026-01-15T01:00:00+01:00'],
      ['11.07.2026', '2026-07-11', '2026-07-11T02:00:00+02:00', '2026-07-11T02:00:00+02:00'],
    ],
    bad: ['2026-02-30', 'soon', [], {}, true],
  }),
  userField('datetime', {
    good: [
      [null, null, '', null],
      ['2026-01-15T10:00:00Z', 1768471200, '2026-01-15T11:00:00+01:00', '2026-01-15T11:00:00+01:00'],
      ['2026-07-11 12:30:00', 1783765800, '2026-07-11T12:30:00+02:00', '2026-07-11T12:30:00+02:00'],
    ],
    bad: ['2026-01-15T25:00:00', 'now', [], {}, true],
  }),
  userField('money', {
    good: [
      ...nothing,
      same('300|USD'),
      ['12.50|eur', '12.5|EUR', '12.5|EUR', '12.5|EUR'],
      [100, '100', '100', '100'],
      ['-0.5|EUR', '-0.5|EUR', '-0.5|EUR', '-0.5|EUR'],
      ['|USD', '0|USD', '0|USD', '0|USD'],
    ],
    bad: ['x|USD', '1|DOLLAR', '1|USD|2', '1 000|USD', [], {}],
  }),
  userField('url', {
    settings: { MIN_LENGTH: 3 },
    good: [...cleared, same('https://a.example/?b=ü#c')],
    bad: ['a', []],
  }),
  userField('address', { good: [...cleared, same('Street 1|52.5;13.4|7')], bad: [[], {}] }),
  userField('file', {
    settings: { EXTENSIONS: ['txt'], MAX_ALLOWED_SIZE: 3 },
    good: [
      ...nothing,
      [5, 5, ...file(5)],
      ['6', 6, ...file(6)],
      [{ id: 7 }, 7, ...file(7)],
      [{ id: 7, remove: 'Y' }, null, null, null],
    ],
    bad: [['a.exe', 'YQ=='], ['a.txt', 'YWJjZA=='], ['a.txt', ''], { other: 1 }, 'name', true, -1.5],
  }),
  userField('employee', people),
  userField('crm_status', {
    settings: { ENTITY_TYPE: 'SOURCE' },
    good: [...cleared, same('CALL')],
    bad: ['x'.repeat(51), [], {}],
  }),
  userField('iblock_element', people),
  userField('iblock_section', people),
  userField('crm', {
    settings: { DEAL: 'Y' },
    good: [...nothing, [5, 'D_5', '5', 5], ['d_7', 'D_7', '7', 7], [0, null, null, null], ['007', 'D_7', '7', 7]],
    bad: ['C_5', 'D_', 'D_x', 'T80_1', '5_D', [], {}],
  }),
  userField('crm', {
    settings: { CONTACT: 'Y', COMPANY: 'Y', DYNAMIC_128: 'Y' },
    good: [
      ['CO_5', 'CO_5', 'CO_5', 'CO_5'],
      ['5', 'C_5', 'C_5', 'C_5'],
      ['t80_1', 'T80_1', 'T80_1', 'T80_1'],
    ],
    bad: ['D_5', 'L_1', 'T81_1', 'T1_1'],
  }),
  { name: 'string', kind: string, good: [...cleared, same('a'), [5, '5', '5', '5']], bad: ['x'.repeat(256), [], {}] },
  { name: 'text', kind: text, good: [...cleared, same('x'.repeat(5000))], bad: [[], {}] },
  { name: 'location', kind: location, good: [...cleared, same('0000028001')], bad: [[], {}] },
  { name: 'comments', kind: comments, good: [...cleared, ['<b>a</b>', '[B]a[/B]', '[B]a[/B]', '[B]a[/B]']], bad: [[]] },
  { name: 'integer', kind: integer, good: [...nothing, ['7', 7, '7', 7]], bad: ['x', [], {}] },
  { name: 'user', kind: user, good: [...nothing, ['7', 7, '7', 7]], bad: ['x', [], {}] },
  {
    name: 'category',
    kind: category,
    good: [
      ['9', 9, '9', 9],
      [0, 0, '0', 0],
    ],
    bad: ['x', []],
  },
  { name: 'link', kind: link(4, 'crm_company'), good: [...nothing, ['7', 7, '7', 7]], bad: ['x', -1, []] },
  { name: 'status', kind: status('SOURCE'), good: [...cleared, same('CALL')], bad: ['x'.repeat(51), []] },
  { name: 'currency', kind: currency, good: [...nothing, ['eur', 'EUR', 'EUR', 'EUR']], bad: ['EURO', 'E', []] },
  {
    name: 'flag',
    kind: flag,
    good: [
      ['Y', 'Y', 'Y', 'Y'],
      [true, 'Y', 'Y', 'Y'],
      ['', 'N', 'N', 'N'],
      [0, 'N', 'N', 'N'],
    ],
    bad: ['x', 2, []],
  },
  {
    name: 'amount',
    kind: amount,
    good: [
      ['19999.99', 1999999, '19999.99', 19999.99],
      [0.1, 10, '0.10', 0.1],
      ['', 0, '0.00', 0],
    ],
    bad: ['x', '1,5', 1e16, [], {}],
  },
]

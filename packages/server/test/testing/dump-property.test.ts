import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { dumped, portalOf } from '../support/dumping.ts'
import { type Answer, type TestPortal, testPortal } from '../support/portal.ts'

/** A user field of each kind, on which entity, and what its values may be. */
interface Sample {
  readonly type: string
  readonly settings?: object
  readonly value: (ids: Ids) => fc.Arbitrary<unknown>
}

/** What generated values may name. */
interface Ids {
  readonly companies: readonly number[]
  readonly users: readonly number[]
  readonly options: readonly number[]
}

/** Texts as people write them and as nobody does; no lone halves of characters, which no database keeps. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\u0000', '')),
  fc.constantFrom(
    '@x',
    '@@',
    '@{a}',
    'x @@{a.b}',
    'Y',
    'no',
    '1',
    '-',
    'a: b',
    '# x',
    ' x',
    'x ',
    "it's",
    '"',
    'a\nb\n',
    '\t',
  ),
)
const day = fc
  .date({ min: new Date('1970-01-02T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const moment = fc.integer({ min: 0, max: 4_000_000_000 }).map((at) => new Date(at * 1000).toISOString())
const amount = fc.integer({ min: 0, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2))

const samples: Readonly<Record<string, Sample>> = {
  TEXT: { type: 'string', value: () => words },
  WHOLE: { type: 'integer', value: () => fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }) },
  REAL: {
    type: 'double',
    settings: { PRECISION: 4 },
    value: () => fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1e4),
  },
  YES: { type: 'boolean', value: () => fc.constantFrom('Y', 'N') },
  ONE: { type: 'enumeration', value: ({ options }) => fc.constantFrom(...options) },
  DAY: { type: 'date', value: () => day },
  TIME: { type: 'datetime', value: () => moment },
  PRICE: { type: 'money', value: () => fc.tuple(amount, fc.constantFrom('USD', 'EUR')).map((each) => each.join('|')) },
  LINK: { type: 'url', value: () => fc.webUrl() },
  PLACE: { type: 'address', value: () => words },
  PAPER: {
    type: 'file',
    value: () =>
      fc
        .tuple(fc.constantFrom('a.txt', 'ü 1.bin'), fc.uint8Array({ minLength: 1, maxLength: 40 }))
        .map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
  },
  PERSON: { type: 'employee', value: ({ users }) => fc.constantFrom(...users) },
  CODE: {
    type: 'crm_status',
    settings: { ENTITY_TYPE: 'SOURCE' },
    value: () => fc.constantFrom('CALL', 'WEB', 'EMAIL'),
  },
  FIRM: { type: 'crm', settings: { COMPANY: 'Y' }, value: ({ companies }) => fc.constantFrom(...companies) },
  ANY: {
    type: 'crm',
    settings: { COMPANY: 'Y', DEAL: 'Y' },
    value: ({ companies }) => fc.constantFrom(...companies).map((id) => `CO_${id}`),
  },
}

const OPTIONS = ['red', 'red', '@green', 'a.b', 'ü']

async function prepare(portal: TestPortal): Promise<Ids> {
  const must = async (method: string, parameters: object): Promise<Answer['body']['result']> => {
    const { body } = await portal.call(method, parameters)
    expect([method, parameters, body.error_description]).toEqual([method, parameters, undefined])
    return body.result
  }
  for (const [name, { type, settings }] of Object.entries(samples))
    for (const multiple of type === 'boolean' ? ['N'] : ['N', 'Y'])
      await must('userfieldconfig.add', {
        moduleId: 'crm',
        field: {
          entityId: 'CRM_DEAL',
          fieldName: `UF_CRM_${name}${multiple === 'Y' ? 'S' : ''}`,
          userTypeId: type,
          multiple,
          ...(settings === undefined ? {} : { settings }),
          ...(type === 'enumeration' ? { enum: OPTIONS.map((value) => ({ value })) } : {}),
        },
      })
  const { fields } = await must('userfieldconfig.list', {
    moduleId: 'crm',
    select: ['*', 'enum'],
    filter: { userTypeId: 'enumeration' },
  })
  const companies: number[] = []
  for (const title of ['One', 'One', '株'])
    companies.push((await must('crm.item.add', { entityTypeId: 4, fields: { title } })).item.id)
  const { id } = await portal.person({ department: [1] })
  const [one] = fields.filter(({ fieldName }: { fieldName: string }) => fieldName === 'UF_CRM_ONE')
  return { companies, users: [1, id], options: one.enum.map((each: { id: string }) => Number(each.id)) }
}

const keyOf = (name: string): string => `ufCrm${name[0] ?? ''}${name.slice(1).toLowerCase()}`

/** A deal with some of its fields. Options are those of their own field, which the multiple one has none of. */
const dealOf = (ids: Ids): fc.Arbitrary<Record<string, unknown>> => {
  const own = Object.entries(samples).flatMap(([name, { type, value }]): [string, fc.Arbitrary<unknown>][] => [
    [keyOf(name), value(ids)],
    ...(type === 'boolean' || type === 'enumeration'
      ? []
      : [[keyOf(`${name}S`), fc.array(value(ids), { maxLength: 3 })] as [string, fc.Arbitrary<unknown>]]),
  ])
  return fc.record(
    {
      ...Object.fromEntries(own),
      title: words,
      comments: words,
      companyId: fc.constantFrom(0, ...ids.companies),
      assignedById: fc.constantFrom(...ids.users),
      observers: fc.subarray([...ids.users]),
      opened: fc.constantFrom('Y', 'N'),
      typeId: fc.constantFrom('SALE', 'COMPLEX', ''),
      sourceId: fc.constantFrom('CALL', 'WEB', ''),
      stageId: fc.constantFrom('NEW', 'WON', 'LOSE', 'EXECUTING'),
      currencyId: fc.constantFrom('USD', 'EUR'),
      opportunity: amount,
      isManualOpportunity: fc.constantFrom('Y', 'N'),
      probability: fc.integer({ min: 0, max: 100 }),
      begindate: day,
      closedate: day,
      utmSource: words,
      originId: words,
    },
    { requiredKeys: [] },
  )
}

it('whatever records hold comes back from a dump', async () => {
  const portal = await testPortal()
  const ids = await prepare(portal)
  const refused: unknown[] = []
  await fc.assert(
    fc.asyncProperty(dealOf(ids), async (fields) => {
      const { body } = await portal.call('crm.item.add', { entityTypeId: 2, fields })
      if (body.error !== undefined) refused.push([fields, body.error_description])
    }),
    { numRuns: 150 },
  )
  expect(refused.length).toBeLessThan(75)
  const one = await dumped(portal)
  const again = await portalOf(one)
  expect(await dumped(again)).toBe(one)
  // What is told apart from a dump: the values themselves, without numbers and moments of their own.
  const rows = async (of: TestPortal): Promise<unknown[]> => {
    const found: unknown[] = []
    for (let last = 0; ;) {
      const { items } = (
        await of.call('crm.item.list', { entityTypeId: 2, order: { id: 'ASC' }, filter: { '>id': last }, start: -1 })
      ).body.result
      for (const { id, createdTime, updatedTime, movedTime, lastActivityTime, searchContent, ...row } of items) {
        void [createdTime, updatedTime, movedTime, lastActivityTime, searchContent]
        last = id
        found.push(
          JSON.parse(
            JSON.stringify(row, (key, value: unknown) => (/^(id|url|urlMachine)$/.test(key) ? undefined : value)),
          ),
        )
      }
      if (items.length < 50) return found
    }
  }
  expect(await rows(again)).toEqual(await rows(portal))
}, 120_000)

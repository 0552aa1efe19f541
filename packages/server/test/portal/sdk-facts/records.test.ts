import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { asking, counting } from './ask.ts'

const portal = await testPortal()
const ask = asking(portal)
const count = counting(portal)

const rows = (values: Record<string, unknown>[]) => Object.fromEntries(values.map((fields, n) => [`n${n}`, fields]))

/** Adds records in batches of 50, as the SDKs' batch services do, and answers the ids. */
async function addMany(method: string, records: Record<string, unknown>[]): Promise<number[]> {
  const ids: number[] = []
  for (let at = 0; at < records.length; at += 50) {
    const commands = Object.entries(rows(records.slice(at, at + 50))).map(([key, fields]) => {
      const query = Object.entries(fields as object).map(
        ([code, value]) => `fields[${code}]=${encodeURIComponent(value)}`,
      )
      return [key, `${method}?${query.join('&')}`]
    })
    const { result, result_error } = await ask('batch', { halt: 0, cmd: Object.fromEntries(commands) })
    expect(result_error).toEqual([])
    ids.push(...(Object.values(result) as number[]))
  }
  return ids
}

const isoInstant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)

/** Prefix, the field that the tests write, and what `get` answers beside it for a new record. */
const FAMILIES: [prefix: string, name: string, shown: Record<string, unknown>][] = [
  [
    'crm.lead',
    'TITLE',
    {
      STATUS_ID: 'NEW',
      CURRENCY_ID: 'USD',
      OPENED: expect.stringMatching(/^[YN]$/),
      DATE_CREATE: isoInstant,
      MOVED_TIME: isoInstant,
      LAST_ACTIVITY_TIME: isoInstant,
      BIRTHDATE: '',
      DATE_CLOSED: '',
    },
  ],
  [
    'crm.deal',
    'TITLE',
    {
      STAGE_ID: 'NEW',
      STAGE_SEMANTIC_ID: 'P',
      CURRENCY_ID: 'USD',
      CLOSED: 'N',
      IS_NEW: 'Y',
      BEGINDATE: isoInstant,
      CLOSEDATE: isoInstant,
      DATE_CREATE: isoInstant,
      MOVED_TIME: isoInstant,
    },
  ],
  [
    'crm.contact',
    'NAME',
    { HAS_PHONE: 'N', HAS_EMAIL: 'N', BIRTHDATE: '', DATE_CREATE: isoInstant, DATE_MODIFY: isoInstant },
  ],
  ['crm.company', 'TITLE', { HAS_PHONE: 'N', IS_MY_COMPANY: 'N', CURRENCY_ID: 'USD', DATE_CREATE: isoInstant }],
  ['crm.quote', 'TITLE', { STATUS_ID: 'DRAFT', CURRENCY_ID: 'USD', CLOSED: 'N', DATE_CREATE: isoInstant }],
  ['crm.product', 'NAME', { ACTIVE: 'Y', DATE_CREATE: isoInstant, TIMESTAMP_X: isoInstant }],
]

describe.each(FAMILIES)('%s.*', (prefix, name, shown) => {
  it('adds, shows, changes, lists and deletes a record as the SDKs ask', async () => {
    const id = await ask(`${prefix}.add`, { fields: { [name]: 'test' }, params: { REGISTER_SONET_EVENT: 'N' } })
    expect(id).toBeTypeOf('number')
    expect(await ask(`${prefix}.get`, { id })).toMatchObject({ ID: String(id), [name]: 'test', ...shown })
    expect(await ask(`${prefix}.update`, { id, fields: { [name]: 'test2' }, params: [] })).toBe(true)
    expect(await ask(`${prefix}.get`, { id })).toMatchObject({ ID: String(id), [name]: 'test2' })
    const listed = await ask(`${prefix}.list`, { order: [], filter: { ID: id }, select: ['ID', name], start: 0 })
    expect(listed).toEqual([{ ID: String(id), [name]: 'test2' }])
    expect(await ask(`${prefix}.delete`, { id })).toBe(true)
    expect((await portal.call(`${prefix}.get`, { id })).status).toBe(400)
  })

  it('counts what a batch adds, and lists it newest first without counting', async () => {
    const before = await count(`${prefix}.list`)
    const ids = await addMany(
      `${prefix}.add`,
      Array.from({ length: 60 }, (_, n) => ({ [name]: `${name}-${n}` })),
    )
    expect(new Set(ids).size).toBe(60)
    expect(await count(`${prefix}.list`)).toBe(before + 60)
    // The fast readers of both SDKs: no count, pages by id.
    const fast = { order: { ID: 'DESC' }, filter: { '<ID': ids.at(-1)! + 1 }, select: ['ID'], start: -1 }
    const page: { ID: string }[] = await ask(`${prefix}.list`, fast)
    expect(page.map(({ ID }) => Number(ID))).toEqual(ids.toReversed().slice(0, 50))
    const next = { ...fast, filter: { '<ID': page.at(-1)!.ID } }
    expect((await ask(`${prefix}.list`, next)).slice(0, 10)).toEqual(
      ids
        .slice(0, 10)
        .toReversed()
        .map((id) => ({ ID: String(id) })),
    )
  })
})

describe('contacts and companies', () => {
  it('show e-mails, phones, messengers and sites with ids and value types', async () => {
    const values = {
      EMAIL: [{ VALUE: 'a@example.com', VALUE_TYPE: 'WORK' }],
      PHONE: [{ VALUE: '+14155550100', VALUE_TYPE: 'WORK' }],
      IM: [{ VALUE: '+14155550100', VALUE_TYPE: 'TELEGRAM' }],
      WEB: [{ VALUE: 'https://example.com/', VALUE_TYPE: 'WORK' }],
    }
    for (const [prefix, name] of [
      ['crm.contact', 'NAME'],
      ['crm.company', 'TITLE'],
    ] as const) {
      const id = await ask(`${prefix}.add`, { fields: { [name]: 'x', UTM_SOURCE: 'sdk', ...values } })
      const shown = await ask(`${prefix}.get`, { id })
      for (const [code, [value]] of Object.entries(values)) {
        expect(shown[code]).toEqual([{ ID: expect.stringMatching(/^\d+$/), TYPE_ID: code, ...value }])
      }
    }
  })

  it('are counted by a mark', async () => {
    await addMany(
      'crm.company.add',
      Array.from({ length: 60 }, (_, n) => ({ TITLE: `c${n}`, UTM_SOURCE: 'mark-1' })),
    )
    expect(await count('crm.company.list', { UTM_SOURCE: 'mark-1' })).toBe(60)
  })

  it('take value types as the PHP SDK spells them: in lower case', async () => {
    const fields = { NAME: 'x', EMAIL: [{ VALUE: 'b@example.com', VALUE_TYPE: 'work' }] }
    const id = await ask('crm.contact.add', { fields })
    expect((await ask('crm.contact.get', { id })).EMAIL).toMatchObject([{ VALUE: 'b@example.com' }])
  })

  it('list with an empty condition and an empty order', async () => {
    await ask('crm.contact.add', { fields: { NAME: 'test contact' } })
    const parameters = { order: [''], filter: [''], select: ['ID', 'NAME'], start: 0 }
    expect((await ask('crm.contact.list', parameters)).length).toBeGreaterThan(0)
  })

  it('take a smart process parent and show it', async () => {
    const relations = { child: [{ entityTypeId: 3, isChildrenListEnabled: 'N', isPredefined: 'N' }] }
    const { type } = await ask('crm.type.add', { fields: { title: 'Project', relations } })
    const { item } = await ask('crm.item.add', { entityTypeId: type.entityTypeId, fields: { title: 'p', xmlId: 'x1' } })
    const parent = `PARENT_ID_${type.entityTypeId}`
    const id = await ask('crm.contact.add', { fields: { NAME: 'child', [parent]: item.id } })
    expect(Number((await ask('crm.contact.get', { id }))[parent])).toBe(item.id)
    const other = await ask('crm.contact.add', { fields: { NAME: 'no child' } })
    expect((await ask('crm.contact.get', { id: other }))[parent] || null).toBeNull()
  })
})

describe('values as the Python SDK writes and reads them', () => {
  it.each([
    [
      'crm.lead',
      { TITLE: 'T', NAME: 'F', LAST_NAME: 'L', STATUS_ID: 'CONVERTED', CURRENCY_ID: 'USD', OPPORTUNITY: '12500.00' },
      {},
    ],
    [
      'crm.deal',
      { TITLE: 'T', TYPE_ID: 'GOODS', STAGE_ID: 'NEW', CURRENCY_ID: 'USD', OPPORTUNITY: 1000.0, COMMENTS: 'c' },
      { OPPORTUNITY: '1000.00' },
    ],
    [
      'crm.quote',
      {
        TITLE: 'T',
        STATUS_ID: 'DRAFT',
        CURRENCY_ID: 'USD',
        OPPORTUNITY: 5000.0,
        COMMENTS: 'c',
        BEGINDATE: '2024-01-01T12:00:00',
        CLOSEDATE: '2024-12-31T12:00:00',
        OPENED: 'Y',
      },
      {
        OPPORTUNITY: '5000.00',
        BEGINDATE: expect.stringContaining('2024-01-01T'),
        CLOSEDATE: expect.stringContaining('2024-12-31T'),
      },
    ],
    [
      'crm.company',
      {
        TITLE: 'T',
        COMPANY_TYPE: 'CUSTOMER',
        INDUSTRY: 'MANUFACTURING',
        EMPLOYEES: 'EMPLOYEES_2',
        CURRENCY_ID: 'USD',
        REVENUE: 3000000.0,
        OPENED: 'Y',
      },
      { REVENUE: '3000000' },
    ],
  ])('%s', async (prefix, fields, shown) => {
    const id = await ask(`${prefix}.add`, { fields })
    const expected = { ...fields, ID: String(id), ...shown }
    expect(await ask(`${prefix}.get`, { id })).toMatchObject(expected)
    const listed = await ask(`${prefix}.list`, {
      filter: { ID: id },
      select: Object.keys(expected),
      order: { ID: 'desc' },
    })
    expect(listed).toMatchObject([expected])
    expect(await ask(`${prefix}.delete`, { id })).toBe(true)
  })

  it('crm.lead.list takes "=" before a code', async () => {
    const id = await ask('crm.lead.add', { fields: { TITLE: 'j', STATUS_ID: 'JUNK' } })
    expect(await ask('crm.lead.list', { filter: { '=STATUS_ID': 'JUNK' }, select: ['ID'] })).toEqual([
      { ID: String(id) },
    ])
  })
})

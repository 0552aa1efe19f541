import { beforeAll, describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ timezone: 'Europe/Berlin' })

interface Sample {
  readonly type: string
  readonly settings?: Record<string, unknown>
  /** Two values as clients write them, the lesser first where the type has an order. */
  readonly write: readonly [unknown, unknown]
  readonly legacy: readonly [unknown, unknown]
  readonly item: readonly [unknown, unknown]
  readonly ordered?: boolean
  /** What UPPER_CASE rows show after clearing. */
  readonly cleared: '' | null
}

const leads = await Promise.all(
  ['one', 'two'].map(async (TITLE) => (await portal.call('crm.lead.add', { fields: { TITLE } })).body.result as number),
)
const colleague = (await portal.person()).id
const [first, second] = leads as [number, number]

const samples: readonly Sample[] = [
  { type: 'string', write: ['Äpfel', 'birnen'], legacy: ['Äpfel', 'birnen'], item: ['Äpfel', 'birnen'], cleared: '' },
  { type: 'integer', write: ['-7', 1200], legacy: ['-7', '1200'], item: [-7, 1200], ordered: true, cleared: null },
  {
    type: 'double',
    write: ['0.005', 200.05],
    legacy: ['0.01', '200.05'],
    item: [0.01, 200.05],
    ordered: true,
    cleared: null,
  },
  { type: 'boolean', write: ['N', '1'], legacy: ['0', '1'], item: ['N', 'Y'], cleared: null },
  {
    type: 'date',
    write: ['2026-01-15', '11.07.2026'],
    legacy: ['2026-01-15T01:00:00+01:00', '2026-07-11T02:00:00+02:00'],
    item: ['2026-01-15T01:00:00+01:00', '2026-07-11T02:00:00+02:00'],
    ordered: true,
    cleared: '',
  },
  {
    type: 'datetime',
    write: ['2026-01-15T10:00:00Z', '2026-07-11 12:30:00'],
    legacy: ['2026-01-15T11:00:00+01:00', '2026-07-11T12:30:00+02:00'],
    item: ['2026-01-15T11:00:00+01:00', '2026-07-11T12:30:00+02:00'],
    ordered: true,
    cleared: '',
  },
  {
    type: 'money',
    write: ['300|USD', '12.50|eur'],
    legacy: ['300|USD', '12.5|EUR'],
    item: ['300|USD', '12.5|EUR'],
    cleared: null,
  },
  {
    type: 'url',
    write: ['https://a.example/?q=1', 'b.example'],
    legacy: ['https://a.example/?q=1', 'b.example'],
    item: ['https://a.example/?q=1', 'b.example'],
    cleared: '',
  },
  {
    type: 'address',
    write: ['Main St 1|52.5;13.4|77', 'Elsewhere'],
    legacy: ['Main St 1|52.5;13.4|77', 'Elsewhere'],
    item: ['Main St 1|52.5;13.4|77', 'Elsewhere'],
    cleared: '',
  },
  {
    type: 'employee',
    write: [1, String(colleague)],
    legacy: ['1', String(colleague)],
    item: [1, colleague],
    cleared: null,
  },
  {
    type: 'crm_status',
    settings: { ENTITY_TYPE: 'SOURCE' },
    write: ['CALL', 'EMAIL'],
    legacy: ['CALL', 'EMAIL'],
    item: ['CALL', 'EMAIL'],
    cleared: '',
  },
  { type: 'iblock_element', write: [5, '6'], legacy: ['5', '6'], item: [5, 6], cleared: null },
  { type: 'iblock_section', write: ['8', 9], legacy: ['8', '9'], item: [8, 9], cleared: null },
  {
    type: 'crm',
    settings: { LEAD: 'Y' },
    write: [first, `L_${second}`],
    legacy: [String(first), String(second)],
    item: [first, second],
    cleared: null,
  },
]

const nameOf = (type: string, multiple: boolean): string => `UF_CRM_${type.toUpperCase()}${multiple ? '_M' : ''}`
const camelOf = async (upper: string): Promise<string> => {
  const { fields } = (await portal.call('crm.item.fields', { entityTypeId: 1 })).body.result
  return Object.keys(fields).find((key) => fields[key].upperName === upper) ?? ''
}
const create = async (type: string, multiple: boolean, settings: unknown): Promise<void> => {
  const added = await portal.call('crm.lead.userfield.add', {
    fields: {
      USER_TYPE_ID: type,
      FIELD_NAME: nameOf(type, multiple),
      MULTIPLE: multiple ? 'Y' : 'N',
      SETTINGS: settings,
    },
  })
  expect(added.body).toMatchObject({ result: expect.any(Number) })
}
const get = async (id: number): Promise<Record<string, unknown>> =>
  (await portal.call('crm.lead.get', { id })).body.result
const item = async (id: number): Promise<Record<string, unknown>> =>
  (await portal.call('crm.item.get', { entityTypeId: 1, id })).body.result.item
const found = async (filter: unknown, order: unknown = { ID: 'ASC' }): Promise<number[]> =>
  (await portal.call('crm.lead.list', { filter, order, select: ['ID'] })).body.result.map((row: { ID: string }) =>
    Number(row.ID),
  )
const foundItems = async (filter: unknown): Promise<number[]> =>
  (
    await portal.call('crm.item.list', { entityTypeId: 1, filter, order: { id: 'ASC' }, select: ['id'] })
  ).body.result.items.map((row: { id: number }) => row.id)

describe.each(samples)('a field of type $type', (sample) => {
  const { type, settings = {}, write, legacy, item: typed } = sample
  const name = nameOf(type, false)
  let camel = ''
  let lower = 0
  let higher = 0
  let without = 0

  beforeAll(async () => {
    without = (await portal.call('crm.lead.add', { fields: { TITLE: `${type} before` } })).body.result
    await create(type, false, settings)
    camel = await camelOf(name)
    lower = (await portal.call('crm.lead.add', { fields: { TITLE: type, [name]: write[0] } })).body.result
    higher = (await portal.call('crm.item.add', { entityTypeId: 1, fields: { title: type, [camel]: write[1] } })).body
      .result.item.id
  })

  it('keeps what either dialect writes and shows it in the words of the one that reads', async () => {
    expect((await get(lower))[name]).toBe(legacy[0])
    expect((await get(higher))[name]).toBe(legacy[1])
    expect((await item(lower))[camel]).toBe(typed[0])
    expect((await item(higher))[camel]).toBe(typed[1])
  })

  it('is empty in records that are older than the field', async () => {
    expect((await get(without))[name]).toBe(sample.cleared === '' && type.startsWith('date') ? '' : null)
    expect((await item(without))[camel]).toBeNull()
  })

  it('takes back what it has shown', async () => {
    const row = await get(lower)
    expect((await portal.call('crm.lead.update', { id: lower, fields: { [name]: row[name] } })).body.result).toBe(true)
    expect((await get(lower))[name]).toBe(legacy[0])
    const { body } = await portal.call('crm.item.update', {
      entityTypeId: 1,
      id: lower,
      fields: { [camel]: (await item(lower))[camel] },
    })
    expect(body.result.item[camel]).toBe(typed[0])
  })

  it('is found by equality, by its contrary, by a list and by emptiness', async () => {
    const ids = [without, lower, higher]
    const among = { '@ID': ids }
    expect(await found({ ...among, [name]: write[0] })).toEqual([lower])
    expect(await found({ ...among, [`!${name}`]: write[0] })).toEqual([without, higher])
    expect(await found({ ...among, [`@${name}`]: write })).toEqual([lower, higher])
    expect(await found({ ...among, [name]: '' })).toEqual([without])
    expect(await found({ ...among, [`!${name}`]: '' })).toEqual([lower, higher])
    expect(await foundItems({ '@id': ids, [camel]: write[1] })).toEqual([higher])
    expect(await foundItems({ '@id': ids, [`!=${camel}`]: null })).toEqual([lower, higher])
  })

  it('is cleared by an empty text and by null', async () => {
    expect((await portal.call('crm.lead.update', { id: lower, fields: { [name]: '' } })).body.result).toBe(true)
    expect((await get(lower))[name]).toBe(sample.cleared)
    const { body } = await portal.call('crm.item.update', { entityTypeId: 1, id: higher, fields: { [camel]: null } })
    expect(body.result.item[camel]).toBeNull()
    expect(await found({ '@ID': [lower, higher], [name]: '' })).toEqual([lower, higher])
  })
})

describe.each(samples.filter(({ ordered }) => ordered))('values of type $type', ({ type, settings, write }) => {
  it('are compared and ordered by what they mean', async () => {
    const name = `${nameOf(type, false)}_ORDER`
    await portal.call('crm.lead.userfield.add', {
      fields: { USER_TYPE_ID: type, FIELD_NAME: name, SETTINGS: settings },
    })
    const ids: number[] = []
    for (const value of [write[1], '', write[0]])
      ids.push((await portal.call('crm.lead.add', { fields: { TITLE: type, [name]: value } })).body.result)
    const [higher, without, lower] = ids
    const among = { '@ID': ids }
    expect(await found({ ...among, [`>${name}`]: write[0] })).toEqual([higher])
    expect(await found({ ...among, [`<=${name}`]: write[0] })).toEqual([lower])
    expect(await found(among, { [name]: 'DESC' })).toEqual([higher, lower, without])
    expect(await found(among, { [name]: 'ASC' })).toEqual([without, lower, higher])
  })
})

describe.each(samples.filter(({ type }) => type !== 'boolean'))('a multiple field of type $type', (sample) => {
  const { type, settings = {}, write, legacy, item: typed } = sample
  const name = nameOf(type, true)
  let camel = ''
  let both = 0
  let one = 0
  let none = 0

  beforeAll(async () => {
    await create(type, true, settings)
    camel = await camelOf(name)
    both = (await portal.call('crm.lead.add', { fields: { TITLE: type, [name]: write } })).body.result
    one = (await portal.call('crm.item.add', { entityTypeId: 1, fields: { title: type, [camel]: [write[1]] } })).body
      .result.item.id
    none = (await portal.call('crm.lead.add', { fields: { TITLE: type } })).body.result
  })

  it('is a list on both wires, in the order of writing', async () => {
    expect((await get(both))[name]).toEqual(legacy)
    expect((await item(both))[camel]).toEqual(typed)
    expect((await get(one))[name]).toEqual([legacy[1]])
    expect((await item(none))[camel]).toEqual([])
  })

  it('is found by any of its values', async () => {
    const among = { '@ID': [both, one, none] }
    expect(await found({ ...among, [name]: write[1] })).toEqual([both, one])
    expect(await found({ ...among, [`!${name}`]: write[0] })).toEqual([one, none])
    expect(await found({ ...among, [`@${name}`]: [write[0]] })).toEqual([both])
    expect(await found({ ...among, [name]: '' })).toEqual([none])
    expect(await found({ ...among, [`!${name}`]: '' })).toEqual([both, one])
    if (sample.ordered) expect(await found({ ...among, [`<${name}`]: write[1] })).toEqual([both])
  })

  it('is replaced as a whole, and cleared by an empty list or text', async () => {
    await portal.call('crm.lead.update', { id: both, fields: { [name]: [write[1], '', write[0]] } })
    expect((await get(both))[name]).toEqual([legacy[1], legacy[0]])
    await portal.call('crm.lead.update', { id: both, fields: { TITLE: 'unchanged' } })
    expect((await get(both))[name]).toEqual([legacy[1], legacy[0]])
    await portal.call('crm.item.update', { entityTypeId: 1, id: both, fields: { [camel]: [] } })
    expect((await item(both))[camel]).toEqual([])
    await portal.call('crm.lead.update', { id: one, fields: { [name]: '' } })
    expect((await get(one))[name]).toEqual([])
  })

  it('takes a single value from an UPPER_CASE method and refuses it in a camelCase one', async () => {
    await portal.call('crm.lead.update', { id: none, fields: { [name]: write[0] } })
    expect((await get(none))[name]).toEqual([legacy[0]])
    const { status, body } = await portal.call('crm.item.update', {
      entityTypeId: 1,
      id: none,
      fields: { [camel]: write[0] },
    })
    expect({ status, error: body.error }).toEqual({ status: 400, error: '100' })
    expect((await get(none))[name]).toEqual([legacy[0]])
  })
})

describe('a record that goes', () => {
  it('takes the values of its multiple fields along', async () => {
    const before = (await portal.census()).field_value
    const id = (await portal.call('crm.lead.add', { fields: { TITLE: 'x', [nameOf('integer', true)]: [1, 2, 3] } }))
      .body.result
    expect((await portal.census()).field_value).toBe((before ?? 0) + 3)
    await portal.call('crm.lead.delete', { id })
    expect((await portal.census()).field_value).toBe(before)
  })
})

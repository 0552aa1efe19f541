import { afterEach, describe, expect, it } from 'vitest'
import { prepare } from '../../../src/modules/crm/requisite/prepare.ts'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { tools } from './tools.ts'

const portal = await testPortal()
const { call, add, company, contact, requisite, addressOf, events, rights } = tools(portal)
const [LEAD, CONTACT, COMPANY, REQUISITE] = [1, 3, 4, 8]

afterEach(() => rights('all'))

const lead = (fields: object = {}) => add('crm.lead', fields)
const list = (filter: object, more: object = {}) => call('crm.address.list', { filter, ...more })
const ofAnchor = (ANCHOR_TYPE_ID: number, ANCHOR_ID: number) =>
  list({ ANCHOR_TYPE_ID, ANCHOR_ID }, { select: ['TYPE_ID', 'ENTITY_TYPE_ID', 'CITY'] })
const update = (ENTITY_TYPE_ID: number, ENTITY_ID: number, fields: object) =>
  call('crm.address.update', { fields: { TYPE_ID: 1, ENTITY_TYPE_ID, ENTITY_ID, ...fields } })
const remove = (ENTITY_TYPE_ID: number, ENTITY_ID: number, TYPE_ID = 1) =>
  call('crm.address.delete', { fields: { TYPE_ID, ENTITY_TYPE_ID, ENTITY_ID } })

/** What the record's own fields show of its address. */
async function shown(name: string, id: number, prefix = ''): Promise<unknown[]> {
  const row = await call(`crm.${name}.get`, { id })
  return ['ADDRESS', 'ADDRESS_CITY', 'ADDRESS_COUNTRY'].map((field) => row[prefix + field])
}

describe('an address', () => {
  it('of a requisite names its client, and has a location of its own', async () => {
    const client = await contact()
    const id = await requisite(CONTACT, client)
    expect(await addressOf(REQUISITE, id, { ADDRESS_1: 'Brivibas 1', CITY: 'Riga', POSTAL_CODE: 'LV-1010' })).toBe(true)
    const [row] = await list({ ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: id })
    expect(row).toEqual({
      TYPE_ID: '1',
      ENTITY_TYPE_ID: '8',
      ENTITY_ID: String(id),
      ADDRESS_1: 'Brivibas 1',
      ADDRESS_2: null,
      CITY: 'Riga',
      POSTAL_CODE: 'LV-1010',
      REGION: null,
      PROVINCE: null,
      COUNTRY: null,
      COUNTRY_CODE: null,
      LOC_ADDR_ID: expect.stringMatching(/^\d+$/),
      ANCHOR_TYPE_ID: '3',
      ANCHOR_ID: String(client),
    })
  })

  it('is one of each type', async () => {
    const id = await requisite(COMPANY, await company())
    await addressOf(REQUISITE, id, { CITY: 'Riga' })
    expect(await addressOf(REQUISITE, id, { CITY: 'Vilnius' })).toEqual(['', 'TypeAddress exists.'])
    expect(await addressOf(REQUISITE, id, { TYPE_ID: 11, CITY: 'Vilnius' })).toBe(true)
    expect(await update(REQUISITE, id, { TYPE_ID: 6, CITY: 'Tallinn' })).toEqual(['', 'TypeAddress not found.'])
    expect(await update(REQUISITE, id, { ADDRESS_2: '7' })).toBe(true)
    const filter = { ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: id }
    expect(await list(filter, { order: { TYPE_ID: 'desc' }, select: ['TYPE_ID', 'CITY', 'ADDRESS_2'] })).toEqual([
      { TYPE_ID: '11', CITY: 'Vilnius', ADDRESS_2: null },
      { TYPE_ID: '1', CITY: 'Riga', ADDRESS_2: '7' },
    ])
    expect(await remove(REQUISITE, id, 11)).toBe(true)
    expect(await remove(REQUISITE, id, 11)).toEqual(['', 'TypeAddress not found.'])
  })

  it('copies the location that it names, unless it says something itself', async () => {
    const id = await requisite(COMPANY, await company())
    await addressOf(REQUISITE, id, { ADDRESS_1: 'Brivibas 1', CITY: 'Riga' })
    const [{ LOC_ADDR_ID }] = await list({ ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: id })
    const other = await requisite(COMPANY, await company())
    await addressOf(REQUISITE, other, { LOC_ADDR_ID })
    await addressOf(REQUISITE, other, { TYPE_ID: 6, LOC_ADDR_ID, CITY: 'Vilnius' })
    const copies = await list({ ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: other }, { order: { TYPE_ID: 'asc' } })
    expect(copies).toMatchObject([
      { ADDRESS_1: 'Brivibas 1', CITY: 'Riga' },
      { ADDRESS_1: null, CITY: 'Vilnius' },
    ])
    for (const copy of copies) expect(copy.LOC_ADDR_ID).not.toBe(LOC_ADDR_ID)
  })

  it('of somebody else is not copied by its number', async () => {
    const { id, hook } = await portal.person()
    await addressOf(LEAD, await lead(), { CITY: 'Secret' })
    const [{ LOC_ADDR_ID }] = await list({ CITY: 'Secret' })
    const own = await lead({ ASSIGNED_BY_ID: id })
    await rights('own')
    const fields = { TYPE_ID: 1, ENTITY_TYPE_ID: LEAD, ENTITY_ID: own, LOC_ADDR_ID }
    expect(await call('crm.address.add', { fields }, hook)).toBe(true)
    expect(await list({ ENTITY_TYPE_ID: LEAD, ENTITY_ID: own })).toMatchObject([{ CITY: null }])
  })

  it.each([
    [{ TYPE_ID: 2 }, 'TYPE_ID is not defined or invalid.'],
    [{ ENTITY_TYPE_ID: 2 }, 'ENTITY_TYPE_ID is not defined or invalid.'],
    [{ ENTITY_TYPE_ID: '' }, 'ENTITY_TYPE_ID is not defined or invalid.'],
    [{ ENTITY_ID: 999_999 }, 'ENTITY_ID is not defined or invalid.'],
    [{ ENTITY_TYPE_ID: LEAD, ENTITY_ID: 999_999 }, 'ENTITY_ID is not defined or invalid.'],
  ])('with %j is refused and changes nothing', async (wrong, text) => {
    const fields = { TYPE_ID: 1, ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: await requisite(COMPANY, await company()) }
    const before = await portal.census()
    for (const verb of ['add', 'update', 'delete'])
      expect(await call(`crm.address.${verb}`, { fields: { ...fields, ...wrong } })).toEqual(['', text])
    expect(await portal.census()).toEqual(before)
  })

  it('tells when it comes and when it goes', async () => {
    const client = await contact()
    const id = await requisite(CONTACT, client)
    await events('')
    await addressOf(REQUISITE, id, { CITY: 'Riga' })
    await update(REQUISITE, id, { CITY: 'Vilnius' })
    await remove(REQUISITE, id)
    const fields = { TYPE_ID: 1, ENTITY_TYPE_ID: 8, ENTITY_ID: id, ANCHOR_ID: client, ANCHOR_TYPE_ID: 3 }
    expect(await events('ONCRMADDRESS')).toEqual([
      { event: 'ONCRMADDRESSREGISTER', fields },
      { event: 'ONCRMADDRESSUNREGISTER', fields },
    ])
  })
})

describe('a lead', () => {
  it('shows its address, and writes it', async () => {
    const id = await lead({ ADDRESS: 'Brivibas 1', ADDRESS_CITY: 'Riga' })
    expect(await ofAnchor(LEAD, id)).toEqual([{ TYPE_ID: '1', ENTITY_TYPE_ID: '1', CITY: 'Riga' }])
    await update(LEAD, id, { CITY: 'Vilnius', COUNTRY: 'Lithuania' })
    expect(await shown('lead', id)).toEqual(['Brivibas 1', 'Vilnius', 'Lithuania'])
    await call('crm.lead.update', { id, fields: { ADDRESS_CITY: 'Tallinn' } })
    expect(await list({ ENTITY_TYPE_ID: LEAD, ENTITY_ID: id })).toMatchObject([
      { ADDRESS_1: 'Brivibas 1', CITY: 'Tallinn', COUNTRY: 'Lithuania' },
    ])
    const [{ LOC_ADDR_ID }] = await list({ ENTITY_TYPE_ID: LEAD, ENTITY_ID: id })
    expect((await call('crm.lead.get', { id })).ADDRESS_LOC_ADDR_ID).toBe(LOC_ADDR_ID)
    await remove(LEAD, id)
    expect(await shown('lead', id)).toEqual([null, null, null])
    expect((await call('crm.lead.get', { id })).ADDRESS_LOC_ADDR_ID).toBeNull()
  })

  it('loses the address whose every part is emptied', async () => {
    const id = await lead({ ADDRESS_CITY: 'Riga' })
    await call('crm.lead.update', { id, fields: { ADDRESS_CITY: '' } })
    expect(await ofAnchor(LEAD, id)).toEqual([])
  })

  it('announces its addition before its address, and one change per change', async () => {
    await events('')
    const id = await lead({ ADDRESS_CITY: 'Riga', ADDRESS_LOC_ADDR_ID: 5 })
    await call('crm.lead.update', { id, fields: { ADDRESS_CITY: 'Vilnius' } })
    await call('crm.lead.delete', { id })
    expect((await events('')).map(({ event }) => event)).toEqual([
      'ONCRMLEADADD',
      'ONCRMADDRESSREGISTER',
      'ONCRMLEADUPDATE',
      'ONCRMADDRESSUNREGISTER',
      'ONCRMLEADDELETE',
    ])
  })
})

describe('a client', () => {
  it('shows the address of its first requisite, and writes it', async () => {
    const id = await company()
    const second = await requisite(COMPANY, id, { SORT: 20 })
    await addressOf(REQUISITE, second, { CITY: 'Vilnius' })
    expect(await shown('company', id)).toEqual([null, 'Vilnius', null])
    const first = await requisite(COMPANY, id, { SORT: 10 })
    await addressOf(REQUISITE, first, { CITY: 'Riga' })
    expect(await shown('company', id)).toEqual([null, 'Riga', null])
    await call('crm.company.update', { id, fields: { ADDRESS: 'Brivibas 1' } })
    expect(await list({ ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: first })).toMatchObject([
      { ADDRESS_1: 'Brivibas 1', CITY: 'Riga' },
    ])
    await call('crm.requisite.update', { id: first, fields: { SORT: 30 } })
    expect(await shown('company', id)).toEqual([null, 'Vilnius', null])
    await call('crm.requisite.delete', { id: second })
    expect(await shown('company', id)).toEqual(['Brivibas 1', 'Riga', null])
  })

  it('has one of its own where it is written before there is a requisite', async () => {
    const id = await contact({ ADDRESS: 'Pils 2', ADDRESS_CITY: 'Riga' })
    expect(await ofAnchor(CONTACT, id)).toEqual([{ TYPE_ID: '1', ENTITY_TYPE_ID: '3', CITY: 'Riga' }])
    await addressOf(REQUISITE, await requisite(CONTACT, id), { CITY: 'Vilnius' })
    expect(await shown('contact', id)).toEqual(['Pils 2', 'Riga', null])
    await call('crm.contact.update', { id, fields: { ADDRESS: '', ADDRESS_CITY: '' } })
    expect(await ofAnchor(CONTACT, id)).toEqual([{ TYPE_ID: '1', ENTITY_TYPE_ID: '8', CITY: 'Vilnius' }])
    // What was emptied shows an empty text, as everywhere.
    expect(await shown('contact', id)).toEqual(['', 'Vilnius', null])
  })

  it('that is a company shows its legal address apart', async () => {
    const id = await company({ REG_ADDRESS_CITY: 'Riga', ADDRESS_CITY: 'Jurmala' })
    expect(await list({ ANCHOR_TYPE_ID: COMPANY, ANCHOR_ID: id }, { order: { TYPE_ID: 'asc' } })).toMatchObject([
      { TYPE_ID: '1', CITY: 'Jurmala' },
      { TYPE_ID: '6', CITY: 'Riga' },
    ])
    await update(COMPANY, id, { TYPE_ID: 6, COUNTRY: 'Latvia' })
    expect(await shown('company', id, 'REG_')).toEqual([null, 'Riga', 'Latvia'])
    expect(await shown('company', id)).toEqual([null, 'Jurmala', null])
  })

  it('keeps its address when the other road is refused', async () => {
    const id = await contact({ ADDRESS_CITY: 'Riga' })
    expect(await call('crm.contact.update', { id, fields: { ADDRESS_CITY: 'x'.repeat(300) } })).toEqual([
      '',
      expect.stringContaining('255'),
    ])
    expect(await shown('contact', id)).toEqual([null, 'Riga', null])
  })

  it('takes over the addresses of its duplicate, and keeps its own', async () => {
    const [main, twin] = [await contact({ ADDRESS_CITY: 'Riga' }), await contact({ ADDRESS_CITY: 'Riga' })]
    await addressOf(CONTACT, twin, { TYPE_ID: 11, CITY: 'Vilnius' })
    await addressOf(REQUISITE, await requisite(CONTACT, twin), { TYPE_ID: 6, CITY: 'Tallinn' })
    const merged = await call('crm.entity.mergeBatch', { params: { entityTypeId: 3, entityIds: [main, twin] } })
    expect(merged.STATUS).toBe('SUCCESS')
    const cities = (await ofAnchor(CONTACT, main)).map(({ CITY }: { CITY: string }) => CITY)
    expect(cities.toSorted()).toEqual(['Riga', 'Tallinn', 'Vilnius'])
    const [empty, full] = [await contact(), await contact({ ADDRESS_CITY: 'Tartu' })]
    await call('crm.entity.mergeBatch', { params: { entityTypeId: 3, entityIds: [empty, full] } })
    expect(await shown('contact', empty)).toEqual([null, 'Tartu', null])
  })
})

describe('rights', () => {
  it('to an address are those to its record', async () => {
    const { id, hook } = await portal.person()
    const [theirs, own] = [await lead(), await lead({ ASSIGNED_BY_ID: id })]
    const client = await requisite(COMPANY, await company())
    for (const key of [theirs, own]) await addressOf(LEAD, key, { CITY: 'Riga' })
    await addressOf(REQUISITE, client, { CITY: 'Riga' })
    await rights('own')
    const before = await portal.census()
    for (const [ENTITY_TYPE_ID, ENTITY_ID] of [
      [LEAD, theirs],
      [REQUISITE, client],
    ] as const)
      for (const verb of ['add', 'update', 'delete'])
        expect(await call(`crm.address.${verb}`, { fields: { TYPE_ID: 1, ENTITY_TYPE_ID, ENTITY_ID } }, hook)).toEqual([
          '',
          'Access denied.',
        ])
    expect(await portal.census()).toEqual(before)
    const seen = await call('crm.address.list', { select: ['ENTITY_TYPE_ID', 'ENTITY_ID'] }, hook)
    expect(seen).toContainEqual({ ENTITY_TYPE_ID: '1', ENTITY_ID: String(own) })
    expect(seen).not.toContainEqual({ ENTITY_TYPE_ID: '1', ENTITY_ID: String(theirs) })
    expect(seen).not.toContainEqual({ ENTITY_TYPE_ID: '8', ENTITY_ID: String(client) })
    const fields = { TYPE_ID: 1, ENTITY_TYPE_ID: LEAD, ENTITY_ID: own }
    expect(await call('crm.address.delete', { fields }, hook)).toBe(true)
  })

  it('to a list are those to contacts, companies and leads together', async () => {
    const { hook } = await portal.person()
    expect(await call('crm.address.list', {}, hook)).toEqual(expect.any(Array))
    await rights('none', 'read', 'lead')
    expect(await call('crm.address.list', {}, hook)).toEqual([0, 'Access denied.'])
    expect(await call('crm.address.fields', {}, hook)).toHaveProperty('ANCHOR_ID')
  })
})

it('addresses that records had before there was a table of them are adopted', async () => {
  const id = await company({ ADDRESS_CITY: 'Riga', REG_ADDRESS_CITY: 'Jelgava' })
  const session = portal.portal.store.session()
  await session.transaction(async (tx) => {
    tx.count('crm_address', -(await tx.change(sql`delete from crm_address`)))
    tx.count('crm_requisite_preset', -(await tx.change(sql`delete from crm_requisite_preset`)))
    await tx.change(sql`delete from crm_requisite_preset_field`)
    await prepare(tx, portal.portal)
  })
  await session.settled()
  const rows = await list({ ENTITY_TYPE_ID: COMPANY, ENTITY_ID: id }, { order: { TYPE_ID: 'asc' } })
  expect(rows).toMatchObject([
    { TYPE_ID: '1', CITY: 'Riga' },
    { TYPE_ID: '6', CITY: 'Jelgava' },
  ])
  expect((await call('crm.company.get', { id })).ADDRESS_LOC_ADDR_ID).toBe(rows[0].LOC_ADDR_ID)
})

it('two additions of one address at once make one', async () => {
  const id = await lead()
  const answers = await Promise.all([1, 2, 3].map(() => addressOf(LEAD, id, { CITY: 'Riga' })))
  expect(answers.filter((answer) => answer === true)).toHaveLength(1)
  expect(await ofAnchor(LEAD, id)).toHaveLength(1)
})

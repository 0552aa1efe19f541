import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { asking, counting, dispatched, NOT_FOUND } from './ask.ts'

const portal = await testPortal()
const ask = asking(portal)
const count = counting(portal)

const COMPANY = 4
const REQUISITE = 8

const all = { order: [], filter: [], select: [], start: 0 }
const presets = (): Promise<{ ID: string; XML_ID: string | null }[]> => ask('crm.requisite.preset.list', all)
const company = () => ask('crm.company.add', { fields: { TITLE: 'Acme Inc', COMMENTS: 'c', UTM_SOURCE: 'sdk' } })

/** A requisite with the fields of the SDK's tests, and its company. */
async function requisite(presetId?: number) {
  const companyId = await company()
  const fields = {
    ENTITY_ID: companyId,
    ENTITY_TYPE_ID: COMPANY,
    PRESET_ID: presetId ?? Number((await presets())[0]!.ID),
    NAME: 'test req',
    ACTIVE: 'Y',
    ADDRESS_ONLY: 'N',
    SORT: 500,
    RQ_COMPANY_NAME: 'ACME INC',
    RQ_COMPANY_FULL_NAME: 'ACME INCORPORATED',
    RQ_COMPANY_REG_DATE: '06.04.2007',
    RQ_DIRECTOR: 'Ann Smith',
    RQ_INN: '7717586110',
    RQ_KPP: '770501001',
    RQ_OGRN: '5077746476209',
    XML_ID: '0190e7d5-6b0a-7cc1-a7d0-1b1c1d1e1f20',
  }
  return { companyId, fields, id: (await ask('crm.requisite.add', { fields })) as number }
}

async function expectNotFound(method: string, parameters: object) {
  const { status, body } = await portal.call(method, parameters)
  expect(status).toBe(400)
  expect(NOT_FOUND).toContain(dispatched(body))
}

async function preset() {
  const countries: { ID: number; CODE: string }[] = await ask('crm.requisite.preset.countries')
  const fields = {
    ENTITY_TYPE_ID: REQUISITE,
    COUNTRY_ID: countries.find(({ CODE }) => CODE === 'US')!.ID,
    NAME: 'test req tpl',
    XML_ID: '5c7a5e0e-0000-4000-8000-000000000001',
    ACTIVE: 'Y',
  }
  return { fields, id: (await ask('crm.requisite.preset.add', { fields })) as number }
}

describe('crm.requisite.*', () => {
  it('adds, shows, lists, changes and deletes a requisite', async () => {
    const { id, fields } = await requisite()
    expect(id).toBeTypeOf('number')
    const shown = await ask('crm.requisite.get', { id })
    expect(shown).toMatchObject({
      ID: String(id),
      NAME: 'test req',
      ENTITY_TYPE_ID: '4',
      PRESET_ID: String(fields.PRESET_ID),
    })
    expect(shown).toMatchObject({ RQ_INN: fields.RQ_INN, RQ_DIRECTOR: fields.RQ_DIRECTOR, XML_ID: fields.XML_ID })
    const listed = await ask('crm.requisite.list', { ...all, filter: { ID: id } })
    expect(listed).toMatchObject([{ ID: String(id) }])
    expect(await ask('crm.requisite.update', { id, fields: { NAME: 'new name' } })).toBe(true)
    expect((await ask('crm.requisite.get', { id })).NAME).toBe('new name')
    expect(await ask('crm.requisite.delete', { id })).toBe(true)
    await expectNotFound('crm.requisite.get', { id })
  })

  it('goes with its company, and its bank details with it', async () => {
    const { id, companyId } = await requisite()
    const bank = await ask('crm.requisite.bankdetail.add', { fields: { ENTITY_ID: id, NAME: 'Test bank requisite' } })
    await ask('crm.company.delete', { id: companyId })
    await expectNotFound('crm.requisite.get', { id })
    await expectNotFound('crm.requisite.bankdetail.get', { id: bank })
  })

  it('shows a user field of requisites when asked for', async () => {
    const field = {
      FIELD_NAME: '1231763700',
      USER_TYPE_ID: 'string',
      XML_ID: 'sdk',
      SETTINGS: { DEFAULT_VALUE: 'hello world' },
    }
    await ask('crm.requisite.userfield.add', { fields: field })
    const own = await preset()
    const name = `UF_CRM_${field.FIELD_NAME}`
    const shownField = { FIELD_NAME: name, FIELD_TITLE: 'TEST USERFIELD', IN_SHORT_LIST: 'N', SORT: 590 }
    await ask('crm.requisite.preset.field.add', { preset: { ID: own.id }, fields: shownField })
    const { id } = await requisite(own.id)
    expect(await ask('crm.requisite.update', { id, fields: { [name]: 'test 2' } })).toBe(true)
    const listed = await ask('crm.requisite.list', { ...all, filter: { ID: id }, select: ['*', name] })
    expect(listed).toMatchObject([{ ID: String(id), [name]: 'test 2' }])
  })
})

describe('crm.requisite.bankdetail.*', () => {
  it('adds one for each preset, counts, shows, changes and deletes', async () => {
    const before = await count('crm.requisite.bankdetail.list')
    const ids: number[] = []
    for (const { ID } of await presets()) {
      const { id } = await requisite(Number(ID))
      const fields = { ENTITY_ID: id, NAME: `Test bank requisite ${ID}` }
      ids.push(await ask('crm.requisite.bankdetail.add', { fields }))
    }
    expect(await count('crm.requisite.bankdetail.list')).toBe(before + ids.length)
    const id = ids[0]!
    expect(await ask('crm.requisite.bankdetail.update', { id, fields: { NAME: 'Test2' } })).toBe(true)
    expect(await ask('crm.requisite.bankdetail.get', { id })).toMatchObject({ ID: String(id), NAME: 'Test2' })
    expect(await ask('crm.requisite.bankdetail.delete', { id })).toBe(true)
    expect(await count('crm.requisite.bankdetail.list')).toBe(before + ids.length - 1)
  })
})

describe('crm.requisite.preset.*', () => {
  it('has, on a new portal, presets of which one is for companies', async () => {
    const rows = await presets()
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.some(({ XML_ID }) => XML_ID?.includes('COMPANY#'))).toBe(true)
  })

  it('names countries by number, code and title', async () => {
    for (const country of await ask('crm.requisite.preset.countries')) {
      expect(country).toEqual({
        ID: expect.any(Number),
        CODE: expect.stringMatching(/^[A-Z]{2}$/),
        TITLE: expect.any(String),
      })
    }
  })

  it('adds, shows, changes and deletes a preset', async () => {
    const { id, fields } = await preset()
    expect(await ask('crm.requisite.preset.get', { id })).toMatchObject({
      ID: String(id),
      NAME: fields.NAME,
      XML_ID: fields.XML_ID,
    })
    expect(await ask('crm.requisite.preset.update', { id, fields: { NAME: 'new name' } })).toBe(true)
    expect((await ask('crm.requisite.preset.get', { id })).NAME).toBe('new name')
    expect(await ask('crm.requisite.preset.delete', { id })).toBe(true)
    await expectNotFound('crm.requisite.preset.get', { id })
  })

  it('keeps fields in a preset', async () => {
    const { id: presetId } = await preset()
    const of = { preset: { ID: presetId } }
    const fields = { FIELD_NAME: 'RQ_NAME', FIELD_TITLE: 'TEST', IN_SHORT_LIST: 'N', SORT: 580 }
    const id = await ask('crm.requisite.preset.field.add', { ...of, fields })
    expect(id).toBeGreaterThanOrEqual(1)
    expect((await ask('crm.requisite.preset.field.list', of)).length).toBe(1)
    const change = { FIELD_NAME: 'RQ_NAME', FIELD_TITLE: 'Test2' }
    expect(await ask('crm.requisite.preset.field.update', { ...of, id, fields: change })).toBe(true)
    const shown = await ask('crm.requisite.preset.field.get', { ...of, id })
    expect([Number(shown.ID), shown.FIELD_TITLE, shown.IN_SHORT_LIST, Number(shown.SORT)]).toEqual([
      id,
      'Test2',
      'N',
      580,
    ])
    expect(Array.isArray(await ask('crm.requisite.preset.field.availabletoadd', of))).toBe(true)
    expect(await ask('crm.requisite.preset.field.delete', { ...of, id })).toBe(true)
  })
})

describe('crm.requisite.link.*', () => {
  it('registers, shows, lists and forgets the link of a deal', async () => {
    const { id, companyId } = await requisite()
    const bank = await ask('crm.requisite.bankdetail.add', { fields: { ENTITY_ID: id, NAME: 'b' } })
    const dealId = await ask('crm.deal.add', { fields: { TITLE: 'd', COMPANY_ID: companyId } })
    const link = {
      ENTITY_TYPE_ID: 2,
      ENTITY_ID: dealId,
      REQUISITE_ID: id,
      BANK_DETAIL_ID: bank,
      MC_REQUISITE_ID: 0,
      MC_BANK_DETAIL_ID: 0,
    }
    expect(await ask('crm.requisite.link.register', { fields: link })).toBe(true)
    const of = { entityTypeId: 2, entityId: dealId }
    const numbers = (row: Record<string, string>) =>
      Object.fromEntries(Object.entries(row).map(([code, value]) => [code, Number(value)]))
    expect(numbers(await ask('crm.requisite.link.get', of))).toEqual(link)
    const listed = await ask('crm.requisite.link.list', { ...all, filter: { ENTITY_TYPE_ID: 2, ENTITY_ID: dealId } })
    expect(listed.map(numbers)).toEqual([link])
    expect(await ask('crm.requisite.link.unregister', of)).toBe(true)
  })
})

describe('crm.address.*', () => {
  it.each([0, 1, 2])("keeps the address of a requisite: the enumeration's type number %i", async (n) => {
    const types: { ID: number }[] = await ask('crm.enum.addressType')
    const of = { TYPE_ID: types[n]!.ID, ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: (await requisite()).id }
    expect(await ask('crm.address.add', { fields: { ...of, ADDRESS_1: '123, Test str.' } })).toBe(true)
    expect((await ask('crm.address.list', { ...all, select: ['TYPE_ID'] })).length).toBeGreaterThan(0)
    expect(await ask('crm.address.update', { fields: { ...of, ADDRESS_1: 'Updated' } })).toBe(true)
    expect(await ask('crm.address.list', { ...all, filter: of, select: ['ADDRESS_1'] })).toMatchObject([
      { ADDRESS_1: 'Updated' },
    ])
    expect(await ask('crm.address.delete', { fields: of })).toBe(true)
    expect(await ask('crm.address.list', { ...all, filter: of })).toEqual([])
  })

  it('keeps the address of a lead, numbers as text', async () => {
    const of = { TYPE_ID: 1, ENTITY_TYPE_ID: 1, ENTITY_ID: await ask('crm.lead.add', { fields: { TITLE: 'x' } }) }
    expect(await ask('crm.address.add', { fields: { ...of, ADDRESS_1: 'a' } })).toBe(true)
    const lines = {
      ADDRESS_1: 'a',
      ADDRESS_2: 'b',
      CITY: 'c',
      POSTAL_CODE: '123456',
      REGION: 'r',
      PROVINCE: 'p',
      COUNTRY: 'co',
    }
    expect(await ask('crm.address.update', { fields: { ...of, ...lines } })).toBe(true)
    const select = [...Object.keys({ ...of, ...lines }), 'LOC_ADDR_ID', 'ANCHOR_TYPE_ID', 'ANCHOR_ID']
    expect(await ask('crm.address.list', { select, filter: of })).toMatchObject([
      { TYPE_ID: '1', ENTITY_TYPE_ID: '1', ENTITY_ID: String(of.ENTITY_ID), ...lines },
    ])
    expect(await ask('crm.address.delete', { fields: of })).toBe(true)
  })
})

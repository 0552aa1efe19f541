import { afterEach, describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { tools } from './tools.ts'

const portal = await testPortal({ at: 1_790_000_000 })
const { call, add, company, contact, requisite, bankDetail, addressOf, events, rights } = tools(portal)
const denied = ['', 'Access denied.']
const listDenied = [0, 'Access denied.']

afterEach(() => rights('all'))

const idsOf = (rows: { ID: string }[]): number[] => rows.map(({ ID }) => Number(ID))

describe('a requisite', () => {
  it('is active, sorted at 500 and without a change when it is new, and tells who changed it later', async () => {
    const id = await requisite(4, await company(), { RQ_INN: '7717586110' })
    const before = await call('crm.requisite.get', { id })
    expect(before).toMatchObject({
      ACTIVE: 'Y',
      ADDRESS_ONLY: 'N',
      SORT: '500',
      RQ_VAT_PAYER: 'N',
      RQ_INN: '7717586110',
      RQ_KPP: null,
      DATE_MODIFY: '',
      CREATED_BY_ID: '1',
      MODIFY_BY_ID: null,
    })
    await call('crm.requisite.update', { id, fields: { NAME: 'Branch', ENTITY_ID: 999, PRESET_ID: 999 } })
    expect(await call('crm.requisite.get', { id })).toMatchObject({
      NAME: 'Branch',
      MODIFY_BY_ID: '1',
      DATE_MODIFY: before.DATE_CREATE,
      ENTITY_ID: before.ENTITY_ID,
      PRESET_ID: '1',
    })
  })

  it('tells its life in events', async () => {
    await events('')
    const id = await requisite(3, await contact())
    await call('crm.requisite.update', { id, fields: { SORT: 10 } })
    await call('crm.requisite.delete', { id })
    expect(await events('ONCRMREQUISITE')).toEqual(
      ['ADD', 'UPDATE', 'DELETE'].map((verb) => ({ event: `ONCRMREQUISITE${verb}`, fields: { ID: id } })),
    )
  })

  it.each([
    [{ ENTITY_TYPE_ID: 2 }, 'ENTITY_TYPE_ID is not defined or invalid.'],
    [{ ENTITY_TYPE_ID: 'company' }, 'ENTITY_TYPE_ID is not defined or invalid.'],
    [{ ENTITY_ID: '' }, 'ENTITY_ID is not defined or invalid.'],
    [{ ENTITY_ID: [1] }, 'ENTITY_ID is not defined or invalid.'],
    [{ PRESET_ID: 0 }, 'PRESET_ID is not defined or invalid.'],
    [{ ENTITY_ID: 999_999 }, 'Entity not found.'],
  ])('with %j is refused and leaves nothing', async (wrong, text) => {
    const fields = { ENTITY_TYPE_ID: 4, ENTITY_ID: await company(), PRESET_ID: 1, ...wrong }
    const before = await portal.census()
    expect(await call('crm.requisite.add', { fields })).toEqual(['', text])
    expect(await portal.census()).toEqual(before)
  })

  it('may name a template that is not there', async () => {
    expect(await requisite(4, await company(), { PRESET_ID: 12_345 })).toEqual(expect.any(Number))
  })

  it('has the fields that were added to requisites', async () => {
    const fields = { USER_TYPE_ID: 'double', FIELD_NAME: 'RATING', EDIT_FORM_LABEL: 'Rating' }
    const fieldId = await add('crm.requisite.userfield', fields)
    const id = await requisite(4, await company(), { UF_CRM_RATING: '4.5' })
    expect((await call('crm.requisite.get', { id })).UF_CRM_RATING).toBe('4.5')
    expect(await call('crm.requisite.list', { filter: { '>UF_CRM_RATING': 4 }, select: ['UF_CRM_RATING'] })).toEqual([
      { UF_CRM_RATING: '4.5' },
    ])
    expect(await call('crm.requisite.userfield.delete', { id: fieldId })).toBe(true)
    expect(await call('crm.requisite.get', { id })).not.toHaveProperty('UF_CRM_RATING')
    expect(await call('crm.requisite.userfield.delete', { id: fieldId })).toEqual([
      '',
      `The entity with ID '${fieldId}' is not found.`,
    ])
    expect((await events('ONCRMREQUISITEUSERFIELD')).map(({ event }) => event)).toEqual([
      'ONCRMREQUISITEUSERFIELDADD',
      'ONCRMREQUISITEUSERFIELDDELETE',
    ])
  })

  it('takes its accounts, its addresses and its place in links with it', async () => {
    const owner = await company()
    const id = await requisite(4, owner)
    const detail = await bankDetail(id)
    await addressOf(8, id, { CITY: 'Riga' })
    const deal = await add('crm.deal', { COMPANY_ID: owner })
    expect(await call('crm.requisite.link.get', { entityTypeId: 2, entityId: deal })).toMatchObject({
      REQUISITE_ID: String(id),
      BANK_DETAIL_ID: String(detail),
    })
    await events('')
    expect(await call('crm.requisite.delete', { id })).toBe(true)
    expect((await events('ONCRM')).map(({ event }) => event).toSorted()).toEqual([
      'ONCRMADDRESSUNREGISTER',
      'ONCRMBANKDETAILDELETE',
      'ONCRMCOMPANYUPDATE',
      'ONCRMREQUISITEDELETE',
    ])
    expect(await call('crm.requisite.link.get', { entityTypeId: 2, entityId: deal })).toEqual(['', 'Not found'])
    expect(await call('crm.requisite.bankdetail.list', { filter: { ENTITY_ID: id } })).toEqual([])
    expect(await call('crm.address.list', { filter: { ENTITY_TYPE_ID: 8, ENTITY_ID: id } })).toEqual([])
    expect((await call('crm.company.get', { id: owner })).ADDRESS_CITY).toBeNull()
  })

  it.each(['company', 'contact'])('goes with its %s', async (name) => {
    const before = await portal.census()
    const owner = await add(`crm.${name}`, { ADDRESS_CITY: 'Riga' })
    const id = await requisite(name === 'company' ? 4 : 3, owner)
    await bankDetail(id)
    await addressOf(8, id, { TYPE_ID: 11, CITY: 'Vilnius' })
    await call(`crm.${name}.delete`, { id: owner })
    const { history: _one, outbox: _two, ...after } = await portal.census()
    const { history: _three, outbox: _four, ...expected } = before
    expect(after).toEqual(expected)
  })
})

describe('bank details', () => {
  it('are of the country of the template of their requisite', async () => {
    const preset = await add('crm.requisite.preset', { ENTITY_TYPE_ID: 8, COUNTRY_ID: 110, NAME: 'Firma' })
    const id = await requisite(4, await company(), { PRESET_ID: preset })
    const detail = await bankDetail(id, { RQ_IBAN: 'PL61109010140000071219812874' })
    expect(await call('crm.requisite.bankdetail.get', { id: detail })).toMatchObject({
      COUNTRY_ID: '110',
      ACTIVE: 'Y',
      SORT: '500',
      RQ_IBAN: 'PL61109010140000071219812874',
      DATE_MODIFY: '',
    })
  })

  it('belong to a requisite that is there', async () => {
    const before = await portal.census()
    for (const ENTITY_ID of [0, 999_999, 'x'])
      expect(await bankDetail(ENTITY_ID as number)).toEqual(['', 'ENTITY_ID is not defined or invalid.'])
    expect(await portal.census()).toEqual(before)
  })

  it('tell their life in events', async () => {
    const id = await bankDetail(await requisite(3, await contact()))
    await call('crm.requisite.bankdetail.update', { id, fields: { COMMENTS: 'Old' } })
    await call('crm.requisite.bankdetail.delete', { id })
    expect((await events('ONCRMBANKDETAIL')).slice(-3)).toEqual(
      ['ADD', 'UPDATE', 'DELETE'].map((verb) => ({ event: `ONCRMBANKDETAIL${verb}`, fields: { ID: id } })),
    )
    expect(await call('crm.requisite.bankdetail.get', { id })).toEqual([
      '',
      `The RequisiteBankDetail with ID '${id}' is not found`,
    ])
  })
})

describe('rights', () => {
  it('to a requisite and its accounts are those to its client', async () => {
    const person = await portal.person()
    const [theirs, mine] = [await company(), await company({ ASSIGNED_BY_ID: person.id })]
    const [other, own] = [await requisite(4, theirs), await requisite(4, mine)]
    const [otherDetail, ownDetail] = [await bankDetail(other), await bankDetail(own)]
    await rights('own')
    const as = person.hook
    expect(idsOf(await call('crm.requisite.list', { filter: { ID: [other, own] } }, as))).toEqual([own])
    expect(
      idsOf(await call('crm.requisite.bankdetail.list', { filter: { ID: [otherDetail, ownDetail] } }, as)),
    ).toEqual([ownDetail])
    for (const [name, id, allowed] of [
      ['crm.requisite', other, false],
      ['crm.requisite.bankdetail', otherDetail, false],
      ['crm.requisite.bankdetail', ownDetail, true],
      ['crm.requisite', own, true],
    ] as const) {
      const before = await portal.census()
      const refused = [
        await call(`${name}.get`, { id }, as),
        await call(`${name}.update`, { id, fields: { NAME: 'Other' } }, as),
      ]
      if (!allowed) {
        expect([...refused, await call(`${name}.delete`, { id }, as)]).toEqual([denied, denied, denied])
        expect(await portal.census()).toEqual(before)
      } else {
        expect(refused).toEqual([expect.objectContaining({ ID: String(id) }), true])
        expect(await call(`${name}.delete`, { id }, as)).toBe(true)
      }
    }
    const fields = { ENTITY_TYPE_ID: 4, ENTITY_ID: theirs, PRESET_ID: 1 }
    expect(await call('crm.requisite.add', { fields }, as)).toEqual(denied)
    expect(await add('crm.requisite', { ...fields, ENTITY_ID: mine }, as)).toEqual(expect.any(Number))
  })

  it('refuse lists of what the caller may not read at all', async () => {
    const { hook } = await portal.person()
    await rights('none', 'read', 'contact')
    const list = (filter: object) => call('crm.requisite.list', { filter }, hook)
    expect(await list({ ENTITY_TYPE_ID: 3 })).toEqual(listDenied)
    expect(await list({ ENTITY_TYPE_ID: 1 })).toEqual(listDenied)
    const own = await requisite(3, await contact())
    expect(await list({ ID: own })).toEqual([])
    expect(await list({ ENTITY_TYPE_ID: 4 })).toEqual(expect.any(Array))
    await rights('none')
    expect(await list({})).toEqual(listDenied)
    for (const method of ['bankdetail.list', 'userfield.list'])
      expect(await call(`crm.requisite.${method}`, {}, hook)).toEqual(denied)
  })
})

it('rows of a list have the id only where it is selected', async () => {
  const ID = await requisite(4, await company(), { NAME: 'Only name' })
  const list = (select: string[]) => call('crm.requisite.list', { filter: { ID }, select })
  expect(await list(['NAME'])).toEqual([{ NAME: 'Only name' }])
  expect(await list(['NAME', 'id'])).toEqual([{ ID: String(ID), NAME: 'Only name' }])
  expect((await list(['*']))[0].ID).toBe(String(ID))
  expect((await list([]))[0].ID).toBe(String(ID))
})

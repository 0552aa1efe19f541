import { afterEach, expect, it } from 'vitest'
import { requisiteCountries } from '../../../src/modules/crm/defaults/requisite-countries.ts'
import { requisite as entity } from '../../../src/modules/crm/requisite/requisite.ts'
import { testPortal } from '../../support/portal.ts'
import { tools } from './tools.ts'

const portal = await testPortal()
const german = await testPortal({ lang: 'de' })
const { call, add, company, requisite, rights } = tools(portal)
const F = 'crm.requisite.preset.field'

afterEach(() => rights('all'))

const template = (COUNTRY_ID = 122): Promise<number> =>
  add('crm.requisite.preset', { ENTITY_TYPE_ID: 8, COUNTRY_ID, NAME: 'Template' })
const addField = (ID: number, fields: object) => call(`${F}.add`, { preset: { ID }, fields })
const names = async (ID: number): Promise<string[]> =>
  (await call(`${F}.list`, { preset: { ID } })).map((row: { FIELD_NAME: string }) => row.FIELD_NAME)

it('a new portal has the templates of its country, with their fields', async () => {
  const select = ['NAME', 'COUNTRY_ID', 'ACTIVE', 'XML_ID']
  const presets = await call('crm.requisite.preset.list', { select })
  expect(presets).toEqual([
    { NAME: 'Company', COUNTRY_ID: '122', ACTIVE: 'Y', XML_ID: '#CRM_REQUISITE_PRESET_DEF_US_COMPANY#' },
    { NAME: 'Person', COUNTRY_ID: '122', ACTIVE: 'Y', XML_ID: '#CRM_REQUISITE_PRESET_DEF_US_PERSON#' },
  ])
  expect(await names(1)).toEqual(expect.arrayContaining(['RQ_COMPANY_NAME', 'RQ_VAT_ID', 'RQ_ADDR']))
  expect(await names(2)).toEqual(expect.arrayContaining(['RQ_FIRST_NAME', 'RQ_LAST_NAME']))
  const { body } = await german.call('crm.requisite.preset.list', { select })
  expect(body.result[0]).toMatchObject({ COUNTRY_ID: '46', XML_ID: '#CRM_REQUISITE_PRESET_DEF_DE_COMPANY#' })
})

it('every field of a requisite is one of some country, and templates have fields that there are', () => {
  const offered = new Set(requisiteCountries.flatMap(({ fields }) => fields))
  const own = entity.fields.map(({ upper }) => upper).filter((name) => name.startsWith('RQ_'))
  expect(own.filter((name) => !offered.has(name))).toEqual([])
  // These three are no fields of rows: the address is one of its own, the others are pictures on documents.
  expect([...offered].filter((name) => !own.includes(name)).toSorted()).toEqual(['RQ_ADDR', 'RQ_SIGNATURE', 'RQ_STAMP'])
  for (const { fields, company: ofCompany, person } of requisiteCountries)
    expect([...ofCompany, ...person].filter((name) => !fields.includes(name))).toEqual([])
})

it('a template takes what its country has and it has not yet, and user fields of requisites', async () => {
  const ID = await template(46)
  const available = () => call(`${F}.availabletoadd`, { preset: { ID } })
  expect(await available()).toContain('RQ_USRLE')
  expect(await addField(ID, { FIELD_NAME: 'RQ_USRLE', FIELD_TITLE: 'HRB' })).toBe(1)
  expect(await available()).not.toContain('RQ_USRLE')
  for (const FIELD_NAME of ['RQ_USRLE', 'RQ_PESEL', 'NAME', 'UF_CRM_UNKNOWN'])
    expect(await addField(ID, { FIELD_NAME })).toEqual(['', `The field '${FIELD_NAME}' can not be added.`])
  expect(await addField(ID, {})).toEqual(['', 'The field "Name" is required.'])

  const fieldId = await add('crm.requisite.userfield', { USER_TYPE_ID: 'string', FIELD_NAME: 'GUILD' })
  expect(await available()).toContain('UF_CRM_GUILD')
  expect(await addField(ID, { FIELD_NAME: 'UF_CRM_GUILD', SORT: 5 })).toBe(2)
  expect(await names(ID)).toEqual(['UF_CRM_GUILD', 'RQ_USRLE'])
  await call('crm.requisite.userfield.delete', { id: fieldId })
  expect(await names(ID)).toEqual(['RQ_USRLE'])
})

it('fields of a template have ids of its own, none of which is given twice', async () => {
  const ID = await template()
  expect(await addField(ID, { FIELD_NAME: 'RQ_NAME' })).toBe(1)
  expect(await addField(ID, { FIELD_NAME: 'RQ_EMAIL' })).toBe(2)
  expect(await call(`${F}.delete`, { id: 2, preset: { ID } })).toBe(true)
  expect(await addField(ID, { FIELD_NAME: 'RQ_EMAIL' })).toBe(3)
  expect(await call(`${F}.get`, { id: 3, preset: { ID } })).toEqual({
    ID: 3,
    FIELD_NAME: 'RQ_EMAIL',
    FIELD_TITLE: '',
    IN_SHORT_LIST: 'N',
    SORT: 520,
  })
  const other = await template()
  expect(await call(`${F}.get`, { id: 3, preset: { ID: other } })).toEqual([
    '',
    "The PresetField with ID '3' is not found",
  ])
  expect(await addField(other, { FIELD_NAME: 'RQ_NAME' })).toBe(1)
})

it('a field keeps what an update does not name', async () => {
  const ID = await template()
  await addField(ID, { FIELD_NAME: 'RQ_NAME', FIELD_TITLE: 'Full name', SORT: 580, IN_SHORT_LIST: 'Y' })
  const update = (fields: object) => call(`${F}.update`, { id: 1, preset: { ID }, fields })
  expect(await update({ FIELD_NAME: 'RQ_FAX', FIELD_TITLE: 'Fax' })).toBe(true)
  expect(await call(`${F}.get`, { id: 1, preset: { ID } })).toEqual({
    ID: 1,
    FIELD_NAME: 'RQ_FAX',
    FIELD_TITLE: 'Fax',
    IN_SHORT_LIST: 'Y',
    SORT: 580,
  })
  expect(await update({ FIELD_TITLE: 'Nameless' })).toEqual(['', 'The field "Name" is required.'])
  expect(await update({ FIELD_NAME: 'RQ_PESEL' })).toEqual(['', "The field 'RQ_PESEL' can not be added."])
})

it.each([
  [{ ENTITY_TYPE_ID: 4 }, 'ENTITY_TYPE_ID is not defined or invalid'],
  [{ COUNTRY_ID: 2 }, 'COUNTRY_ID is not defined or invalid'],
  [{ NAME: '' }, 'The field "Name" is required.'],
])('a template with %j is refused', async (wrong, text) => {
  const before = await portal.census()
  const fields = { ENTITY_TYPE_ID: 8, COUNTRY_ID: 122, NAME: 'Template', ...wrong }
  expect(await call('crm.requisite.preset.add', { fields })).toEqual(['', text])
  expect(await portal.census()).toEqual(before)
})

it('a template stays while requisites are made of it, and goes with its fields', async () => {
  const before = await portal.census()
  const ID = await template()
  await addField(ID, { FIELD_NAME: 'RQ_NAME' })
  const owner = await company()
  await requisite(4, owner, { PRESET_ID: ID })
  expect(await call('crm.requisite.preset.delete', { id: ID })).toEqual([
    '',
    'You cannot delete the template because requisites have already been created for it',
  ])
  expect(await names(ID)).toEqual(['RQ_NAME'])
  await call('crm.company.delete', { id: owner })
  expect(await call('crm.requisite.preset.delete', { id: ID })).toBe(true)
  const { history: _one, outbox: _two, ...after } = await portal.census()
  const { history: _three, outbox: _four, ...expected } = before
  expect(after).toEqual(expected)
  expect(await call(`${F}.list`, { preset: { ID } })).toEqual(['', `The Preset with ID '${ID}' is not found`])
})

it('who changes templates must be allowed to do so with contacts and companies both', async () => {
  const { hook } = await portal.person()
  const ID = await template()
  await addField(ID, { FIELD_NAME: 'RQ_NAME' })
  for (const action of ['add', 'update', 'delete']) await rights('none', action, 'contact')
  const before = await portal.census()
  const denied = ['', 'Access denied.']
  const fields = { ENTITY_TYPE_ID: 8, COUNTRY_ID: 122, NAME: 'Theirs', FIELD_NAME: 'RQ_FAX' }
  for (const [method, params] of [
    ['crm.requisite.preset.add', { fields }],
    ['crm.requisite.preset.update', { id: ID, fields }],
    ['crm.requisite.preset.delete', { id: ID }],
    [`${F}.add`, { preset: { ID }, fields }],
    [`${F}.update`, { id: 1, preset: { ID }, fields }],
    [`${F}.delete`, { id: 1, preset: { ID } }],
  ] as const)
    expect(await call(method, params, hook)).toEqual(denied)
  expect(await portal.census()).toEqual(before)
  expect(await call('crm.requisite.preset.get', { id: ID }, hook)).toMatchObject({ NAME: 'Template' })
  await rights('none', 'read', 'company')
  expect(await call('crm.requisite.preset.list', {}, hook)).toEqual([0, 'Access denied.'])
  expect(await call(`${F}.list`, { preset: { ID } }, hook)).toEqual(denied)
  expect(await call(`${F}.availabletoadd`, { preset: { ID } }, hook)).toContain('RQ_FAX')
})

import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { asking, counting, dispatched, NOT_FOUND } from './ask.ts'

const portal = await testPortal()
const ask = asking(portal)
const count = counting(portal)

const ENGLISH = {
  DECIMALS: 2,
  DEC_POINT: '.',
  FORMAT_STRING: '#$',
  FULL_NAME: 'Test currency',
  HIDE_ZERO: 'N',
  THOUSANDS_SEP: ' ',
  THOUSANDS_VARIANT: 'S',
}

describe('crm.currency.*', () => {
  const fields = { CURRENCY: 'XXX', BASE: 'N', AMOUNT_CNT: 1, AMOUNT: 100.0, SORT: 100, LANG: { en: ENGLISH } }

  it('answers with codes', async () => {
    expect(await ask('crm.currency.add', { fields })).toBe('XXX')
    expect(await ask('crm.currency.get', { id: 'XXX' })).toMatchObject({ CURRENCY: 'XXX', SORT: '100', BASE: 'N' })
    expect(await ask('crm.currency.update', { id: 'XXX', fields: { ...fields, SORT: 500 } })).toBe(true)
    const shown = await ask('crm.currency.get', { id: 'XXX' })
    expect([Number(shown.AMOUNT_CNT), Number(shown.AMOUNT), Number(shown.SORT)]).toEqual([1, 100, 500])
    const listed: object[] = await ask('crm.currency.list', { order: { SORT: 'asc' } })
    expect(listed).toContainEqual(expect.objectContaining({ CURRENCY: 'XXX' }))
    expect(await ask('crm.currency.list', { order: [] })).toHaveLength(listed.length)
    expect(await ask('crm.currency.delete', { id: 'XXX' })).toBe(true)
  })

  it('sets, shows and deletes localizations', async () => {
    await ask('crm.currency.add', { fields })
    const localizations = { en: { ...ENGLISH, FORMAT_STRING: '$#' }, nl: ENGLISH, de: ENGLISH }
    expect(await ask('crm.currency.localizations.set', { id: 'XXX', localizations })).toBe(true)
    expect(await ask('crm.currency.localizations.get', { id: 'XXX' })).toMatchObject({
      en: { ...ENGLISH, DECIMALS: '2', FORMAT_STRING: '$#' },
    })
    expect(await ask('crm.currency.localizations.delete', { id: 'XXX', lids: ['de'] })).toBe(true)
    expect(Object.keys(await ask('crm.currency.localizations.get', { id: 'XXX' })).toSorted()).toEqual(['en', 'nl'])
    await ask('crm.currency.delete', { id: 'XXX' })
  })

  it('makes the base currency the base once more', async () => {
    expect(await ask('crm.currency.base.set', { id: 'USD' })).toBe(true)
    expect(await ask('crm.currency.base.get')).toBe('USD')
  })
})

describe('crm.status.*', () => {
  it('adds, counts, shows, changes and deletes a status', async () => {
    const fields = { ENTITY_ID: 'SOURCE', STATUS_ID: 'undefined', SORT: 100, NAME: 'Test status' }
    const before = await count('crm.status.list')
    const id = await ask('crm.status.add', { fields })
    expect(id).toBeTypeOf('number')
    expect(await count('crm.status.list')).toBe(before + 1)
    expect(await ask('crm.status.get', { id })).toMatchObject({ ...fields, ID: String(id), SORT: '100', SYSTEM: 'N' })
    expect(await ask('crm.status.update', { id, fields: { NAME: 'Test2', SORT: 101 } })).toBe(true)
    const filter = { ENTITY_ID: 'SOURCE', STATUS_ID: 'undefined' }
    const listed = await ask('crm.status.list', { order: { SORT: 'ASC' }, filter, select: [], start: 0 })
    expect(listed).toMatchObject([{ ID: String(id), NAME: 'Test2', SORT: '101' }])
    expect(await ask('crm.status.delete', { id, params: { FORCED: 'N' } })).toBe(true)
    expect(await count('crm.status.list')).toBe(before)
  })

  it('shows an item of a directory as name, sort, id: in this order', async () => {
    const [item] = await ask('crm.status.entity.items', { entityId: 'SOURCE' })
    expect(Object.keys(item)).toEqual(['NAME', 'SORT', 'STATUS_ID'])
    expect(item).toEqual({ NAME: expect.any(String), SORT: expect.any(Number), STATUS_ID: expect.any(String) })
    expect(await ask('crm.status.entity.types', [])).toContainEqual(expect.objectContaining({ ID: 'SOURCE' }))
  })
})

describe('crm.vat.*', () => {
  it('keeps a rate given as text', async () => {
    const TIMESTAMP_X = '2026-01-31T10:00:00+00:00'
    const fields = { TIMESTAMP_X, ACTIVE: 'N', C_SORT: 77, NAME: 'n', RATE: '17' }
    const id = await ask('crm.vat.add', { fields })
    expect(await ask('crm.vat.get', { ID: id })).toMatchObject({ ID: String(id), NAME: 'n', ACTIVE: 'N', C_SORT: '77' })
    expect(Number((await ask('crm.vat.get', { ID: id })).RATE)).toBe(17)
    // The documentation shows the id, which is true to the SDKs (api-reference/crm/auxiliary/vat/crm-vat-update.md).
    expect(await ask('crm.vat.update', { id, fields: { NAME: 'new' } })).toBe(id)
    expect((await ask('crm.vat.get', { ID: id })).NAME).toBe('new')
    expect(await ask('crm.vat.list', { order: [], filter: [], select: ['ID'] })).toContainEqual({ ID: String(id) })
    expect(await ask('crm.vat.delete', { ID: id })).toBe(true)
    expect(await ask('crm.vat.list', { order: [], filter: [], select: ['ID'] })).not.toContainEqual({ ID: String(id) })
  })
})

describe('deal pipelines', () => {
  it('are known by their old names', async () => {
    const before = await count('crm.dealcategory.list')
    const id = await ask('crm.dealcategory.add', { fields: { NAME: 'test', SORT: 300 } })
    expect(id).toBeTypeOf('number')
    expect(await count('crm.dealcategory.list')).toBe(before + 1)
    expect(await ask('crm.dealcategory.get', { id })).toMatchObject({ ID: String(id), NAME: 'test', SORT: '300' })
    expect(await ask('crm.dealcategory.status', { id })).toBe(`DEAL_STAGE_${id}`)
    expect((await ask('crm.dealcategory.stage.list', { id })).length).toBeGreaterThan(1)
    expect(await ask('crm.dealcategory.update', { id, fields: { NAME: 'updated' } })).toBe(true)
    expect((await ask('crm.dealcategory.get', { id })).NAME).toBe('updated')
    expect(await ask('crm.dealcategory.delete', { id })).toBe(true)
    expect(Number((await ask('crm.dealcategory.default.get')).ID)).toBe(0)
    expect(await ask('crm.dealcategory.default.set', { NAME: 'Main' })).toBe(true)
    expect((await ask('crm.dealcategory.default.get')).NAME).toBe('Main')
  })

  it('are known by their new names: numbers as numbers, null for a deletion', async () => {
    const fields = { name: 'Category', sort: 123, isDefault: 'N' }
    const { category } = await ask('crm.category.add', { entityTypeId: 2, fields })
    expect(category).toMatchObject({ ...fields, id: expect.any(Number), entityTypeId: 2 })
    const one = { entityTypeId: 2, id: category.id }
    expect((await ask('crm.category.get', one)).category).toMatchObject(category)
    const renamed = { ...category, name: 'Updated' }
    expect((await ask('crm.category.update', { ...one, fields: { name: 'Updated' } })).category).toMatchObject(renamed)
    expect((await ask('crm.category.list', { entityTypeId: 2 })).categories).toContainEqual(
      expect.objectContaining(renamed),
    )
    expect(await ask('crm.category.delete', one)).toBeNull()
  })
})

describe.each(['lead', 'deal', 'contact', 'company', 'quote', 'requisite'])('crm.%s.userfield.*', (owner) => {
  it.each(['string', 'integer'])('adds, shows, changes and deletes a field: %s', async (type) => {
    const field = {
      FIELD_NAME: `1231763700${type.length}`,
      EDIT_FORM_LABEL: { en: 'test uf' },
      LIST_COLUMN_LABEL: { en: 'test uf' },
      USER_TYPE_ID: type,
      XML_ID: `sdk-${owner}-${type}`,
      SETTINGS: [],
    }
    const prefix = `crm.${owner}.userfield`
    const id = await ask(`${prefix}.add`, { fields: field })
    expect(id).toBeTypeOf('number')
    expect(await ask(`${prefix}.get`, { id })).toMatchObject({
      ID: String(id),
      FIELD_NAME: `UF_CRM_${field.FIELD_NAME}`,
      USER_TYPE_ID: type,
      XML_ID: field.XML_ID,
    })
    expect(await ask(`${prefix}.update`, { id, fields: { EDIT_FORM_LABEL: 'test ufQQQ', XML_ID: 'new' } })).toBe(true)
    expect(await ask(`${prefix}.get`, { id })).toMatchObject({ EDIT_FORM_LABEL: { en: 'test ufQQQ' }, XML_ID: 'new' })
    expect(await ask(`${prefix}.list`, { order: [], filter: { ID: id } })).toMatchObject([{ ID: String(id) }])
    expect(await ask(`${prefix}.list`, { order: [], filter: [] })).toContainEqual(
      expect.objectContaining({ ID: String(id) }),
    )
    expect(await ask(`${prefix}.delete`, { id })).toBe(true)
    // The PHP SDK knows an absent record by these words.
    const again = await portal.call(`${prefix}.delete`, { id })
    expect(again.status).toBe(400)
    expect(NOT_FOUND).toContain(dispatched(again.body))
  })

  it('keeps what the Python SDK changes', async () => {
    const FIELD_NAME = `UF_CRM_B24PY_${owner.toUpperCase()}`
    const prefix = `crm.${owner}.userfield`
    const id = await ask(`${prefix}.add`, { fields: { FIELD_NAME, USER_TYPE_ID: 'string' } })
    const changes = {
      XML_ID: 'X',
      SORT: '100',
      MULTIPLE: 'N',
      MANDATORY: 'N',
      SHOW_FILTER: 'Y',
      SHOW_IN_LIST: 'Y',
      EDIT_IN_LIST: 'Y',
    }
    const SETTINGS = { DEFAULT_VALUE: 'D', ROWS: 3 }
    expect(await ask(`${prefix}.update`, { id, fields: { ...changes, SETTINGS } })).toBe(true)
    const { SHOW_FILTER: _, ...shown } = changes
    const expected = { ...shown, ID: String(id), FIELD_NAME, USER_TYPE_ID: 'string', SETTINGS }
    expect(await ask(`${prefix}.get`, { id })).toMatchObject(expected)
    expect(await ask(`${prefix}.list`, { filter: { ID: id } })).toMatchObject([expected])
  })
})

describe('user field values', () => {
  it.each([
    ['lead', 'TITLE'],
    ['deal', 'TITLE'],
    ['contact', 'NAME'],
    ['company', 'TITLE'],
    ['quote', 'TITLE'],
  ])('are written and read on a %s', async (owner, name) => {
    const fields = {
      FIELD_NAME: 'VALUE1',
      USER_TYPE_ID: 'string',
      EDIT_FORM_LABEL: { en: 'v', ru: 'v' },
      SETTINGS: { DEFAULT_VALUE: 'hello world' },
    }
    await ask(`crm.${owner}.userfield.add`, { fields })
    const id = await ask(`crm.${owner}.add`, { fields: { [name]: 'x', UF_CRM_VALUE1: 'test field value' } })
    expect((await ask(`crm.${owner}.get`, { id })).UF_CRM_VALUE1).toBe('test field value')
    await ask(`crm.${owner}.update`, { id, fields: { UF_CRM_VALUE1: 'test 2' } })
    expect((await ask(`crm.${owner}.get`, { id })).UF_CRM_VALUE1).toBe('test 2')
  })

  it('crm.userfield.* describes types, lists and the settings of each type', async () => {
    const types: { ID: string; title: string }[] = await ask('crm.userfield.types')
    expect(types.length).toBeGreaterThan(10)
    for (const { ID, title } of types) {
      expect(title).toBeTypeOf('string')
      expect([ID, typeof (await ask('crm.userfield.settings.fields', { type: ID }))]).toEqual([ID, 'object'])
    }
    expect(await ask('crm.userfield.enumeration.fields')).toHaveProperty('VALUE')
    expect(Object.keys(await ask('crm.multifield.fields'))).toEqual(
      expect.arrayContaining(['ID', 'TYPE_ID', 'VALUE', 'VALUE_TYPE']),
    )
  })
})

describe('smart processes', () => {
  it('are added, found, renamed and deleted', async () => {
    const { type } = await ask('crm.type.add', { fields: { title: 'SPA' } })
    expect(type).toMatchObject({ id: expect.any(Number), title: 'SPA', entityTypeId: expect.any(Number) })
    expect((await ask('crm.type.get', { id: type.id })).type).toMatchObject(type)
    expect((await ask('crm.type.getByEntityTypeId', { entityTypeId: type.entityTypeId })).type).toMatchObject(type)
    const updated = await ask('crm.type.update', { id: type.id, fields: { title: 'SPA 2' } })
    expect(updated.type).toMatchObject({ id: type.id, title: 'SPA 2', entityTypeId: type.entityTypeId })
    const { types } = await ask('crm.type.list', { order: [], filter: { id: type.id }, start: 0 })
    expect(types).toMatchObject([{ id: type.id, title: 'SPA 2', entityTypeId: type.entityTypeId }])
    // The PHP SDK names no id, which is no error to it; nothing is deleted.
    expect(await ask('crm.type.delete', { entityTypeId: type.entityTypeId })).toBeNull()
    expect((await ask('crm.type.get', { id: type.id })).type.id).toBe(type.id)
    expect(await ask('crm.type.delete', { id: type.id })).toEqual([])
  })

  it('keep items that are added, listed, changed and deleted', async () => {
    const { type } = await ask('crm.type.add', { fields: { title: 'Items' } })
    const of = { entityTypeId: type.entityTypeId }
    const { item } = await ask('crm.item.add', { ...of, fields: { title: 'one', xmlId: 'x-1' } })
    await ask('crm.item.add', { ...of, fields: { title: 'two', xmlId: 'x-2' } })
    expect((await ask('crm.item.get', { ...of, id: item.id })).item).toMatchObject({ title: 'one', xmlId: 'x-1' })
    const { items } = await ask('crm.item.list', { ...of, order: [], filter: [], select: [], start: 0 })
    expect(items).toHaveLength(2)
    const updated = await ask('crm.item.update', { ...of, id: item.id, fields: { title: 'uno' } })
    expect(updated.item.title).toBe('uno')
    expect(await ask('crm.item.delete', { ...of, id: item.id })).toEqual([])
    expect(await portal.call('crm.item.get', { ...of, id: item.id })).toMatchObject({
      status: 400,
      body: { error: 'NOT_FOUND' },
    })
  })
})

describe('directories', () => {
  it.each([
    'activitydirection',
    'activitynotifytype',
    'activitypriority',
    'activitystatus',
    'activitytype',
    'addresstype',
    'contenttype',
    'ownertype',
    'settings.mode',
  ])('crm.enum.%s lists ids and names', async (name) => {
    const items: object[] = await ask(`crm.enum.${name}`)
    expect(items.length).toBeGreaterThan(1)
    for (const item of items) expect(item).toMatchObject({ ID: expect.any(Number), NAME: expect.any(String) })
  })

  /** The values that the PHP SDK's enumerations know: any other id is an error to it. */
  it.each([
    ['activitystatus', [0, 1, 2, 3]],
    ['activitydirection', [0, 1, 2]],
    ['activitypriority', [0, 1, 2, 3]],
    ['activitynotifytype', [0, 1, 2, 3]],
    ['contenttype', [0, 1, 2, 3]],
    ['activitytype', [0, 1, 2, 3, 4, 5, 6]],
    ['settings.mode', [0, 1, 2]],
  ])('crm.enum.%s knows no ids that the PHP SDK does not', async (name, known) => {
    const items: { ID: number }[] = await ask(`crm.enum.${name}`)
    expect(items.map(({ ID }) => ID).filter((id) => !known.includes(id))).toEqual([])
  })

  it('crm.enum.ownertype names the requisite and the company', async () => {
    const items = await ask('crm.enum.ownertype')
    for (const [ID, SYMBOL_CODE] of [
      [4, 'COMPANY'],
      [8, 'REQUISITE'],
    ]) {
      expect(items).toContainEqual(expect.objectContaining({ ID, SYMBOL_CODE }))
    }
    expect((await ask('crm.enum.getorderownertypes')).length).toBeGreaterThan(0)
    expect(Object.keys(await ask('crm.enum.fields'))).toEqual(['ID', 'NAME', 'SYMBOL_CODE', 'SYMBOL_CODE_SHORT'])
  })
})

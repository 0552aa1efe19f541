import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const type = (await portal.call('crm.type.add', { fields: { title: 'Projects', entityTypeId: 150 } })).body.result
  .type as { id: number; entityTypeId: number }
const entityId = `CRM_${type.id}`
const prefix = `UF_CRM_${type.id}_`

const call = (verb: string, parameters: object = {}, as?: string) =>
  portal.call(`userfieldconfig.${verb}`, { moduleId: 'crm', ...parameters }, as === undefined ? {} : { as })
const add = (name: string, userTypeId: string, more: object = {}) =>
  call('add', { field: { entityId, fieldName: `${prefix}${name}`, userTypeId, ...more } })
const refused = (error_description: string) => ({ status: 400, body: { error: '', error_description } })
const events = async (id: string): Promise<{ event: string; payload: string }[]> =>
  portal.portal.store
    .session()
    .find(
      sql`select event, payload from outbox where record_id = ${Number(id)} and event like '%USERFIELD%' order by id`,
    )

const words = (text: string): string[] => text.split(' ')

describe('userfieldconfig', () => {
  it('makes a list of a smart process, shows it, changes it and removes it', async () => {
    const { body } = await add('CHOICE', 'enumeration', {
      multiple: 'Y',
      editFormLabel: { en: 'Choice', de: 'Auswahl' },
      showInList: 'N',
      listColumnLabel: { en: 'ignored' },
      enum: [
        { value: 'One', def: 'N', sort: 100 },
        { value: 'Two', def: 'Y', sort: 200, xmlId: 'TWO' },
      ],
    })
    const { field } = body.result
    const empty = { en: null, de: null }
    expect(field).toEqual({
      id: expect.stringMatching(/^\d+$/),
      entityId,
      fieldName: `${prefix}CHOICE`,
      userTypeId: 'enumeration',
      xmlId: null,
      sort: '100',
      multiple: 'Y',
      mandatory: 'N',
      showFilter: 'N',
      showInList: 'Y',
      editInList: 'Y',
      isSearchable: 'N',
      settings: { DISPLAY: 'LIST', LIST_HEIGHT: 1, CAPTION_NO_VALUE: '', SHOW_NO_VALUE: 'Y' },
      languageId: { en: 'en', de: 'de' },
      editFormLabel: { en: 'Choice', de: 'Auswahl' },
      listColumnLabel: empty,
      listFilterLabel: empty,
      errorMessage: empty,
      helpMessage: empty,
      enum: [
        {
          id: expect.stringMatching(/^\d+$/),
          userFieldId: field.id,
          value: 'One',
          def: 'N',
          sort: '100',
          xmlId: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
        { id: expect.any(String), userFieldId: field.id, value: 'Two', def: 'Y', sort: '200', xmlId: 'TWO' },
      ],
    })
    expect((await call('get', { id: field.id })).body.result).toEqual({ field })

    const camel = `ufCrm${type.id}Choice`
    const { item } = (await portal.call('crm.item.add', { entityTypeId: 150, fields: { title: 'x' } })).body.result
    expect(item[camel]).toEqual([Number(field.enum[1].id)])

    const updated = await call('update', {
      id: field.id,
      field: {
        mandatory: 'Y',
        multiple: 'N',
        fieldName: `${prefix}OTHER`,
        editFormLabel: { en: 'Changed' },
        userTypeId: 'enumeration',
        enum: [
          { id: field.enum[0].id, value: 'Eins' },
          { id: field.enum[1].id, del: 'Y' },
          { value: 'Three', sort: 300 },
        ],
      },
    })
    expect(updated.body.result.field).toMatchObject({
      id: field.id,
      fieldName: `${prefix}CHOICE`,
      multiple: 'Y',
      mandatory: 'Y',
      languageId: { en: 'en' },
      editFormLabel: { en: 'Changed' },
      enum: [
        { id: field.enum[0].id, value: 'Eins', sort: '100', xmlId: field.enum[0].xmlId },
        { value: 'Three', sort: '300' },
      ],
    })
    expect((await portal.call('crm.item.get', { entityTypeId: 150, id: item.id })).body.result.item[camel]).toEqual([])
    const untouched = await call('update', { id: field.id, field: { enum: [{ value: 'without the type' }] } })
    expect(untouched.body.result.field.enum).toHaveLength(2)

    expect((await call('delete', { id: field.id })).body).toMatchObject({ result: null })
    expect(await call('get', { id: field.id })).toMatchObject(
      refused('You do not have permission to view user field settings'),
    )
    const told = await events(field.id)
    expect(told.map((each) => each.event)).toEqual([
      'ONCRMTYPEUSERFIELDADD',
      'ONCRMTYPEUSERFIELDSETENUMVALUES',
      'ONCRMTYPEUSERFIELDUPDATE',
      'ONCRMTYPEUSERFIELDSETENUMVALUES',
      'ONCRMTYPEUSERFIELDUPDATE',
      'ONCRMTYPEUSERFIELDDELETE',
    ])
    expect(JSON.parse(told[0]?.payload ?? '')).toEqual({
      FIELDS: { ID: Number(field.id), ENTITY_ID: entityId, FIELD_NAME: `${prefix}CHOICE` },
    })
  })

  it('names fields of smart processes by their type, and takes both prefixes elsewhere', async () => {
    await add('LETTERS', 'string')
    await add('1747309727', 'money')
    await add('MIX3D', 'string')
    const { fields } = (await portal.call('crm.item.fields', { entityTypeId: 150 })).body.result
    expect(fields[`ufCrm${type.id}Letters`].upperName).toBe(`${prefix}LETTERS`)
    expect(fields[`ufCrm${type.id}_1747309727`].type).toBe('money')
    expect(fields[`ufCrm_${type.id}_MIX3D`].upperName).toBe(`${prefix}MIX3D`)
    for (const [id, fieldName] of [
      ['CRM_LEAD', 'UF_CRM_PLAIN'],
      ['CRM_LEAD', 'uf_crm_lead_own'],
      ['CRM_SMART_INVOICE', 'UF_CRM_SMART_INVOICE_X'],
    ] as const) {
      const { body } = await call('add', { field: { entityId: id, fieldName, userTypeId: 'string' } })
      expect(body.result.field).toMatchObject({ entityId: id, fieldName: fieldName.toUpperCase() })
    }
    const invoice = (await portal.call('crm.item.add', { entityTypeId: 31, fields: { ufCrmSmartInvoiceX: 'a' } })).body
    expect(invoice.result.item.ufCrmSmartInvoiceX).toBe('a')
  })

  it.each([
    [{ entityId, fieldName: 'UF_CRM_X', userTypeId: 'string' }, 'You cannot create custom fields'],
    [{ entityId: 'CRM_999', fieldName: 'UF_CRM_999_X', userTypeId: 'string' }, 'You cannot create custom fields'],
    [{ fieldName: 'UF_CRM_X', userTypeId: 'string' }, 'You cannot create custom fields'],
    [{ entityId, userTypeId: 'string' }, "The 'FIELD_NAME' field is not found."],
    [{ entityId, fieldName: `${prefix}X` }, "The 'USER_TYPE_ID' field is not found."],
    [{ entityId, fieldName: `${prefix}X`, userTypeId: 'rest_1_x' }, 'Invalid custom type specified.'],
    [
      { entityId, fieldName: `${prefix}${'X'.repeat(50)}`, userTypeId: 'string' },
      'Field name is too long (more than 50 characters).',
    ],
  ])('refuses %j', async (field, text) => {
    const before = await portal.census()
    expect(await call('add', { field })).toMatchObject(refused(text))
    expect(await portal.census()).toEqual(before)
  })

  it('does not take a name twice', async () => {
    await add('TWICE', 'string')
    expect(await add('TWICE', 'integer')).toMatchObject(
      refused(`Field ${prefix}TWICE for object ${entityId} already exists.`),
    )
  })

  it('shows fields to those who may read, and lets administrators alone change them', async () => {
    const { id } = (await add('RIGHTS', 'integer')).body.result.field
    const { hook } = await portal.person()
    expect((await call('get', { id }, hook)).body.result.field.id).toBe(id)
    const before = await portal.census()
    expect(
      await call('add', { field: { entityId, fieldName: `${prefix}NO`, userTypeId: 'string' } }, hook),
    ).toMatchObject(refused('Access denied'))
    expect(await call('update', { id, field: { sort: 5 } }, hook)).toMatchObject(
      refused('You cannot change the settings of the user field'),
    )
    expect(await call('delete', { id }, hook)).toMatchObject(refused('You cannot delete the user field'))
    expect(await portal.census()).toEqual(before)
  })

  it('answers for fields that are not there as for those that are closed', async () => {
    expect(await call('get', { id: 999999 })).toMatchObject(
      refused('You do not have permission to view user field settings'),
    )
    expect(await call('update', { id: 999999, field: {} })).toMatchObject(
      refused('You cannot change the settings of the user field'),
    )
    expect(await call('delete', { id: 999999 })).toMatchObject(refused('You cannot delete the user field'))
  })

  it('needs the scope of the module besides its own, and a module that it knows', async () => {
    const { hook: narrow } = await portal.person({ admin: true, scope: 'userfieldconfig' })
    const { hook: other } = await portal.person({ admin: true, scope: 'crm' })
    const { hook: both } = await portal.person({ admin: true, scope: 'crm,userfieldconfig' })
    for (const verb of ['list', 'getTypes'])
      expect(await call(verb, {}, narrow)).toMatchObject(refused('The current method required more scopes. (crm)'))
    expect((await call('getTypes', {}, other)).body.error).toBe('insufficient_scope')
    expect((await call('getTypes', {}, both)).status).toBe(200)
    expect(await call('list', { moduleId: 'forum' })).toMatchObject(refused('No settings for UserFieldAccess'))
  })

  it('tells its types in the documented order', async () => {
    const { types } = (await call('getTypes')).body.result
    expect(Object.keys(types)).toEqual(
      words(
        'crm crm_status money employee string integer double datetime date boolean address url file enumeration iblock_section iblock_element',
      ),
    )
    expect(types.employee).toEqual({ userTypeId: 'employee', description: 'Linked to employee' })
  })
})

describe('userfieldconfig.list', async () => {
  const cmd = Array.from(
    { length: 50 },
    (_, n) =>
      `userfieldconfig.add?moduleId=crm&field[entityId]=CRM_DEAL&field[fieldName]=UF_CRM_N${n}&field[userTypeId]=${n % 2 ? 'string' : 'integer'}&field[sort]=${1000 - n}&field[editFormLabel][de]=L${n}`,
  )
  await portal.call('batch', { cmd })
  await call('add', {
    field: {
      entityId: 'CRM_DEAL',
      fieldName: 'UF_CRM_LAST',
      userTypeId: 'enumeration',
      sort: 5000,
      enum: [{ value: 'a' }],
    },
  })
  const list = async (parameters: object = {}) =>
    (await call('list', { filter: { entityId: 'CRM_DEAL' }, ...parameters })).body
  const names = (body: { result?: { fields: { fieldName: string }[] } }): string[] =>
    (body.result?.fields ?? []).map((field) => field.fieldName)

  it('pages by 50 in the order of sorting', async () => {
    const first = await list()
    expect(first).toMatchObject({ total: 51, next: 50 })
    expect(names(first).slice(0, 2)).toEqual(['UF_CRM_N49', 'UF_CRM_N48'])
    const second = await list({ start: 50 })
    expect(second.next).toBeUndefined()
    expect(names(second)).toEqual(['UF_CRM_LAST'])
  })

  it('filters, orders and selects', async () => {
    expect(names(await list({ filter: { entityId: 'CRM_DEAL', userTypeId: 'enumeration' } }))).toEqual(['UF_CRM_LAST'])
    const { result, total } = await list({
      filter: { entityId: 'CRM_DEAL', userTypeId: 'string' },
      order: { id: 'DESC' },
      select: ['id', 'fieldName'],
    })
    expect(total).toBe(25)
    expect(result.fields[0]).toEqual({ id: expect.any(String), fieldName: 'UF_CRM_N49' })
  })

  it('leaves labels and options out unless asked for them', async () => {
    const all = (await list({ filter: { entityId: 'CRM_DEAL', fieldName: 'UF_CRM_LAST' } })).result.fields[0]
    expect(Object.keys(all)).toEqual(
      words(
        'id entityId fieldName userTypeId xmlId sort multiple mandatory showFilter showInList editInList isSearchable settings',
      ),
    )
    const german = await list({
      filter: { entityId: 'CRM_DEAL', fieldName: 'UF_CRM_N1' },
      select: { 0: '*', language: 'de' },
    })
    expect(german.result.fields[0]).toMatchObject({
      languageId: { de: 'de' },
      editFormLabel: { de: 'L1' },
      listColumnLabel: null,
      helpMessage: null,
    })
    const withOptions = await list({
      filter: { entityId: 'CRM_DEAL', fieldName: 'UF_CRM_LAST' },
      select: ['fieldName', 'enum'],
    })
    expect(withOptions.result.fields[0]).toMatchObject({ fieldName: 'UF_CRM_LAST', enum: [{ value: 'a' }] })
  })

  it('spans all entities that the caller may read, and refuses those that he may not', async () => {
    const all = (await call('list', { filter: { '@fieldName': ['UF_CRM_PLAIN', 'UF_CRM_N1'] } })).body
    expect(names(all).sort()).toEqual(['UF_CRM_N1', 'UF_CRM_PLAIN'])
    const { hook } = await portal.person()
    await portal.portal.caches.changing(portal.portal.store.session(), ['roles'], async (tx) => {
      await tx.change(
        sql`insert into crm_role_permission (role_id, entity, action, level) values (1, 'deal', 'read', 'none')`,
      )
    })
    expect(await call('list', { filter: { entityId: 'CRM_DEAL' } }, hook)).toMatchObject(
      refused('You do not have permission to view user field settings'),
    )
    expect(names((await call('list', { filter: { fieldName: 'UF_CRM_N1' } }, hook)).body)).toEqual([])
    expect(names((await call('list', { filter: { fieldName: 'UF_CRM_PLAIN' } }, hook)).body)).toEqual(['UF_CRM_PLAIN'])
  })
})

describe('crm.userfield', () => {
  it('tells types, properties, options and settings', async () => {
    const types = (await portal.call('crm.userfield.types')).body.result
    expect(types[0]).toEqual({ ID: 'string', title: 'String' })
    expect(types.map((each: { ID: string }) => each.ID)).toEqual(
      words(
        'string integer double boolean enumeration datetime date money url address file employee crm_status iblock_section iblock_element crm',
      ),
    )
    expect((await portal.call('crm.userfield.fields')).body.result.FIELD_NAME).toEqual({
      type: 'string',
      title: 'Code',
      isImmutable: true,
    })
    expect(Object.keys((await portal.call('crm.userfield.enumeration.fields')).body.result)).toEqual(
      words('ID SORT VALUE DEF DEL'),
    )
    const told = (await portal.call('crm.userfield.settings.fields', { type: 'double' })).body.result
    expect(Object.entries(told)).toEqual([
      ['DEFAULT_VALUE', { type: 'double', title: 'Default Value' }],
      ['PRECISION', { type: 'int', title: 'Precision' }],
    ])
    expect((await portal.call('crm.userfield.settings.fields', { type: 'employee' })).body.result).toEqual([])
    expect(await portal.call('crm.userfield.settings.fields')).toMatchObject(
      refused("Parameter 'type' is not specified or empty."),
    )
  })
})

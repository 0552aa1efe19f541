import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const other = await portal.person()
const type = (await portal.call('crm.type.add', { fields: { title: 'Purchase', isStagesEnabled: 'Y' } })).body.result
  .type
const SPA: number = type.entityTypeId

const refused = (code: string, text: string) => ({ status: 400, body: { error: code, error_description: text } })
const add = (entityTypeId: number, fields: Record<string, unknown>) =>
  portal.call('crm.category.add', { entityTypeId, fields })
const list = async (entityTypeId: number) => (await portal.call('crm.category.list', { entityTypeId })).body
const stages = async (entityId: string): Promise<string[]> =>
  (await portal.call('crm.status.entity.items', { entityId })).body.result.map(
    (row: { STATUS_ID: string }) => row.STATUS_ID,
  )

describe('pipelines of deals', () => {
  it('begin with the general one, whose id is 0', async () => {
    const body = await list(2)
    expect(body.total).toBe(1)
    expect(JSON.stringify(body.result)).toBe(
      JSON.stringify({ categories: [{ id: 0, name: 'General', sort: 300, entityTypeId: 2, isDefault: 'Y' }] }),
    )
    const { body: one } = await portal.call('crm.category.get', { entityTypeId: 2, id: 0 })
    expect(one.result.category).toEqual(body.result.categories[0])
  })

  it('come with stages of their own, in which deals may stand at once', async () => {
    const { body } = await portal.call('batch', {
      cmd: {
        category: 'crm.category.add?entityTypeId=2&fields[name]=Export&fields[sort]=200&fields[isDefault]=Y',
        deal: 'crm.item.add?entityTypeId=2&fields[title]=A&fields[categoryId]=$result[category][category][id]',
        stage:
          'crm.status.add?fields[ENTITY_ID]=DEAL_STAGE_$result[category][category][id]&fields[STATUS_ID]=UC_KN8KFI&fields[NAME]=Customs&fields[SORT]=15',
        moved:
          'crm.item.update?entityTypeId=2&id=$result[deal][item][id]&fields[stageId]=C$result[category][category][id]:UC_KN8KFI',
        unknown: 'crm.item.update?entityTypeId=2&id=$result[deal][item][id]&fields[stageId]=UC_KN8KFI',
      },
    })
    const { category, deal, moved } = body.result.result
    const { id } = category.category
    expect(JSON.stringify(category)).toBe(
      JSON.stringify({ category: { id, name: 'Export', sort: 200, entityTypeId: 2, isDefault: 'N' } }),
    )
    expect(deal.item).toMatchObject({ categoryId: id, stageId: `C${id}:NEW` })
    expect(moved.item.stageId).toBe(`C${id}:UC_KN8KFI`)
    expect(Object.keys(body.result.result_error)).toEqual(['unknown'])
    expect(await stages(`DEAL_STAGE_${id}`)).toEqual([
      `C${id}:NEW`,
      `C${id}:UC_KN8KFI`,
      `C${id}:PREPARATION`,
      `C${id}:PREPAYMENT_INVOICE`,
      `C${id}:EXECUTING`,
      `C${id}:FINAL_INVOICE`,
      `C${id}:WON`,
      `C${id}:LOSE`,
      `C${id}:APOLOGY`,
    ])
    expect((await list(2)).result.categories).toEqual([
      { id, name: 'Export', sort: 200, entityTypeId: 2, isDefault: 'N', originId: '', originatorId: '' },
      { id: 0, name: 'General', sort: 300, entityTypeId: 2, isDefault: 'Y' },
    ])
    const types = await portal.call('crm.status.entity.types')
    expect(types.body.result.find((row: { ID: string }) => row.ID === `DEAL_STAGE_${id}`)).toEqual({
      ID: `DEAL_STAGE_${id}`,
      NAME: 'Export deal stages',
      PARENT_ID: 'DEAL_STAGE',
      SEMANTIC_INFO: {
        START_FIELD: `C${id}:NEW`,
        FINAL_SUCCESS_FIELD: `C${id}:WON`,
        FINAL_UNSUCCESS_FIELD: `C${id}:LOSE`,
        FINAL_SORT: 0,
      },
      PREFIX: `C${id}`,
      FIELD_ATTRIBUTE_SCOPE: `category_${id}`,
      ENTITY_TYPE_ID: 2,
      CATEGORY_ID: String(id),
    })
  })

  it('keep a code that has its prefix already, and bound its length', async () => {
    const id = (await add(2, { name: 'Prefix' })).body.result.category.id
    const stage = (STATUS_ID: string) =>
      portal.call('crm.status.add', { fields: { ENTITY_ID: `DEAL_STAGE_${id}`, STATUS_ID, NAME: 'x', SORT: 12 } })
    await stage(`C${id}:DECISION`)
    expect(await stages(`DEAL_STAGE_${id}`)).toContain(`C${id}:DECISION`)
    expect(await stage('DECISION')).toMatchObject(refused('ERROR_CORE', 'The specified status ID already exists.'))
    expect(await stage('A'.repeat(21))).toMatchObject(refused('', 'Error on creating status.'))
    const row = await portal.call('crm.status.list', { filter: { STATUS_ID: `C${id}:DECISION` } })
    expect(row.body.result[0]).toMatchObject({ CATEGORY_ID: String(id), EXTRA: { SEMANTICS: 'process' } })
  })

  it('may be renamed and moved, the general one too, but none becomes the default', async () => {
    const id = (await add(2, { name: 'Second' })).body.result.category.id
    const { body } = await portal.call('crm.category.update', {
      entityTypeId: 2,
      id,
      fields: { name: ' Third ', sort: -5, isDefault: 'Y' },
    })
    expect(body.result.category).toEqual({
      id,
      name: 'Third',
      sort: 0,
      entityTypeId: 2,
      isDefault: 'N',
      originId: '',
      originatorId: '',
    })
    const general = await portal.call('batch', {
      cmd: [
        'crm.category.update?entityTypeId=2&id=0&fields[name]=Main&fields[sort]=10',
        'crm.category.get?entityTypeId=2&id=0',
      ],
    })
    expect(general.body.result.result[1].category).toEqual({
      id: 0,
      name: 'Main',
      sort: 10,
      entityTypeId: 2,
      isDefault: 'Y',
    })
    const names = (await portal.call('crm.status.entity.types')).body.result.map((row: { NAME: string }) => row.NAME)
    expect(names).toContain('Main deal stages')
  })

  it('are deleted with their stages when no deal is in them', async () => {
    const id = (await add(2, { name: 'Busy' })).body.result.category.id
    const deal = await portal.call('crm.item.add', { entityTypeId: 2, fields: { title: 'A', categoryId: id } })
    const before = await portal.census()
    expect(await portal.call('crm.category.delete', { entityTypeId: 2, id })).toMatchObject(
      refused('0', 'Deals related to the funnel Busy found'),
    )
    expect(await portal.call('crm.category.delete', { entityTypeId: 2, id: 0 })).toMatchObject(
      refused('0', 'Default deal category cannot be deleted'),
    )
    expect(await portal.census()).toEqual(before)
    await portal.call('crm.item.delete', { entityTypeId: 2, id: deal.body.result.item.id })
    const deleted = await portal.call('crm.category.delete', { entityTypeId: 2, id })
    expect(deleted.status).toBe(200)
    expect(deleted.body.result).toBeNull()
    expect(await portal.call('crm.status.entity.items', { entityId: `DEAL_STAGE_${id}` })).toMatchObject({
      status: 400,
    })
    expect((await portal.census()).crm_status).toBe((before.crm_status ?? 0) - 8)
  })
})

describe('pipelines of smart processes', () => {
  it('have one default at a time, which stays', async () => {
    const [first] = (await list(SPA)).result.categories
    expect(first).toEqual({ id: first.id, name: 'General', sort: 500, entityTypeId: SPA, isDefault: 'Y' })
    const second = (await add(SPA, { name: 'New Default Funnel', sort: 50, isDefault: 'Y' })).body.result.category
    expect(second).toEqual({ id: second.id, name: 'New Default Funnel', sort: 50, entityTypeId: SPA, isDefault: 'Y' })
    expect((await list(SPA)).result.categories).toEqual([second, { ...first, isDefault: 'N' }])
    const kept = await portal.call('crm.category.update', {
      entityTypeId: SPA,
      id: second.id,
      fields: { isDefault: 'N' },
    })
    expect(kept.body.result.category).toEqual(second)
    await portal.call('crm.category.update', { entityTypeId: SPA, id: first.id, fields: { isDefault: 'Y' } })
    expect((await list(SPA)).result.categories).toEqual([{ ...second, isDefault: 'N' }, first])
    expect(await portal.call('crm.category.delete', { entityTypeId: SPA, id: first.id })).toMatchObject(
      refused('BX_ERROR', 'This funnel is the default funnel'),
    )
    const item = await portal.call('crm.item.add', { entityTypeId: SPA, fields: { categoryId: second.id } })
    expect(item.body.result.item.stageId).toBe(`DT${SPA}_${second.id}:NEW`)
    expect(await portal.call('crm.category.delete', { entityTypeId: SPA, id: second.id })).toMatchObject(
      refused('BX_ERROR', 'Elements related to the funnel found'),
    )
  })

  it('take further stages under their prefix, and show no EXTRA', async () => {
    const [category] = (await list(SPA)).result.categories
    const ENTITY_ID = `DYNAMIC_${SPA}_STAGE_${category.id}`
    const { body } = await portal.call('crm.status.add', {
      fields: { ENTITY_ID, STATUS_ID: 'REVIEW', NAME: 'Review', SORT: 25 },
    })
    expect((await portal.call('crm.status.get', { id: body.result })).body.result).toEqual({
      ID: String(body.result),
      ENTITY_ID,
      STATUS_ID: `DT${SPA}_${category.id}:REVIEW`,
      NAME: 'Review',
      NAME_INIT: '',
      SORT: '25',
      SYSTEM: 'N',
      CATEGORY_ID: String(category.id),
      COLOR: '',
      SEMANTICS: null,
    })
    const stageId = `DT${SPA}_${category.id}:REVIEW`
    const item = await portal.call('crm.item.add', { entityTypeId: SPA, fields: { categoryId: category.id, stageId } })
    expect(item.body.result.item.stageId).toBe(stageId)
    expect(await portal.call('crm.status.delete', { id: body.result })).toMatchObject(
      refused('', 'There are active items in this status.'),
    )
  })

  it('are never system ones', async () => {
    expect(await add(SPA, { name: 'System', isSystem: 'Y' })).toMatchObject(
      refused('ADDING_DISABLED', 'Adding a system category is prohibited'),
    )
  })
})

describe('categories of contacts and invoices', () => {
  it('add no default for clients', async () => {
    expect(await add(3, { name: 'Partners', isDefault: 'Y' })).toMatchObject(
      refused('0', 'Default client category does not support updating default state'),
    )
    const { id } = (await add(3, { name: 'Partners' })).body.result.category
    expect((await list(3)).result.categories).toEqual([
      { id, name: 'Partners', sort: 500, entityTypeId: 3, isDefault: 'N' },
      { id: 0, name: 'General', sort: 500, entityTypeId: 3, isDefault: 'Y' },
    ])
    expect((await portal.call('crm.category.delete', { entityTypeId: 3, id })).body.result).toBeNull()
  })

  it('give invoices pipelines with stages', async () => {
    const { id } = (await add(31, { name: 'Abroad' })).body.result.category
    expect(await stages(`SMART_INVOICE_STAGE_${id}`)).toEqual([
      `DT31_${id}:N`,
      `DT31_${id}:S`,
      `DT31_${id}:P`,
      `DT31_${id}:D`,
    ])
  })
})

describe('refusals', () => {
  it.each([
    ['add', { fields: { name: 'x' } }, 'SPA not found'],
    ['get', { id: 1 }, 'SPA not found'],
    ['delete', { id: 1 }, 'SPA not found'],
    ['fields', {}, 'SPA not found'],
    ['list', {}, 'Smart process not found'],
    ['update', { id: 1, fields: { name: 'x' } }, 'Smart process not found'],
  ])('crm.category.%s of an unknown type', async (verb, parameters, text) => {
    expect(await portal.call(`crm.category.${verb}`, { entityTypeId: 191, ...parameters })).toMatchObject(
      refused('NOT_FOUND', text),
    )
  })

  it.each([
    ['add', { fields: { name: 'x' } }],
    ['get', { id: 1 }],
    ['delete', { id: 1 }],
    ['fields', {}],
    ['list', {}],
    ['update', { id: 1, fields: { name: 'x' } }],
  ])('crm.category.%s of leads', async (verb, parameters) => {
    expect(await portal.call(`crm.category.${verb}`, { entityTypeId: 1, ...parameters })).toMatchObject(
      refused('ENTITY_TYPE_NOT_SUPPORTED', 'Entity type Lead is not supported'),
    )
  })

  it.each(['get', 'update', 'delete'])('crm.category.%s of an unknown pipeline', async (verb) => {
    for (const entityTypeId of [2, SPA])
      expect(await portal.call(`crm.category.${verb}`, { entityTypeId, id: 9999, fields: {} })).toMatchObject(
        refused('NOT_FOUND', 'Element not found'),
      )
  })

  it.each([{}, { name: '' }, { name: ' \t ' }, { sort: 10 }])('no name: %j', async (fields) => {
    expect(await add(2, fields)).toMatchObject(refused('0', "Field 'NAME' is required"))
  })

  it('parameters that are missing', async () => {
    expect(await portal.call('crm.category.add', { fields: {} })).toMatchObject(
      refused('100', 'Could not find value for parameter {entityTypeId}'),
    )
    expect(await portal.call('crm.category.add', { entityTypeId: 2 })).toMatchObject(
      refused('100', 'Could not find value for parameter {fields}'),
    )
  })

  it('people who are no administrators, with nothing changed', async () => {
    const as = other.hook
    expect(
      (await portal.call('crm.category.list', { entityTypeId: 2 }, { as })).body.result.categories.length,
    ).toBeGreaterThan(1)
    expect((await portal.call('crm.category.get', { entityTypeId: 2, id: 0 }, { as })).status).toBe(200)
    expect((await portal.call('crm.category.fields', { entityTypeId: 2 }, { as })).status).toBe(200)
    const before = await portal.census()
    const { categories } = (await list(2)).result
    for (const [verb, parameters] of [
      ['add', { fields: { name: 'x' } }],
      ['update', { id: categories[0].id, fields: { name: 'x' } }],
      ['delete', { id: categories[0].id }],
    ] as const)
      expect(await portal.call(`crm.category.${verb}`, { entityTypeId: 2, ...parameters }, { as })).toMatchObject(
        refused('ACCESS_DENIED', 'Access denied'),
      )
    expect(await portal.census()).toEqual(before)
    expect((await list(2)).result.categories).toEqual(categories)
  })
})

describe('crm.category.fields', () => {
  it('describes them under their upper-case names', async () => {
    const { body } = await portal.call('crm.category.fields', { entityTypeId: 2 })
    expect(Object.keys(body.result.fields)).toEqual([
      'id',
      'name',
      'sort',
      'entityTypeId',
      'isDefault',
      'originId',
      'originatorId',
    ])
    expect(body.result.fields.entityTypeId).toEqual({
      type: 'integer',
      isRequired: true,
      isReadOnly: true,
      isImmutable: false,
      isMultiple: false,
      isDynamic: false,
      title: 'ENTITY_TYPE_ID',
      upperName: 'ENTITY_TYPE_ID',
    })
    expect(body.result.fields.isDefault.isReadOnly).toBe(true)
    const spa = (await portal.call('crm.category.fields', { entityTypeId: SPA })).body.result.fields
    expect(Object.keys(spa)).toEqual(['id', 'name', 'sort', 'entityTypeId', 'isDefault', 'isSystem', 'code'])
    expect(spa.isDefault.isReadOnly).toBe(false)
  })
})

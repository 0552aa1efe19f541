import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ at: 1_720_201_653 })
const other = await portal.person()
const announced = announcements(portal)

const refused = (code: string | number, text: string, status = 400) => ({
  status,
  body: { error: code, error_description: text },
})
const add = (fields: Record<string, unknown>) => portal.call('crm.type.add', { fields })
const update = (id: number, fields: Record<string, unknown>) => portal.call('crm.type.update', { id, fields })
async function created(fields: Record<string, unknown>): Promise<{ id: number; entityTypeId: number }> {
  const { body } = await add(fields)
  if (body.error !== undefined) throw new Error(body.error_description)
  return body.result.type
}
const item = async (entityTypeId: number, fields: Record<string, unknown>) =>
  (await portal.call('crm.item.add', { entityTypeId, fields })).body
const fieldsOf = async (entityTypeId: number): Promise<Record<string, Record<string, unknown>>> =>
  (await portal.call('crm.item.fields', { entityTypeId })).body.result.fields

const on = {
  isAutomationEnabled: 'Y',
  isBeginCloseDatesEnabled: 'Y',
  isBizProcEnabled: 'Y',
  isCategoriesEnabled: 'Y',
  isClientEnabled: 'Y',
  isDocumentsEnabled: 'Y',
  isLinkWithProductsEnabled: 'Y',
  isMycompanyEnabled: 'Y',
  isObserversEnabled: 'Y',
  isRecyclebinEnabled: 'Y',
  isSetOpenPermissions: 'Y',
  isSourceEnabled: 'Y',
  isStagesEnabled: 'Y',
  isUseInUserfieldEnabled: 'Y',
}
/** The documented request of crm.type.add. */
const documented = {
  title: 'SPA',
  entityTypeId: 2024,
  ...on,
  linkedUserFields: { 'CALENDAR_EVENT|UF_CRM_CAL_EVENT': 'true', 'TASKS_TASK|UF_CRM_TASK': 'true' },
  relations: {
    parent: [
      { entityTypeId: 1, isChildrenListEnabled: 'true' },
      { entityTypeId: 2, isChildrenListEnabled: 'true' },
      { entityTypeId: 31, isChildrenListEnabled: 'true' },
    ],
    child: [{ entityTypeId: 3, isChildrenListEnabled: 'true' }, { entityTypeId: 4 }],
  },
}
const relation = (entityTypeId: number, isChildrenListEnabled = 'Y', isPredefined = 'N') => ({
  entityTypeId,
  isChildrenListEnabled,
  isPredefined,
})
const flags = {
  isCategoriesEnabled: 'Y',
  isStagesEnabled: 'Y',
  isBeginCloseDatesEnabled: 'Y',
  isClientEnabled: 'Y',
  isUseInUserfieldEnabled: 'Y',
  isLinkWithProductsEnabled: 'Y',
  isMycompanyEnabled: 'Y',
  isDocumentsEnabled: 'Y',
  isSourceEnabled: 'Y',
  isObserversEnabled: 'Y',
  isRecyclebinEnabled: 'Y',
  isAutomationEnabled: 'Y',
  isBizProcEnabled: 'Y',
  isSetOpenPermissions: 'Y',
  isPaymentsEnabled: 'N',
  isCountersEnabled: 'N',
  createdTime: '2024-07-05T19:47:33+02:00',
  updatedTime: '2024-07-05T19:47:33+02:00',
  updatedBy: 1,
}
const related = {
  relations: {
    parent: [relation(3, 'Y', 'Y'), relation(4, 'Y', 'Y'), relation(1), relation(2), relation(31)],
    child: [relation(3), relation(4, 'N')],
  },
  linkedUserFields: {
    'CALENDAR_EVENT|UF_CRM_CAL_EVENT': 'Y',
    'TASKS_TASK|UF_CRM_TASK': 'Y',
    'TASKS_TASK_TEMPLATE|UF_CRM_TASK': 'N',
  },
  customSections: [],
}
const off = Object.fromEntries(Object.keys(on).map((flag) => [flag, flag === 'isSetOpenPermissions' ? 'Y' : 'N']))

describe('crm.type.add', () => {
  it('answers the documented request in the documented order, and get in its own', async () => {
    const { body } = await add(documented)
    const { id } = body.result.type
    expect(JSON.stringify(body.result)).toBe(
      JSON.stringify({
        type: { id, createdBy: 1, entityTypeId: 2024, ...flags, title: 'SPA', ...related, customSectionId: null },
      }),
    )
    expect(await announced()).toEqual([{ event: 'ONCRMTYPEADD', fields: { ID: id } }])
    const expected = JSON.stringify({
      type: {
        id,
        title: 'SPA',
        code: '',
        createdBy: 1,
        entityTypeId: 2024,
        customSectionId: null,
        ...flags,
        ...related,
      },
    })
    expect(JSON.stringify((await portal.call('crm.type.get', { id })).body.result)).toBe(expected)
    const byType = await portal.call('crm.type.getByEntityTypeId', { entityTypeId: 2024 })
    expect(JSON.stringify(byType.body.result)).toBe(expected)
  })

  it('needs a title only: the next free number, everything off, new pipelines open to all', async () => {
    const first = (await add({ title: 'First' })).body.result.type
    const second = (await add({ TITLE: 'Second', linkedUserFields: { 'TASKS_TASK|UF_CRM_TASK': 'true' } })).body.result
      .type
    expect(first).toMatchObject({ title: 'First', entityTypeId: 128, ...off, relations: { parent: [], child: [] } })
    expect(second.entityTypeId).toBe(129)
    expect(second.id).not.toBe(second.entityTypeId)
    // Not to be used in user fields, so not shown in any.
    expect(second.linkedUserFields['TASKS_TASK|UF_CRM_TASK']).toBe('N')
  })

  it('makes the default pipeline with its stages', async () => {
    const { entityTypeId } = await created({ title: 'Staged', isStagesEnabled: 'Y' })
    const { categories } = (await portal.call('crm.category.list', { entityTypeId })).body.result
    expect(categories).toEqual([{ id: categories[0].id, name: 'General', sort: 500, entityTypeId, isDefault: 'Y' }])
    const prefix = `DT${entityTypeId}_${categories[0].id}`
    const entityId = `DYNAMIC_${entityTypeId}_STAGE_${categories[0].id}`
    const stages = (await portal.call('crm.status.entity.items', { entityId })).body.result
    expect(stages.map((row: { STATUS_ID: string }) => row.STATUS_ID)).toEqual(
      ['NEW', 'PREPARATION', 'CLIENT', 'SUCCESS', 'FAIL'].map((code) => `${prefix}:${code}`),
    )
    const types = (await portal.call('crm.status.entity.types')).body.result
    expect(JSON.stringify(types.at(-1))).toBe(
      JSON.stringify({
        ID: entityId,
        NAME: 'Staged (General)',
        SEMANTIC_INFO: [],
        PREFIX: prefix,
        FIELD_ATTRIBUTE_SCOPE: `category_${categories[0].id}`,
        ENTITY_TYPE_ID: entityTypeId,
        IS_ENABLED: true,
        CATEGORY_ID: categories[0].id,
        CATEGORY_NAME: 'General',
        CATEGORY_SORT: 500,
        IS_DEFAULT_CATEGORY: true,
      }),
    )
    const owners = (await portal.call('crm.enum.ownertype')).body.result
    expect(owners.at(-1)).toEqual({
      ID: entityTypeId,
      NAME: 'Staged',
      SYMBOL_CODE: `DYNAMIC_${entityTypeId}`,
      SYMBOL_CODE_SHORT: `T${entityTypeId.toString(16)}`,
    })
  })

  it('is in force at once, for the next command of the same batch', async () => {
    const { body } = await portal.call('batch', {
      halt: 1,
      cmd: {
        lead: 'crm.lead.add?fields[TITLE]=parent',
        type: 'crm.type.add?fields[title]=Batch&fields[isStagesEnabled]=Y&fields[relations][parent][0][entityTypeId]=1',
        item: 'crm.item.add?entityTypeId=$result[type][type][entityTypeId]&fields[title]=A&fields[parentId1]=$result[lead]',
        stage: 'crm.status.list?filter[STATUS_ID]=$result[item][item][stageId]',
        found: 'crm.item.list?entityTypeId=$result[type][type][entityTypeId]&filter[parentId1]=$result[lead]',
      },
    })
    expect(body.result.result_error).toEqual([])
    const { type, lead, item, stage, found } = body.result.result
    expect(item.item).toMatchObject({ title: 'A', parentId1: lead })
    expect(stage[0]).toMatchObject({
      NAME: 'Start',
      ENTITY_ID: expect.stringContaining(`DYNAMIC_${type.type.entityTypeId}_`),
    })
    expect(found.items.map((row: { id: number }) => row.id)).toEqual([item.item.id])
  })

  it.each([0, 127, 193, 1029, 1031, 1_000_001, -2, 'many', 2_147_483_648].filter((id) => id !== 0))(
    'refuses the number %s',
    async (entityTypeId) => {
      const before = await portal.census()
      expect(await add({ title: 'x', entityTypeId })).toMatchObject(
        refused('INVALID_ARG_VALUE', 'entityTypeId is out of allowed range'),
      )
      expect(await portal.census()).toEqual(before)
    },
  )

  it('refuses a number that is taken, a missing title, missing fields and a workplace that is not named', async () => {
    expect(await add({ title: 'x', entityTypeId: 128 })).toMatchObject(
      refused('INVALID_ARG_VALUE', 'entityTypeId is out of allowed range'),
    )
    expect(await add({ entityTypeId: 140 })).toMatchObject(refused(0, "Field 'TITLE' is required"))
    expect(await portal.call('crm.type.add')).toMatchObject(
      refused('100', 'Could not find value for parameter {fields}'),
    )
    expect(await add({ title: 'x', isExternal: 'true' })).toMatchObject(
      refused(0, 'Select a workplace where the SPA will be located'),
    )
  })

  it('leaves nothing behind when it fails half-way', async () => {
    const before = await portal.census()
    const attempts = await Promise.all(Array.from({ length: 4 }, () => add({ title: 'Twin', entityTypeId: 150 })))
    expect(attempts.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400])
    const after = await portal.census()
    expect(after.crm_type).toBe((before.crm_type ?? 0) + 1)
    expect(after.crm_status).toBe((before.crm_status ?? 0) + 5)
  })
})

describe('crm.type.update', () => {
  it('changes what is given, and gives items the fields that it switches on', async () => {
    portal.clock.at = 1_720_201_700
    const { id, entityTypeId } = await created({ title: 'SPA #3', code: 'spa', isMycompanyEnabled: 'Y' })
    await item(entityTypeId, { title: 'before' })
    await announced()
    portal.clock.at = 1_720_201_800
    const { body } = await update(id, {
      isSourceEnabled: 'Y',
      isLinkWithProductsEnabled: 'Y',
      isUseInUserfieldEnabled: 'Y',
      entityTypeId: 188,
      linkedUserFields: { 'TASKS_TASK|UF_CRM_TASK': 'true', 'CALENDAR_EVENT|UF_CRM_CAL_EVENT': 'Y' },
    })
    expect(body.result.type).toEqual({
      id,
      title: 'SPA #3',
      code: 'spa',
      createdBy: 1,
      entityTypeId,
      customSectionId: null,
      ...flags,
      ...off,
      isMycompanyEnabled: 'Y',
      isSourceEnabled: 'Y',
      isLinkWithProductsEnabled: 'Y',
      isUseInUserfieldEnabled: 'Y',
      createdTime: '2024-07-05T19:48:20+02:00',
      updatedTime: '2024-07-05T19:50:00+02:00',
      relations: { parent: [], child: [] },
      linkedUserFields: {
        'CALENDAR_EVENT|UF_CRM_CAL_EVENT': 'N',
        'TASKS_TASK|UF_CRM_TASK': 'Y',
        'TASKS_TASK_TEMPLATE|UF_CRM_TASK': 'N',
      },
      customSections: [],
    })
    expect(await announced()).toEqual([{ event: 'ONCRMTYPEUPDATE', fields: { ID: id } }])
    const paid = await item(entityTypeId, { title: 'after', opportunity: 12.5, sourceDescription: 'x' })
    expect(paid.result.item).toMatchObject({ opportunity: 12.5, sourceDescription: 'x' })
    const unlinked = await update(id, { isUseInUserfieldEnabled: 'N' })
    expect(unlinked.body.result.type.linkedUserFields['TASKS_TASK|UF_CRM_TASK']).toBe('N')
  })

  it('keeps the stages of items, and their totals exact, while stages are switched off', async () => {
    const { id, entityTypeId } = await created({ title: 'Toggled', isStagesEnabled: 'Y' })
    const cmd = Array.from({ length: 50 }, (_, n) => `crm.item.add?entityTypeId=${entityTypeId}&fields[title]=${n}`)
    const { body } = await portal.call('batch', { cmd })
    const first = body.result.result[0].item
    await update(id, { isStagesEnabled: 'N' })
    expect(Object.keys(await fieldsOf(entityTypeId))).not.toContain('stageId')
    const unseen = (await item(entityTypeId, { title: 'unseen' })).result.item
    expect(unseen).not.toHaveProperty('stageId')
    await portal.call('batch', {
      cmd: [...cmd.slice(0, 10), `crm.item.delete?entityTypeId=${entityTypeId}&id=${first.id}`],
    })
    await update(id, { isStagesEnabled: 'Y' })
    const again = await portal.call('crm.item.get', { entityTypeId, id: unseen.id })
    expect(again.body.result.item.stageId).toBe(first.stageId)
    const list = await portal.call('crm.item.list', { entityTypeId, filter: { stageId: first.stageId } })
    expect(list.body.total).toBe(60)
  })

  it('refuses an unknown type and an empty title', async () => {
    expect(await update(9999, { title: 'x' })).toMatchObject(refused(0, 'SPA not found'))
    const { id } = await created({ title: 'Named' })
    expect(await update(id, { title: ' ' })).toMatchObject(refused(0, "Field 'TITLE' is required"))
  })
})

describe('crm.type.list', () => {
  it('filters with the grammar of items, sorts and shows no relations', async () => {
    await created({ title: 'List 5', isAutomationEnabled: 'Y' })
    await created({ title: 'List 0', isAutomationEnabled: 'Y', isBizProcEnabled: 'Y' })
    await created({ title: 'List 7' })
    const { body } = await portal.call('crm.type.list', {
      filter: [{ logic: 'OR', 0: { '%title': 'list 5' }, 1: { '=%title': 'list 0%' } }],
      order: { id: 'DESC' },
    })
    expect(body.total).toBe(2)
    expect(body.next).toBeUndefined()
    expect(body.result.types.map((row: { title: string }) => row.title)).toEqual(['List 0', 'List 5'])
    expect(Object.keys(body.result.types[0])).toEqual([
      'id',
      'title',
      'code',
      'createdBy',
      'entityTypeId',
      'customSectionId',
      ...Object.keys(flags),
    ])
    const by = async (filter: Record<string, unknown>): Promise<string[]> =>
      (
        await portal.call('crm.type.list', { filter: { '%title': 'List', ...filter }, order: { title: 'ASC' } })
      ).body.result.types.map((row: { title: string }) => row.title)
    expect(await by({ isAutomationEnabled: 'Y', isBizProcEnabled: 'N' })).toEqual(['List 5'])
    expect(await by({ '!isAutomationEnabled': 'Y' })).toEqual(['List 7'])
    expect(await by({ '@title': ['List 7', 'List 0'] })).toEqual(['List 0', 'List 7'])
    expect(await by({ '!@title': ['List 7', 'List 0'] })).toEqual(['List 5'])
    expect(await by({ '!%title': '5' })).toEqual(['List 0', 'List 7'])
    expect(await by({ '!=%title': '%7' })).toEqual(['List 0', 'List 5'])
    expect(await by({ '>=createdTime': '2024-07-05T00:00:00+02:00' })).toHaveLength(3)
    expect(await by({ '<createdTime': '2024-07-05T00:00:00+02:00' })).toEqual([])
  })

  it('pages by fifty', async () => {
    for (let n = 0; n < 2; n++)
      await portal.call('batch', {
        cmd: Array.from({ length: 30 }, (_, index) => `crm.type.add?fields[title]=Page ${n} ${index}`),
      })
    const filter = { '%title': 'Page' }
    const first = await portal.call('crm.type.list', { filter })
    expect(first.body).toMatchObject({ total: 60, next: 50 })
    expect(first.body.result.types).toHaveLength(50)
    const second = await portal.call('crm.type.list', { filter, start: 50 })
    expect(second.body.result.types).toHaveLength(10)
    expect(second.body.next).toBeUndefined()
  })

  it.each([
    [{ filter: { field_n: 1 } }, "Invalid filter: field 'field_n' is not allowed in filter"],
    [{ filter: { '>createdTime': 'soon' } }, "Invalid filter: field 'createdTime' has invalid value"],
    [{ order: { field_n: 'ASC' } }, "Invalid order: field 'field_n' is not allowed in order"],
    [{ order: { id: 'up' } }, "Invalid order: allowed sort directions are `ASC, DESC`. But got 'up' for field 'id'"],
  ])('refuses %j', async (parameters, text) => {
    expect(await portal.call('crm.type.list', parameters)).toMatchObject(refused('INVALID_ARG_VALUE', text))
  })
})

describe('crm.type.delete', () => {
  it('refuses while there are items, and then leaves nothing', async () => {
    const before = await portal.census()
    const { id, entityTypeId } = await created({
      title: 'Gone',
      isStagesEnabled: 'Y',
      relations: { parent: [{ entityTypeId: 1 }], child: [{ entityTypeId: 2 }] },
    })
    await portal.call('crm.category.add', { entityTypeId, fields: { name: 'Second' } })
    const own = (await item(entityTypeId, { title: 'A' })).result.item
    const deal = (await item(2, { title: 'D', [`parentId${entityTypeId}`]: own.id })).result.item
    expect(deal[`parentId${entityTypeId}`]).toBe(own.id)
    expect(await portal.call('crm.type.delete', { id })).toMatchObject(
      refused('BX_ERROR', 'You cannot delete an entity type that has elements'),
    )
    await portal.call('crm.item.delete', { entityTypeId, id: own.id })
    await announced()
    const deleted = await portal.call('crm.type.delete', { id })
    expect(deleted).toMatchObject({ status: 200, body: { result: [] } })
    expect(await announced()).toEqual([{ event: 'ONCRMTYPEDELETE', fields: { ID: id } }])

    expect(await portal.call('crm.item.list', { entityTypeId })).toMatchObject(
      refused('NOT_FOUND', 'Smart process not found'),
    )
    expect(await portal.call('crm.type.get', { id })).toMatchObject(refused(0, 'SPA not found'))
    expect(Object.keys(await fieldsOf(2))).not.toContain(`parentId${entityTypeId}`)
    const after = await portal.census()
    for (const table of ['crm_type', 'crm_category', 'crm_status', 'crm_relation', 'user_field'])
      expect([table, after[table]]).toEqual([table, before[table]])
    expect(after).not.toHaveProperty(`crm_dynamic_${entityTypeId}`)
    // The number is free again, and begins anew.
    await created({ title: 'New', entityTypeId, isStagesEnabled: 'Y' })
    expect((await portal.call('crm.item.list', { entityTypeId })).body.total).toBe(0)
    expect((await item(entityTypeId, { title: 'A' })).result.item.id).toBeGreaterThan(own.id)
  })

  it('takes the user fields of the type along', async () => {
    const { id, entityTypeId } = await created({ title: 'With fields' })
    const session = portal.portal.store.session()
    const added = await portal.call('userfieldconfig.add', {
      moduleId: 'crm',
      field: {
        entityId: `CRM_${id}`,
        fieldName: `UF_CRM_${id}_COLOUR`,
        userTypeId: 'enumeration',
        enum: [{ value: 'red' }, { value: 'blue' }],
      },
    })
    expect(added.status).toBe(200)
    expect(Object.keys(await fieldsOf(entityTypeId))).toContain(`ufCrm${id}Colour`)
    expect((await portal.call('crm.type.delete', { id })).status).toBe(200)
    expect(await session.find(sql`select id from user_field where entity_id = ${`CRM_${id}`}`)).toEqual([])
    expect(
      await session.find(sql`select id from user_field_option where user_field_id not in (select id from user_field)`),
    ).toEqual([])
  })

  it('answers null when no id is given, and refuses an unknown one', async () => {
    const before = await portal.census()
    const answer = await portal.call('crm.type.delete')
    expect([answer.status, answer.body.result]).toEqual([200, null])
    expect(await portal.call('crm.type.delete', { id: 9999 })).toMatchObject(refused(0, 'Smart process not found'))
    expect(await portal.census()).toEqual(before)
  })
})

it('answers the bare code 0 alone, and as text within a batch, where clients take a falsy code for success', async () => {
  expect((await portal.call('crm.type.get', { id: 9999 })).body.error).toBe(0)
  const { body } = await portal.call('batch', { cmd: { a: 'crm.type.get?id=9999' } })
  expect(body.result.result_error.a).toEqual({ error: '0', error_description: 'SPA not found' })
})

describe('crm.type.fields', () => {
  it('describes every setting', async () => {
    const { body } = await portal.call('crm.type.fields')
    expect(Object.keys(body.result.fields)).toEqual([
      'id',
      'title',
      'code',
      'createdBy',
      'entityTypeId',
      'customSectionId',
      ...Object.keys(flags).filter((flag) => !['isPaymentsEnabled', 'isCountersEnabled'].includes(flag)),
    ])
    expect(body.result.fields.isBizProcEnabled).toEqual({
      type: 'boolean',
      isRequired: false,
      isReadOnly: false,
      isImmutable: false,
      isMultiple: false,
      isDynamic: false,
      title: 'Use business process designer in the smart process',
      upperName: 'IS_BIZ_PROC_ENABLED',
    })
    expect(body.result.fields.entityTypeId).toMatchObject({
      isRequired: true,
      isImmutable: true,
      title: 'Type Identifier',
    })
  })
})

it('is for administrators; others see the types whose items they may read', async () => {
  const as = other.hook
  const { id, entityTypeId } = await created({ title: 'Rights' })
  expect((await portal.call('crm.type.get', { id }, { as })).body.result.type.title).toBe('Rights')
  expect((await portal.call('crm.type.getByEntityTypeId', { entityTypeId }, { as })).status).toBe(200)
  expect(await portal.call('crm.type.getByEntityTypeId', { entityTypeId: 2_000_000 }, { as })).toMatchObject(
    refused(0, 'Smart process not found'),
  )
  const before = await portal.census()
  for (const [verb, parameters] of [
    ['add', { fields: { title: 'x' } }],
    ['update', { id, fields: { title: 'x' } }],
    ['delete', { id }],
    ['delete', {}],
    ['list', {}],
  ] as const)
    expect([verb, await portal.call(`crm.type.${verb}`, parameters, { as })]).toMatchObject([
      verb,
      refused('ACCESS_DENIED', 'Access denied'),
    ])
  expect(await portal.call('crm.type.fields', {}, { as })).toMatchObject(refused('ACCESS_DENIED', 'Access Denied'))
  expect(await portal.census()).toEqual(before)
})

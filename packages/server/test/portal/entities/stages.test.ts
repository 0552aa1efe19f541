import { describe, expect, it } from 'vitest'
import { stageRequired } from '../../../src/store/tables.ts'
import { testPortal } from '../../support/portal.ts'

const start = Date.parse('2026-03-02T10:00:00+01:00') / 1000
const portal = await testPortal({ timezone: 'Europe/Berlin', at: start })

const add = async (entityTypeId: number, fields: object = {}) =>
  (await portal.call('crm.item.add', { entityTypeId, fields })).body.result.item
const update = (entityTypeId: number, id: number, fields: object) =>
  portal.call('crm.item.update', { entityTypeId, id, fields })
const pipeline = async (entityTypeId: number, name: string): Promise<number> =>
  (await portal.call('crm.category.add', { entityTypeId, fields: { name } })).body.result.category.id
const stagesOf = async (directory: string): Promise<string[]> =>
  (await portal.call('crm.status.list', { filter: { ENTITY_ID: directory }, order: { SORT: 'ASC' } })).body.result.map(
    (row: { STATUS_ID: string }) => row.STATUS_ID,
  )

describe('closing', () => {
  it.each([
    ['deal', 2, 'WON', 'S', 'PREPARATION'],
    ['deal', 2, 'LOSE', 'F', 'PREPARATION'],
    ['quote', 7, 'APPROVED', 'S', 'SENT'],
  ])('a %s (%i) is closed at %s and open again at an earlier stage', async (_name, type, final, semantics, open) => {
    const { id } = await add(type)
    const closed = (await update(type, id, { stageId: final })).body.result.item
    expect(closed).toMatchObject({ stageId: final, closed: 'Y' })
    if (type === 2) expect(closed).toMatchObject({ stageSemanticId: semantics, isNew: 'N' })
    expect((await update(type, id, { stageId: open })).body.result.item).toMatchObject({ stageId: open, closed: 'N' })
  })

  it('a lead remembers when it was closed, until it is opened again', async () => {
    const { id } = await add(1)
    portal.clock.at = start + 3600
    const { item } = (await update(1, id, { stageId: 'JUNK' })).body.result
    expect(item).toMatchObject({
      stageSemanticId: 'F',
      dateClosed: '2026-03-02T11:00:00+01:00',
      movedTime: '2026-03-02T11:00:00+01:00',
    })
    portal.clock.at = start + 7200
    expect((await update(1, id, { stageId: 'CONVERTED' })).body.result.item).toMatchObject({
      stageSemanticId: 'S',
      dateClosed: '2026-03-02T11:00:00+01:00',
      movedTime: '2026-03-02T12:00:00+01:00',
    })
    expect((await update(1, id, { stageId: 'NEW' })).body.result.item).toMatchObject({
      stageSemanticId: 'P',
      dateClosed: null,
    })
    portal.clock.at = start
  })

  it('follows the stage, whatever CLOSED says', async () => {
    const { body } = await portal.call('crm.deal.add', { fields: { CLOSED: 'Y', STAGE_SEMANTIC_ID: 'S' } })
    await portal.call('crm.deal.update', { id: body.result, fields: { CLOSED: 'Y' } })
    expect((await portal.call('crm.deal.get', { id: body.result })).body.result).toMatchObject({
      CLOSED: 'N',
      STAGE_SEMANTIC_ID: 'P',
    })
  })
})

describe('stages', () => {
  it('tell who moved the record, and when; other changes do not', async () => {
    const { id, hook } = await portal.person()
    const deal = await add(2)
    expect(deal).toMatchObject({ isNew: 'Y', movedBy: 1, movedTime: deal.createdTime })
    portal.clock.at = start + 60
    const fields = { STAGE_ID: 'EXECUTING' }
    await portal.call('crm.deal.update', { id: deal.id, fields }, { as: hook })
    portal.clock.at = start + 120
    await portal.call('crm.deal.update', { id: deal.id, fields: { TITLE: 'Renamed' } })
    expect((await portal.call('crm.deal.get', { id: deal.id })).body.result).toMatchObject({
      IS_NEW: 'N',
      MOVED_BY_ID: String(id),
      MOVED_TIME: '2026-03-02T10:01:00+01:00',
      MODIFY_BY_ID: '1',
      DATE_MODIFY: '2026-03-02T10:02:00+01:00',
    })
    portal.clock.at = start
  })

  it.each([1, 2, 7, 31])('of type %i must exist', async (entityTypeId) => {
    const before = await portal.census()
    const { status, body } = await portal.call('crm.item.add', { entityTypeId, fields: { stageId: 'NOWHERE' } })
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'CRM_FIELD_ERROR_VALUE_NOT_VALID' })
    expect(await portal.census()).toEqual(before)
  })

  it('stay when they are emptied', async () => {
    const { id } = await add(2, { stageId: 'EXECUTING' })
    expect((await update(2, id, { stageId: '' })).body.result.item).toMatchObject({ stageId: 'EXECUTING' })
  })

  it('ask for what they need, on the way in and when a record moves there', async () => {
    const session = portal.portal.store.session()
    await portal.portal.caches.changing(session, ['stage-required'], async (tx) =>
      tx.insert(stageRequired, { entity_type_id: 1, category_id: 0, stage_id: 'IN_PROCESS', field: 'NAME' }),
    )
    await session.settled()
    const refused = await portal.call('crm.item.add', { entityTypeId: 1, fields: { stageId: 'IN_PROCESS' } })
    expect(refused.body.error).toBe('CRM_FIELD_ERROR_REQUIRED')
    const { id } = await add(1)
    expect((await update(1, id, { stageId: 'IN_PROCESS' })).status).toBe(400)
    expect((await update(1, id, { stageId: 'IN_PROCESS', name: 'Ann' })).status).toBe(200)
  })
})

describe('pipelines of deals', () => {
  it('have stages of their own, the first of which is the default', async () => {
    const id = await pipeline(2, 'Partners')
    const stages = await stagesOf(`DEAL_STAGE_${id}`)
    expect(await add(2, { categoryId: id })).toMatchObject({ categoryId: id, stageId: stages[0], isNew: 'Y' })
    expect(await add(2, { stageId: stages[1] })).toMatchObject({ categoryId: id, stageId: stages[1], isNew: 'N' })
    const refused = await portal.call('crm.item.add', { entityTypeId: 2, fields: { categoryId: id, stageId: 'NEW' } })
    expect(refused.body.error).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID')
  })

  it('are changed by crm.item.update only, and then the first stage counts', async () => {
    const id = await pipeline(2, 'Shops')
    const [first] = await stagesOf(`DEAL_STAGE_${id}`)
    const deal = await add(2, { stageId: 'EXECUTING' })
    await portal.call('crm.deal.update', { id: deal.id, fields: { CATEGORY_ID: id } })
    expect((await portal.call('crm.deal.get', { id: deal.id })).body.result).toMatchObject({
      CATEGORY_ID: '0',
      STAGE_ID: 'EXECUTING',
    })
    expect((await update(2, deal.id, { categoryId: id })).body.result.item).toMatchObject({
      categoryId: id,
      stageId: first,
      isNew: 'Y',
    })
  })

  it('must exist', async () => {
    const { body } = await portal.call('crm.item.add', { entityTypeId: 2, fields: { categoryId: 999 } })
    expect(body.error).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID')
  })
})

describe('pipelines of invoices and smart processes', () => {
  it('remember the stage before', async () => {
    await portal.call('crm.type.add', { fields: { title: 'Repair', entityTypeId: 130, isStagesEnabled: 'Y' } })
    const { categories } = (await portal.call('crm.category.list', { entityTypeId: 130 })).body.result
    const [first, second] = await stagesOf(`DYNAMIC_130_STAGE_${categories[0].id}`)
    const { id, ...item } = await add(130)
    expect(item).toMatchObject({ categoryId: categories[0].id, stageId: first, previousStageId: null })
    expect((await update(130, id, { stageId: second })).body.result.item).toMatchObject({
      stageId: second,
      previousStageId: first,
    })
  })

  it('are there without stages too', async () => {
    await portal.call('crm.type.add', { fields: { title: 'Place', entityTypeId: 132 } })
    const item = await add(132, { stageId: 'DT132_1:NEW' })
    expect(item.categoryId).toBeGreaterThan(0)
    expect(item).not.toHaveProperty('stageId')
    expect(item).not.toHaveProperty('movedTime')
  })
})

describe('categories of contacts and companies', () => {
  it.each([3, 4])('of type %i have the general one by default and must exist', async (entityTypeId) => {
    expect(await add(entityTypeId)).toMatchObject({ categoryId: 0 })
    const id = await pipeline(entityTypeId, 'Suppliers')
    expect(await add(entityTypeId, { categoryId: id })).toMatchObject({ categoryId: id })
    const { body } = await portal.call('crm.item.add', { entityTypeId, fields: { categoryId: 999 } })
    expect(body.error).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID')
  })
})

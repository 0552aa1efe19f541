import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { mustOf, type Result } from './administrator.ts'

const START = 1_800_000_000
const portal = await testPortal({ at: START })

const must = mustOf(portal)
const historyOf = async (entityTypeId: number, ownerId: unknown): Promise<Result[]> =>
  (await must('crm.stagehistory.list', { entityTypeId, filter: { OWNER_ID: ownerId }, order: { ID: 'ASC' } })).items

describe('the stage history', () => {
  it('tells creation, intermediate and final stages of a deal, and other pipelines', async () => {
    const { category } = await must('crm.category.add', { entityTypeId: 2, fields: { name: 'Second', sort: 900 } })
    const id = await must('crm.deal.add', { fields: { TITLE: 'A deal' } })
    portal.clock.at = START + 60
    await must('crm.deal.update', { id, fields: { STAGE_ID: 'PREPARATION' } })
    await must('crm.deal.update', { id, fields: { TITLE: 'Only another title' } })
    await must('crm.deal.update', { id, fields: { STAGE_ID: 'PREPARATION' } })
    await must('crm.item.update', { entityTypeId: 2, id, fields: { categoryId: category.id } })
    await must('crm.deal.update', { id, fields: { STAGE_ID: `C${category.id}:LOSE` } })
    const rows = await historyOf(2, id)
    expect(rows.map((row) => [row.TYPE_ID, row.CATEGORY_ID, row.STAGE_SEMANTIC_ID, row.STAGE_ID])).toEqual([
      [1, 0, 'P', 'NEW'],
      [2, 0, 'P', 'PREPARATION'],
      [5, category.id, 'P', `C${category.id}:NEW`],
      [3, category.id, 'F', `C${category.id}:LOSE`],
    ])
    expect(rows[0]).toEqual({
      ID: rows[0].ID,
      TYPE_ID: 1,
      OWNER_ID: id,
      CREATED_TIME: '2027-01-15T09:00:00+01:00',
      CATEGORY_ID: 0,
      STAGE_SEMANTIC_ID: 'P',
      STAGE_ID: 'NEW',
    })
    expect(rows[1].CREATED_TIME).toBe('2027-01-15T09:01:00+01:00')
  })

  it('of leads has statuses and no pipeline', async () => {
    const id = await must('crm.lead.add', { fields: { TITLE: 'A lead' } })
    const [row] = await historyOf(1, id)
    expect(Object.keys(row)).toEqual(['ID', 'TYPE_ID', 'OWNER_ID', 'CREATED_TIME', 'STATUS_SEMANTIC_ID', 'STATUS_ID'])
    expect([row.STATUS_SEMANTIC_ID, row.STATUS_ID]).toEqual(['P', 'NEW'])
  })

  it('is kept of invoices and smart processes, by their own types', async () => {
    await must('crm.type.add', { fields: { title: 'Contract', entityTypeId: 130, isStagesEnabled: 'Y' } })
    const { item } = await must('crm.item.add', { entityTypeId: 130, fields: { title: 'One' } })
    const { item: invoice } = await must('crm.item.add', { entityTypeId: 31, fields: { title: 'Two' } })
    expect((await historyOf(130, item.id)).map((row) => row.STAGE_ID)).toEqual([item.stageId])
    expect((await historyOf(31, invoice.id)).map((row) => row.STAGE_ID)).toEqual([invoice.stageId])
    await must('crm.item.delete', { entityTypeId: 130, id: item.id })
    const left = await portal.portal.store
      .session()
      .find(sql`select id from crm_stage_history where entity_type_id = 130`)
    expect(left).toEqual([])
  })

  it('is filtered, ordered, selected and paged like any list', async () => {
    const ids: number[] = []
    for (let n = 0; n < 55; n++) ids.push(await must('crm.lead.add', { fields: { TITLE: `Lead ${n}` } }))
    const first = await portal.call('crm.stagehistory.list', {
      entityTypeId: 1,
      filter: { '@OWNER_ID': ids, '%STATUS_ID': 'E' },
      order: { OWNER_ID: 'DESC' },
      select: ['OWNER_ID'],
    })
    expect([first.body.total, first.body.next, first.body.result.items.length]).toEqual([55, 50, 50])
    expect(first.body.result.items[0]).toEqual({ ID: first.body.result.items[0].ID, OWNER_ID: ids.at(-1) })
    const rest = await portal.call('crm.stagehistory.list', {
      entityTypeId: 1,
      filter: { '@OWNER_ID': ids },
      start: 50,
    })
    expect([rest.body.next, rest.body.result.items.length]).toEqual([undefined, 5])
    const uncounted = await portal.call('crm.stagehistory.list', { entityTypeId: 1, filter: { '>ID': 0 }, start: -1 })
    expect([uncounted.body.total, uncounted.body.result.items.length]).toEqual([0, 50])
  })

  it.each([
    [{ filter: { STAGE: 1 } }, "Invalid filter: field 'STAGE' is not allowed in filter"],
    [{ filter: { OWNER_ID: 'x' } }, "Invalid filter: field 'OWNER_ID' has invalid value"],
    [{ filter: { ENTITY_TYPE_ID: 2 } }, "Invalid filter: field 'ENTITY_TYPE_ID' is not allowed in filter"],
    [{ order: { NAME: 'ASC' } }, "Invalid order: field 'NAME' is not allowed in order"],
    [{ order: { ID: 'UP' } }, "Invalid order: allowed sort directions are `ASC, DESC`. But got 'UP' for field 'ID'"],
  ])('refuses %j', async (params, text) => {
    const { status, body } = await portal.call('crm.stagehistory.list', { entityTypeId: 1, ...params })
    expect([status, body.error, body.error_description]).toEqual([400, 'INVALID_ARG_VALUE', text])
  })

  it('is not kept of what has no documented stages', async () => {
    const { body } = await portal.call('crm.stagehistory.list', { entityTypeId: 7 })
    expect(body).toEqual({ error: 0, error_description: 'QUOTE entity is not supported' })
    const unknown = await portal.call('crm.stagehistory.list', { entityTypeId: 777 })
    expect([unknown.body.error, unknown.body.error_description]).toEqual([
      'ENTITY_TYPE_NOT_SUPPORTED',
      'Entity type 777 is not supported',
    ])
  })

  it('shows only what the caller may read of the records', async () => {
    const mine = await portal.person()
    const own = await must('crm.deal.add', { fields: { TITLE: 'Own', ASSIGNED_BY_ID: mine.id } })
    const session = portal.portal.store.session()
    await portal.portal.caches.changing(session, ['roles'], (tx) =>
      tx.change(sql`update crm_role_permission set level = 'own' where action = 'read'`),
    )
    const seen = await portal.call('crm.stagehistory.list', { entityTypeId: 2 }, { as: mine.hook })
    expect(seen.body.result.items.map((row: Result) => row.OWNER_ID)).toEqual([own])
    await portal.portal.caches.changing(session, ['roles'], (tx) =>
      tx.change(sql`update crm_role_permission set level = 'none' where action = 'read'`),
    )
    const { status, body } = await portal.call('crm.stagehistory.list', { entityTypeId: 2 }, { as: mine.hook })
    expect([status, body.error]).toEqual([400, 'ACCESS_DENIED'])
  })
})

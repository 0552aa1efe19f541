import { beforeAll, expect, it } from 'vitest'
import { docx } from '../../support/docx.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { ruleOf } from '../automation/administrator.ts'
import { base64, clientOf, differences } from './tools.ts'

/* A smart process with fields, pipelines, rules, relations and items is given up: first its items, then the type. */

const VISIT = 1050
const portal = await testPortal({ at: 1_790_000_000, office: 'no-such-office' })
const news = announcements(portal)
const { add, addItem, item, must } = clientOf(portal)

let empty: Record<string, number>
let typeId: number
let deal: number
let lead: number
const visits: number[] = []

beforeAll(async () => {
  lead = await add('lead', { TITLE: 'Stays' })
  deal = await add('deal', { TITLE: 'Stays' })
  empty = await portal.census()

  const { type } = await must('crm.type.add', {
    fields: {
      title: 'Visit',
      entityTypeId: VISIT,
      isClientEnabled: 'Y',
      isStagesEnabled: 'Y',
      isCategoriesEnabled: 'Y',
      isLinkWithProductsEnabled: 'Y',
      isDocumentsEnabled: 'Y',
      relations: {
        parent: [{ entityTypeId: 2, isChildrenListEnabled: 'Y' }],
        child: [{ entityTypeId: 1, isChildrenListEnabled: 'Y' }],
      },
    },
  })
  typeId = type.id
  const entityId = `CRM_${typeId}`
  const field = (name: string, userTypeId: string, more: object = {}) =>
    must('userfieldconfig.add', {
      moduleId: 'crm',
      field: { entityId, fieldName: `UF_${entityId}_${name}`, userTypeId, multiple: 'Y', ...more },
    })
  await field('PHOTOS', 'file')
  await field('KIND', 'enumeration', { enum: [{ value: 'Long' }, { value: 'Short' }] })
  const { category } = await must('crm.category.add', { entityTypeId: VISIT, fields: { name: 'Abroad' } })
  await ruleOf(portal, {
    entityTypeId: VISIT,
    stageId: `DT${VISIT}_${category.id}:NEW`,
    kind: 'field',
    settings: { fields: { title: 'Seen' } },
    delay: 60,
  })
  await add('deal.userfield', { FIELD_NAME: 'VISIT', USER_TYPE_ID: 'crm', SETTINGS: { [`DYNAMIC_${VISIT}`]: 'Y' } })

  const company = await add('company', { TITLE: 'Stays' })
  const photos = {
    [`ufCrm${typeId}Photos`]: [
      ['a.txt', base64('a')],
      ['b.txt', base64('b')],
    ],
  }
  for (const categoryId of [undefined, category.id]) {
    const more = categoryId === undefined ? {} : { categoryId }
    visits.push((await addItem(VISIT, { title: 'One', parentId2: deal, companyId: company, ...photos, ...more })).id)
  }
  const [id = 0] = visits
  await must('crm.item.update', { entityTypeId: 1, id: lead, fields: { [`parentId${VISIT}`]: id } })
  const code = `T${VISIT.toString(16)}`
  await must('crm.item.productrow.set', {
    ownerType: code,
    ownerId: id,
    productRows: [{ productName: 'Petrol', price: 1.5, quantity: 40 }],
  })
  await must('crm.deal.update', { id: deal, fields: { UF_CRM_VISIT: `${code}_${id}` } })
  const said = { ENTITY_TYPE: `dynamic_${VISIT}`, ENTITY_ID: id, COMMENT: 'x', FILES: [['c.txt', base64('c')]] }
  await add('timeline.comment', said)
  await must('crm.activity.todo.add', { ownerTypeId: VISIT, ownerId: id, title: 'x', deadline: '2026-12-01' })
  const fileContent = docx(['Signed']).toString('base64')
  const fields = { entityTypeId: VISIT, entityId: id, region: 'de', title: 'Report', number: '5', fileContent }
  await must('crm.documentgenerator.document.upload', { fields })
  await must('crm.company.delete', { id: company })
})

it('a type that has items stays, and all of it', async () => {
  expect(await item(VISIT, visits[0] ?? 0)).toMatchObject({ opportunity: 60 })
  expect(await portal.faults()).toEqual([])
  const before = await portal.census()
  const { status, body } = await portal.call('crm.type.delete', { id: typeId })
  expect([status, body.error_description]).toEqual([400, 'You cannot delete an entity type that has elements'])
  expect(await portal.census()).toEqual(before)
})

it('an item goes with all that hangs on it, and nobody points at it any more', async () => {
  const [id = 0, other = 0] = visits
  await must('crm.item.delete', { entityTypeId: VISIT, id })
  expect((await item(1, lead))[`parentId${VISIT}`]).toBeNull()
  expect((await item(2, deal)).ufCrmVisit ?? '').toBe('')
  expect(await must('crm.activity.list', { filter: { OWNER_TYPE_ID: VISIT } })).toEqual([])
  const { crm_product_row, crm_document, crm_timeline_item } = await portal.census()
  expect([crm_product_row, crm_document, crm_timeline_item]).toEqual([
    empty.crm_product_row,
    empty.crm_document,
    empty.crm_timeline_item,
  ])
  expect(await item(VISIT, other)).toMatchObject({ title: 'One', parentId2: deal })
  await must('crm.item.update', { entityTypeId: 1, id: lead, fields: { [`parentId${VISIT}`]: other } })
  expect(await portal.faults()).toEqual([])
})

it('the type goes with its fields, pipelines, stages, rules and relations', async () => {
  await must('crm.item.update', { entityTypeId: 1, id: lead, fields: { [`parentId${VISIT}`]: null } })
  await must('crm.item.delete', { entityTypeId: VISIT, id: visits[1] })
  await news()
  await must('crm.type.delete', { id: typeId })
  expect((await news()).map(({ event }) => event)).toEqual(['ONCRMTYPEDELETE'])
  expect((await portal.call('crm.item.list', { entityTypeId: VISIT })).status).toBe(400)
  const { fields } = await must('crm.item.fields', { entityTypeId: 1 })
  expect(Object.keys(fields)).not.toContain(`parentId${VISIT}`)
  // A chain that was to go on has nothing to go on with.
  portal.clock.at = 1_790_000_000 + 3600
  await portal.work()
  const [{ ID }] = await must('crm.deal.userfield.list', { filter: { FIELD_NAME: 'UF_CRM_VISIT' } })
  await must('crm.deal.userfield.delete', { id: ID })
  const left = differences(empty, await portal.census())
  for (const table of ['history', 'outbox', 'job', 'cache_version', 'audit_log']) delete left[table]
  expect(left).toEqual({})
})

it('another type may take its number, and begins with nothing', async () => {
  const { type } = await must('crm.type.add', { fields: { title: 'Again', entityTypeId: VISIT, isStagesEnabled: 'Y' } })
  const { items } = await must('crm.item.list', { entityTypeId: VISIT })
  expect(items).toEqual([])
  const made = await addItem(VISIT, { title: 'New' })
  expect(Object.keys(made).filter((name) => /^(ufCrm|parentId)/.test(name))).toEqual([])
  const { categories } = await must('crm.category.list', { entityTypeId: VISIT })
  expect(categories).toHaveLength(1)
  expect(type.relations).toMatchObject({ child: [] })
})

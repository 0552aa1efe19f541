import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { everywhere, outcome, rightsIn } from '../rights/tools.ts'

const portal = await testPortal()
const { must, nobodyMayAnything, role } = rightsIn(portal)
await nobodyMayAnything()

const list = async (entityTypeId: number, as?: string) =>
  (await must('portico.stage.required.list', { entityTypeId }, as)).result.stages
const set = (parameters: object, as?: string) => must('portico.stage.required.set', parameters, as)
const refused = async (method: string, parameters: object, as?: string) =>
  outcome(await portal.call(method, parameters, as === undefined ? {} : { as }))

const executing = { entityTypeId: 2, categoryId: 0, stageId: 'EXECUTING' }

it('lets no record into a stage without what the stage needs, whichever way it comes', async () => {
  expect((await set({ ...executing, fields: ['companyId', 'closedate'] })).result).toBe(true)
  expect(await list(2)).toEqual([{ categoryId: 0, stageId: 'EXECUTING', fields: ['closedate', 'companyId'] }])

  const { id } = (await must('crm.item.add', { entityTypeId: 2, fields: { title: 'Roof', closedate: '' } })).result.item
  const fields = { stageId: 'EXECUTING', closedate: null }
  expect(await refused('crm.item.update', { entityTypeId: 2, id, fields })).toBe(
    '400 CRM_FIELD_ERROR_REQUIRED Required field "companyId" is not filled, Required field "closedate" is not filled',
  )
  expect(await refused('crm.deal.update', { id, fields: { STAGE_ID: 'EXECUTING' } })).toMatch(/^400 /)
  expect(await refused('crm.deal.add', { fields: { TITLE: 'Wall', STAGE_ID: 'EXECUTING' } })).toMatch(/^400 /)
  const batch = await must('batch', { cmd: { move: `crm.deal.update?id=${id}&fields[STAGE_ID]=EXECUTING` } })
  expect(Object.keys(batch.result.result_error)).toEqual(['move'])
  expect((await must('crm.deal.get', { id })).result).toMatchObject({ STAGE_ID: 'NEW' })

  const companyId = (await must('crm.company.add', { fields: { TITLE: 'Builders' } })).result
  const filled = { stageId: 'EXECUTING', companyId, closedate: '2027-01-31' }
  const moved = await must('crm.item.update', { entityTypeId: 2, id, fields: filled })
  expect(moved.result.item).toMatchObject({ stageId: 'EXECUTING', companyId })
})

it('names the fields as rows of crm.item.list do, whatever name they were given by', async () => {
  await must('crm.deal.userfield.add', { fields: { FIELD_NAME: 'FLOORS', USER_TYPE_ID: 'integer' } })
  await set({ ...executing, fields: ['COMPANY_ID', 'UF_CRM_FLOORS'] })
  expect(await list(2)).toEqual([{ categoryId: 0, stageId: 'EXECUTING', fields: ['companyId', 'ufCrmFloors'] }])
})

it('asks for phones and e-mails by their own names, and is content with one', async () => {
  await set({ entityTypeId: 1, stageId: 'IN_PROCESS', fields: ['PHONE'] })
  expect(await list(1)).toEqual([{ categoryId: 0, stageId: 'IN_PROCESS', fields: ['PHONE'] }])
  const { id } = (await must('crm.item.add', { entityTypeId: 1, fields: { title: 'House' } })).result.item
  const stage = { stageId: 'IN_PROCESS' }
  expect(await refused('crm.item.update', { entityTypeId: 1, id, fields: stage })).toMatch(/CRM_FIELD_ERROR_REQUIRED/)
  const mail = [{ typeId: 'EMAIL', valueType: 'WORK', value: 'ann@example.com' }]
  expect(await refused('crm.item.update', { entityTypeId: 1, id, fields: { ...stage, fm: mail } })).toMatch(/^400/)
  const phone = [{ typeId: 'PHONE', valueType: 'WORK', value: '+49 30 901820' }]
  await must('crm.item.update', { entityTypeId: 1, id, fields: { ...stage, fm: phone } })
})

it('holds for smart processes and invoices in their pipelines', async () => {
  const { type } = (await must('crm.type.add', { fields: { title: 'Repair', isStagesEnabled: 'Y' } })).result
  const { entityTypeId } = type
  const [{ id: categoryId }] = (await must('crm.category.list', { entityTypeId })).result.categories
  const stageId = `DT${entityTypeId}_${categoryId}:PREPARATION`
  await set({ entityTypeId, categoryId, stageId, fields: ['title'] })
  expect(await list(entityTypeId)).toEqual([{ categoryId, stageId, fields: ['title'] }])
  const { id } = (await must('crm.item.add', { entityTypeId, fields: { title: 'Pump' } })).result.item
  expect(await refused('crm.item.update', { entityTypeId, id, fields: { stageId, title: '' } })).toMatch(/^400 /)
  expect(await list(31)).toEqual([])
})

it('needs nothing any more once nothing is set, in JSON and in forms', async () => {
  await set({ ...executing, fields: ['comments'] })
  await set({ ...executing, fields: [] })
  expect(await list(2)).toEqual([])
  await set({ ...executing, fields: ['comments'] })
  await set({ ...executing, fields: '' })
  expect(await list(2)).toEqual([])
  await must('crm.deal.add', { fields: { TITLE: 'Window', STAGE_ID: 'EXECUTING' } })
})

it('is set by whoever may configure the records, and read by whoever may see some', async () => {
  await set({ ...executing, fields: ['comments'] })
  const { id: second } = (await must('crm.category.add', { entityTypeId: 2, fields: { name: 'Repairs' } })).result
    .category
  const own = { entityTypeId: 2, categoryId: second, stageId: `C${second}:NEW`, fields: ['comments'] }
  const configure = { entity: 'deal', action: 'configure', level: 'all' }
  const [chief, seller, foreman, stranger] = [
    await portal.person(),
    await portal.person(),
    await portal.person(),
    await portal.person(),
  ]
  await role([`U${chief.id}`], [configure, ...everywhere('deal', 'all', ['read'])])
  await role([`U${seller.id}`], everywhere('deal', 'all'))
  await role([`U${foreman.id}`], [{ ...configure, categoryId: second }, ...everywhere('deal', 'all', ['read'])])

  await set({ ...executing, fields: ['companyId'] }, chief.hook)
  await set(own, foreman.hook)
  expect(await list(2, seller.hook)).toEqual([
    { categoryId: 0, stageId: 'EXECUTING', fields: ['companyId'] },
    { categoryId: second, stageId: own.stageId, fields: ['comments'] },
  ])
  const before = await portal.census()
  const denied = '400 ACCESS_DENIED Access denied'
  expect(await refused('portico.stage.required.set', { ...executing, fields: [] }, seller.hook)).toBe(denied)
  expect(await refused('portico.stage.required.set', { ...executing, fields: [] }, foreman.hook)).toBe(denied)
  expect(await refused('portico.stage.required.set', { ...executing, fields: [] }, stranger.hook)).toBe(denied)
  expect(await refused('portico.stage.required.list', { entityTypeId: 2 }, stranger.hook)).toMatch(/ACCESS_DENIED/)
  expect(await portal.census()).toEqual(before)
})

it.each<[string, object, RegExp]>([
  ['no list of fields', {}, /Could not find value for parameter \{fields\}/],
  ['fields that are no names', { fields: [{ a: 1 }] }, /Invalid value \{fields\}/],
  ['an unknown field', { fields: ['colour'] }, /There is no field colour/],
  ['what the portal writes itself', { fields: ['createdTime'] }, /cannot be required/],
  ['more than anybody fills in', { fields: Array.from({ length: 101 }, (_, n) => `f${n}`) }, /100 fields at most/],
  ['an unknown stage', { stageId: 'ELSEWHERE', fields: [] }, /NOT_FOUND There is no such stage/],
  ['a type without stages', { entityTypeId: 3, fields: [] }, /NOT_FOUND There is no such stage/],
])('refuses %s, and changes nothing', async (_what, given, words) => {
  const before = await portal.census()
  expect(await refused('portico.stage.required.set', { ...executing, ...given })).toMatch(words)
  expect(await portal.census()).toEqual(before)
})

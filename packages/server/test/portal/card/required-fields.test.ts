import { expect, it } from 'vitest'
import { requiredFields, setRequiredFields, type StageFields } from '../../../src/modules/crm/card/required-fields.ts'
import { testPortal } from '../../support/portal.ts'
import { asAdministrator, asPerson, mustOf, refusalOf } from '../automation/administrator.ts'

const portal = await testPortal()
const must = mustOf(portal)
const refusal = refusalOf(portal)
const set = (given: StageFields) => asAdministrator(portal, (context) => setRequiredFields(context, given))
const get = (entityTypeId: number) => asAdministrator(portal, (context) => requiredFields(context, entityTypeId))

const stage = { entityTypeId: 2, categoryId: 0, stageId: 'EXECUTING' }

it('lets a deal into a stage only with what the stage needs', async () => {
  await set({ ...stage, fields: ['COMMENTS', 'companyId'] })
  expect(await get(2)).toEqual([{ ...stage, fields: ['comments', 'companyId'] }])

  const deal = await must('crm.deal.add', { fields: { TITLE: 'Roof' } })
  expect(await refusal('crm.deal.update', { id: deal, fields: { STAGE_ID: 'EXECUTING' } })).toEqual([
    400,
    '',
    'The field "Comment" is required., The field "Company" is required.',
  ])
  expect(await refusal('crm.item.update', { entityTypeId: 2, id: deal, fields: { stageId: 'EXECUTING' } })).toEqual([
    400,
    'CRM_FIELD_ERROR_REQUIRED',
    'Required field "comments" is not filled, Required field "companyId" is not filled',
  ])
  expect((await refusal('crm.deal.add', { fields: { TITLE: 'Wall', STAGE_ID: 'EXECUTING' } }))[0]).toBe(400)

  const company = await must('crm.company.add', { fields: { TITLE: 'Builders' } })
  await must('crm.deal.update', { id: deal, fields: { COMMENTS: 'Two floors', COMPANY_ID: company } })
  await must('crm.deal.update', { id: deal, fields: { STAGE_ID: 'EXECUTING' } })
  // Other stages ask for nothing.
  await must('crm.deal.add', { fields: { TITLE: 'Door', STAGE_ID: 'PREPARATION' } })
})

it('replaces what a stage needed, and asks for nothing once nothing is set', async () => {
  await set({ ...stage, fields: ['comments'] })
  await set({ ...stage, fields: ['sourceDescription', 'SOURCE_DESCRIPTION'] })
  expect(await get(2)).toEqual([{ ...stage, fields: ['sourceDescription'] }])
  await set({ ...stage, fields: [] })
  expect(await get(2)).toEqual([])
  await must('crm.deal.add', { fields: { TITLE: 'Window', STAGE_ID: 'EXECUTING' } })
})

it('asks in the pipeline and the entity alone for which it was set', async () => {
  const { category } = await must('crm.category.add', { entityTypeId: 2, fields: { name: 'Repairs' } })
  const stageId = `C${category.id}:NEW`
  await set({ entityTypeId: 2, categoryId: category.id, stageId, fields: ['comments'] })
  await must('crm.deal.add', { fields: { TITLE: 'General' } })
  const refused = await refusal('crm.deal.add', { fields: { TITLE: 'Pump', CATEGORY_ID: category.id } })
  expect(refused).toEqual([400, '', 'The field "Comment" is required.'])
  await must('crm.category.delete', { entityTypeId: 2, id: category.id })
  expect(await get(2)).toEqual([])
})

it('takes user fields, and forgets those that are removed', async () => {
  const field = { FIELD_NAME: 'FLOORS', USER_TYPE_ID: 'integer' }
  const id = await must('crm.lead.userfield.add', { fields: field })
  await set({ entityTypeId: 1, categoryId: 0, stageId: 'IN_PROCESS', fields: ['UF_CRM_FLOORS'] })
  const lead = await must('crm.lead.add', { fields: { TITLE: 'House' } })
  expect((await refusal('crm.lead.update', { id: lead, fields: { STATUS_ID: 'IN_PROCESS' } }))[0]).toBe(400)
  await must('crm.lead.update', { id: lead, fields: { STATUS_ID: 'IN_PROCESS', UF_CRM_FLOORS: 2 } })
  await must('crm.lead.userfield.delete', { id })
  expect(await get(1)).toEqual([])
})

it.each<[string, Partial<StageFields>, object]>([
  ['an unknown stage', { stageId: 'ELSEWHERE' }, { why: 'not-found' }],
  ['a stage of another pipeline', { categoryId: 77 }, { why: 'not-found' }],
  ['records without stages', { entityTypeId: 3 }, { why: 'not-found' }],
  ['records of no known type', { entityTypeId: 4242 }, { why: 'not-found' }],
  ['an unknown field', { fields: ['comments', 'colour'] }, { why: 'rule', text: 'There is no field colour.' }],
  ['the id', { fields: ['id'] }, { why: 'rule', text: 'The field "ID" cannot be required.' }],
  ['the stage itself', { fields: ['STAGE_ID'] }, { why: 'rule', text: 'The field "Deal Stage" cannot be required.' }],
])('refuses %s, and changes nothing', async (_what, given, reason) => {
  const before = await portal.census()
  await expect(set({ ...stage, fields: ['comments'], ...given })).rejects.toMatchObject({ reason })
  expect(await portal.census()).toEqual(before)
})

it('is for administrators to set and for everybody to read', async () => {
  const { id } = await portal.person()
  await set({ ...stage, fields: ['comments'] })
  expect(await asPerson(portal, id, (context) => requiredFields(context, 2))).toHaveLength(1)
  await expect(
    asPerson(portal, id, (context) => setRequiredFields(context, { ...stage, fields: [] })),
  ).rejects.toMatchObject({ reason: { why: 'access-denied' } })
  expect(await get(2)).toHaveLength(1)
})

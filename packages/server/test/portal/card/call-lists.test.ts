import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { mustOf, refusalOf } from '../automation/administrator.ts'

const portal = await testPortal({ at: Date.parse('2026-03-01T10:00:05Z') / 1000, timezone: 'Europe/Berlin' })
const must = mustOf(portal)
const refusal = refusalOf(portal)

const person = (NAME: string): Promise<number> => must('crm.contact.add', { fields: { NAME } })
const rows = async (id: number): Promise<number[]> =>
  (await must('crm.calllist.items.get', { LIST_ID: id })).map(({ ID }: { ID: number }) => ID)

const [ann, bob, cid] = [await person('Ann'), await person('Bob'), await person('Cid')]
const firm = await must('crm.company.add', { fields: { TITLE: 'Firm' } })
const add = (params: object): Promise<number> => must('crm.calllist.add', { ENTITY_TYPE: 'CONTACT', ...params })

it('keeps whom to call, each once', async () => {
  const id = await add({ ENTITIES: [bob, ann, bob], WEBFORM_ID: 5 })
  expect(await must('crm.calllist.get', { ID: id })).toEqual({
    ID: String(id),
    DATE_CREATE: '2026-03-01 11:00:05',
    CREATED_BY_ID: '1',
    WEBFORM_ID: '5',
    ENTITY_TYPE_ID: '3',
    ENTITY_TYPE: 'CONTACT',
  })
  expect(await must('crm.calllist.items.get', { LIST_ID: id })).toEqual([
    { ID: ann, STATUS: 'IN_WORK', ENTITY_TYPE: 3 },
    { ID: bob, STATUS: 'IN_WORK', ENTITY_TYPE: 3 },
  ])
  expect(await must('crm.calllist.items.get', { LIST_ID: id, FILTER: { STATUS: 'SUCCESS' } })).toEqual([])
})

it('takes other participants instead of those that it had, and forgets a form that is not given again', async () => {
  const id = await add({ ENTITIES: [ann, bob], WEBFORM_ID: 5 })
  await must('crm.calllist.update', { LIST_ID: id, ENTITY_TYPE: 'CONTACT', ENTITIES: [bob, cid] })
  expect(await rows(id)).toEqual([bob, cid])
  expect((await must('crm.calllist.get', { ID: id })).WEBFORM_ID).toBeNull()
})

it('lists by type and order, and shows what is selected', async () => {
  const first = await must('crm.calllist.add', { ENTITY_TYPE: 'COMPANY', ENTITIES: [firm] })
  const second = await must('crm.calllist.add', { ENTITY_TYPE: 'COMPANY', ENTITIES: [firm] })
  const params = { SELECT: ['ID', 'ENTITY_TYPE_ID'], FILTER: { ENTITY_TYPE_ID: 4 }, ORDER: { ID: 'DESC' } }
  expect(await must('crm.calllist.list', params)).toEqual([
    { ID: String(second), ENTITY_TYPE_ID: '4' },
    { ID: String(first), ENTITY_TYPE_ID: '4' },
  ])
  expect(await must('crm.calllist.list', { FILTER: { '@ID': [first] } })).toEqual([
    {
      ID: String(first),
      DATE_CREATE: '2026-03-01 11:00:05',
      CREATED_BY_ID: '1',
      WEBFORM_ID: null,
      ENTITY_TYPE_ID: '4',
    },
  ])
})

const list = await add({ ENTITIES: [ann] })

it.each<[string, object, string, string]>([
  ['add', { ENTITIES: [ann] }, 'ERROR_ARGUMENT', 'ENTITY_TYPE is not found'],
  ['add', { ENTITY_TYPE: 'CONTACT' }, 'ERROR_ARGUMENT', 'ENTITIES is not found'],
  ['add', { ENTITY_TYPE: 'LEAD', ENTITIES: [ann] }, 'ENTITY_TYPE_ERROR', 'Incorrect entity type'],
  ['add', { ENTITY_TYPE: 'CONTACT', ENTITIES: 7 }, 'ENTITIES_ERROR', 'Entities is not array'],
  ['add', { ENTITY_TYPE: 'CONTACT', ENTITIES: [ann, 99_999] }, 'ENTITY_ERROR', 'Incorrect entities id'],
  ['add', { ENTITY_TYPE: 'CONTACT', ENTITIES: ['x'] }, 'ENTITY_ERROR', 'Incorrect entities id'],
  ['add', { ENTITY_TYPE: 'CONTACT', ENTITIES: [ann], WEBFORM_ID: 'x' }, 'WEBFORM_ERROR', 'Incorrect webform id'],
  ['update', { ENTITY_TYPE: 'CONTACT', ENTITIES: [ann] }, 'ERROR_ARGUMENT', 'LIST_ID is not found'],
  [
    'update',
    { LIST_ID: 99_999, ENTITY_TYPE: 'CONTACT', ENTITIES: [ann] },
    'LIST_ID_ERROR',
    'Incorrect list id or access denied',
  ],
  [
    'update',
    { LIST_ID: list, ENTITY_TYPE: 'COMPANY', ENTITIES: [firm] },
    'ENTITY_TYPE_ERROR',
    'Discrepancy between the type of call participants and incoming type',
  ],
  ['update', { LIST_ID: list, ENTITY_TYPE: 'CONTACT', ENTITIES: [99_999] }, 'ENTITIES_ERROR', 'Incorrect entities id'],
  ['get', {}, 'ERROR_ARGUMENT', 'ID is not found'],
  ['items.get', {}, 'ERROR_ARGUMENT', 'LIST_ID is not found'],
  ['items.get', { LIST_ID: 99_999 }, 'LIST_ID_ERROR', 'Call list is not found'],
  ['items.get', { LIST_ID: list, FILTER: { STATUS: 'ASLEEP' } }, 'STATUS_ERROR', 'Incorrect status'],
])('%s refuses %j and changes nothing', async (verb, params, code, text) => {
  expect(await refusal(`crm.calllist.${verb}`, params)).toEqual([400, code, text])
  expect(await rows(list)).toEqual([ann])
})

it('loses whoever is removed', async () => {
  const dan = await person('Dan')
  const id = await add({ ENTITIES: [ann, dan] })
  await must('crm.contact.delete', { id: dan })
  expect(await rows(id)).toEqual([ann])
})

import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { everywhere, outcome, rightsIn, type Said, traces } from './tools.ts'

/** What belongs to records is seen where they are, whatever levels, pipelines and stages decide about them. */
const portal = await testPortal()
const { must, department, nobodyMayAnything, role, says } = rightsIn(portal)
await nobodyMayAnything()
const sales = await department('Sales')
const me = await portal.person({ department: [sales] })
const colleague = await portal.person({ department: [sales] })
const stranger = await portal.person()
const roleId = await role([`U${me.id}`], [])
const calls = (method: string, params: object) => portal.call(method, params, { as: me.hook })

const PHONE = '+49 40 1234567'
const picture = [
  'photo.png',
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
]
await must('crm.contact.userfield.add', { fields: { FIELD_NAME: 'PASS', USER_TYPE_ID: 'file' } })

const contact = async (owner: number): Promise<number> => {
  const fields = { NAME: 'Ada', ASSIGNED_BY_ID: owner, PHONE: [{ VALUE: PHONE }], UF_CRM_PASS: { fileData: picture } }
  const id = Number((await must('crm.contact.add', { fields })).result)
  const requisite = Number(
    (await must('crm.requisite.add', { fields: { ENTITY_TYPE_ID: 3, ENTITY_ID: id, PRESET_ID: 1, NAME: 'R' } })).result,
  )
  await must('crm.requisite.bankdetail.add', { fields: { ENTITY_ID: requisite, COUNTRY_ID: 1, NAME: 'B' } })
  await must('crm.address.add', { fields: { TYPE_ID: 1, ENTITY_TYPE_ID: 8, ENTITY_ID: requisite, CITY: 'Ulm' } })
  return id
}
const near = await contact(colleague.id)
const far = await contact(stranger.id)
const people: Said[] = everywhere('contact', 'department', ['read', 'update'])

const ids = (rows: readonly Record<string, unknown>[], key: string): number[] => rows.map((row) => Number(row[key]))

it('requisites, their accounts and their addresses', async () => {
  await says(roleId, [...people, ...everywhere('company', 'all', ['read']), ...everywhere('lead', 'none', ['read'])])
  const requisites = await calls('crm.requisite.list', { select: ['ENTITY_ID'] })
  expect([requisites.body.total, ids(requisites.body.result, 'ENTITY_ID')]).toEqual([1, [near]])
  const details = await calls('crm.requisite.bankdetail.list', { select: ['ID'] })
  expect(details.body.total).toBe(1)
  expect(outcome(await calls('crm.address.list', {}))).toMatch(/^4/)
  await says(roleId, [...people, ...everywhere('company', 'all', ['read']), ...everywhere('lead', 'all', ['read'])])
  expect((await calls('crm.address.list', {})).body.total).toBe(1)
})

it('phones among which duplicates are looked for', async () => {
  await says(roleId, people)
  const found = await calls('crm.duplicate.findbycomm', { type: 'PHONE', values: [PHONE] })
  expect(found.body.result).toEqual({ CONTACT: [near] })
})

it('files, also by a link from the time when they could be read', async () => {
  await says(roleId, people)
  const row = (await calls('crm.contact.get', { id: near })).body.result
  const url = row.UF_CRM_PASS.downloadUrl
  const file = () => portal.send({ method: 'GET', url })
  expect((await file()).status).toBe(200)
  await says(roleId, everywhere('contact', 'own', ['read']))
  expect((await file()).status).toBe(404)
})

it('links to records that are hidden can be neither made nor followed', async () => {
  const deal = Number(
    (await must('crm.deal.add', { fields: { TITLE: 'D', ASSIGNED_BY_ID: me.id, CONTACT_ID: far } })).result,
  )
  await says(roleId, [...people, ...everywhere('deal', 'own', ['read', 'update'])])
  expect(outcome(await calls('crm.contact.get', { id: far }))).toBe('400  Not found')
  const other = Number((await must('crm.deal.add', { fields: { TITLE: 'D', ASSIGNED_BY_ID: me.id } })).result)
  const before = await traces(portal)
  expect((await calls('crm.deal.contact.add', { id: other, fields: { CONTACT_ID: far } })).status).toBe(400)
  expect(await traces(portal)).toEqual(before)
  expect(outcome(await calls('crm.deal.contact.add', { id: other, fields: { CONTACT_ID: near } }))).toBe('200')
  await must('crm.deal.delete', { id: deal })
  await must('crm.deal.delete', { id: other })
})

it('activities, rows and histories of deals, by pipeline and stage', async () => {
  const add = async (STAGE_ID: string): Promise<number> => {
    const id = Number(
      (await must('crm.deal.add', { fields: { TITLE: 'D', STAGE_ID, ASSIGNED_BY_ID: stranger.id } })).result,
    )
    await must('crm.activity.todo.add', { ownerTypeId: 2, ownerId: id, deadline: '2030-01-01T10:00:00' })
    await must('crm.deal.productrows.set', { id, rows: [{ PRODUCT_NAME: 'Tea', PRICE: 1, QUANTITY: 1 }] })
    return id
  }
  const [open, shut] = [await add('NEW'), await add('PREPARATION')]
  await says(roleId, [
    ...everywhere('deal', 'own', ['read']),
    { entity: 'deal', action: 'read', level: 'all', categoryId: 0, stageId: 'NEW' },
  ])
  const activities = await calls('crm.activity.list', { select: ['OWNER_ID'] })
  expect([activities.body.total, ids(activities.body.result, 'OWNER_ID')]).toEqual([1, [open]])
  const history = await calls('crm.stagehistory.list', { entityTypeId: 2, select: ['OWNER_ID'] })
  expect([history.body.total, ids(history.body.result.items, 'OWNER_ID')]).toEqual([1, [open]])
  expect((await calls('crm.deal.productrows.get', { id: open })).body.result).toHaveLength(1)
  expect((await calls('crm.deal.productrows.get', { id: shut })).status).toBe(400)
  const rows = await calls('crm.productrow.list', { filter: { OWNER_TYPE: 'D', OWNER_ID: open } })
  expect(rows.body.total).toBe(1)
  expect((await calls('crm.productrow.list', { filter: { OWNER_TYPE: 'D', OWNER_ID: shut } })).status).toBe(400)
  // The record moves on, and all of it with it.
  await must('crm.deal.update', { id: open, fields: { STAGE_ID: 'PREPARATION' } })
  expect((await calls('crm.activity.list', {})).body.total).toBe(0)
})

it('recurring deals', async () => {
  const template = async (owner: number): Promise<number> => {
    const id = Number(
      (await must('crm.deal.add', { fields: { TITLE: 'T', ASSIGNED_BY_ID: owner, IS_RECURRING: 'Y' } })).result,
    )
    return Number(
      (await must('crm.deal.recurring.add', { fields: { DEAL_ID: id, ACTIVE: 'N', PARAMS: { MODE: 'multiple' } } }))
        .result,
    )
  }
  const [own, other] = [await template(me.id), await template(stranger.id)]
  await says(roleId, everywhere('deal', 'own', ['read', 'add']))
  const listed = await calls('crm.deal.recurring.list', { select: ['ID'] })
  expect([listed.body.total, ids(listed.body.result, 'ID')]).toEqual([1, [own]])
  const before = await traces(portal)
  expect((await calls('crm.deal.recurring.get', { id: other })).status).toBe(400)
  expect((await calls('crm.deal.recurring.expose', { id: other })).status).toBe(400)
  expect(await traces(portal)).toEqual(before)
})

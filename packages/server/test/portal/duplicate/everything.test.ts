import { expect, it } from 'vitest'
import { addRule } from '../../../src/modules/crm/automation/rules.ts'
import { modules } from '../../../src/modules/index.ts'
import { entityTable } from '../../../src/store/entity-table.ts'
import { sql } from '../../../src/store/sql.ts'
import { activityTools } from '../activity/tools.ts'
import { asAdministrator } from '../automation/administrator.ts'
import { makingIn } from '../payment/making.ts'
import { testPortal } from '../../support/portal.ts'

const START = 1_800_000_000
const portal = await testPortal({ at: START })
const { must, add, callWith, comment, message, app } = activityTools(portal)
const { payment, delivery, row } = makingIn(portal)
const names = { 2: 'deal', 3: 'contact', 4: 'company' } as const
type Type = keyof typeof names

/** Where rows say in two columns whose they are: in every table that a module has, whichever are added. */
const owned = modules
  .flatMap(({ tables = [], entities = [] }) => [
    ...tables,
    ...entities.filter(({ part }) => part).map((entity) => entityTable(entity)),
  ])
  .flatMap(({ name: table, columns }) =>
    Object.keys(columns).flatMap((type) => {
      const [, role] = /^(.+)_type_id$/.exec(type) ?? []
      const record = [`${role}_id`, 'record_id', 'owner_id'].find((column) => column in columns)
      return role === undefined || record === undefined ? [] : [{ table, type, record }]
    }),
  )

/** How many rows belong to a record, by table and column; those without any are left out. */
async function belongings(type: Type, id: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const each of owned) {
    const [found] = await portal.portal.store.session().find<{
      n: number
    }>(sql`select count(*) as n from ${sql.table(each.table)} where ${sql.ref(each.type)} = ${type} and ${sql.ref(each.record)} = ${id}`)
    if (Number(found?.n) > 0) counts[`${each.table}.${each.record}`] = Number(found?.n)
  }
  return counts
}

/** A client with requisites, an account and addresses, its own and its requisite's. */
async function requisites(ENTITY_TYPE_ID: Type, ENTITY_ID: number): Promise<number> {
  const fields = { ENTITY_TYPE_ID, ENTITY_ID, PRESET_ID: 1, NAME: 'Main' }
  const requisite = await must('crm.requisite.add', { fields })
  await must('crm.requisite.bankdetail.add', { fields: { ENTITY_ID: requisite, NAME: 'Bank' } })
  const address = { TYPE_ID: 1, ADDRESS_1: 'Street 1' }
  await must('crm.address.add', { fields: { ...address, ENTITY_TYPE_ID: 8, ENTITY_ID: requisite } })
  await must('crm.address.add', { fields: { ...address, TYPE_ID: 11, ENTITY_TYPE_ID, ENTITY_ID } })
  return requisite
}

const pdf = Buffer.from('%PDF-1.4').toString('base64')

/** A record that has everything that a record can have. */
async function dressed(type: Type, fields: object = {}): Promise<number> {
  const name = names[type]
  const id = await add(name, { ...(type === 3 ? { NAME: 'Ann' } : { TITLE: 'Same' }), ...fields })
  const activityId = await callWith(type, id, {
    COMMUNICATIONS: [{ VALUE: '+4930', ENTITY_ID: id, ENTITY_TYPE_ID: type }],
  })
  const noted = { ownerTypeId: type, ownerId: id, text: 'A note' }
  await must('crm.timeline.note.save', { ...noted, itemType: 2, itemId: activityId })
  await must('crm.timeline.note.save', { ...noted, itemType: 1, itemId: await comment(name, id) })
  await message(type, id)
  const layout = { blocks: { text: { type: 'text', properties: { value: 'Hello' } } } }
  const place = { entityTypeId: type, entityId: id, activityId }
  await must('crm.activity.layout.blocks.set', { ...place, layout }, await app())
  await must('crm.documentgenerator.document.upload', {
    fields: {
      entityTypeId: type,
      entityId: id,
      title: 'Offer',
      number: '1',
      region: 'de',
      fileContent: ['o.docx', pdf],
      pdfContent: ['o.pdf', pdf],
    },
  })
  if (type !== 2) await requisites(type, id)
  else {
    await row(id, 100, 2)
    await payment(id)
    await delivery(id, 500)
  }
  return id
}

const rule = (more: object): Promise<number> =>
  asAdministrator(portal, (context) =>
    addRule(context, {
      entityTypeId: 2,
      stageId: 'NEW',
      kind: 'field',
      settings: { fields: { comments: 'Welcome' } },
      ...more,
    }),
  )

async function merged(type: Type, into: number, from: number): Promise<void> {
  const { STATUS } = await must<{ STATUS: string }>('crm.entity.mergeBatch', {
    params: { entityTypeId: type, entityIds: [into, from] },
  })
  expect(STATUS).toBe('SUCCESS')
  expect(await belongings(type, from)).toEqual({})
  expect(await portal.faults()).toEqual([])
}

/** Of which a record has one, and keeps its own. */
const single: Readonly<Record<string, number>> = { 'crm_requisite_link.entity_id': 1 }

const both = (one: Record<string, number>, other: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [
      key,
      single[key] ?? (one[key] ?? 0) + (other[key] ?? 0),
    ]),
  )

it('two deals that have everything become one that has it all', async () => {
  await rule({})
  const client = await add('company', { TITLE: 'Client' })
  await requisites(4, client)
  const fields = { CURRENCY_ID: 'EUR', COMPANY_ID: client }
  const [into, from] = [await dressed(2, fields), await dressed(2, fields)]
  await portal.work()
  const [mine, theirs] = [await belongings(2, into), await belongings(2, from)]
  expect(Object.keys(theirs)).toEqual(
    expect.arrayContaining([
      'crm_activity.owner_id',
      'crm_activity_binding.owner_id',
      'crm_activity_communication.entity_id',
      'crm_automation_log.record_id',
      'crm_delivery.owner_id',
      'crm_document.entity_id',
      'crm_order.record_id',
      'crm_payment.owner_id',
      'crm_product_row.owner_id',
      'crm_requisite_link.entity_id',
      'crm_stage_history.owner_id',
      'crm_timeline_binding.record_id',
    ]),
  )
  await merged(2, into, from)
  expect(await belongings(2, into)).toEqual(both(mine, theirs))
  const shown = await must<{ item: object }>('crm.item.get', { entityTypeId: 2, id: into })
  expect(shown.item).toMatchObject({ opportunity: 400, comments: 'Welcome' })
})

it.each([3, 4] as const)('two clients of the type %i that have everything become one that has it all', async (type) => {
  const [into, from] = [await dressed(type), await dressed(type)]
  const [mine, theirs] = [await belongings(type, into), await belongings(type, from)]
  expect(Object.keys(theirs)).toEqual(
    expect.arrayContaining(['crm_requisite.entity_id', 'crm_address.entity_id', 'crm_address.anchor_id']),
  )
  await merged(type, into, from)
  // Of its own addresses of a type it keeps one; each requisite has its own.
  const kept = (key: string, lost: number): number => (mine[key] ?? 0) + (theirs[key] ?? 0) - lost
  expect(await belongings(type, into)).toEqual({
    ...both(mine, theirs),
    'crm_address.entity_id': kept('crm_address.entity_id', 1),
    'crm_address.anchor_id': kept('crm_address.anchor_id', 1),
  })
})

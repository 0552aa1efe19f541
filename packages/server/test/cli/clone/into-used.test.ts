import { expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { cloning } from '../../support/cloning.ts'
import { listening } from '../../support/listening.ts'
import { testPortal, type TestPortal } from '../../support/portal.ts'
import { fillVaried } from '../../support/varied-portal.ts'

const source = await testPortal()
const target = await testPortal()
const { hook } = await listening(source)
await fillVaried(source)
// What links to what is made later.
const first = (await source.call('crm.lead.list', { order: { ID: 'ASC' } })).body.result[0].ID
const deals = (await source.call('crm.deal.list', { order: { ID: 'ASC' } })).body.result
await source.call('crm.lead.userfield.add', {
  fields: { FIELD_NAME: 'LATER', USER_TYPE_ID: 'crm', MULTIPLE: 'Y', SETTINGS: { DEAL: 'Y', CONTACT: 'Y' } },
})
const lastLead = (await source.call('crm.lead.add', { fields: { TITLE: 'Last' } })).body.result
await source.call('crm.item.update', {
  entityTypeId: 1,
  id: first,
  fields: { ufCrmLater: [`D_${deals[0].ID}`, `D_${deals[1].ID}`] },
})
await source.call('crm.item.update', { entityTypeId: 4, id: 1, fields: { leadId: lastLead } })

// The target has been in use: it has nearly the same settings, and everything has other numbers there.
await target.person()
await target.person()
for (let n = 0; n < 3; n++) {
  await target.call('crm.contact.add', { fields: { NAME: 'Own', LAST_NAME: `Contact ${n}` } })
  await target.call('crm.deal.add', { fields: { TITLE: `Own deal ${n}`, CONTACT_ID: 1 } })
  await target.call('crm.category.add', { entityTypeId: 2, fields: { name: `Own line ${n}` } })
}
await target.call('crm.type.add', { fields: { title: 'Own process', isStagesEnabled: 'Y' } })
await fillVaried(target)

type Item = Record<string, unknown> & { id: number }
const itemsOf = async (portal: TestPortal, entityTypeId: number): Promise<Item[]> =>
  (await portal.call('crm.item.list', { entityTypeId, useOriginalUfNames: 'Y', order: { id: 'ASC' } })).body.result
    .items

/** What an item says, with names in the place of numbers: the same wherever it is. */
async function told(portal: TestPortal, entityTypeId: number, item: Item): Promise<unknown> {
  const byId = async (type: number): Promise<Map<number, string>> =>
    new Map(
      (await itemsOf(portal, type)).map((each) => [each.id, String(each.title ?? `${each.name} ${each.lastName}`)]),
    )
  const [leads, deals, contacts, companies] = [await byId(1), await byId(2), await byId(3), await byId(4)]
  const people = new Map<number, string>(
    (await portal.call('user.get', {})).body.result.map((row: { ID: string; EMAIL: string }) => [
      Number(row.ID),
      row.EMAIL,
    ]),
  )
  const statuses = (await portal.call('crm.status.list', {})).body.result as Record<string, string>[]
  const lines = (await portal.call('crm.category.list', { entityTypeId })).body.result?.categories ?? []
  const fields = (
    await portal.call('userfieldconfig.list', { moduleId: 'crm', select: ['*'], filter: { userTypeId: 'enumeration' } })
  ).body.result.fields as { id: string }[]
  const options = new Map<number, string>()
  for (const { id } of fields)
    for (const each of (await portal.call('userfieldconfig.get', { moduleId: 'crm', id })).body.result.field.enum)
      options.set(Number(each.id), each.value)
  const named = (map: Map<number, string>, ids: unknown): unknown =>
    Array.isArray(ids) ? ids.map((id) => map.get(Number(id))) : map.get(Number(ids))
  const linked = (given: unknown): unknown =>
    (given as string[] | undefined)?.map((value) => {
      const [code, id] = value.split('_')
      return { C: contacts, L: leads, D: deals }[code ?? '']?.get(Number(id))
    })
  return {
    title: item.title ?? `${item.name} ${item.lastName}`,
    company: named(companies, item.companyId),
    companies: named(companies, item.companyIds ?? []),
    contact: named(contacts, item.contactId),
    contacts: named(contacts, entityTypeId === 4 ? [] : (item.contactIds ?? [])),
    lead: named(leads, item.leadId),
    deal: named(deals, item.dealId ?? item.parentId2),
    observers: named(people, item.observers ?? []),
    assigned: named(people, item.assignedById),
    created: item.createdTime,
    moved: item.movedTime,
    stage: statuses.find(({ STATUS_ID }) => STATUS_ID === item.stageId)?.NAME,
    line: lines.find(({ id }: { id: number }) => id === item.categoryId)?.name,
    related: linked(item.UF_CRM_RELATED),
    later: linked(item.UF_CRM_LATER),
    colours: named(options, item.UF_CRM_COLOURS ?? []),
    phones: (item.fm as { value: string; valueType: string }[] | undefined)?.map(({ value, valueType }) => [
      valueType,
      value,
    ]),
    opportunity: item.opportunity,
  }
}

/** The number here of every item of a type that has come. */
async function numbers(entityTypeId: number): Promise<Map<number, number>> {
  const rows = await target.portal.store
    .session()
    .find<{ source_key: string; target_id: number }>(
      sql`select source_key, target_id from clone_map where kind = ${`item:${entityTypeId}`}`,
    )
  return new Map(rows.map((row) => [Number(row.source_key), row.target_id]))
}

it('gives everything a number of its own, and points from each to the same as there', { timeout: 60_000 }, async () => {
  const before = new Map<number, Item[]>()
  for (const type of [1, 2, 3, 4, 7, 31]) before.set(type, await itemsOf(target, type))
  const report = await cloning(hook, target)
  expect(report).toMatchObject({ keepsIds: false })
  expect(report.steps.filter(({ refused }) => refused !== null)).toEqual([])
  const types = (await target.call('crm.type.list', {})).body.result.types as { entityTypeId: number; title: string }[]
  const there = (await source.call('crm.type.list', {})).body.result.types[0].entityTypeId as number
  const here = types.filter(({ title }) => title === 'Geräte 🔧').at(-1)?.entityTypeId ?? 0
  expect(types.map(({ title }) => title).sort()).toEqual(['Geräte 🔧', 'Geräte 🔧', 'Own process'])
  for (const [typeThere, typeHere] of [
    [4, 4],
    [3, 3],
    [1, 1],
    [2, 2],
    [7, 7],
    [31, 31],
    [there, here],
  ] as const) {
    const map = await numbers(typeHere)
    const rows = new Map((await itemsOf(target, typeHere)).map((item) => [item.id, item]))
    const items = await itemsOf(source, typeThere)
    expect([typeHere, map.size]).toEqual([typeHere, items.length])
    for (const item of items) {
      const own = rows.get(map.get(item.id) ?? 0)
      expect(own).toBeDefined()
      if (own !== undefined) expect(await told(target, typeHere, own)).toEqual(await told(source, typeThere, item))
    }
    // What was here stays as it was.
    for (const item of before.get(typeHere) ?? [])
      expect(withoutLinks(rows.get(item.id))).toMatchObject(withoutLinks(item))
  }
})

/** Files are shown with a fresh token each time. */
const withoutLinks = (item: Item | undefined): object =>
  JSON.parse(JSON.stringify(item, (key, value: unknown) => (key.startsWith('url') ? undefined : value))) as object

it('makes no doubles when it is done again', async () => {
  const before = await target.census()
  const report = await cloning(hook, target)
  expect(report.steps.filter(({ made, changed, removed }) => made + changed + removed > 0)).toEqual([])
  expect(await target.census()).toEqual(before)
})

import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'
import type { Entity } from '../../../schema/entity.ts'
import type { Zone } from '../../../schema/time.ts'
import { sql } from '../../../store/sql.ts'

const DAY = 86_400

/** `2026-08-30`: the day of an instant, or so many days later, in the portal's zone. */
export const dayOf = (seconds: number, zone: Zone, later = 0): string =>
  new Date((seconds + later * DAY + zone.offsetAt(seconds)) * 1000).toISOString().slice(0, 10)

/** The days that new records get, by field, and how many days after their creation. */
export const presetDays: Readonly<Record<string, number>> = { begindate: 0, closedate: 7, actualDate: 7 }

/** The title of a record that is given none. */
export const presetTitle = (entity: Entity, id: number): string => `${entity.title} #${id}`

async function firstStatus(change: Change, directory: string): Promise<string | null> {
  return (await change.portal.directories.statuses(change.tx, directory))[0]?.statusId ?? null
}

/** The first of the portal's own companies. Looked up only where nothing is given, because reading costs a round trip. */
async function myCompany(change: Change): Promise<number | null> {
  if (change.value('mycompanyId')) return null
  const [first] = await change.tx.find<{ id: number }>(
    sql`select id from crm_company where is_my_company = 'Y' order by id limit 1`,
  )
  return first?.id ?? null
}

/**
 * The documented defaults of new records (api-reference/crm/universal/crm-item-add.md): the caller as responsible,
 * the base currency, the first source, today and a week later, a title by template.
 */
export const defaultHooks: Hooks = {
  async complete(change) {
    const now = Math.floor(change.now)
    const author = change.person.id
    // The tax follows the product rows (product-rows/hooks.ts): the documented answer of crm.item.add shows 0 where 99.9
    // was sent.
    change.draft.values.delete('taxValue')
    if (change.isNew) {
      change.default('taxValue', 0)
      change.default('createdTime', now)
      change.default('createdBy', author)
      change.default('updatedTime', change.value('createdTime'))
      change.default('updatedBy', author)
      change.default('lastActivityTime', change.value('createdTime'))
      change.default('lastActivityBy', author)
      change.default('assignedById', author)
      change.default('opened', 'Y')
      change.default('isManualOpportunity', 'N')
      for (const name of ['opportunity', 'revenue']) change.default(name, 0)
      if (change.has('currencyId'))
        change.default('currencyId', await change.portal.directories.baseCurrency(change.tx))
      for (const field of change.entity.fields)
        if (
          field.statusType !== undefined &&
          (field.firstByDefault === true || (field.firstByDefault && change.legacy))
        )
          change.default(field.name, await firstStatus(change, field.statusType))
      const created = Number(change.value('createdTime'))
      for (const [name, later] of Object.entries(presetDays))
        if (change.has(name)) change.default(name, dayOf(created, change.portal.zone, later))
      if (change.has('mycompanyId')) change.default('mycompanyId', await myCompany(change))
      if (change.has('title')) change.default('title', presetTitle(change.entity, change.id))
      return
    }
    if (!change.gives('updatedTime')) change.set('updatedTime', now)
    if (!change.gives('updatedBy')) change.set('updatedBy', author)
    // Links and numbers that must not become empty keep what they were.
    for (const name of ['assignedById', 'currencyId', 'opportunity', 'revenue'])
      if (change.has(name) && change.gives(name) && change.value(name) === null) change.draft.values.delete(name)
  },
}

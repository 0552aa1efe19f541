import type { Check } from '../../../records/check.ts'
import { sql } from '../../../store/sql.ts'
import { activityEntity } from './activities.ts'
import { timelineItem } from './item.ts'
import { bindingTable, imageTable, layoutTable, noteTable } from './tables.ts'

const item = sql.table(timelineItem.table)
const binding = sql.table(bindingTable.name)

/** What holds of timelines. */
export const timelineChecks: readonly Check[] = [
  {
    name: 'entries stand in a timeline',
    faults: () =>
      sql`select 'entry ' || cast(i.id as text) as fault from ${item} as i where not exists (select 1 from ${binding} as b where b.item_id = i.id)`,
  },
  {
    name: 'bindings are those of entries, at their time',
    faults: () =>
      sql`select 'entry ' || cast(b.item_id as text) as fault from ${binding} as b where not exists (select 1 from ${item} as i where i.id = b.item_id and i.created = b.time)`,
  },
  {
    name: 'timelines belong to records',
    async faults(portal, reader) {
      const there = (await portal.entities.all(reader)).map(
        ({ entityTypeId, table }) =>
          sql`(entity_type_id = ${entityTypeId} and exists (select 1 from ${sql.table(table)} as o where o.id = record_id))`,
      )
      return sql`select 'entry ' || cast(item_id as text) || ' at ' || cast(entity_type_id as text) || ' ' || cast(record_id as text) as fault from ${binding} where not (${sql.join(there, sql` or `)})`
    },
  },
  {
    name: 'notes are on something',
    async faults(portal, reader) {
      const activity = await activityEntity(portal, reader)
      const onActivity =
        activity === undefined
          ? sql`1 = 0`
          : sql`n.item_type = 2 and exists (select 1 from ${sql.table(activity.table)} as a where a.id = n.item_id)`
      return sql`select 'note on ' || cast(n.item_type as text) || ' ' || cast(n.item_id as text) as fault from ${sql.table(noteTable.name)} as n where not (n.item_type = 1 and exists (select 1 from ${item} as i where i.id = n.item_id)) and not (${onActivity})`
    },
  },
  {
    name: 'blocks are on entries',
    faults: () =>
      sql`select 'blocks on ' || cast(l.item_id as text) as fault from ${sql.table(layoutTable.name)} as l where not exists (select 1 from ${item} as i where i.id = l.item_id)`,
  },
  {
    name: 'icons and logos have their files',
    faults: () =>
      sql`select p.purpose || ' ' || p.code as fault from ${sql.table(imageTable.name)} as p where not exists (select 1 from stored_file as f where f.id = p.file_id)`,
  },
]

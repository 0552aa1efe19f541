import type { Check } from '../../../records/check.ts'
import type { Portal } from '../../../records/context.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { activity } from './activity.ts'
import { bindingTable, communicationTable, layoutTable, typeTable } from './tables.ts'

const activities = sql.table(activity.table)
const bindings = sql.table(bindingTable.name)
const [binding, communication, blocks] = [bindingTable, communicationTable, layoutTable].map(({ name }) => name)

/** Rows of a table that speak of an activity that isn't there. */
const withoutActivity = (table: string | undefined): Fragment =>
  sql`select 'activity ' || cast(r.activity_id as text) as fault from ${sql.table(table ?? '')} as r where not exists (select 1 from ${activities} as a where a.id = r.activity_id)`

/** "The record is there", of two columns that say its type and its id. */
async function isThere(portal: Portal, reader: Reader, type: string, record: string): Promise<Fragment> {
  const items = await portal.entities.all(reader)
  return sql`(${sql.join(
    items.map(
      ({ entityTypeId, table }) =>
        sql`(r.${sql.ref(type)} = ${entityTypeId} and exists (select 1 from ${sql.table(table)} as o where o.id = r.${sql.ref(record)}))`,
    ),
    sql` or `,
  )})`
}

/** What holds of activities. */
export const activityChecks: readonly Check[] = [
  { name: 'bindings are those of activities', faults: () => withoutActivity(binding) },
  { name: 'communications are those of activities', faults: () => withoutActivity(communication) },
  { name: 'content blocks are on activities', faults: () => withoutActivity(blocks) },
  {
    name: 'activities are at records',
    async faults(portal, reader) {
      return sql`select 'activity ' || cast(r.activity_id as text) || ' at ' || cast(r.owner_type_id as text) || ' ' || cast(r.owner_id as text) as fault from ${bindings} as r where not ${await isThere(portal, reader, 'owner_type_id', 'owner_id')}`
    },
  },
  {
    name: 'the owner of an activity is one of its bindings',
    faults: () =>
      sql`select 'activity ' || cast(a.id as text) as fault from ${activities} as a where not exists (select 1 from ${bindings} as b where b.activity_id = a.id and b.owner_type_id = a.owner_type_id and b.owner_id = a.owner_id)`,
  },
  {
    name: 'communications are somebody’s or nobody’s',
    async faults(portal, reader) {
      return sql`select 'activity ' || cast(r.activity_id as text) || ' with ' || cast(r.entity_type_id as text) || ' ' || cast(r.entity_id as text) as fault from ${sql.table(communicationTable.name)} as r where r.entity_id <> 0 and not ${await isThere(portal, reader, 'entity_type_id', 'entity_id')}`
    },
  },
  {
    name: 'types of activities have their icons',
    faults: () =>
      sql`select t.application || ' ' || t.type_id as fault from ${sql.table(typeTable.name)} as t where t.icon_id is not null and not exists (select 1 from stored_file as f where f.id = t.icon_id)`,
  },
]

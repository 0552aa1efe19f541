import { type Fragment, sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { activity } from '../crm/activity/activity.ts'
import { bindingTable as activityBinding } from '../crm/activity/tables.ts'
import { timelineItem } from '../crm/timeline/item.ts'
import { bindingTable as timelineBinding } from '../crm/timeline/tables.ts'

export interface Place {
  readonly entityTypeId: number
  readonly id: number
}

export const keyOf = ({ entityTypeId, id }: Place): string => `${entityTypeId}:${id}`

/** In which records' cards the entries of timelines among these show: activities and comments, by their keys. */
export async function ownersOf(
  reader: Reader,
  places: readonly Place[],
): Promise<ReadonlyMap<string, readonly Place[]>> {
  const owners = new Map<string, Place[]>()
  const add = async (entityTypeId: number, read: (ids: Fragment) => Fragment): Promise<void> => {
    const ids = places.filter((place) => place.entityTypeId === entityTypeId).map(({ id }) => id)
    if (ids.length === 0) return
    for (const { id, type_id, owner_id } of await reader.find<{ id: number; type_id: number; owner_id: number }>(
      read(sql.join(ids)),
    )) {
      const key = keyOf({ entityTypeId, id: Number(id) })
      const owner = { entityTypeId: Number(type_id), id: Number(owner_id) }
      owners.set(key, [...(owners.get(key) ?? []), owner])
    }
  }
  await add(
    activity.entityTypeId,
    (ids) =>
      sql`select activity_id as id, owner_type_id as type_id, owner_id from ${sql.table(activityBinding.name)} where activity_id in (${ids})`,
  )
  await add(
    timelineItem.entityTypeId,
    (ids) =>
      sql`select item_id as id, entity_type_id as type_id, record_id as owner_id from ${sql.table(timelineBinding.name)} where item_id in (${ids})`,
  )
  return owners
}

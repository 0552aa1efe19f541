import type { Portal } from '../../../records/context.ts'
import type { Entity } from '../../../schema/entity.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import { hold } from './owners.ts'

/*
 * All that the timeline knows of activities: that they may have notes. Their module imports this one, and so they are
 * looked up by their number here.
 */
const ACTIVITY_TYPE = 6
const binding = sql.table('crm_activity_binding')

export async function activityEntity(portal: Portal, reader: Reader): Promise<Entity | undefined> {
  return (await portal.entities.everything(reader)).find(({ entityTypeId }) => entityTypeId === ACTIVITY_TYPE)
}

/** Whether there is such an activity in that record's timeline. */
export async function isActivityOf(
  portal: Portal,
  reader: Reader,
  id: number,
  ownerTypeId: number,
  ownerId: number,
): Promise<boolean> {
  if ((await activityEntity(portal, reader)) === undefined) return false
  const rows = await reader.find<{ activity_id: number }>(
    sql`select activity_id from ${binding} where activity_id = ${id} and owner_type_id = ${ownerTypeId} and owner_id = ${ownerId}`,
  )
  return rows.length > 0
}

/** Keeps an activity from going until the transaction ends; whether it is there. */
export async function holdActivity(tx: Transaction, portal: Portal, id: number): Promise<boolean> {
  const entity = await activityEntity(portal, tx)
  return entity !== undefined && (await hold(tx, entity, [id])).length > 0
}

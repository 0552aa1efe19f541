import type { Entity, Field } from '../schema/entity.ts'
import { sql } from '../store/sql.ts'
import type { Transaction } from '../store/store.ts'
import type { Change } from './change.ts'

/**
 * Takes a record out of the lists of links that a field of another entity keeps; of all of its records, or of some.
 * Who loses the first of a list gets the next one as the first.
 */
export async function unlinkFrom(
  tx: Transaction,
  entity: Entity,
  { place }: Field,
  to: number,
  records?: readonly number[],
): Promise<void> {
  if (place.in !== 'links') return
  const list = sql`entity_type_id = ${entity.entityTypeId} and role = ${place.role}`
  const some = records === undefined ? sql`` : sql` and record_id in (${sql.join(records)})`
  if (place.primary !== undefined) {
    const losers = sql`select record_id from crm_link where ${list} and to_id = ${to} and is_primary = 'Y'${some}`
    const next = sql`select other.id from crm_link as other where other.entity_type_id = crm_link.entity_type_id and other.role = crm_link.role and other.record_id = crm_link.record_id and other.to_id <> ${to} order by other.position, other.id limit 1`
    await tx.change(
      sql`update crm_link set is_primary = 'Y' where ${list} and to_id <> ${to} and record_id in (${losers}) and id = (${next})`,
    )
  }
  await tx.change(sql`delete from crm_link where ${list} and to_id = ${to}${some}`)
  if (place.primary === undefined) return
  const table = sql.table(entity.table)
  const column = sql.ref(entity.columnOf(place.primary))
  const first = sql`select to_id from crm_link where ${list} and record_id = ${table}.id and is_primary = 'Y'`
  const rows = records === undefined ? sql`` : sql` and id in (${sql.join(records)})`
  await tx.change(sql`update ${table} set ${column} = (${first}) where ${column} = ${to}${rows}`)
}

/** Takes a record that is about to go out of every list of links. */
export async function unlinkEverywhere({
  tx,
  entity,
  id,
  portal,
}: Pick<Change, 'tx' | 'entity' | 'id' | 'portal'>): Promise<void> {
  for (const other of await portal.entities.all(tx))
    for (const field of other.fields)
      if (field.place.in === 'links' && field.place.reverse !== true && field.kind.target === entity.entityTypeId)
        await unlinkFrom(tx, other, field, id)
}

import type { Merge } from '../../../records/hooks.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import { type Fragment, sql } from '../../../store/sql.ts'

/** Lets everything that points at a record point at another of its kind: links, and values of other records. */
export async function repoint(merge: Merge): Promise<void> {
  for (const other of await merge.portal.entities.everything(merge.tx))
    for (const field of other.fields) {
      const { place, kind } = field
      if (place.in === 'links') {
        if (place.reverse !== true && kind.target === merge.entity.entityTypeId) await repointLinks(merge, other, field)
      } else await repointValues(merge, other, field)
    }
}

/** Lists of links keep their order; who was linked to both is linked to the one that stays, once. */
async function repointLinks({ tx, into, from }: Merge, { entityTypeId }: Entity, { place }: Field): Promise<void> {
  if (place.in !== 'links') return
  const list = sql`entity_type_id = ${entityTypeId} and role = ${place.role}`
  const linkedTo = (id: number, condition: Fragment = sql``): Fragment =>
    sql`select record_id from crm_link where ${list} and to_id = ${id}${condition}`
  const theFirst = linkedTo(from, sql` and is_primary = 'Y'`)
  await tx.change(
    sql`update crm_link set is_primary = 'Y' where ${list} and to_id = ${into} and record_id in (${theFirst})`,
  )
  await tx.change(sql`delete from crm_link where ${list} and to_id = ${from} and record_id in (${linkedTo(into)})`)
  // The order that the other side had kept was that of another list.
  await tx.change(
    sql`update crm_link set to_id = ${into}, reverse_position = null, reverse_primary = null where ${list} and to_id = ${from}`,
  )
}

async function repointValues({ tx, entity, into, from }: Merge, other: Entity, field: Field): Promise<void> {
  const { kind, place } = field
  const pointer = (id: number): string | number | null | undefined =>
    kind.target === entity.entityTypeId ? id : kind.mention?.(entity.entityTypeId, id)
  const [before, after] = [pointer(from), pointer(into)]
  if (before === undefined || after === undefined) return
  if (place.in === 'column') {
    const [table, column] = [sql.table(other.table), sql.ref(place.column)]
    await tx.change(sql`update ${table} set ${column} = ${after} where ${column} = ${before}`)
    // A record that pointed at its own duplicate would point at itself.
    if (other.entityTypeId === entity.entityTypeId)
      await tx.change(sql`update ${table} set ${column} = null where ${column} = ${after} and id = ${into}`)
  }
  if (place.in === 'values') {
    const column = sql.ref(`${kind.column}_value`)
    const list = sql`entity_type_id = ${other.entityTypeId} and field = ${field.upper}`
    const both = sql`select record_id from field_value where ${list} and ${column} = ${after}`
    await tx.change(sql`delete from field_value where ${list} and ${column} = ${before} and record_id in (${both})`)
    await tx.change(sql`update field_value set ${column} = ${after} where ${list} and ${column} = ${before}`)
  }
}

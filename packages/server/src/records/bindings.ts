import type { Entity, Field } from '../schema/entity.ts'
import { sql } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import { SORT_STEP } from './children.ts'

/** A record that another one is linked to, and how it stands among the others of that list. */
export interface Binding {
  readonly id: number
  readonly sort: number
  readonly primary: boolean
}

interface Row {
  readonly id: number
  readonly sort: number | null
  readonly is_primary: string | null
}

/** What a field of links holds, lowest `sort` first; one of them, if there are any, is the primary one. */
export async function bindingsOf(reader: Reader, entity: Entity, field: Field, id: number): Promise<Binding[]> {
  const { place, kind } = field
  if (place.in !== 'links') throw new Error(`${entity.name}.${field.name} holds no links`)
  const rows = await reader.find<Row>(
    place.reverse === true
      ? sql`select record_id as id, reverse_position as sort, reverse_primary as is_primary from crm_link where role = ${place.role} and to_id = ${id} and entity_type_id = ${kind.target} order by case when reverse_position is null then 1 else 0 end, reverse_position, id`
      : sql`select to_id as id, position as sort, is_primary from crm_link where entity_type_id = ${entity.entityTypeId} and record_id = ${id} and role = ${place.role} order by position, id`,
  )
  const primary = rows.find((row) => row.is_primary === 'Y') ?? rows[0]
  let last = 0
  return rows.map((row) => {
    const sort = row.sort ?? last + SORT_STEP
    last = Math.max(last, sort)
    return { id: row.id, sort, primary: row === primary }
  })
}

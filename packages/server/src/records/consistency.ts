import type { Entity, Field } from '../schema/entity.ts'
import { codeOfEntityType } from '../schema/entity-types.ts'
import { countRecords } from '../store/entity-query.ts'
import { type Fragment, sql } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import type { Check } from './check.ts'
import type { Portal } from './context.ts'

/** How many faults of one check are told; a broken table would fill the screen otherwise. */
const TOLD = 20

/** Everything in the stored data that isn't as it must be, a line each: nothing orphaned, nothing that points at nothing. */
export async function faultsOf(portal: Portal, reader: Reader, checks: readonly Check[]): Promise<string[]> {
  const entities = await portal.entities.everything(reader)
  const faults: string[] = []
  const look = async (name: string, query: Fragment): Promise<void> => {
    const rows = await reader.find<{ fault: string }>(sql`select fault from (${query}) as found limit ${TOLD}`)
    faults.push(...rows.map(({ fault }) => `${name}: ${fault}`))
  }
  for (const entity of entities) {
    for (const field of entity.fields)
      for (const query of linkFaults(entity, field, entities))
        await look(`${entity.name}.${field.name} points at a record`, query)
    const [kept, counted] = [
      await portal.store.total(reader, [entity.table]),
      await countRecords(reader, entity, undefined),
    ]
    if (kept !== counted) faults.push(`${entity.name}: ${kept} records are kept in mind, ${counted} are there`)
  }
  for (const table of ['crm_multifield', 'field_value', 'crm_link', 'stored_file'])
    await look(`${table} belongs to a record`, ownerFaults(table, entities))
  for (const file of await portal.files.lost(reader)) faults.push(`stored_file has its bytes: ${file}`)
  for (const check of checks) await look(check.name, await check.faults(portal, reader))
  return faults
}

/** Rows of a table of children whose record isn't there. */
function ownerFaults(table: string, entities: readonly Entity[]): Fragment {
  const owned = entities.map(
    (entity) =>
      sql`(entity_type_id = ${entity.entityTypeId} and exists (select 1 from ${sql.table(entity.table)} where id = record_id))`,
  )
  return sql`select 'row ' || cast(id as text) || ' of ' || cast(entity_type_id as text) || ' ' || cast(record_id as text) as fault from ${sql.table(table)} where record_id <> 0 and not (${sql.join(owned, sql` or `)})`
}

/** Records whose field points at what isn't there, by where the field's values are. */
function linkFaults(entity: Entity, field: Field, entities: readonly Entity[]): Fragment[] {
  const { kind, place } = field
  const target = entities.find(({ entityTypeId }) => entityTypeId === kind.target)
  const missing = (value: Fragment, of: Entity): Fragment =>
    sql`not exists (select 1 from ${sql.table(of.table)} as target where target.id = ${value})`
  if (place.in === 'links' && place.reverse !== true && target !== undefined)
    return [
      sql`select cast(record_id as text) || ' to ' || cast(to_id as text) as fault from crm_link where entity_type_id = ${entity.entityTypeId} and role = ${place.role} and ${missing(sql`to_id`, target)}`,
    ]
  if (place.in === 'column' && target !== undefined) {
    const column = sql.ref(place.column)
    return [
      sql`select cast(id as text) || ' to ' || cast(${column} as text) as fault from ${sql.table(entity.table)} as own where ${column} <> 0 and ${missing(sql`own.${column}`, target)}`,
    ]
  }
  if (kind.mention === undefined) return []
  return entities.flatMap((each) => {
    if (each.part) return []
    const code = `${codeOfEntityType(each.entityTypeId)}_`
    const id = (value: Fragment): Fragment => sql`cast(substr(${value}, ${code.length + 1}) as bigint)`
    const starts = (value: Fragment): Fragment => sql`substr(${value}, 1, ${code.length}) = ${code}`
    if (place.in === 'values')
      return [
        sql`select cast(record_id as text) || ' to ' || text_value as fault from field_value where entity_type_id = ${entity.entityTypeId} and field = ${field.upper} and ${starts(sql`text_value`)} and ${missing(id(sql`text_value`), each)}`,
      ]
    if (place.in !== 'column') return []
    const column = sql`own.${sql.ref(place.column)}`
    return [
      sql`select cast(id as text) || ' to ' || ${column} as fault from ${sql.table(entity.table)} as own where ${starts(column)} and ${missing(id(column), each)}`,
    ]
  })
}

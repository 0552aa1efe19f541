import type { Action } from '../../../records/access.ts'
import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { requireRecord, type Within } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { scalarOf, select, type Stored } from '../../../store/entity-query.ts'
import { and } from '../../../store/entity-test.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import { mayDo } from '../timeline/owners.ts'
import { activity } from './activity.ts'
import { ownerNotFound } from './errors.ts'
import { bindingTable } from './tables.ts'

const table = sql.table(bindingTable.name)
const activities = sql.table(activity.table)

/** A CRM item in whose timeline an activity stands, or whom it speaks to. */
export interface RecordRef {
  readonly entityTypeId: number
  readonly recordId: number
}

export const keyOf = ({ entityTypeId, recordId }: RecordRef): string => `${entityTypeId}:${recordId}`
export const isSame = (a: RecordRef, b: RecordRef): boolean => keyOf(a) === keyOf(b)

/** Each once, in the order of first mention. */
export const unique = (refs: readonly RecordRef[]): RecordRef[] => [
  ...new Map(refs.map((ref) => [keyOf(ref), ref])).values(),
]

/** In one order for everyone, so that two who lock the same records wait for each other. */
export const inLockingOrder = (refs: readonly RecordRef[]): RecordRef[] =>
  unique(refs).sort((a, b) => a.entityTypeId - b.entityTypeId || a.recordId - b.recordId)

/** The row of a binding, as a condition. */
export const isBinding = (activityId: number, { entityTypeId, recordId }: RecordRef): Fragment =>
  sql`activity_id = ${activityId} and owner_type_id = ${entityTypeId} and owner_id = ${recordId}`

/** The bindings of activities, by the activity's number, the oldest first. */
export async function bindingsOfAll(reader: Reader, ids: readonly number[]): Promise<Map<number, RecordRef[]>> {
  const bindings = new Map<number, RecordRef[]>(ids.map((id) => [id, []]))
  if (ids.length === 0) return bindings
  const rows = await reader.find<{ activity_id: number; owner_type_id: number; owner_id: number }>(
    sql`select activity_id, owner_type_id, owner_id from ${table} where activity_id in (${sql.join(ids)}) order by position, owner_type_id, owner_id`,
  )
  for (const row of rows)
    bindings.get(row.activity_id)?.push({ entityTypeId: row.owner_type_id, recordId: row.owner_id })
  return bindings
}

export const bindingsOf = async (reader: Reader, id: number): Promise<RecordRef[]> =>
  (await bindingsOfAll(reader, [id])).get(id) ?? []

/** Refuses unless the caller may do this to one of the activity's records; there is none of an activity that isn't there. */
export async function requireActivity(context: Context, id: number, action: Action): Promise<readonly RecordRef[]> {
  const bindings = await bindingsOf(context.session, id)
  if (bindings.length === 0) throw new Failure({ why: 'not-found' })
  for (const { entityTypeId, recordId } of bindings)
    if (await mayDo(context, entityTypeId, recordId, action)) return bindings
  throw new Failure({ why: 'access-denied' })
}

/** Refuses unless the caller may do this to the record in whose timeline an activity stands, or will. */
export async function requireOwner(
  context: Context,
  { entityTypeId, recordId }: RecordRef,
  action: Action,
): Promise<Entity> {
  const entity = await context.portal.entities.find(context.session, entityTypeId)
  if (entity === undefined) throw ownerNotFound()
  await requireRecord(context, context.session, entity, recordId, action)
  return entity
}

export interface Found {
  readonly entity: Entity
  readonly stored: Stored
}

/** Those of the records that the caller may read, by {@link keyOf}, with these fields where an entity has them. */
export async function readableAmong(
  context: Context,
  refs: readonly RecordRef[],
  names: readonly string[] = [],
): Promise<Map<string, Found>> {
  const { portal, session } = context
  const found = new Map<string, Found>()
  for (const entityTypeId of new Set(refs.map((ref) => ref.entityTypeId))) {
    const entity = await portal.entities.find(session, entityTypeId)
    if (entity === undefined) continue
    const reach = await portal.access.reach(context, entity, 'read')
    if (reach.none) continue
    const id = entity.field('id')
    const values = unique(refs.filter((ref) => ref.entityTypeId === entityTypeId)).map((ref) => ref.recordId)
    const rows = await select(session, {
      entity,
      fields: [id, ...names.flatMap((name) => entity.byName.get(name) ?? [])],
      test: and([{ is: 'compare', field: id, op: 'in', values }, ...(reach.test === undefined ? [] : [reach.test])]),
    })
    for (const stored of rows)
      found.set(keyOf({ entityTypeId, recordId: Number(scalarOf(stored, id)) }), { entity, stored })
  }
  return found
}

/** Puts an activity at records, behind those that it has; those that it has already stay as they are. */
export async function bind(tx: Transaction, id: number, refs: readonly RecordRef[]): Promise<number> {
  let bound = 0
  for (const { entityTypeId, recordId } of refs)
    bound += await tx.change(
      sql`insert into ${table} (activity_id, owner_type_id, owner_id, position) select ${id}, ${entityTypeId}, ${recordId}, coalesce(max(position) + 1, 0) from ${table} where activity_id = ${id} on conflict (activity_id, owner_type_id, owner_id) do nothing`,
    )
  return bound
}

/** The owner in the activity's own row is one of its bindings: the first one, where it isn't any more. */
export async function settleOwner(tx: Transaction, id: number): Promise<void> {
  const bindings = await bindingsOf(tx, id)
  const [row] = await tx.find<{ owner_type_id: number; owner_id: number }>(
    sql`select owner_type_id, owner_id from ${activities} where id = ${id}`,
  )
  const [first] = bindings
  if (row === undefined || first === undefined) return
  if (bindings.some((ref) => isSame(ref, { entityTypeId: row.owner_type_id, recordId: row.owner_id }))) return
  await tx.change(
    sql`update ${activities} set owner_type_id = ${first.entityTypeId}, owner_id = ${first.recordId} where id = ${id}`,
  )
}

/**
 * Notes on records that something has happened to them: `LAST_ACTIVITY_TIME` and `LAST_ACTIVITY_BY` follow new
 * activities (api-reference/crm/main-entities-fields.md). That is no change of the record itself: neither its history
 * nor its listeners hear of it.
 */
export async function touch({ tx, portal, person, now }: Within, refs: readonly RecordRef[]): Promise<void> {
  for (const { entityTypeId, recordId } of inLockingOrder(refs)) {
    const entity = await portal.entities.find(tx, entityTypeId)
    if (entity?.byName.get('lastActivityTime')?.place.in !== 'column') continue
    const [time, by] = [entity.columnOf('lastActivityTime'), entity.columnOf('lastActivityBy')].map((name) =>
      sql.ref(name),
    )
    await tx.change(
      sql`update ${sql.table(entity.table)} set ${time} = ${Math.floor(now)}, ${by} = ${person.id} where id = ${recordId}`,
    )
  }
}

import type { Action } from '../../../records/access.ts'
import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import type { Test } from '../../../store/entity-test.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { type ItemKind, timelineItem } from './item.ts'
import { mayDo, requireOwner } from './owners.ts'
import { bindingTable } from './tables.ts'

/** One record in whose timeline an entry stands. */
export interface Binding {
  readonly itemId: number
  readonly entityTypeId: number
  readonly recordId: number
  readonly fixed: boolean
}

interface Row {
  readonly item_id: number
  readonly entity_type_id: number
  readonly record_id: number
  readonly is_fixed: string
}

const table = sql.table(bindingTable.name)

/** The records that entries stand at, the oldest binding first. */
export async function bindingsOf(reader: Reader, ids: readonly number[]): Promise<Binding[]> {
  if (ids.length === 0) return []
  const rows = await reader.find<Row>(
    sql`select item_id, entity_type_id, record_id, is_fixed from ${table} where item_id in (${sql.join(ids)}) order by item_id, position, entity_type_id, record_id`,
  )
  return rows.map((row) => ({
    itemId: row.item_id,
    entityTypeId: row.entity_type_id,
    recordId: row.record_id,
    fixed: row.is_fixed === 'Y',
  }))
}

/** The entry and the record, as a condition on rows of bindings. */
export const isBinding = (itemId: number, entityTypeId: number, recordId: number) =>
  sql`item_id = ${itemId} and entity_type_id = ${entityTypeId} and record_id = ${recordId}`

export const isSame = (a: Binding, b: Binding): boolean =>
  a.itemId === b.itemId && a.entityTypeId === b.entityTypeId && a.recordId === b.recordId

/** Entries of a kind that stand at a record, as a condition of lists. */
export function standsAt(kind: ItemKind, entityTypeId: number, recordId: number): Test {
  return {
    is: 'group',
    logic: 'AND',
    members: [
      { is: 'compare', field: timelineItem.field('kind'), op: 'eq', values: [kind] },
      {
        is: 'among',
        shape: bindingTable.name,
        values: [entityTypeId, recordId],
        ids: ([type, record]) =>
          sql`select item_id from ${table} where entity_type_id = ${type} and record_id = ${record}`,
      },
    ],
  }
}

export async function kindOf(reader: Reader, id: number): Promise<ItemKind | undefined> {
  const [row] = await reader.find<{ kind: ItemKind }>(
    sql`select kind from ${sql.table(timelineItem.table)} where id = ${id}`,
  )
  return row?.kind
}

/** Which entry a request means, and in whose timeline if it says so. */
export interface ItemRequest {
  readonly id: number
  /** None: comments and log messages alike. */
  readonly kind?: ItemKind
  readonly ownerTypeId?: number | undefined
  readonly ownerId?: number | undefined
}

/**
 * Those of an entry's bindings at whose records the caller may do this; one at least. Where an owner is named, it is
 * that one. Refuses an entry that isn't there, or not there, as not found.
 */
export async function requireItem(
  context: Context,
  { id, kind, ownerTypeId, ownerId }: ItemRequest,
  action: Action,
): Promise<readonly [Binding, ...Binding[]]> {
  const found = await kindOf(context.session, id)
  const all =
    found === undefined || (kind !== undefined && found !== kind) ? [] : await bindingsOf(context.session, [id])
  if (ownerTypeId !== undefined && ownerId !== undefined) {
    await requireOwner(context, ownerTypeId, ownerId, action)
    const named = all.find((each) => each.entityTypeId === ownerTypeId && each.recordId === ownerId)
    if (named === undefined) throw new Failure({ why: 'not-found' })
    return [named]
  }
  if (all.length === 0) throw new Failure({ why: 'not-found' })
  const allowed = await permitted(context, all, action)
  const [first, ...others] = allowed
  if (first === undefined) throw new Failure({ why: 'access-denied' })
  return [first, ...others]
}

/** Those of the bindings at whose records the caller may do this. */
export async function permitted(context: Context, all: readonly Binding[], action: Action): Promise<Binding[]> {
  const allowed: Binding[] = []
  for (const each of all) if (await mayDo(context, each.entityTypeId, each.recordId, action)) allowed.push(each)
  return allowed
}

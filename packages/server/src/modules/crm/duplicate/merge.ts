import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import type { Merge } from '../../../records/hooks.ts'
import { locked, removeWithin, requireRecord, updateWithin } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import type { Stored } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import { repoint } from './repoint.ts'
import { type Chosen, Conflict, type TakenFile, unite } from './union.ts'

/** What has become of a merger: done, refused by the records' contents, or by a rule that the united record breaks. */
export type Outcome = 'SUCCESS' | 'CONFLICT' | 'ERROR'

/**
 * Merges records of one entity into the first: what it doesn't say itself is taken from the others, lists are united,
 * and everything that belongs to the others or points at them goes over to it; then they are removed. All or nothing.
 * Throws the Failures of rights and of records that aren't there.
 *
 * @param chosen where they contradict each other, the record whose value stands
 */
export async function mergeRecords(
  context: Context,
  entity: Entity,
  [main, ...others]: readonly [number, ...number[]],
  chosen: Chosen = new Map(),
): Promise<Outcome> {
  const { access } = context.portal
  for (const action of ['read', 'update', 'delete'] as const) await access.require(context, entity, action)
  try {
    return await context.session.transaction<Outcome>(async (tx) => {
      // In one order, so that two mergers of the same records wait for each other.
      const stored = new Map<number, Stored>()
      for (const id of [main, ...others].toSorted((a, b) => a - b)) stored.set(id, await locked(tx, entity, id))
      for (const id of [main, ...others])
        for (const action of ['read', id === main ? 'update' : 'delete'] as const)
          await requireRecord(context, tx, entity, id, action)
      const of = (id: number): Stored => stored.get(id) as Stored
      const { draft, files } = unite(entity, [of(main), ...others.map(of)], context.portal.zone, chosen)
      const { portal, person, now } = context
      const within = { tx, portal, person, now }
      for (const from of others) {
        const merge: Merge = { ...within, entity, into: main, from }
        await repoint(merge)
        await takeMultipleFiles(merge)
        await portal.hooks(entity).merged?.(merge)
      }
      await takeFiles(within, entity, main, files)
      await refused(() => updateWithin(within, entity, main, draft))
      for (const id of others) await removeWithin(within, entity, id)
      return 'SUCCESS'
    })
  } catch (cause) {
    if (cause instanceof Conflict) return 'CONFLICT'
    if (cause instanceof Refused) return 'ERROR'
    throw cause
  }
}

/** The united record may not be saved: ends the transaction. */
class Refused extends Error {}

async function refused(save: () => Promise<void>): Promise<void> {
  try {
    await save()
  } catch (cause) {
    throw cause instanceof Failure ? new Refused(cause.message, { cause }) : cause
  }
}

/** Files of multiple fields come after those that are there. */
async function takeMultipleFiles({ tx, entity, into, from }: Merge): Promise<void> {
  for (const { place, kind, upper } of entity.fields) {
    if (place.in !== 'values' || kind.holdsFile !== true) continue
    const own = sql`entity_type_id = ${entity.entityTypeId} and field = ${upper}`
    const [last] = await tx.find<{ position: number | null }>(
      sql`select max(position) as position from field_value where ${own} and record_id = ${into}`,
    )
    const next = last?.position == null ? 0 : Number(last.position) + 1
    await tx.change(
      sql`update field_value set record_id = ${into}, position = position + ${next} where ${own} and record_id = ${from}`,
    )
    await tx.change(sql`update stored_file set record_id = ${into} where ${own} and record_id = ${from}`)
  }
}

/** Files change hands before the record is saved, because a write keeps only those that are its own. */
async function takeFiles(
  { tx, portal }: Pick<Merge, 'tx' | 'portal'>,
  entity: Entity,
  into: number,
  files: readonly TakenFile[],
): Promise<void> {
  for (const { field, file } of files) {
    if (field.place.in !== 'column') continue
    const [own] = await tx.find<{ file: number | null }>(
      sql`select ${sql.ref(field.place.column)} as file from ${sql.table(entity.table)} where id = ${into}`,
    )
    // Somebody has chosen the other one.
    if (own?.file != null) await portal.files.remove(tx, [Number(own.file)])
    await tx.change(sql`update stored_file set record_id = ${into} where id = ${file}`)
    await tx.change(
      sql`update ${sql.table(entity.table)} set ${sql.ref(field.place.column)} = ${file} where id = ${into}`,
    )
  }
}

import { isDynamic } from '../schema/entity-types.ts'
import { outbox } from '../store/tables.ts'
import type { Change } from './change.ts'

/** One thing that happened, for those who must be told after the commit. */
export interface Event {
  /** `ONCRMDEALUPDATE` */
  readonly event: string
  /** What it happened to: deliveries about one record keep their order. 0 where it is no record. */
  readonly entityTypeId: number
  readonly recordId: number
  /** What handlers get as `data`. */
  readonly data: Readonly<Record<string, unknown>>
}

type Announcing = Pick<Change, 'tx' | 'now' | 'portal'> & { readonly person: { readonly id: number } }

/** Announces an event in the transaction of its cause; delivery reads the outbox after the commit. */
export async function announceEvent(
  { tx, person, now, portal }: Announcing,
  { event, entityTypeId, recordId, data }: Event,
): Promise<void> {
  if (tx.origin?.silent === true) return
  tx.insert(outbox, {
    id: await tx.nextId(outbox),
    event,
    entity_type_id: entityTypeId,
    record_id: recordId,
    // Handlers get no token for what a rule or an agent has done (api-reference/events/index.md).
    user_id: tx.origin?.automatic === true ? 0 : person.id,
    time: Math.floor(now),
    payload: JSON.stringify(data),
    at: momentOf(portal.sources.now()),
    connector: tx.origin?.connector ?? null,
  })
  tx.afterCommit(portal.deliveries.happened)
}

let last = 0

/**
 * Microseconds, never the same twice in one process. Ids are handed out in blocks, so that they don't tell which of two
 * changes came first. This does: it is taken while the transaction holds the record, which the next one has to wait for.
 * @param now epoch seconds
 */
export function momentOf(now: number): number {
  last = Math.max(last + 1, Math.floor(now * 1_000_000))
  return last
}

/** Announces a change of a record. Smart processes share event names and tell their type in the payload. */
export async function announce(change: Change, verb: 'ADD' | 'UPDATE' | 'DELETE'): Promise<void> {
  const { entity, id } = change
  if (entity.event === '') return
  const { entityTypeId } = entity
  const typed = isDynamic(entityTypeId) || entityTypeId === 31 ? { ENTITY_TYPE_ID: entityTypeId } : {}
  const more = change.portal.hooks(entity).announced?.(change)
  const data = { FIELDS: { ID: id, ...typed, ...more } }
  await announceEvent(change, { event: `${entity.event}${verb}`, entityTypeId, recordId: id, data })
}

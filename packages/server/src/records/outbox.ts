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

/** Announces an event in the transaction of its cause; delivery reads the outbox after the commit. */
export async function announceEvent(
  { tx, person, now }: Pick<Change, 'tx' | 'now'> & { readonly person: { readonly id: number } },
  { event, entityTypeId, recordId, data }: Event,
): Promise<void> {
  tx.insert(outbox, {
    id: await tx.nextId(outbox),
    event,
    entity_type_id: entityTypeId,
    record_id: recordId,
    user_id: person.id,
    time: Math.floor(now),
    payload: JSON.stringify(data),
  })
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

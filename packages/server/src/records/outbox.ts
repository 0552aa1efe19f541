import { isDynamic } from '../schema/entity-types.ts'
import { outbox } from '../store/tables.ts'
import type { Change } from './change.ts'

/**
 * Announces a change to whoever listens, in the change's own transaction; delivery reads the outbox after the commit.
 * Smart processes share event names and tell their type in the payload.
 */
export async function announce(change: Change, verb: 'ADD' | 'UPDATE' | 'DELETE'): Promise<void> {
  const { entity, id, tx } = change
  if (entity.event === '') return
  const fields =
    isDynamic(entity.entityTypeId) || entity.entityTypeId === 31
      ? { ID: id, ENTITY_TYPE_ID: entity.entityTypeId }
      : { ID: id }
  tx.insert(outbox, {
    id: await tx.nextId(outbox),
    event: `${entity.event}${verb}`,
    entity_type_id: entity.entityTypeId,
    record_id: id,
    user_id: change.person.id,
    time: Math.floor(change.now),
    payload: JSON.stringify({ FIELDS: fields }),
  })
}

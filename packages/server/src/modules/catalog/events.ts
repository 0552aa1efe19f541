import type { Change } from '../../records/change.ts'
import type { Hooks } from '../../records/hooks.ts'
import { outbox } from '../../store/tables.ts'

/**
 * Announces `CATALOG.MEASURE.ON.ADD` and its siblings, beside what `crm.*` calls the same event
 * (api-reference/catalog/measure/events/catalog-measure-on-add.md). `more` stands in the payload beside the id.
 */
export function announcing(
  event: string,
  more: (change: Change) => Readonly<Record<string, unknown>> = () => ({}),
): Hooks {
  const put = async (change: Change, verb: 'ADD' | 'UPDATE' | 'DELETE'): Promise<void> => {
    const { tx, entity, id } = change
    tx.insert(outbox, {
      id: await tx.nextId(outbox),
      event: `${event}.${verb}`,
      entity_type_id: entity.entityTypeId,
      record_id: id,
      user_id: change.person.id,
      time: Math.floor(change.now),
      payload: JSON.stringify({ FIELDS: { ID: id, ...more(change) } }),
    })
  }
  return {
    followed: (change) => put(change, change.isNew ? 'ADD' : 'UPDATE'),
    removed: (change) => put(change, 'DELETE'),
  }
}

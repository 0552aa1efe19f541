import type { Change } from '../../records/change.ts'
import type { Hooks } from '../../records/hooks.ts'
import { announceEvent } from '../../records/outbox.ts'

/**
 * Announces `CATALOG.MEASURE.ON.ADD` and its siblings, beside what `crm.*` calls the same event
 * (api-reference/catalog/measure/events/catalog-measure-on-add.md). `more` stands in the payload beside the id.
 */
export function announcing(
  event: string,
  more: (change: Change) => Readonly<Record<string, unknown>> = () => ({}),
): Hooks {
  const put = async (change: Change, verb: 'ADD' | 'UPDATE' | 'DELETE'): Promise<void> => {
    const { entity, id } = change
    await announceEvent(change, {
      event: `${event}.${verb}`,
      entityTypeId: entity.entityTypeId,
      recordId: id,
      data: { FIELDS: { ID: id, ...more(change) } },
    })
  }
  return {
    followed: (change) => put(change, change.isNew ? 'ADD' : 'UPDATE'),
    removed: (change) => put(change, 'DELETE'),
  }
}

import type { Entity } from '../schema/entity.ts'
import { history } from '../store/tables.ts'
import { isSaved, type Change } from './change.ts'

/** What of a record is noise in its history. */
const SILENT = new Set([
  'timestampX',
  'updatedTime',
  'updatedBy',
  'searchContent',
  'lastActivityTime',
  'lastActivityBy',
])

/** One row per write: who, when, and each changed field with its old and new value. */
export async function recordHistory(change: Change, action: 'add' | 'update' | 'delete'): Promise<void> {
  const changes: Record<string, unknown> = {}
  if (action === 'update') {
    for (const [name, value] of change.draft.values)
      if (!SILENT.has(name) && !isSaved(value) && value !== change.old(name)) changes[name] = [change.old(name), value]
    for (const [name, values] of change.draft.lists) changes[name] = [change.oldList(name), values]
    for (const [name, ids] of change.draft.links) changes[name] = [change.oldList(name), ids]
    if (change.draft.multifields.length > 0) changes.fm = [null, change.draft.multifields]
  }
  await insertHistory(change, change.entity, change.id, action, action === 'update' ? changes : null)
}

/** A change of what belongs to a record and is no field of it, such as its product rows: `[before, after]` by name. */
export const recordChanges = (
  within: Pick<Change, 'tx' | 'person' | 'now'>,
  entity: Entity,
  id: number,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> => insertHistory(within, entity, id, 'update', changes)

async function insertHistory(
  { tx, person, now }: Pick<Change, 'tx' | 'person' | 'now'>,
  entity: Entity,
  id: number,
  action: 'add' | 'update' | 'delete',
  changes: Readonly<Record<string, unknown>> | null,
): Promise<void> {
  tx.insert(history, {
    id: await tx.nextId(history),
    entity_type_id: entity.entityTypeId,
    record_id: id,
    action,
    user_id: person.id,
    time: Math.floor(now),
    changes: changes === null ? null : JSON.stringify(changes),
  })
}

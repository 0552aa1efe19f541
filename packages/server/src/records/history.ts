import { history } from '../store/tables.ts'
import { isSaved, type Change } from './change.ts'

/** What of a record is noise in its history. */
const SILENT = new Set(['updatedTime', 'updatedBy', 'searchContent', 'lastActivityTime', 'lastActivityBy'])

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
  change.tx.insert(history, {
    id: await change.tx.nextId(history),
    entity_type_id: change.entity.entityTypeId,
    record_id: change.id,
    action,
    user_id: change.person.id,
    time: Math.floor(change.now),
    changes: action === 'update' ? JSON.stringify(changes) : null,
  })
}

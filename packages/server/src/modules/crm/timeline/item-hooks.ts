import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'
import { announceEvent } from '../../../records/outbox.ts'
import { requireItem } from './bound.ts'
import { timelineItem } from './item.ts'
import { hold, ownerNotFound, typeNumber } from './owners.ts'
import { bindingTable, layoutTable, noteTable } from './tables.ts'

/** Payloads: one page shows `data.ID`, others of the API `data.FIELDS.ID`, and clients read either. */
async function announce(change: Change, verb: 'ADD' | 'UPDATE' | 'DELETE'): Promise<void> {
  if (change.value('kind') !== 'comment') return
  const { id } = change
  await announceEvent(change, {
    event: `ONCRMTIMELINECOMMENT${verb}`,
    entityTypeId: timelineItem.entityTypeId,
    recordId: id,
    data: { ID: id, FIELDS: { ID: id } },
  })
}

const ownerOf = (change: Change): { typeId: number; id: number } => ({
  typeId: typeNumber(change.value('entityType')) ?? 0,
  id: Number(change.value('entityId')),
})

/** The life of comments and log messages. */
export const timelineItemHooks: Hooks = {
  readable: (context, id) => requireItem(context, { id }, 'read'),
  complete(change) {
    change.default('created', Math.floor(change.now))
    if (change.isNew && !change.value('authorId')) change.set('authorId', change.person.id)
  },
  async check(change) {
    if (!change.isNew) return
    const { typeId, id } = ownerOf(change)
    const entity = await change.portal.entities.find(change.tx, typeId)
    if (entity === undefined || (await hold(change.tx, entity, [id])).length === 0) throw ownerNotFound()
  },
  async saved(change) {
    if (change.isNew) {
      const { typeId, id } = ownerOf(change)
      change.tx.insert(bindingTable, {
        item_id: change.id,
        entity_type_id: typeId,
        record_id: id,
        is_fixed: 'N',
        time: change.value('created'),
        position: 0,
      })
    }
    await announce(change, change.isNew ? 'ADD' : 'UPDATE')
  },
  async removed(change) {
    await change.tx.change(sql`delete from ${sql.table(bindingTable.name)} where item_id = ${change.id}`)
    await removeExtras(change, [change.id])
    await announce(change, 'DELETE')
  },
}

/** What is written about entries elsewhere: notes and content blocks. */
export async function removeExtras({ tx }: Pick<Change, 'tx'>, ids: readonly number[]): Promise<void> {
  await tx.change(sql`delete from ${sql.table(noteTable.name)} where item_type = 1 and item_id in (${sql.join(ids)})`)
  await tx.change(sql`delete from ${sql.table(layoutTable.name)} where item_id in (${sql.join(ids)})`)
}

import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import { history } from '../../../store/tables.ts'
import { timelineItem } from './item.ts'
import { removeExtras } from './item-hooks.ts'
import { hold } from './owners.ts'
import { bindingTable, noteTable } from './tables.ts'

/** Well below what a statement takes as parameters. */
const CHUNK = 500
const bindings = sql.table(bindingTable.name)

async function boundIds(reader: Reader, entityTypeId: number, recordId: number): Promise<number[]> {
  const rows = await reader.find<{ item_id: number }>(
    sql`select item_id from ${bindings} where entity_type_id = ${entityTypeId} and record_id = ${recordId}`,
  )
  return rows.map((row) => row.item_id)
}

/** Removes entries of which no timeline is left, many at once: nobody has deleted them one by one, so no event tells it. */
async function removeItems(change: Change, ids: readonly number[]): Promise<void> {
  const { tx, portal } = change
  const { entityTypeId, table } = timelineItem
  const own = sql`entity_type_id = ${entityTypeId} and record_id in (${sql.join(ids)})`
  const files = await tx.find<{ id: number }>(sql`select id from stored_file where ${own}`)
  for (let from = 0; from < files.length; from += CHUNK)
    await portal.files.remove(
      tx,
      files.slice(from, from + CHUNK).map((file) => file.id),
    )
  await tx.change(sql`delete from field_value where ${own}`)
  await removeExtras(change, ids)
  await tx.change(sql`delete from ${sql.table(table)} where id in (${sql.join(ids)})`)
  tx.count(table, -ids.length)
  for (const id of ids)
    tx.insert(history, {
      id: await tx.nextId(history),
      entity_type_id: entityTypeId,
      record_id: id,
      action: 'delete',
      user_id: change.person.id,
      time: Math.floor(change.now),
      changes: null,
    })
}

/** What a CRM item's going means to its timeline. */
export const ownerHooks: Hooks = {
  async removed(change) {
    const { tx, entity, id } = change
    const ids = await boundIds(tx, entity.entityTypeId, id)
    if (ids.length === 0) return
    // Held, so that two records of one entry can't go at once, each thinking that the other keeps it.
    await hold(tx, timelineItem, ids)
    await tx.change(sql`delete from ${bindings} where entity_type_id = ${entity.entityTypeId} and record_id = ${id}`)
    for (let from = 0; from < ids.length; from += CHUNK) {
      const chunk = ids.slice(from, from + CHUNK)
      const kept = await tx.find<{ item_id: number }>(
        sql`select distinct item_id from ${bindings} where item_id in (${sql.join(chunk)})`,
      )
      const gone = chunk.filter((each) => !kept.some((row) => row.item_id === each))
      if (gone.length > 0) await removeItems(change, gone)
    }
  },
  /** Entries go over to the record that stays, once each. */
  async merged({ tx, entity, into, from }) {
    const of = (record: number) => sql`entity_type_id = ${entity.entityTypeId} and record_id = ${record}`
    await tx.change(
      sql`delete from ${bindings} where ${of(from)} and item_id in (select item_id from ${bindings} where ${of(into)})`,
    )
    await tx.change(sql`update ${bindings} set record_id = ${into} where ${of(from)}`)
  },
}

/** Activities take their notes with them; for who removes many at once, past the hooks. */
export async function removeActivityNotes(tx: Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await tx.change(sql`delete from ${sql.table(noteTable.name)} where item_type = 2 and item_id in (${sql.join(ids)})`)
}

export const activityHooks: Hooks = {
  removed: ({ tx, id }) => removeActivityNotes(tx, [id]),
}

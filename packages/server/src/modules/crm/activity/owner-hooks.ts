import { type Change, emptyDraft } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { removeWithin, updateWithin } from '../../../records/records.ts'
import { sql } from '../../../store/sql.ts'
import { stageDirectory } from '../stages.ts'
import { hold } from '../timeline/owners.ts'
import { activity, AUTO_COMPLETED, COMPLETE_WITH_OWNER } from './activity.ts'
import { bind, bindingsOfAll, type RecordRef, settleOwner } from './bindings.ts'
import { bindingTable, communicationTable } from './tables.ts'

const bindings = sql.table(bindingTable.name)
const communications = sql.table(communicationTable.name)
/** Well below what a statement takes as parameters. */
const CHUNK = 500
const [LEAD, DEAL, CONTACT, COMPANY] = [1, 2, 3, 4]

/** Whether the record has just come to a stage that is a last one. */
async function hasEnded(change: Change): Promise<boolean> {
  const { entity, portal, tx } = change
  if (entity.stageField === undefined || !change.changes(entity.stageField)) return false
  const category = entity.categories ? Number(change.value('categoryId') ?? 0) : 0
  const stages = await portal.directories.statuses(tx, stageDirectory(entity.entityTypeId, category))
  const { semantics } = stages.find((each) => each.statusId === change.value(entity.stageField ?? '')) ?? {}
  return semantics === 'S' || semantics === 'F'
}

/** What the life of CRM items means to their activities. */
export const ownerHooks: Hooks = {
  /** Activities that wait for that are done when their record has reached its end (`AUTOCOMPLETE_RULE`). */
  async followed(change) {
    if (change.isNew || !(await hasEnded(change))) return
    const { tx, entity, id } = change
    const waiting = await tx.find<{ id: number }>(
      sql`select a.id from ${sql.table(activity.table)} as a where a.autocomplete_rule = ${COMPLETE_WITH_OWNER} and a.completed = 'N' and exists (select 1 from ${bindings} as b where b.activity_id = a.id and b.owner_type_id = ${entity.entityTypeId} and b.owner_id = ${id}) order by a.id`,
    )
    for (const each of waiting) {
      const draft = emptyDraft()
      draft.values.set('completed', 'Y')
      draft.values.set('status', AUTO_COMPLETED)
      await updateWithin(change, activity, each.id, draft)
    }
  },
  /** What was planned with a lead goes on with what it has turned into, and stays in the lead's timeline as well. */
  async converted({ tx, leadId, dealId, contactId, companyId }) {
    const made: RecordRef[] = [{ entityTypeId: DEAL, recordId: dealId }]
    if (contactId !== null) made.push({ entityTypeId: CONTACT, recordId: contactId })
    if (companyId !== null) made.push({ entityTypeId: COMPANY, recordId: companyId })
    const rows = await tx.find<{ activity_id: number }>(
      sql`select activity_id from ${bindings} where owner_type_id = ${LEAD} and owner_id = ${leadId} order by activity_id`,
    )
    for (const row of rows) await bind(tx, row.activity_id, made)
  },
  /** Activities stay with the other records that they are at; without any, they go. */
  async removed(change) {
    const { tx, entity, id } = change
    const mine = sql`owner_type_id = ${entity.entityTypeId} and owner_id = ${id}`
    const rows = await tx.find<{ activity_id: number }>(
      sql`select activity_id from ${bindings} where ${mine} order by activity_id`,
    )
    const ids = rows.map((row) => row.activity_id)
    for (let from = 0; from < ids.length; from += CHUNK) {
      const chunk = ids.slice(from, from + CHUNK)
      // Held, so that two records of one activity can't go at once, each thinking that the other keeps it.
      await hold(tx, activity, chunk)
      const all = await bindingsOfAll(tx, chunk)
      for (const each of chunk) {
        if ((all.get(each) ?? []).length < 2) {
          await removeWithin(change, activity, each)
          continue
        }
        await tx.change(sql`delete from ${bindings} where activity_id = ${each} and ${mine}`)
        await settleOwner(tx, each)
      }
    }
    // A phone that somebody was called by stays with the activity, and is nobody's.
    await tx.change(
      sql`update ${communications} set entity_type_id = 0, entity_id = 0 where entity_type_id = ${entity.entityTypeId} and entity_id = ${id}`,
    )
  },
}

import type { Change } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'

const invalid = (change: Change, name: string, detail: string): Failure =>
  new Failure({ why: 'invalid', field: change.entity.field(name), detail })

/** The history that an item brings along belongs to administrators (api-reference/crm/universal/import/index.md). */
function checkAuthor(change: Change): void {
  const { now, person } = change
  for (const name of ['createdTime', 'updatedTime', 'movedTime'])
    if (change.has(name) && change.value(name) !== Math.floor(now))
      throw invalid(change, name, 'only an administrator may give it')
  for (const name of ['createdBy', 'updatedBy', 'movedBy'])
    if (change.has(name) && change.value(name) !== person.id)
      throw invalid(change, name, 'only an administrator may give it')
}

async function checkTimes(change: Change): Promise<void> {
  const { entity, id, now, tx } = change
  const [created, updated] = [Number(change.value('createdTime')), Number(change.value('updatedTime'))]
  if (created > now) throw invalid(change, 'createdTime', 'it is still to come')
  if (updated > now) throw invalid(change, 'updatedTime', 'it is still to come')
  if (updated < created) throw invalid(change, 'updatedTime', 'it is earlier than the creation')
  const moved = change.has('movedTime') ? change.value('movedTime') : null
  if (moved !== null && (Number(moved) < created || Number(moved) > updated))
    throw invalid(change, 'movedTime', 'it is not between the creation and the last change')
  if (created === Math.floor(now)) return
  const column = sql.ref(entity.columnOf('createdTime'))
  const [last] = await tx.find<{ created: number }>(
    sql`select ${column} as created from ${sql.table(entity.table)} where id < ${id} order by id desc limit 1`,
  )
  if (last !== undefined && created < last.created)
    throw invalid(change, 'createdTime', 'it is earlier than the creation of the last item')
}

/** What `crm.item.import` asks of dates and authors; the older `IMPORT=Y` asks less. */
export const importHooks: Hooks = {
  async check(change) {
    if (!change.imported || change.legacy) return
    if (!change.person.admin) checkAuthor(change)
    await checkTimes(change)
  },
}

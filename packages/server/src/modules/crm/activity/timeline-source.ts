import { scalarOf, select } from '../../../store/entity-query.ts'
import { itemWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import { ACTIVITY } from '../timeline/note.ts'
import { isBefore, type TimelineEntry, type TimelineSource } from '../timeline/sources.ts'
import { activity } from './activity.ts'
import { bindingTable } from './tables.ts'

const NAME = 'activity'
const bindings = sql.table(bindingTable.name)
const activities = sql.table(activity.table)
const [id, created, author] = [activity.field('id'), activity.field('createdTime'), activity.field('createdBy')]
/** What an entry tells of its activity. */
const told = ['subject', 'typeId', 'providerId', 'deadline', 'completed', 'responsibleId'].map((name) =>
  activity.field(name),
)
const createdColumn = activity.columnOf('createdTime')

/**
 * Activities, in the timeline of each record that they are bound to, at the time of their creation. Whoever reads the
 * record reads them: `timelineOf` has asked for that right.
 */
export const activitySource: TimelineSource = {
  name: NAME,
  noteType: ACTIVITY,
  async read({ session, encode }, owner, before, limit) {
    const rows = await session.find<{ id: number }>(
      sql`select a.id as id from ${bindings} as b join ${activities} as a on a.id = b.activity_id where b.owner_type_id = ${owner.entity.entityTypeId} and b.owner_id = ${owner.id} and ${isBefore(before, `a.${createdColumn}`, 'a.id')} order by a.${sql.ref(createdColumn)} desc, a.id desc limit ${limit}`,
    )
    if (rows.length === 0) return []
    const ids = rows.map((row) => row.id)
    const stored = await select(session, {
      entity: activity,
      fields: [id, created, author, ...told],
      test: { is: 'compare', field: id, op: 'in', values: ids },
    })
    const entries = new Map(
      stored.map((row): [number, TimelineEntry] => {
        const number = Number(scalarOf(row, id))
        const data = Object.fromEntries(
          told.map((field) => [field.name, itemWire.value(scalarOf(row, field), field, encode)]),
        )
        const time = Number(scalarOf(row, created))
        const authorId = Number(scalarOf(row, author))
        return [number, { source: NAME, id: number, kind: 'activity', time, authorId, data }]
      }),
    )
    return ids.flatMap((each) => entries.get(each) ?? [])
  },
}

import { type Scalar, isBlank } from '../../../schema/kind.ts'
import { itemWire } from '../../../schema/wire.ts'
import { listOf, scalarOf, select, type Stored } from '../../../store/entity-query.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import { ACTIVITY } from '../timeline/note.ts'
import type { Reading, Sort, TimelineEntry, TimelineSource } from '../timeline/sources.ts'
import type { Owner } from '../timeline/owners.ts'
import { activity, CALL, EMAIL, MEETING, TODO_PROVIDER } from './activity.ts'
import { communicationRows } from './communications.ts'
import { bindingTable } from './tables.ts'

const NAME = 'activity'
/** Of a long text, such as a letter's, this much is told; the whole has `crm.activity.get`. */
const MAX_TEXT = 20_000
/** So many open activities of one record are told. */
const MAX_PLANNED = 200
const bindings = sql.table(bindingTable.name)
const activities = sql.table(activity.table)
const column = (name: string): Fragment => sql.ref(`a.${activity.columnOf(name)}`)
/** When it was done; what came done from elsewhere may not say it. */
const doneAt = sql`coalesce(${column('completedTime')}, ${column('createdTime')})`

const [id, created, author, completedTime, description, settings, pings, files, layout] = [
  'id',
  'createdTime',
  'createdBy',
  'completedTime',
  'description',
  'settings',
  'pingOffsets',
  'files',
  'layout',
].map((name) => activity.field(name)) as [F, F, F, F, F, F, F, F, F]
type F = ReturnType<typeof activity.field>

/** What an entry tells of its activity as it is. */
const told = [
  'subject',
  'typeId',
  'providerId',
  'providerTypeId',
  'deadline',
  'startTime',
  'endTime',
  'completed',
  'completedTime',
  'createdTime',
  'responsibleId',
  'priority',
  'direction',
  'location',
  'descriptionType',
].map((name) => activity.field(name))
const fields = [...new Set([id, created, author, completedTime, description, settings, pings, files, layout, ...told])]

const isSort: Readonly<Record<string, Fragment>> = {
  todo: sql`${column('providerId')} = ${TODO_PROVIDER}`,
  call: sql`${column('typeId')} = ${CALL}`,
  email: sql`${column('typeId')} = ${EMAIL}`,
  meeting: sql`${column('typeId')} = ${MEETING}`,
  activity: sql`(${column('typeId')} not in (${CALL}, ${EMAIL}, ${MEETING}) and coalesce(${column('providerId')}, '') <> ${TODO_PROVIDER})`,
}
const sorts = Object.keys(isSort) as Sort[]

const here = ({ entity, id: record }: Owner): Fragment =>
  sql`${bindings} as b join ${activities} as a on a.id = b.activity_id where b.owner_type_id = ${entity.entityTypeId} and b.owner_id = ${record}`

/**
 * Activities, in the timeline of each record that they are bound to: what is still to be done stands above, what is
 * done at the time when it was. Whoever reads the record reads them: `timelineOf` has asked for that right.
 */
export const activitySource: TimelineSource = {
  name: NAME,
  noteType: ACTIVITY,
  sorts,
  async read(reading, owner, before, limit, wanted) {
    const some = sorts.flatMap((sort) => (wanted?.has(sort) === false ? [] : [isSort[sort] as Fragment]))
    const narrowed = some.length === sorts.length ? sql`` : sql` and (${sql.join(some, sql` or `)})`
    const rows = await reading.session.find<{ id: number }>(
      sql`select a.id as id from ${here(owner)} and ${column('completed')} = 'Y'${narrowed} and (${doneAt} < ${before.time} or (${doneAt} = ${before.time} and a.id < ${before.id})) order by ${doneAt} desc, a.id desc limit ${limit}`,
    )
    return entries(reading, rows)
  },
  async planned(reading, owner) {
    const deadline = column('deadline')
    const rows = await reading.session.find<{ id: number }>(
      sql`select a.id as id from ${here(owner)} and ${column('completed')} <> 'Y' order by case when ${deadline} is null then 1 else 0 end, ${deadline}, a.id limit ${MAX_PLANNED}`,
    )
    return entries(reading, rows)
  },
}

async function entries(reading: Reading, rows: readonly { readonly id: number }[]): Promise<TimelineEntry[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const stored = await select(reading.session, {
    entity: activity,
    fields,
    test: { is: 'compare', field: id, op: 'in', values: ids },
  })
  const communications = await communicationRows(reading, ids)
  const attached = await filesOf(reading, stored)
  const made = new Map(
    stored.map((row): [number, TimelineEntry] => {
      const number = Number(scalarOf(row, id))
      const done = scalarOf(row, activity.field('completed')) === 'Y'
      const time = Number((done ? scalarOf(row, completedTime) : null) ?? scalarOf(row, created))
      const text = String(scalarOf(row, description) ?? '')
      const data: Record<string, unknown> = Object.fromEntries(
        told.map((field) => [field.name, itemWire.value(scalarOf(row, field), field, reading.encode)]),
      )
      const looks = json(scalarOf(row, layout))
      return [
        number,
        {
          source: NAME,
          id: number,
          kind: 'activity',
          time,
          authorId: Number(scalarOf(row, author)),
          data: {
            ...data,
            description: text.slice(0, MAX_TEXT),
            ...(text.length > MAX_TEXT ? { isShortened: true } : {}),
            settings: json(scalarOf(row, settings)) ?? {},
            pingOffsets: json(scalarOf(row, pings)) ?? [],
            communications: (communications.get(number) ?? []).map((each) => ({
              type: each.TYPE,
              value: each.VALUE,
              entityTypeId: Number(each.ENTITY_TYPE_ID),
              entityId: Number(each.ENTITY_ID),
            })),
            files: listOf(row, files).flatMap((file) => attached.get(Number(file)) ?? []),
            ...(looks === undefined ? {} : { layout: looks }),
          },
        },
      ]
    }),
  )
  return ids.flatMap((each) => made.get(each) ?? [])
}

const json = (value: Scalar): unknown =>
  typeof value === 'string' && !isBlank(value) ? (JSON.parse(value) as unknown) : undefined

async function filesOf({ session, encode }: Reading, rows: readonly Stored[]): Promise<ReadonlyMap<number, object>> {
  const ids = rows.flatMap((row) => listOf(row, files).map(Number))
  if (ids.length === 0) return new Map()
  const found = await session.find<{ id: number; name: string; size: number }>(
    sql`select id, name, size from stored_file where id in (${sql.join([...new Set(ids)])})`,
  )
  return new Map(
    found.map(({ id: file, name, size }) => [
      file,
      { id: file, name, size, urlDownload: encode.fileUrls(file).machine },
    ]),
  )
}

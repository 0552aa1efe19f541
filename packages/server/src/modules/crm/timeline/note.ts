import { ApiError, type ErrorStyle, inStyle } from '../../../methods/errors.ts'
import { type Call, method, need } from '../../../methods/method.ts'
import type { Action } from '../../../records/access.ts'
import type { Portal } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { formatDateTime } from '../../../schema/time.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import { holdActivity, isActivityOf } from './activities.ts'
import { requireItem } from './bound.ts'
import { timelineStyle } from './errors.ts'
import { timelineItem } from './item.ts'
import { hold, requireOwner } from './owners.ts'
import { noteTable } from './tables.ts'

const scope = 'crm'
const table = sql.table(noteTable.name)
const MAX_TEXT = 100_000
const params = { ownerTypeId: need.id, ownerId: need.id, itemType: need.integer, itemId: need.id }
type Noted = { ownerTypeId: number; ownerId: number; itemType: number; itemId: number }

/** What a note is written on: an entry of the timeline or an activity. */
export const ITEM = 1
export const ACTIVITY = 2

/** The pages know one "not found", for the record, for what the note is on and for the note (crm-timeline-note-get.md). */
const style: ErrorStyle = {
  ...timelineStyle,
  notFound: () => new ApiError('NOT_FOUND', 400, 'Element not found'),
}

/** The rights are those to the record in whose timeline the noted thing stands. */
async function requireNoted(call: Call, { ownerTypeId, ownerId, itemType, itemId }: Noted, action: Action) {
  try {
    if (itemType === ITEM) await requireItem(call, { id: itemId, ownerTypeId, ownerId }, action)
    else {
      await requireOwner(call, ownerTypeId, ownerId, action)
      if (itemType !== ACTIVITY || !(await isActivityOf(call.portal, call.session, itemId, ownerTypeId, ownerId)))
        throw new Failure({ why: 'not-found' })
    }
  } catch (cause) {
    if (cause instanceof ApiError) throw style.notFound()
    throw cause
  }
}

/** Holds the noted thing, so that it doesn't go without its note. */
async function holdNoted(tx: Transaction, portal: Portal, { itemType, itemId }: Noted): Promise<void> {
  const there =
    itemType === ITEM ? (await hold(tx, timelineItem, [itemId])).length > 0 : await holdActivity(tx, portal, itemId)
  if (!there) throw new Failure({ why: 'not-found' })
}

const isNoteOf = ({ itemType, itemId }: Pick<Noted, 'itemType' | 'itemId'>): Fragment =>
  sql`item_type = ${itemType} and item_id = ${itemId}`

interface Row {
  readonly item_id: number
  readonly text: string
  readonly created_by: number
  readonly created: number
  readonly updated_by: number
  readonly updated: number
}

/** The texts of notes on entries or on activities, by their numbers. */
export async function notesOn(reader: Reader, itemType: number, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.find<Row>(
    sql`select item_id, text from ${table} where item_type = ${itemType} and item_id in (${sql.join(ids)})`,
  )
  return new Map(rows.map((row) => [row.item_id, row.text]))
}

export default [
  method({
    name: 'crm.timeline.note.get',
    scope,
    params,
    run: (noted, call) =>
      inStyle(style, 'read', async () => {
        await requireNoted(call, noted, 'read')
        const [row] = await call.session.find<Row>(sql`select * from ${table} where ${isNoteOf(noted)}`)
        if (row === undefined) throw style.notFound()
        return {
          text: row.text,
          createdById: row.created_by,
          createdTime: formatDateTime(row.created, call.portal.zone),
          updatedById: row.updated_by,
          updatedTime: formatDateTime(row.updated, call.portal.zone),
        }
      }),
  }),
  method({
    name: 'crm.timeline.note.save',
    scope,
    params: { ...params, text: need.text },
    run: ({ text, ...noted }, call) =>
      inStyle(style, 'write', async () => {
        await requireNoted(call, noted, 'update')
        if (text.length > MAX_TEXT)
          throw new Failure({ why: 'rule', text: `The note is longer than ${MAX_TEXT} characters` })
        const now = Math.floor(call.now)
        const by = call.person.id
        await call.session.transaction(async (tx) => {
          await holdNoted(tx, call.portal, noted)
          await tx.change(
            sql`insert into ${table} (item_type, item_id, text, created_by, created, updated_by, updated) values (${noted.itemType}, ${noted.itemId}, ${text}, ${by}, ${now}, ${by}, ${now}) on conflict (item_type, item_id) do update set text = excluded.text, updated_by = excluded.updated_by, updated = excluded.updated`,
          )
        })
        return true
      }),
  }),
  method({
    name: 'crm.timeline.note.delete',
    scope,
    params,
    run: (noted, call) =>
      inStyle(style, 'write', async () => {
        await requireNoted(call, noted, 'update')
        await call.session.transaction(async (tx) => {
          if ((await tx.change(sql`delete from ${table} where ${isNoteOf(noted)}`)) === 0) throw style.notFound()
        })
        return true
      }),
  }),
]

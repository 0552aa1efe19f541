import { requireApplication } from '../../../methods/application.ts'
import { ApiError, inStyle } from '../../../methods/errors.ts'
import { type Call, method, need } from '../../../methods/method.ts'
import type { Action } from '../../../records/access.ts'
import { Failure } from '../../../records/failure.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { kindOf, requireItem } from './bound.ts'
import { readLayout } from './content-blocks.ts'
import { timelineStyle } from './errors.ts'
import { timelineItem } from './item.ts'
import { hold } from './owners.ts'
import { layoutTable } from './tables.ts'

const scope = 'crm'
const table = sql.table(layoutTable.name)
const params = { entityTypeId: need.id, entityId: need.id, timelineId: need.id }
type Place = { entityTypeId: number; entityId: number; timelineId: number }

/** Blocks belong to applications: each sees and changes its own alone, and who is none has none. */
const contextOf = (call: Call): string =>
  requireApplication(
    call,
    new ApiError('ERROR_WRONG_CONTEXT', 400, 'Method call is only possible in the context of a REST application'),
  )

const requirePlace = (call: Call, { entityTypeId, entityId, timelineId }: Place, action: Action) =>
  requireItem(call, { id: timelineId, ownerTypeId: entityTypeId, ownerId: entityId }, action)

interface Row {
  readonly item_id: number
  readonly application: string
  readonly layout: string
}

/** A set of blocks and the application that has put it there. */
export interface LayoutBlocks {
  readonly application: string
  readonly layout: unknown
}

/** The blocks on entries, by number; several sets of one entry in the order in which they were added. */
export async function layoutsOn(reader: Reader, ids: readonly number[]): Promise<Map<number, LayoutBlocks[]>> {
  const layouts = new Map<number, LayoutBlocks[]>()
  if (ids.length === 0) return layouts
  const rows = await reader.find<Row>(
    sql`select item_id, application, layout from ${table} where item_id in (${sql.join(ids)}) order by item_id, created, application`,
  )
  for (const { item_id, application, layout } of rows)
    layouts.set(item_id, [...(layouts.get(item_id) ?? []), { application, layout: JSON.parse(layout) as unknown }])
  return layouts
}

export default [
  method({
    name: 'crm.timeline.layout.blocks.set',
    scope,
    params: { ...params, layout: need.map },
    run: ({ layout, ...place }, call) =>
      inStyle(timelineStyle, 'write', async () => {
        const application = contextOf(call)
        await requirePlace(call, place, 'update')
        if ((await kindOf(call.session, place.timelineId)) !== 'comment')
          throw new ApiError(
            'UNSUITABLE_TIMELINE_ITEM',
            400,
            'The type of timeline record is not suitable for adding a set of additional content blocks',
          )
        const kept = JSON.stringify(readLayout(layout))
        const now = Math.floor(call.now)
        await call.session.transaction(async (tx) => {
          if ((await hold(tx, timelineItem, [place.timelineId])).length === 0) throw new Failure({ why: 'not-found' })
          await tx.change(
            sql`insert into ${table} (item_id, application, layout, created) values (${place.timelineId}, ${application}, ${kept}, ${now}) on conflict (item_id, application) do update set layout = excluded.layout`,
          )
        })
        return { success: true }
      }),
  }),
  method({
    name: 'crm.timeline.layout.blocks.get',
    scope,
    params,
    run: (place, call) =>
      inStyle(timelineStyle, 'read', async () => {
        const application = contextOf(call)
        await requirePlace(call, place, 'read')
        const sets = (await layoutsOn(call.session, [place.timelineId])).get(place.timelineId) ?? []
        return { layout: sets.find((each) => each.application === application)?.layout ?? null }
      }),
  }),
  method({
    name: 'crm.timeline.layout.blocks.delete',
    scope,
    params,
    run: (place, call) =>
      inStyle(timelineStyle, 'write', async () => {
        const application = contextOf(call)
        await requirePlace(call, place, 'update')
        await call.session.transaction(async (tx) => {
          const gone = await tx.change(
            sql`delete from ${table} where item_id = ${place.timelineId} and application = ${application}`,
          )
          if (gone === 0) throw new Failure({ why: 'not-found' })
        })
        return { success: true }
      }),
  }),
]

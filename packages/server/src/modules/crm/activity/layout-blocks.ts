import { requireApplication } from '../../../methods/application.ts'
import { ApiError, inStyle } from '../../../methods/errors.ts'
import { type Call, method, need } from '../../../methods/method.ts'
import type { Action } from '../../../records/access.ts'
import { Failure } from '../../../records/failure.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import { load } from '../shown.ts'
import { readLayout } from '../timeline/content-blocks.ts'
import { hold } from '../timeline/owners.ts'
import { activity, CONFIGURABLE_PROVIDER } from './activity.ts'
import { bindingsOf, isSame, requireOwner } from './bindings.ts'
import { blocksStyle, ownerNotFound } from './errors.ts'
import { layoutTable } from './tables.ts'

const scope = 'crm'
const table = sql.table(layoutTable.name)
const params = { entityTypeId: need.id, entityId: need.id, activityId: need.id }
type Place = { entityTypeId: number; entityId: number; activityId: number }

/** Blocks belong to applications: each sees and changes its own alone. Each page has its own words for the others. */
const contextOf = (call: Call, text: string): string =>
  requireApplication(call, new ApiError('ERROR_WRONG_CONTEXT', 400, text))

/** The activity of that record, if the caller may do this to the record. */
async function find(call: Call, { entityTypeId, entityId, activityId }: Place, action: Action): Promise<Stored> {
  const owner = { entityTypeId, recordId: entityId }
  try {
    await requireOwner(call, owner, action)
  } catch (cause) {
    const isMissing = cause instanceof Failure ? cause.reason.why === 'not-found' : cause instanceof ApiError
    throw isMissing ? ownerNotFound('The element to which the activity is linked was not found') : cause
  }
  const bindings = await bindingsOf(call.session, activityId)
  const stored = bindings.some((ref) => isSame(ref, owner)) ? await load(call.session, activity, activityId) : undefined
  if (stored === undefined) throw new Failure({ why: 'not-found' })
  return stored
}

/** The row of an application's blocks, as a condition. */
const own = (activityId: number, application: string) =>
  sql`activity_id = ${activityId} and application = ${application}`

export default [
  method({
    name: 'crm.activity.layout.blocks.set',
    scope,
    params: { ...params, layout: need.map },
    run: ({ layout, ...place }, call) =>
      inStyle(blocksStyle, 'write', async () => {
        const application = contextOf(call, 'The method call is only possible in the context of a REST application')
        const stored = await find(call, place, 'update')
        if (scalarOf(stored, activity.field('providerId')) === CONFIGURABLE_PROVIDER)
          throw new ApiError(
            'UNSUITABLE_ACTIVITY_TYPE_ERROR',
            400,
            'The type of this activity is not suitable for adding a set of additional content blocks',
          )
        const kept = JSON.stringify(readLayout(layout))
        const now = Math.floor(call.now)
        await call.session.transaction(async (tx) => {
          if ((await hold(tx, activity, [place.activityId])).length === 0) throw new Failure({ why: 'not-found' })
          await tx.change(
            sql`insert into ${table} (activity_id, application, layout, created) values (${place.activityId}, ${application}, ${kept}, ${now}) on conflict (activity_id, application) do update set layout = excluded.layout`,
          )
        })
        return { success: true }
      }),
  }),
  method({
    name: 'crm.activity.layout.blocks.get',
    scope,
    params,
    run: (place, call) =>
      inStyle(blocksStyle, 'read', async () => {
        const application = contextOf(call, 'The method can only be called in the context of a rest application')
        await find(call, place, 'read')
        const [row] = await call.session.find<{ layout: string }>(
          sql`select layout from ${table} where ${own(place.activityId, application)}`,
        )
        return { layout: row === undefined ? null : (JSON.parse(row.layout) as unknown) }
      }),
  }),
  method({
    name: 'crm.activity.layout.blocks.delete',
    scope,
    params,
    run: (place, call) =>
      inStyle(blocksStyle, 'write', async () => {
        const application = contextOf(call, 'The method can only be called in the context of a REST application')
        await find(call, place, 'update')
        const gone = await call.session.transaction((tx) =>
          tx.change(sql`delete from ${table} where ${own(place.activityId, application)}`),
        )
        // Otherwise, says the page, the answer is null.
        return gone > 0 ? { success: true } : null
      }),
  }),
]

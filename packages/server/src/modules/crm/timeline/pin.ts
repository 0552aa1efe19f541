import { ApiError, inStyle } from '../../../methods/errors.ts'
import { type Call, method, need } from '../../../methods/method.ts'
import { Failure } from '../../../records/failure.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { isBinding, requireItem } from './bound.ts'
import { timelineStyle } from './errors.ts'
import { hold } from './owners.ts'
import { bindingTable } from './tables.ts'

const scope = 'crm'
const table = sql.table(bindingTable.name)
const params = { id: need.id, ownerTypeId: need.id, ownerId: need.id }
type Pin = { id: number; ownerTypeId: number; ownerId: number }

/**
 * How many entries of a timeline may be pinned. The overview says seven (api-reference/crm/timeline/actions/index.md);
 * the older page of the method still has an error that speaks of three.
 */
const MAX_PINNED = 7

async function changePin(
  call: Call,
  { id, ownerTypeId, ownerId }: Pin,
  change: (tx: Transaction) => Promise<number>,
): Promise<null> {
  await requireItem(call, { id, ownerTypeId, ownerId }, 'update')
  const entity = await call.portal.entities.get(call.session, ownerTypeId)
  await call.session.transaction(async (tx) => {
    // Held, so that two who pin at once don't both take the last place.
    await hold(tx, entity, [ownerId])
    if ((await change(tx)) === 0) throw new Failure({ why: 'not-found' })
  })
  return null
}

export default [
  method({
    name: 'crm.timeline.item.pin',
    scope,
    params,
    run: (pin, call) =>
      inStyle(timelineStyle, 'write', () =>
        changePin(call, pin, async (tx) => {
          const [row] = await tx.find<{ n: number }>(
            sql`select count(*) as n from ${table} where entity_type_id = ${pin.ownerTypeId} and record_id = ${pin.ownerId} and is_fixed = 'Y' and item_id <> ${pin.id}`,
          )
          if (Number(row?.n) >= MAX_PINNED)
            throw new ApiError('0', 400, `Only ${MAX_PINNED} events can be added to favorites`)
          return tx.change(
            sql`update ${table} set is_fixed = 'Y' where ${isBinding(pin.id, pin.ownerTypeId, pin.ownerId)}`,
          )
        }),
      ),
  }),
  method({
    name: 'crm.timeline.item.unpin',
    scope,
    params,
    run: (pin, call) =>
      inStyle(timelineStyle, 'write', () =>
        changePin(call, pin, (tx) =>
          tx.change(sql`update ${table} set is_fixed = 'N' where ${isBinding(pin.id, pin.ownerTypeId, pin.ownerId)}`),
        ),
      ),
  }),
]

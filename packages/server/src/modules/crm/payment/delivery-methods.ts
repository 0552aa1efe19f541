import { inStyle } from '../../../methods/errors.ts'
import { method, need, take } from '../../../methods/method.ts'
import { Failure } from '../../../records/failure.ts'
import { delivery, shownOfDelivery } from './delivery.ts'
import { isPayable, requireOwned, requireOwner } from './owner.ts'
import { closedStyle } from './refusals.ts'
import { rowsOfList } from './rows-of-lists.ts'

const scope = 'crm'

/** `crm.item.delivery.{get,list}`: deliveries are made elsewhere (deliveries.ts). */
export default [
  method({
    name: 'crm.item.delivery.get',
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(closedStyle, 'read', async () => {
        await requireOwned(call, delivery, id, 'read')
        const [row] = await rowsOfList(call, { entity: delivery, fields: shownOfDelivery, of: { id } })
        if (row === undefined) throw new Failure({ why: 'not-found' })
        return row
      }),
  }),
  method({
    name: 'crm.item.delivery.list',
    scope,
    params: { entityId: need.id, entityTypeId: need.integer, filter: take.map, order: take.map },
    run: ({ entityId, entityTypeId, filter, order }, call) =>
      inStyle(closedStyle, 'read', async () => {
        await requireOwner(call, entityTypeId, entityId, 'read')
        if (!isPayable(entityTypeId)) return []
        const of = { ownerTypeId: entityTypeId, ownerId: entityId }
        return rowsOfList(call, { entity: delivery, fields: shownOfDelivery, of, filter, order })
      }),
  }),
]

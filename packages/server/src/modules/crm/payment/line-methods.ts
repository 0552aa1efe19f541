import { ApiError, inStyle } from '../../../methods/errors.ts'
import { method, need, type Param, take } from '../../../methods/method.ts'
import { parseDecimal } from '../../../schema/decimal.ts'
import { payDelivery, removeDeliveryLine, replaceDelivery } from './deliveries.ts'
import { paymentDelivery, paymentProduct } from './lines.ts'
import { requireOwned } from './owner.ts'
import { payment } from './payment.ts'
import { addProduct, removeProduct, setQuantity } from './product-lines.ts'
import { lineStyle, paymentStyle } from './refusals.ts'
import { rowsOfList } from './rows-of-lists.ts'
import type { Entity } from '../../../schema/entity.ts'
import type { Context } from '../../../records/context.ts'

const scope = 'crm'

/** A quantity in ten-thousandths. */
const quantity: Param<bigint> = {
  type: 'text',
  required: true,
  read(input) {
    const units = parseDecimal(input, 4)
    if (units !== undefined) return units
    throw new ApiError(
      '100',
      400,
      'Invalid value {quantity} to match with parameter {quantity}. Should be value of type float.',
    )
  },
}

/** What stands in a payment. */
const listing = (name: string, entity: Entity) =>
  method({
    name,
    scope,
    params: { paymentId: need.id, filter: take.map, order: take.map },
    run: ({ paymentId, filter, order }, call) =>
      inStyle(paymentStyle, 'read', async () => {
        await requireOwned(call, payment, paymentId, 'read')
        return rowsOfList(call, { entity, fields: entity.fields, of: { paymentId }, filter, order })
      }),
  })

const removing = (name: string, remove: (context: Context, id: number) => Promise<void>) =>
  method({
    name,
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(lineStyle, 'write', async () => {
        await remove(call, id)
        return true
      }),
  })

/** `crm.item.payment.product.*` and `crm.item.payment.delivery.*`. */
export default [
  method({
    name: 'crm.item.payment.product.add',
    scope,
    params: { paymentId: need.id, rowId: need.id, quantity },
    run: (params, call) =>
      inStyle(paymentStyle, 'write', () => addProduct(call, params.paymentId, params.rowId, params.quantity)),
  }),
  method({
    name: 'crm.item.payment.product.setQuantity',
    scope,
    params: { id: need.id, quantity },
    run: (params, call) =>
      inStyle(lineStyle, 'write', async () => {
        await setQuantity(call, params.id, params.quantity)
        return true
      }),
  }),
  listing('crm.item.payment.product.list', paymentProduct),
  removing('crm.item.payment.product.delete', removeProduct),
  method({
    name: 'crm.item.payment.delivery.add',
    scope,
    params: { paymentId: need.id, deliveryId: need.id },
    run: ({ paymentId, deliveryId }, call) =>
      inStyle(paymentStyle, 'write', () => payDelivery(call, paymentId, deliveryId)),
  }),
  method({
    name: 'crm.item.payment.delivery.setDelivery',
    scope,
    params: { id: need.id, deliveryId: need.id },
    run: ({ id, deliveryId }, call) =>
      inStyle(lineStyle, 'write', async () => {
        await replaceDelivery(call, id, deliveryId)
        return true
      }),
  }),
  listing('crm.item.payment.delivery.list', paymentDelivery),
  removing('crm.item.payment.delivery.delete', removeDeliveryLine),
]

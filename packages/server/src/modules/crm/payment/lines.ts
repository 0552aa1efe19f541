import { defineEntity, field } from '../../../schema/entity.ts'
import { decimal } from '../../../schema/kinds/decimal.ts'
import { integer } from '../../../schema/kinds/integer.ts'

const line = { part: true, rights: 'owner' } as const
const id = field(integer, 'ID', { readOnly: true })
const paymentId = field(integer, 'Payment', { immutable: true, index: true })
const quantity = field(decimal(4), 'Quantity')

/** So much of a product row is paid with a payment (crm-item-payment-product-list.md). */
export const paymentProduct = defineEntity({
  ...line,
  name: 'payment_product',
  title: 'Product in a payment',
  table: 'crm_payment_product',
  entityTypeId: -92,
  fields: { id, paymentId, quantity, rowId: field(integer, 'Product row', { immutable: true, index: true }) },
})

/** A delivery is paid with a payment (crm-item-payment-delivery-list.md). */
export const paymentDelivery = defineEntity({
  ...line,
  name: 'payment_delivery',
  title: 'Delivery in a payment',
  table: 'crm_payment_delivery',
  entityTypeId: -93,
  fields: { id, paymentId, quantity, deliveryId: field(integer, 'Delivery', { index: true }) },
})

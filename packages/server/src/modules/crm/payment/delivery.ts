import { defineEntity, field } from '../../../schema/entity.ts'
import { amount } from '../../../schema/kinds/amount.ts'
import { currency } from '../../../schema/kinds/currency.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'

/** How the goods of a deal or an invoice come to the client (api-reference/crm/universal/delivery/index.md). */
export const delivery = defineEntity({
  name: 'delivery',
  title: 'Delivery',
  table: 'crm_delivery',
  entityTypeId: -91,
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    accountNumber: field(string, 'Delivery number', { readOnly: true }),
    deducted: field(flag, 'Shipped'),
    dateDeducted: field(datetime, 'Shipped on', { readOnly: true }),
    /** The delivery service, with the name that it had. */
    deliveryId: field(integer, 'Delivery service'),
    priceDelivery: field(amount, 'Delivery price'),
    currency: field(currency, 'Currency', { readOnly: true }),
    deliveryName: field(string, 'Delivery service name'),
    // In filters and orders only, under its name of sale_order_shipment (sale/data-types.md).
    dateInsert: field(datetime, 'Created on', { readOnly: true }),
    ownerTypeId: field(integer, 'Type of the owner', { item: false }),
    ownerId: field(integer, 'Owner', { item: false, index: true }),
  },
})

/** The fields of a delivery that its rows have: sale_order_shipment_crm_simple (crm-item-delivery-get.md). */
export const shownOfDelivery = delivery.fields.slice(0, 8)

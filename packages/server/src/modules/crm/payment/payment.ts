import { defineEntity, field } from '../../../schema/entity.ts'
import { amount } from '../../../schema/kinds/amount.ts'
import { currency } from '../../../schema/kinds/currency.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { user } from '../../../schema/kinds/user.ts'

/** What a client has paid or is to pay for a deal or an invoice (api-reference/crm/universal/payment/index.md). */
export const payment = defineEntity({
  name: 'payment',
  title: 'Payment',
  table: 'crm_payment',
  entityTypeId: -90,
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    accountNumber: field(string, 'Payment number', { readOnly: true }),
    paid: field(flag, 'Paid'),
    datePaid: field(datetime, 'Payment date', { readOnly: true }),
    empPaidId: field(user, 'Paid by', { readOnly: true }),
    paySystemId: field(integer, 'Payment system'),
    sum: field(amount, 'Amount', { readOnly: true }),
    currency: field(currency, 'Currency', { readOnly: true }),
    paySystemName: field(string, 'Payment system name', { readOnly: true }),
    // The last two are in filters and orders only, under the names of sale_order_payment (sale/data-types.md).
    dateBill: field(datetime, 'Created on', { readOnly: true }),
    responsibleId: field(user, 'Responsible', { readOnly: true }),
    ownerTypeId: field(integer, 'Type of the owner', { item: false }),
    ownerId: field(integer, 'Owner', { item: false, index: true }),
  },
})

/** The fields of a payment that its rows have: sale_order_payment_crm_simple (crm-item-payment-get.md). */
export const shownOfPayment = payment.fields.slice(0, 9)

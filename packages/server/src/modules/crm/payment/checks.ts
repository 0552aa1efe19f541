import type { Check } from '../../../records/check.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import { deal } from '../deal.ts'
import { smartInvoice } from '../smart-invoice.ts'
import { delivery } from './delivery.ts'
import { paymentDelivery, paymentProduct } from './lines.ts'
import { orderTable } from './order.ts'
import { payment } from './payment.ts'

/** Whether the row's item is there. */
const hasItem = (type: string, record: string): Fragment =>
  sql.join(
    [deal, smartInvoice].map(
      ({ entityTypeId, table }) =>
        sql`(own.${sql.ref(type)} = ${entityTypeId} and exists (select 1 from ${sql.table(table)} as item where item.id = own.${sql.ref(record)}))`,
    ),
    sql` or `,
  )

const ownedTables = [
  { name: payment.table, type: 'owner_type_id', record: 'owner_id' },
  { name: delivery.table, type: 'owner_type_id', record: 'owner_id' },
  { name: orderTable.name, type: 'entity_type_id', record: 'record_id' },
]

/** What holds of payments and deliveries. */
export const paymentChecks: readonly Check[] = [
  ...ownedTables.map(({ name, type, record }) => ({
    name: `rows of ${name} belong to a deal or an invoice`,
    faults: () =>
      sql`select cast(own.id as text) as fault from ${sql.table(name)} as own where not (${hasItem(type, record)})`,
  })),
  ...[paymentProduct, paymentDelivery].map(({ table }) => ({
    name: `rows of ${table} stand in a payment`,
    faults: () =>
      sql`select 'line ' || cast(l.id as text) as fault from ${sql.table(table)} as l where not exists (select 1 from crm_payment as p where p.id = l.payment_id)`,
  })),
  {
    name: 'deliveries in payments are of the same item',
    faults: () =>
      sql`select 'line ' || cast(l.id as text) as fault from crm_payment_delivery as l where not exists (select 1 from crm_payment as p join crm_delivery as d on d.owner_type_id = p.owner_type_id and d.owner_id = p.owner_id where p.id = l.payment_id and d.id = l.delivery_id)`,
  },
  {
    name: 'products in payments are rows of the same item',
    faults: () =>
      sql`select 'line ' || cast(l.id as text) as fault from crm_payment_product as l where not exists (select 1 from crm_payment as p join crm_product_row as r on r.owner_id = p.owner_id and r.owner_type = case when p.owner_type_id = 2 then 'D' else 'SI' end where p.id = l.payment_id and r.id = l.row_id)`,
  },
  {
    name: 'payments have a payment system that is there',
    faults: () =>
      sql`select 'payment ' || account_number as fault from crm_payment as p where pay_system_id is not null and not exists (select 1 from crm_pay_system as s where s.id = p.pay_system_id)`,
  },
  {
    name: 'paid payments know since when',
    faults: () =>
      sql`select 'payment ' || account_number as fault from crm_payment where (paid = 'Y') <> (date_paid is not null)`,
  },
]

import type { Module } from '../../module.ts'
import { paymentChecks } from './checks.ts'
import deliveryMethods from './delivery-methods.ts'
import { delivery } from './delivery.ts'
import { deliveryHooks, itemHooks, paymentHooks } from './hooks.ts'
import lineMethods from './line-methods.ts'
import { paymentDelivery, paymentProduct } from './lines.ts'
import { orderTable } from './order.ts'
import { paySystem, preparePaySystems } from './pay-system.ts'
import paymentMethods from './payment-methods.ts'
import { payment as paymentEntity } from './payment.ts'

/** Payments and deliveries of deals and invoices. */
export const payment: Module = {
  name: 'crm.payment',
  entities: [paymentEntity, delivery, paymentProduct, paymentDelivery, paySystem],
  tables: [orderTable],
  itemHooks,
  hooks: { [paymentEntity.name]: paymentHooks, [delivery.name]: deliveryHooks },
  ownedBy: [
    { table: paymentEntity.table, type: 'owner_type_id', record: 'owner_id' },
    { table: delivery.table, type: 'owner_type_id', record: 'owner_id' },
    { table: orderTable.name, type: 'entity_type_id', record: 'record_id' },
  ],
  methods: [...paymentMethods, ...lineMethods, ...deliveryMethods],
  checks: paymentChecks,
  prepare: preparePaySystems,
}

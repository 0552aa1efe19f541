import { crud } from '../../../methods/crud.ts'
import { allOf } from '../../../records/hooks.ts'
import type { Module } from '../../module.ts'
import { orderBinding } from '../payment/order-binding.ts'
import { paySystem } from '../payment/pay-system.ts'
import callListMethods from './call-list-methods.ts'
import { callListChecks, callListHooks, callListTable, participantTable } from './call-lists.ts'
import orderMethods from './order-entities.ts'
import { orderChecks, orderHooks, prepareBindings } from './order-hooks.ts'
import { payerType, preparePayerTypes } from './payer-type.ts'
import { traceChecks, traceHooks } from './trace-hooks.ts'
import traceMethods, { traceOwnerTable, traceTable } from './trace.ts'

const owner = { type: 'entity_type_id', record: 'entity_id' }

/** Call lists, traces of clients on sites, bindings of orders; what outdated methods tell of payment. */
export const cards: Module = {
  name: 'crm.card',
  entities: [payerType, orderBinding],
  tables: [traceTable, traceOwnerTable, callListTable, participantTable],
  itemHooks: allOf(traceHooks, callListHooks, orderHooks),
  ownedBy: [
    { table: traceOwnerTable.name, ...owner, distinctBy: ['trace_id'] },
    { table: participantTable.name, ...owner, distinctBy: ['list_id'] },
  ],
  methods: [
    ...callListMethods,
    ...traceMethods,
    ...orderMethods,
    ...crud('crm.persontype', payerType.entityTypeId, { verbs: ['fields', 'list'] }),
    ...crud('crm.paysystem', paySystem.entityTypeId, { verbs: ['fields', 'list'] }),
  ],
  checks: [...traceChecks, ...callListChecks, ...orderChecks],
  async prepare(tx) {
    await preparePayerTypes(tx)
    await prepareBindings(tx)
  },
}

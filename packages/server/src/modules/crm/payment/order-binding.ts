import { defineEntity, field } from '../../../schema/entity.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { entityTable } from '../../../store/entity-table.ts'
import type { Transaction } from '../../../store/store.ts'

const key = { immutable: true, required: true, index: true } as const

/** To which items an order belongs: the one whose payments it holds, and others (crm/data-types.md, crm_orderentity). */
export const orderBinding = defineEntity({
  name: 'orderBinding',
  title: 'Order of an item',
  table: 'crm_order_entity',
  entityTypeId: -68,
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true, item: false }),
    orderId: field(integer, 'Order', key),
    ownerId: field(integer, 'Item', key),
    ownerTypeId: field(integer, 'Item type', { immutable: true, required: true }),
  },
})

export interface Binding {
  readonly orderId: number
  readonly ownerId: number
  readonly ownerTypeId: number
}

export async function bindOrder(tx: Transaction, { orderId, ownerId, ownerTypeId }: Binding): Promise<void> {
  const table = entityTable(orderBinding)
  tx.insert(table, {
    id: await tx.nextId(table),
    order_id: orderId,
    owner_id: ownerId,
    owner_type_id: ownerTypeId,
  })
  tx.count(table.name, 1)
}

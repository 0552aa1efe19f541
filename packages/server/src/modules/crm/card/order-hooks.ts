import type { Check } from '../../../records/check.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { bindOrder, orderBinding } from '../payment/order-binding.ts'
import { isPayable } from '../payment/owner.ts'

/** Deletes bindings; the kept total follows. */
async function forget(tx: Transaction, which: Fragment): Promise<void> {
  const removed = await tx.change(sql`delete from crm_order_entity where ${which}`)
  if (removed > 0) tx.count(orderBinding.table, -removed)
}

export const orderHooks: Hooks = {
  /** What both items have, the one that stays has once. */
  async merged({ entity, into, from, tx }) {
    if (!isPayable(entity.entityTypeId)) return
    const type = sql`owner_type_id = ${entity.entityTypeId}`
    const known = sql`select order_id from crm_order_entity where ${type} and owner_id = ${into}`
    await forget(tx, sql`${type} and owner_id = ${from} and order_id in (${known})`)
    await tx.change(sql`update crm_order_entity set owner_id = ${into} where ${type} and owner_id = ${from}`)
  },
  /** An order goes with the item whose payments it holds, and no other item has it any more. */
  async removed({ entity, id, tx }) {
    if (!isPayable(entity.entityTypeId)) return
    const orders = sql`select id from crm_order where entity_type_id = ${entity.entityTypeId} and record_id = ${id}`
    const own = sql`owner_type_id = ${entity.entityTypeId} and owner_id = ${id}`
    await forget(tx, sql`(${own}) or order_id in (${orders})`)
  },
}

/** Orders that were there before anybody asked to what they belong. */
export async function prepareBindings(tx: Transaction): Promise<void> {
  const orders = await tx.find<{ orderId: number; ownerId: number; ownerTypeId: number }>(
    sql`select id as ${sql.ref('orderId')}, record_id as ${sql.ref('ownerId')}, entity_type_id as ${sql.ref('ownerTypeId')} from crm_order where id not in (select order_id from crm_order_entity)`,
  )
  for (const order of orders) await bindOrder(tx, order)
}

export const orderChecks: readonly Check[] = [
  {
    name: 'bound orders are there',
    faults: () =>
      sql`select 'order ' || cast(b.order_id as text) as fault from crm_order_entity b where not exists (select 1 from crm_order o where o.id = b.order_id)`,
  },
  {
    name: 'orders are bound to deals and invoices that are there',
    faults: () =>
      sql`select 'order ' || cast(b.order_id as text) as fault from crm_order_entity b where not ((b.owner_type_id = 2 and exists (select 1 from crm_deal d where d.id = b.owner_id)) or (b.owner_type_id = 31 and exists (select 1 from crm_smart_invoice i where i.id = b.owner_id)))`,
  },
  {
    name: 'orders are bound to the item whose payments they hold',
    faults: () =>
      sql`select 'order ' || cast(o.id as text) as fault from crm_order o where not exists (select 1 from crm_order_entity b where b.order_id = o.id and b.owner_type_id = o.entity_type_id and b.owner_id = o.record_id)`,
  },
]

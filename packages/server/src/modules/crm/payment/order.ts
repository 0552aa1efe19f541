import { sql } from '../../../store/sql.ts'
import type { Table } from '../../../store/table.ts'
import { bindOrder } from './order-binding.ts'
import type { Held } from './owner.ts'

/** Under what the payments and deliveries of an item are numbered: `12/1` is the first payment of the order 12. */
export const orderTable: Table = {
  name: 'crm_order',
  columns: {
    id: 'integer',
    entity_type_id: 'integer',
    record_id: 'integer',
    payments: 'integer',
    deliveries: 'integer',
  },
  indexes: [{ columns: ['entity_type_id', 'record_id'] }],
}

interface OrderRow {
  readonly id: number
  readonly payments: number
  readonly deliveries: number
}

const table = sql.table(orderTable.name)

/**
 * The next number of a payment or a delivery; none is given twice. An item has several orders if it was merged with
 * another: what is new belongs to the first of them.
 */
export async function nextNumber({ tx, owner }: Held, of: 'payments' | 'deliveries'): Promise<string> {
  const [known] = await tx.find<OrderRow>(
    sql`select id, payments, deliveries from ${table} where entity_type_id = ${owner.entityTypeId} and record_id = ${owner.id} order by id limit 1`,
  )
  if (known !== undefined) {
    await tx.change(sql`update ${table} set ${sql.ref(of)} = ${sql.ref(of)} + 1 where id = ${known.id}`)
    return `${known.id}/${known[of] + 1}`
  }
  const id = await tx.nextId(orderTable)
  const none = { payments: 0, deliveries: 0 }
  const { entityTypeId = null, id: recordId = null } = owner
  tx.insert(orderTable, { id, entity_type_id: entityTypeId, record_id: recordId, ...none, [of]: 1 })
  await bindOrder(tx, { orderId: id, ownerId: Number(recordId), ownerTypeId: Number(entityTypeId) })
  return `${id}/1`
}

import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { paymentProduct } from './lines.ts'

/** How much of product rows stands in payments, paid or not: ten-thousandths by the row's id. Rows in none are left out. */
export async function heldOfRows(reader: Reader, rowIds: readonly number[]): Promise<ReadonlyMap<number, bigint>> {
  const held = new Map<number, bigint>()
  if (rowIds.length === 0) return held
  const lines = await reader.find<{ row_id: number; quantity: number }>(
    sql`select row_id, quantity from ${sql.table(paymentProduct.table)} where row_id in (${sql.join(rowIds)})`,
  )
  for (const { row_id: id, quantity } of lines) held.set(id, (held.get(id) ?? 0n) + BigInt(quantity))
  return held
}

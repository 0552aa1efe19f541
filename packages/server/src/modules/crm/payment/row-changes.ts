import { removeWithin, type Within } from '../../../records/records.ts'
import { sql } from '../../../store/sql.ts'
import type { Row } from '../product-rows/row.ts'
import { paymentProduct } from './lines.ts'
import { settleIfOpen } from './sums.ts'

/**
 * Payments follow the product rows of their item: rows that are gone leave them, and another price is to be paid where
 * nothing has been paid yet.
 */
export async function followRows(within: Within, before: readonly Row[], after: readonly Row[]): Promise<void> {
  const now = new Map(after.map((row) => [row.id, row]))
  const changed = before.filter(({ id, price }) => now.get(id)?.price !== price).map(({ id }) => id)
  if (changed.length === 0) return
  const lines = await within.tx.find<{ id: number; payment_id: number; row_id: number }>(
    sql`select id, payment_id, row_id from ${sql.table(paymentProduct.table)} where row_id in (${sql.join(changed)}) order by id`,
  )
  for (const { id, row_id: rowId } of lines) if (!now.has(rowId)) await removeWithin(within, paymentProduct, id)
  for (const paymentId of new Set(lines.map((line) => line.payment_id))) await settleIfOpen(within, paymentId)
}

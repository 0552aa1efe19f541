import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { createWithin, removeWithin, updateWithin } from '../../../records/records.ts'
import { heldOfRows } from './held.ts'
import { paymentProduct } from './lines.ts'
import { draftOf, type Held, holdingLine, holdingPayment } from './owner.ts'
import { payment } from './payment.ts'
import { rowsOf } from './rows.ts'
import { settleSum } from './sums.ts'

const lines = { payment, line: paymentProduct }

/** So much (ten-thousandths) of a row of the payment's item goes into the payment. Answers the id of the line. */
export function addProduct(context: Context, paymentId: number, rowId: number, quantity: bigint): Promise<number> {
  return holdingPayment(context, payment, paymentId, async (held) => {
    await requireAvailable(held, rowId, quantity, 0n)
    const id = await createWithin(held, paymentProduct, draftOf({ paymentId, rowId, quantity: Number(quantity) }))
    await settleSum(held, paymentId)
    return id
  })
}

export function setQuantity(context: Context, id: number, quantity: bigint): Promise<void> {
  return holdingLine(context, lines, id, async (held, line) => {
    await requireAvailable(held, Number(line.rowId), quantity, BigInt(line.quantity ?? 0))
    await updateWithin(held, paymentProduct, id, draftOf({ quantity: Number(quantity) }))
    await settleSum(held, Number(line.paymentId))
  })
}

export function removeProduct(context: Context, id: number): Promise<void> {
  return holdingLine(context, lines, id, async (held, line) => {
    await removeWithin(held, paymentProduct, id)
    await settleSum(held, Number(line.paymentId))
  })
}

/** No payments hold more of a row than it has; `own` is what the line that is to change holds of it already. */
async function requireAvailable({ tx, owner }: Held, rowId: number, quantity: bigint, own: bigint): Promise<void> {
  const row = (await rowsOf(tx, [rowId])).get(rowId)
  if (row === undefined || row.ownerTypeId !== owner.entityTypeId || row.ownerId !== owner.id)
    throw new Failure({ why: 'rule', text: 'Product item not found' })
  if (quantity <= 0n) throw new Failure({ why: 'rule', text: 'Product quantity cannot be less than or equal to 0' })
  const others = ((await heldOfRows(tx, [rowId])).get(rowId) ?? 0n) - own
  if (others + quantity > row.quantity)
    throw new Failure({ why: 'rule', text: 'Insufficient product quantity to add to payment' })
}

import { Failure } from '../../../records/failure.ts'
import { updateWithin, type Within } from '../../../records/records.ts'
import { sumOf } from '../../../schema/product-row-prices.ts'
import type { Reader } from '../../../store/store.ts'
import { delivery } from './delivery.ts'
import { paymentDelivery, paymentProduct } from './lines.ts'
import { draftOf, find, where } from './owner.ts'
import { payment } from './payment.ts'
import { rowsOf } from './rows.ts'

/** What a payment's products and deliveries cost together, in hundredths. */
async function costOf(reader: Reader, paymentId: number): Promise<bigint> {
  const products = await where(reader, paymentProduct, 'paymentId', paymentId)
  const rows = await rowsOf(
    reader,
    products.map(({ rowId }) => Number(rowId)),
  )
  let cost = 0n
  for (const { rowId, quantity } of products) cost += sumOf(rows.get(Number(rowId))?.price ?? 0n, BigInt(quantity ?? 0))
  for (const { deliveryId, quantity } of await where(reader, paymentDelivery, 'paymentId', paymentId)) {
    const { priceDelivery } = await find(reader, delivery, Number(deliveryId))
    cost += sumOf(BigInt(priceDelivery ?? 0) * 100n, BigInt(quantity ?? 0))
  }
  return cost
}

/** More digits would not survive the way through a number. */
export const MAX_SUM = 999_999_999_999_999

/** A payment's amount follows what stands in it. */
export async function settleSum(within: Within, paymentId: number): Promise<void> {
  const sum = Number(await costOf(within.tx, paymentId))
  if (Math.abs(sum) > MAX_SUM) throw new Failure({ why: 'rule', text: 'The amount of the payment is out of range' })
  await updateWithin(within, payment, paymentId, draftOf({ sum }))
}

/** The same for what follows from changes outside of payments: what has been paid stays as it was paid. */
export async function settleIfOpen(within: Within, paymentId: number): Promise<void> {
  if ((await find(within.tx, payment, paymentId)).paid !== 'Y') await settleSum(within, paymentId)
}

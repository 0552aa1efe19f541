import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { makingIn } from './making.ts'

const portal = await testPortal()
const { deal, delivery, invoice, must, payment, read, refused, row } = makingIn(portal)
const add = 'crm.item.payment.product.add'
const setQuantity = 'crm.item.payment.product.setQuantity'

interface Line {
  readonly id: number
  readonly quantity: number
  readonly rowId: number
}
const lines = (paymentId: number, more: object = {}): Promise<Line[]> =>
  must('crm.item.payment.product.list', { paymentId, ...more })

/** What of the deal's rows stands in no payment: quantities by the row's id. */
async function available(ownerId: number): Promise<Record<number, number>> {
  const { productRows } = await must('crm.item.productrow.getAvailableForPayment', { ownerId, ownerType: 'D' })
  return Object.fromEntries(productRows.map(({ id, quantity }: Line) => [id, quantity]))
}

it('a payment is for the products that stand in it, in the quantities that it has of them', async () => {
  const entityId = await deal()
  const [phone, cable] = [await row(entityId, 799.99, 3), await row(entityId, 0.1, 3)]
  const paymentId = await payment(entityId)
  const id = await must(add, { paymentId, rowId: phone, quantity: 2 })
  const other = await must(add, { paymentId, rowId: cable, quantity: 3 })
  expect(await lines(paymentId)).toEqual([
    { id, paymentId, quantity: 2, rowId: phone },
    { id: other, paymentId, quantity: 3, rowId: cable },
  ])
  expect((await read(paymentId)).sum).toBe(1600.28)

  expect(await must(setQuantity, { id, quantity: '0.3333' })).toBe(true)
  expect((await lines(paymentId))[0]?.quantity).toBe(0.3333)
  // 799.99 * 0.3333 = 266.636667, to the cent
  expect((await read(paymentId)).sum).toBe(266.94)

  expect(await must('crm.item.payment.product.delete', { id })).toBe(true)
  expect((await read(paymentId)).sum).toBe(0.3)
  expect((await lines(paymentId)).map((line) => line.id)).toEqual([other])
})

it('products and deliveries add up', async () => {
  const entityId = await deal()
  const paymentId = await payment(entityId)
  await must(add, { paymentId, rowId: await row(entityId, 10, 1), quantity: 1 })
  await must('crm.item.payment.delivery.add', { paymentId, deliveryId: await delivery(entityId, 499) })
  expect((await read(paymentId)).sum).toBe(14.99)
})

it('all payments together hold no more of a row than it has', async () => {
  const entityId = await deal()
  const rowId = await row(entityId, 10, 3)
  const [first, second] = [await payment(entityId), await payment(entityId)]
  const insufficient = 'Insufficient product quantity to add to payment'
  await refused(add, { paymentId: first, rowId, quantity: 3.0001 }, insufficient)
  const id = await must(add, { paymentId: first, rowId, quantity: 2 })
  await refused(add, { paymentId: second, rowId, quantity: 1.5 }, insufficient)
  await must(add, { paymentId: second, rowId, quantity: 1 })
  await refused(setQuantity, { id, quantity: 2.0001 }, insufficient)
  // What a line holds itself is its own to give.
  expect(await must(setQuantity, { id, quantity: 1.5 })).toBe(true)
  expect(await available(entityId)).toEqual({ [rowId]: 0.5 })
  await must('crm.item.payment.delete', { id: first })
  expect(await available(entityId)).toEqual({ [rowId]: 2 })
})

it('what stands in payments is not available for another', async () => {
  const entityId = await deal()
  const [whole, part, free] = [await row(entityId, 1, 2), await row(entityId, 1, 2), await row(entityId, 1, 2)]
  const paymentId = await payment(entityId)
  await must(add, { paymentId, rowId: whole, quantity: 2 })
  await must(add, { paymentId, rowId: part, quantity: 0.5 })
  expect(await available(entityId)).toEqual({ [part]: 1.5, [free]: 2 })
})

it('quantities that are none, and rows of others, are refused and change nothing', async () => {
  const entityId = await deal()
  const [rowId, foreign] = [await row(entityId, 10, 3), await row(await deal(), 10, 3)]
  const paymentId = await payment(entityId)
  const id = await must(add, { paymentId, rowId, quantity: 1 })
  const tooSmall = 'Product quantity cannot be less than or equal to 0'
  await refused(add, { paymentId, rowId, quantity: 0 }, tooSmall)
  await refused(setQuantity, { id, quantity: -1 }, tooSmall)
  await refused(add, { paymentId, rowId: foreign, quantity: 1 }, 'Product item not found')
  await refused(add, { paymentId, rowId: 999_999, quantity: 1 }, 'Product item not found')
  await refused(add, { paymentId: 999_999, rowId, quantity: 1 }, 'Payment has not been found')
  await refused(setQuantity, { id: 999_999, quantity: 1 }, 'Payable item has not been found')
  const wrong = await portal.call(add, { paymentId, rowId, quantity: 'many' })
  expect([wrong.status, wrong.body.error]).toEqual([400, '100'])
  const missing = await portal.call(add, { paymentId, rowId })
  expect(missing.body.error_description).toBe('Could not find value for parameter {quantity}')
  expect((await read(paymentId)).sum).toBe(10)
})

it('the list of products is filtered and ordered by id and quantity', async () => {
  const entityId = await deal()
  const paymentId = await payment(entityId)
  const ids: number[] = []
  for (const quantity of [1, 2, 3])
    ids.push(await must(add, { paymentId, rowId: await row(entityId, 10, 5), quantity }))
  const idsOf = async (more: object) => (await lines(paymentId, more)).map(({ id }) => id)
  expect(await idsOf({ filter: { '>=quantity': 2 }, order: { quantity: 'desc' } })).toEqual([ids[2], ids[1]])
  expect(await idsOf({ filter: { '@id': [ids[0], ids[2]], '<quantity': 3 } })).toEqual([ids[0]])
  expect(await idsOf({ order: { id: 'desc' } })).toEqual(ids.toReversed())
})

it('a price that changes is to be paid where nothing has been paid yet', async () => {
  const entityId = await deal()
  const rowId = await row(entityId, 10, 3)
  const [paid, open] = [await payment(entityId), await payment(entityId)]
  await must(add, { paymentId: paid, rowId, quantity: 1 })
  await must(add, { paymentId: open, rowId, quantity: 2 })
  await must('crm.item.payment.pay', { id: paid })
  await must('crm.item.productrow.update', { id: rowId, fields: { price: 12.5 } })
  expect([(await read(paid)).sum, (await read(open)).sum]).toEqual([10, 25])
})

it('a product row that is deleted leaves the payments', async () => {
  const entityId = await deal()
  const [kept, gone] = [await row(entityId, 10, 3), await row(entityId, 1, 3)]
  const paymentId = await payment(entityId)
  await must(add, { paymentId, rowId: kept, quantity: 1 })
  await must(add, { paymentId, rowId: gone, quantity: 1 })
  await must('crm.item.productrow.delete', { id: gone })
  expect((await lines(paymentId)).map(({ rowId }) => rowId)).toEqual([kept])
  expect((await read(paymentId)).sum).toBe(10)
})

it('rows that are replaced leave the payments, too', async () => {
  const entityId = await deal()
  const paymentId = await payment(entityId)
  await must(add, { paymentId, rowId: await row(entityId, 10, 3), quantity: 1 })
  await must('crm.item.productrow.set', { ownerType: 'D', ownerId: entityId, productRows: [] })
  expect(await lines(paymentId)).toEqual([])
  expect((await read(paymentId)).sum).toBe(0)
})

it('everything goes with the deal', async () => {
  const before = await portal.census()
  const entityId = await deal()
  const paymentId = await payment(entityId)
  await must(add, { paymentId, rowId: await row(entityId, 10, 3), quantity: 1 })
  await must('crm.item.payment.pay', { id: paymentId })
  await must('crm.deal.delete', { id: entityId })
  const after = await portal.census()
  for (const table of ['crm_payment', 'crm_payment_product', 'crm_product_row', 'crm_order'])
    expect([table, after[table]]).toEqual([table, before[table]])
})

it('products in payments come along when two deals become one', async () => {
  const [into, from] = [await deal(), await deal()]
  const paymentId = await payment(from)
  await must(add, { paymentId, rowId: await row(from, 10, 3), quantity: 1 })
  await must('crm.entity.mergeBatch', { params: { entityTypeId: 2, entityIds: [into, from] } })
  const rows = await must('crm.item.payment.list', { entityTypeId: 2, entityId: into })
  expect(rows.map(({ id }: { id: number }) => id)).toEqual([paymentId])
})

it('the rows of an invoice are paid like those of a deal', async () => {
  const entityId = await invoice()
  const paymentId = await payment(entityId, 31)
  const fields = { ownerType: 'SI', ownerId: entityId, productName: 'A product', price: 5.05, quantity: 2 }
  const { productRow } = await must('crm.item.productrow.add', { fields })
  await must(add, { paymentId, rowId: productRow.id, quantity: 2 })
  expect((await read(paymentId)).sum).toBe(10.1)
  const owner = { ownerId: entityId, ownerType: 'SI' }
  expect(await must('crm.item.productrow.getAvailableForPayment', owner)).toEqual({ productRows: [] })
})

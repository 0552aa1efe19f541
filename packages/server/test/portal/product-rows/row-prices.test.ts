import { expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
// eslint-disable-next-line typescript/no-explicit-any
const call = async (method: string, params: object = {}): Promise<any> => {
  const { status, body } = await portal.call(method, params)
  return status === 200 ? body.result : [body.error, body.error_description]
}
const deal = (fields: object = {}): Promise<number> => call('crm.deal.add', { fields })
const set = (id: number, rows: object[]) => call('crm.deal.productrows.set', { id, rows })
const rowsOf = (id: number) => call('crm.deal.productrows.get', { id })
const product = (fields: object): Promise<number> =>
  call('crm.product.add', { fields: { NAME: 'Engine', CURRENCY_ID: 'USD', ...fields } })
const twentyPercent = async (): Promise<string> => {
  const { body } = await portal.call('crm.vat.list')
  return body.result.find(({ RATE }: { RATE: string | null }) => Number(RATE) === 20).ID
}

it('a product whose price contains its tax costs what its price says', async () => {
  const id = await deal()
  const fields = { PRICE: 10.05, VAT_ID: await twentyPercent(), VAT_INCLUDED: 'Y' }
  await set(id, [{ PRODUCT_ID: await product(fields) }])
  expect((await rowsOf(id))[0]).toMatchObject({
    PRICE: 10.05,
    PRICE_EXCLUSIVE: 8.38,
    PRICE_BRUTTO: 10.05,
    TAX_RATE: 20,
    TAX_INCLUDED: 'Y',
  })
})

it('a price before the discount stays as it was sent', async () => {
  const id = await deal()
  await set(id, [{ PRICE_NETTO: 100.49, DISCOUNT_TYPE_ID: 2, DISCOUNT_RATE: 99 }])
  expect((await rowsOf(id))[0]).toMatchObject({ PRICE: 1, PRICE_NETTO: 100.49, DISCOUNT_SUM: 99.49 })
})

it('rows that are sent back as they were read, or of which only the quantity changes, cost what they did', async () => {
  const id = await deal()
  await set(id, [
    { PRICE_NETTO: 100.49, DISCOUNT_TYPE_ID: 2, DISCOUNT_RATE: 99, TAX_RATE: 19 },
    { PRICE_EXCLUSIVE: 33.3333, TAX_RATE: 7 },
  ])
  const rows = await rowsOf(id)
  await set(id, rows)
  expect(await rowsOf(id)).toEqual(rows)
  await call('crm.item.productrow.update', { id: rows[1].ID, fields: { quantity: 3 } })
  expect(await rowsOf(id)).toEqual([rows[0], { ...rows[1], QUANTITY: 3 }])
})

it('of rows that are sent back, the price that was changed leads', async () => {
  const id = await deal()
  await set(id, [{ PRICE: 100 }])
  const [row] = await rowsOf(id)
  await set(id, [{ ...row, PRICE_NETTO: 200 }])
  expect((await rowsOf(id))[0]).toMatchObject({ ID: row.ID, PRICE: 200, PRICE_EXCLUSIVE: 200, PRICE_NETTO: 200 })
})

it('crm.item.productrow.* leaves the prices that follow to the portal', async () => {
  const ownerId = await deal()
  const fields = { ownerType: 'D', ownerId, price: 10, priceNetto: 99 }
  const { productRow } = await call('crm.item.productrow.add', { fields })
  expect(productRow).toMatchObject({ price: 10, priceNetto: 10 })
  for (const fields of [{ priceNetto: 5 }, { ownerId: 1 }, { id: 1 }, { unheardOf: 1 }, { price: 5, xmlId: 'x' }])
    expect((await call('crm.item.productrow.update', { id: productRow.id, fields }))[0]).toBe('INVALID_ARG_VALUE')
  expect((await call('crm.item.productrow.get', { id: productRow.id })).productRow).toEqual(productRow)
})

it('which prices are read-only differs by family, as what they write does', async () => {
  const legacy = await call('crm.productrow.fields')
  const { fields } = await call('crm.item.productrow.fields')
  expect([legacy.PRICE_NETTO.isReadOnly, fields.priceNetto.isReadOnly]).toEqual([false, true])
  expect([legacy.ID.isReadOnly, fields.id.isReadOnly]).toEqual([true, true])
  expect(legacy.OWNER_ID).toMatchObject({ type: 'integer', isRequired: true, isImmutable: true })
  for (const name of ['PRODUCT_DESCRIPTION', 'PRICE_ACCOUNT']) expect(legacy).not.toHaveProperty(name)
})

it('the same type of discount again needs no discount again, another one does', async () => {
  const ownerId = await deal()
  const fields = { ownerType: 'D', ownerId, price: 90, discountTypeId: 2, discountRate: 10 }
  const { productRow } = await call('crm.item.productrow.add', { fields })
  const update = (fields: object) => call('crm.item.productrow.update', { id: productRow.id, fields })
  expect((await update({ discountTypeId: 2 })).productRow).toEqual(productRow)
  expect(await update({ discountTypeId: 1 })).toEqual([
    'ERROR_CORE',
    'Discount Sum (DISCOUNT_SUM) is required if Monetary Discount Type (DISCOUNT_TYPE_ID) is defined<br>',
  ])
})

it('prices of the catalogue are exchanged into the currency of the item, and prices into the reporting currency', async () => {
  const id = await deal({ CURRENCY_ID: 'EUR' })
  await set(id, [{ PRODUCT_ID: await product({ PRICE: 110 }) }, { PRICE: 10 }])
  const accounted = async () =>
    (await rowsOf(id)).map((row: { PRICE: number; PRICE_ACCOUNT: string }) => [row.PRICE, row.PRICE_ACCOUNT])
  expect(await accounted()).toEqual([
    [100, '110.00'],
    [10, '11.00'],
  ])
  await call('crm.deal.update', { id, fields: { CURRENCY_ID: 'JPY' } })
  expect(await accounted()).toEqual([
    [100, '0.67'],
    [10, '0.07'],
  ])
})

it('a description of its own is kept, the one of the product is followed', async () => {
  const id: number = await call('crm.quote.add', { fields: {} })
  const one = await product({ PRICE: 1, DESCRIPTION: 'Four strokes' })
  const rows = () => call('crm.quote.productrows.get', { id })
  const told = async () => (await rows()).map((row: { PRODUCT_DESCRIPTION: string | null }) => row.PRODUCT_DESCRIPTION)
  const given = [{ PRODUCT_NAME: 'Service', PRODUCT_DESCRIPTION: 'By hand' }, { PRODUCT_ID: one }]
  await call('crm.quote.productrows.set', { id, rows: given })
  await call('crm.quote.productrows.set', { id, rows: await rows() })
  expect(await told()).toEqual(['By hand', 'Four strokes'])
  await call('crm.product.update', { id: one, fields: { DESCRIPTION: 'Two strokes' } })
  expect(await told()).toEqual(['By hand', 'Two strokes'])
})

it('prices that follow and have more digits than are kept exactly are refused', async () => {
  const id = await deal()
  const before = await portal.census()
  for (const row of [
    { PRICE: 99_999_999_999, DISCOUNT_TYPE_ID: 2, DISCOUNT_RATE: 99.9999 },
    { PRICE_EXCLUSIVE: 99_999_999_999, TAX_RATE: 99_999_999_999 },
    { PRICE: 99_999_999_999, QUANTITY: 99_999_999_999 },
  ])
    expect(await set(id, [row])).toEqual(['ERROR_CORE', 'The price of the product is out of range<br>'])
  expect(await portal.census()).toEqual(before)
})

it('an amount that is not the sum of its rows is found', async () => {
  const id = await deal()
  // Large and small, below zero and with parts of a cent: the check reckons in whole numbers of the database.
  const rows = [
    [9_999_999_999.99, 99.9999],
    [33.3333, 3.3333],
    [-0.0149, 1],
    [0.005, 1],
    [0.0001, 99_999_999_999.9999],
  ]
  await set(
    id,
    rows.map(([PRICE, QUANTITY]) => ({ PRODUCT_NAME: 'A', PRICE, QUANTITY })),
  )
  expect(await portal.faults()).toEqual([])
  const session = portal.portal.store.session()
  const shift = (by: number) =>
    session.transaction((tx) => tx.change(sql`update crm_deal set opportunity = opportunity + ${by} where id = ${id}`))
  await shift(1)
  expect(await portal.faults()).toEqual([
    expect.stringMatching(`^an amount is the sum of its rows unless it is manual: D${id} has `),
  ])
  await shift(-1)
})

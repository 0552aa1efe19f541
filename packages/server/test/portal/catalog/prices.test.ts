import { expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const news = announcements(portal)

const add = async (fields: Record<string, unknown>): Promise<number> =>
  (await portal.call('crm.product.add', { fields: { NAME: 'Chair', ...fields } })).body.result

const priceOf = async (id: number): Promise<[string | null, string | null]> => {
  const { PRICE, CURRENCY_ID } = (await portal.call('crm.product.get', { id })).body.result
  return [PRICE, CURRENCY_ID]
}

const pricesOf = async (productId: number): Promise<Record<string, number | string>[]> =>
  (
    await portal.call('catalog.price.list', {
      select: ['id', 'catalogGroupId', 'price', 'currency'],
      filter: { productId },
    })
  ).body.result.prices

it('begins with units, rates, two catalogues and the base type of prices', async () => {
  const { measures } = (await portal.call('catalog.measure.list', { order: { code: 'asc' } })).body.result
  expect(measures.map(({ code }: { code: number }) => code)).toEqual([6, 112, 163, 166, 796])
  expect(measures.filter(({ isDefault }: { isDefault: string }) => isDefault === 'Y')).toMatchObject([{ code: 796 }])
  const rates = (await portal.call('crm.vat.list', { select: ['NAME', 'RATE'] })).body.result
  expect(rates.map(({ RATE }: { RATE: string | null }) => RATE)).toEqual([null, '0.00', '20.00'])
  const { catalogs } = (await portal.call('catalog.catalog.list')).body.result
  expect(catalogs).toMatchObject([{ productIblockId: null }, { productIblockId: catalogs[0].id }])
  expect((await portal.call('catalog.priceType.list')).body.result.priceTypes).toMatchObject([{ base: 'Y' }])
})

it("keeps a product's price and its base price one, from whichever side it is written", async () => {
  const id = await add({ PRICE: '49.90', CURRENCY_ID: 'EUR' })
  const [row] = await pricesOf(id)
  expect(row).toMatchObject({ catalogGroupId: 1, price: 49.9, currency: 'EUR' })

  await portal.call('catalog.price.update', { id: row?.id, fields: { price: 12.5, currency: 'USD' } })
  expect(await priceOf(id)).toEqual(['12.50', 'USD'])

  await portal.call('crm.product.update', { id, fields: { PRICE: 7 } })
  expect(await pricesOf(id)).toMatchObject([{ id: row?.id, price: 7, currency: 'USD' }])

  await portal.call('catalog.price.delete', { id: row?.id })
  expect(await priceOf(id)).toEqual([null, null])

  await portal.call('crm.product.update', { id, fields: { PRICE: 3, CURRENCY_ID: 'EUR' } })
  expect(await pricesOf(id)).toMatchObject([{ price: 3, currency: 'EUR' }])
  await portal.call('crm.product.update', { id, fields: { PRICE: '' } })
  expect(await pricesOf(id)).toEqual([])
})

it('leaves a product that was given no price without one', async () => {
  const id = await add({})
  expect(await priceOf(id)).toEqual([null, null])
  expect(await pricesOf(id)).toEqual([])
})

it('finds products by their price and puts them in its order', async () => {
  for (const PRICE of [101, 1003, 102]) await add({ NAME: 'Sorted', PRICE, CURRENCY_ID: 'EUR' })
  const { body } = await portal.call('crm.product.list', {
    select: ['PRICE'],
    filter: { NAME: 'Sorted', '>PRICE': 101 },
    order: { PRICE: 'DESC' },
  })
  expect(body.result.map(({ PRICE }: { PRICE: string }) => PRICE)).toEqual(['1003.00', '102.00'])
})

it('shows the prices of another type once that is the base type', async () => {
  const id = await add({ PRICE: 10, CURRENCY_ID: 'EUR' })
  const { priceType } = (await portal.call('catalog.priceType.add', { fields: { name: 'Wholesale' } })).body.result
  const price = { productId: id, catalogGroupId: priceType.id, price: 8, currency: 'USD' }
  await portal.call('catalog.price.add', { fields: price })
  expect(await priceOf(id)).toEqual(['10.00', 'EUR'])

  await portal.call('catalog.priceType.update', { id: priceType.id, fields: { name: 'Wholesale', base: 'Y' } })
  expect(await priceOf(id)).toEqual(['8.00', 'USD'])
  expect((await portal.call('catalog.priceType.get', { id: 1 })).body.result.priceType.base).toBe('N')
  expect((await portal.call('catalog.priceType.delete', { id: priceType.id })).body.error).toBe('BASE')

  await portal.call('catalog.priceType.update', { id: 1, fields: { name: 'BASE', base: 'Y' } })
  expect(await priceOf(id)).toEqual(['10.00', 'EUR'])
  expect((await portal.call('catalog.priceType.delete', { id: priceType.id })).body.result).toBe(true)
  expect(await pricesOf(id)).toHaveLength(1)
})

it('makes the prices of a product be those that modify names', async () => {
  const id = await add({ PRICE: 10, CURRENCY_ID: 'EUR' })
  const [base] = await pricesOf(id)
  const { priceType } = (await portal.call('catalog.priceType.add', { fields: { name: 'Retail' } })).body.result
  const retail = { catalogGroupId: priceType.id, price: 30, currency: 'EUR' }
  const first = { id: base?.id, catalogGroupId: 1, price: 20, currency: 'EUR' }
  const both = { product: { id, prices: [first, retail] } }
  const { body } = await portal.call('catalog.price.modify', { fields: both })
  expect(body.result.prices).toMatchObject([{ id: base?.id, price: 20 }, { price: 30 }])

  await portal.call('catalog.price.modify', { fields: { product: { id, prices: [retail] } } })
  expect(await pricesOf(id)).toMatchObject([{ catalogGroupId: priceType.id, price: 30 }])
  expect(await priceOf(id)).toEqual([null, null])
})

it.each([
  [
    'of a type that a product has already',
    (id: number) => ({ productId: id, catalogGroupId: 1, price: 1, currency: 'EUR' }),
  ],
  ['of no type', (id: number) => ({ productId: id, catalogGroupId: 999, price: 1, currency: 'EUR' })],
  ['in no currency', (id: number) => ({ productId: id, catalogGroupId: 1, price: 1, currency: 'XXX' })],
  ['of no product', () => ({ productId: 999_999, catalogGroupId: 1, price: 1, currency: 'EUR' })],
  ['that is no number', (id: number) => ({ productId: id, catalogGroupId: 1, price: 'much', currency: 'EUR' })],
])('refuses a price %s, and nothing changes', async (_what, fields) => {
  const id = await add({ PRICE: 10, CURRENCY_ID: 'EUR' })
  const before = await portal.census()
  const { status, body } = await portal.call('catalog.price.add', { fields: fields(id) })
  expect([status, body.error]).toEqual([400, 0])
  expect(await portal.census()).toEqual(before)
})

it('tells both roads of a new product and of its price', async () => {
  await news()
  const id = await add({ PRICE: 5, CURRENCY_ID: 'EUR' })
  const [price] = await pricesOf(id)
  expect(await news()).toEqual([
    { event: 'CATALOG.PRICE.ON.ADD', fields: { ID: price?.id } },
    { event: 'ONCRMPRODUCTADD', fields: { ID: id } },
    { event: 'CATALOG.PRODUCT.ON.ADD', fields: { ID: id, TYPE: 1 } },
  ])
  await portal.call('catalog.product.delete', { id })
  expect(await news()).toEqual([
    { event: 'CATALOG.PRICE.ON.DELETE', fields: { ID: price?.id } },
    { event: 'CATALOG.PRODUCT.ON.DELETE', fields: { ID: id, TYPE: 1 } },
    { event: 'ONCRMPRODUCTDELETE', fields: { ID: id } },
  ])
})

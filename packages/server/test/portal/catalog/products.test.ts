import { expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const news = announcements(portal)
const PRODUCTS = 1
const OFFERS = 2

type Fields = Record<string, unknown>

const add = async (fields: Fields = {}): Promise<number> =>
  (await portal.call('crm.product.add', { fields: { NAME: 'Chair', ...fields } })).body.result
const get = async (id: number) => (await portal.call('crm.product.get', { id })).body.result
const section = async (fields: Fields = {}): Promise<number> =>
  (await portal.call('crm.productsection.add', { fields: { NAME: 'Furniture', ...fields } })).body.result

it('is one product on both roads', async () => {
  const id = await add({ NAME: 'Plastic Chair', DESCRIPTION: '<b>x</b>', DESCRIPTION_TYPE: 'html', VAT_ID: 3, SORT: 7 })
  const { product } = (await portal.call('catalog.product.get', { id })).body.result
  expect(product).toMatchObject({
    id,
    iblockId: PRODUCTS,
    name: 'Plastic Chair',
    code: 'plastic_chair',
    xmlId: String(id),
    detailText: '<b>x</b>',
    detailTextType: 'html',
    vatId: 3,
    sort: 7,
    measure: 5,
    active: 'Y',
    type: 1,
    available: 'Y',
  })
  await portal.call('catalog.product.update', {
    id,
    fields: { detailText: '', iblockSectionId: null, vatIncluded: 'Y' },
  })
  expect(await get(id)).toMatchObject({ NAME: 'Plastic Chair', DESCRIPTION: '', VAT_INCLUDED: 'Y', CREATED_BY: '1' })
})

it('makes codes of names, none of them twice', async () => {
  const ids = [await add({ NAME: 'Стол Ёлка №5' }), await add({ NAME: 'Стол Ёлка №5' }), await add({ NAME: '椅子' })]
  const codes = []
  for (const id of ids) codes.push((await get(id)).CODE)
  expect(codes).toEqual(['stol_yelka_no5', `stol_yelka_no5_${ids[1]}`, String(ids[2])])
  const fields = { iblockId: PRODUCTS, name: 'x', code: 'stol_yelka_no5' }
  const before = await portal.census()
  const { body } = await portal.call('catalog.product.add', { fields })
  expect([body.error, body.error_description]).toEqual([0, 'Product with the specified symbolic code already exists'])
  expect(await portal.census()).toEqual(before)
})

it('can be sold out where it is counted', async () => {
  const available = async (fields: Fields): Promise<string> => {
    const all = { iblockId: PRODUCTS, name: 'Counted', ...fields }
    return (await portal.call('catalog.product.add', { fields: all })).body.result.element.available
  }
  expect(await available({ quantityTrace: 'Y', quantity: 0 })).toBe('N')
  expect(await available({ quantityTrace: 'Y', quantity: 2.5 })).toBe('Y')
  expect(await available({ quantityTrace: 'Y', quantity: 0, canBuyZero: 'Y' })).toBe('Y')
})

it('shows each family its own sort of products', async () => {
  const named = { iblockId: PRODUCTS, name: 'Families' }
  const { service } = (await portal.call('catalog.product.service.add', { fields: named })).body.result
  const { sku } = (await portal.call('catalog.product.sku.add', { fields: named })).body.result
  const params = { select: ['id', 'iblockId'], filter: { iblockId: PRODUCTS, name: 'Families' } }
  expect((await portal.call('catalog.product.service.list', params)).body.result.services).toEqual([
    { id: service.id, iblockId: PRODUCTS },
  ])
  expect((await portal.call('catalog.product.list', params)).body.result.products).toEqual([])
  for (const method of ['get', 'update', 'delete'])
    expect(await portal.call(`catalog.product.${method}`, { id: sku.id, fields: { name: 'x' } })).toMatchObject({
      status: 400,
      body: { error: 0, error_description: 'product does not exist.' },
    })
  expect((await portal.call('crm.product.list', { filter: { NAME: 'Families' } })).body.total).toBe(2)
})

it('takes the variations along when their product goes', async () => {
  const named = { name: 'Shirt', code: '' }
  const { sku } = (await portal.call('catalog.product.sku.add', { fields: { ...named, iblockId: PRODUCTS } })).body
    .result
  const before = await portal.census()
  const fields = { ...named, iblockId: OFFERS, parentId: sku.id }
  const { offer } = (await portal.call('catalog.product.offer.add', { fields })).body.result
  expect(offer.parentId.value).toBe(String(sku.id))
  const price = { productId: offer.id, catalogGroupId: 1, price: 10, currency: 'EUR' }
  await portal.call('catalog.price.add', { fields: price })
  const list = { select: ['id', 'iblockId', 'parentId'], filter: { iblockId: OFFERS, parentId: sku.id } }
  expect((await portal.call('catalog.product.offer.list', list)).body.result.offers).toMatchObject([{ id: offer.id }])
  await portal.call('catalog.product.sku.delete', { id: sku.id })
  const { history: _h, outbox: _o, ...after } = await portal.census()
  expect(after).toMatchObject({
    crm_product: (before.crm_product ?? 0) - 1,
    crm_product_price: before.crm_product_price,
  })
  const { body } = await portal.call('catalog.product.offer.add', { fields })
  expect(body.error).toBe(0)
})

it('asks lists for what they must name', async () => {
  const refused = async (params: Fields): Promise<unknown> =>
    (await portal.call('catalog.product.list', params)).body.error_description
  expect(await refused({ select: ['id'], filter: { iblockId: PRODUCTS } })).toBe('Required select fields: iblockId')
  expect(await refused({ select: ['id', 'iblockId'] })).toBe('Required filter fields: iblockId')
})

it('nests sections, and moves what is in one up when it goes', async () => {
  await news()
  const top = await section()
  const middle = await section({ SECTION_ID: top })
  const inner = await section({ SECTION_ID: middle })
  const id = await add({ SECTION_ID: middle })
  expect((await news()).map(({ event }) => event).filter((event) => event.includes('SECTION'))).toHaveLength(3)

  const cycle = await portal.call('crm.productsection.update', { id: top, fields: { SECTION_ID: inner } })
  expect([cycle.status, cycle.body.error_description]).toEqual([400, 'A section cannot be inside itself'])

  await portal.call('catalog.section.delete', { id: middle })
  expect((await get(id)).SECTION_ID).toBe(String(top))
  expect((await portal.call('crm.productsection.get', { id: inner })).body.result.SECTION_ID).toBe(String(top))
  await portal.call('crm.productsection.delete', { id: top })
  expect((await get(id)).SECTION_ID).toBeNull()
})

it('keeps sections to their catalogue and their codes apart', async () => {
  const fields = { iblockId: OFFERS, name: 'Of variations', code: 'same' }
  const { section: other } = (await portal.call('catalog.section.add', { fields })).body.result
  const inside = { iblockId: PRODUCTS, name: 'x', iblockSectionId: other.id }
  expect((await portal.call('catalog.section.add', { fields: inside })).body.error).toBe(200700300000)
  expect((await portal.call('catalog.product.add', { fields: inside })).body.error).toBe(0)
  expect((await portal.call('catalog.section.add', { fields })).body.error).toBe(200700300040)
  const listed = async (filter: Fields): Promise<number[]> =>
    (await portal.call('crm.productsection.list', { filter })).body.result.map((row: { ID: string }) => Number(row.ID))
  expect(await listed({})).not.toContain(other.id)
  expect(await listed({ CATALOG_ID: OFFERS })).toEqual([other.id])
})

it('lets go of units and rates that are deleted', async () => {
  const measure = { code: 212, measureTitle: 'Watt' }
  const { id: unit } = (await portal.call('catalog.measure.add', { fields: measure })).body.result.measure
  const rate = (await portal.call('crm.vat.add', { fields: { NAME: '7%', RATE: 7 } })).body.result
  const id = await add({ MEASURE: unit, VAT_ID: rate })
  await portal.call('catalog.measure.delete', { id: unit })
  await portal.call('crm.vat.delete', { id: rate })
  expect(await get(id)).toMatchObject({ MEASURE: null, VAT_ID: null })
})

it('has one default unit, and no code of units twice', async () => {
  const refused = async (fields: Fields): Promise<unknown> =>
    (await portal.call('catalog.measure.add', { fields: { code: 999, measureTitle: 'x', ...fields } })).body.error
  expect(await refused({ code: 796 })).toBe(200600000000)
  expect(await refused({ isDefault: 'Y' })).toBe(200600000010)
})

it('gives people what their roles allow', async () => {
  const { hook, id: person } = await portal.person()
  const own = await portal.call('crm.product.add', { fields: { NAME: 'Mine' } }, { as: hook })
  expect((await get(own.body.result)).CREATED_BY).toBe(String(person))
  const strict = await portal.call('crm.product.add', { fields: {} }, { as: hook })
  expect(strict.body.error_description).toBe('The field "Name" is required.')
  const narrow = await portal.person({ scope: 'catalog' })
  expect((await portal.call('crm.product.list', {}, { as: narrow.hook })).body.error).toBe('insufficient_scope')
  const list = { select: ['id', 'iblockId'], filter: { iblockId: PRODUCTS } }
  expect((await portal.call('catalog.product.list', list, { as: narrow.hook })).status).toBe(200)
})

it.each([
  ['no name', { NAME: '' }],
  ['a rate that is no number', { VAT_ID: 'x' }],
  ['a price that is no number', { PRICE: 'cheap' }],
  ['a currency that is none', { PRICE: 1, CURRENCY_ID: 'EURO' }],
])('refuses a product with %s, and nothing changes', async (_what, fields) => {
  const before = await portal.census()
  expect((await portal.call('crm.product.add', { fields: { NAME: 'Chair', ...fields } })).status).toBe(400)
  expect(await portal.census()).toEqual(before)
})

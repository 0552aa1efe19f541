import { expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { sql } from '../../../src/store/sql.ts'
import { rolePermission } from '../../../src/store/tables.ts'
import { greenPixel } from '../seeds/documented.ts'

const portal = await testPortal()
const news = announcements(portal)
const PRODUCTS = 1

type Fields = Record<string, unknown>

const call = async (method: string, params: unknown, as?: string) =>
  portal.call(method, params, as === undefined ? {} : { as })
const product = async (as?: string): Promise<number> =>
  (await call('crm.product.add', { fields: { NAME: 'Chair', PRICE: 5, CURRENCY_ID: 'EUR' } }, as)).body.result
const priceType = async (): Promise<number> =>
  (await call('catalog.priceType.add', { fields: { name: 'Type' } })).body.result.priceType.id

it('keeps the pictures of a product where the product shows them', async () => {
  const id = await product()
  const add = async (type: string): Promise<number> =>
    (await call('catalog.productImage.add', { fields: { productId: id, type }, fileContent: ['a.png', greenPixel] }))
      .body.result.productImage.id
  const [detail, first, second] = [await add('DETAIL_PICTURE'), await add('MORE_PHOTO'), await add('')]
  const list = async (): Promise<unknown[]> =>
    (await call('catalog.productImage.list', { productId: id, select: ['id', 'type'] })).body.result.productImages
  expect(await list()).toEqual([
    { id: detail, type: 'DETAIL_PICTURE' },
    { id: first, type: 'MORE_PHOTO' },
    { id: second, type: 'MORE_PHOTO' },
  ])
  expect((await call('crm.product.get', { id })).body.result.DETAIL_PICTURE.id).toBe(detail)
  for (const image of [detail, first]) await call('catalog.productImage.delete', { productId: id, id: image })
  expect(await list()).toEqual([{ id: second, type: 'MORE_PHOTO' }])
  expect((await portal.census()).stored_file).toBe(1)
  const other = await product()
  const foreign = await call('catalog.productImage.get', { productId: other, id: second })
  expect([foreign.status, foreign.body.error_description]).toEqual([400, 'Image not found'])
})

it('removes with a price type all that is of it', async () => {
  await news()
  const catalogGroupId = await priceType()
  const rule = { catalogGroupId, price: 1000, roundType: 4, roundPrecision: 100 }
  const { roundingRule } = (await call('catalog.roundingRule.add', { fields: rule })).body.result
  await call('catalog.priceTypeLang.add', { fields: { catalogGroupId, lang: 'de', name: 'Typ' } })
  await call('catalog.priceTypeGroup.add', { fields: { catalogGroupId, groupId: 1, access: 'Y' } })
  await call('catalog.price.add', { fields: { catalogGroupId, productId: await product(), price: 1, currency: 'EUR' } })
  expect((await news()).map(({ event }) => event)).toContain('CATALOG.ROUNDING.ON.ADD')
  await call('catalog.priceType.delete', { id: catalogGroupId })
  const after = await portal.census()
  expect([after.crm_rounding_rule, after.crm_price_type_lang, after.crm_price_type_group]).toEqual([0, 0, 0])
  expect(await news()).toContainEqual({ event: 'CATALOG.ROUNDING.ON.DELETE', fields: { ID: roundingRule.id } })
})

it.each([
  ['catalog.priceTypeLang.add', { lang: 'xx', name: 'x' }, 201200000010],
  ['catalog.priceTypeLang.add', { catalogGroupId: 999, lang: 'de', name: 'x' }, 0],
  ['catalog.roundingRule.add', { price: 1, roundType: 3, roundPrecision: 1 }, 0],
  ['catalog.roundingRule.add', { price: 1, roundType: 1, roundPrecision: 0 }, 0],
  ['catalog.priceTypeGroup.add', { groupId: 1, access: 'X' }, 0],
])('refuses in %s what makes no sense, and nothing changes', async (method, fields, code) => {
  const before = await portal.census()
  const { status, body } = await call(method, { fields: { catalogGroupId: 1, ...fields } })
  expect([status, body.error]).toEqual([400, code])
  expect(await portal.census()).toEqual(before)
})

it('gives each thing that can be bought a ratio of one', async () => {
  const id = await product()
  const { ratios } = (await call('catalog.ratio.list', { filter: { productId: id } })).body.result
  expect(ratios).toMatchObject([{ productId: id, ratio: 1, isDefault: 'Y' }])
  await call('crm.product.delete', { id })
  expect((await call('catalog.ratio.list', { filter: { productId: id } })).body.total).toBe(0)
})

it('shows and lets change only the prices of products that one may read and change', async () => {
  const session = portal.portal.store.session()
  await portal.portal.caches.changing(session, ['roles'], (tx) =>
    tx.change(sql`update ${sql.table(rolePermission.name)} set level = 'own'`),
  )
  await session.settled()
  const { hook } = await portal.person()
  const [mine, theirs] = [await product(hook), await product()]
  const prices = async (filter: Fields): Promise<{ id: number; productId: number }[]> =>
    (await call('catalog.price.list', { filter }, hook)).body.result.prices
  expect((await prices({})).map(({ productId }) => productId)).toEqual([mine])
  const own = (await prices({ productId: mine }))[0]?.id
  const { prices: all } = (await call('catalog.price.list', { filter: { productId: theirs } })).body.result
  const foreign = all[0].id
  const fields = { price: 1, currency: 'EUR' }
  expect((await call('catalog.price.update', { id: own, fields }, hook)).status).toBe(200)
  const before = await portal.census()
  const refused: unknown[] = []
  for (const [method, params] of [
    ['catalog.price.get', { id: foreign }],
    ['catalog.price.update', { id: foreign, fields }],
    ['catalog.price.delete', { id: foreign }],
    ['catalog.price.modify', { fields: { product: { id: theirs, prices: [] } } }],
    ['catalog.product.update', { id: theirs, fields: { name: 'x' } }],
  ] as const)
    if ((await call(method, params, hook)).status === 400) refused.push(method)
  expect(refused).toHaveLength(5)
  expect(await portal.census()).toEqual(before)
  const list = { select: ['id', 'iblockId'], filter: { iblockId: PRODUCTS } }
  expect((await call('catalog.product.list', list, hook)).body.result.products).toEqual([{ id: mine, iblockId: 1 }])
})

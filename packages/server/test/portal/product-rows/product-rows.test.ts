import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const news = announcements(portal)
// The wire's own shape, or the refusal.
// eslint-disable-next-line typescript/no-explicit-any
const call = async (method: string, params: object = {}, as?: string): Promise<any> => {
  const { status, body } = await portal.call(method, params, as === undefined ? {} : { as })
  return status === 200 ? body.result : [body.error, body.error_description]
}
const deal = (fields: object = {}): Promise<number> => call('crm.deal.add', { fields })
const amounts = async (id: number) => {
  const { item } = await call('crm.item.get', { entityTypeId: 2, id })
  return [item.opportunity, item.taxValue]
}
const set = (id: number, rows: object[], as?: string) => call('crm.deal.productrows.set', { id, rows }, as)
const rowsOf = (id: number) => call('crm.deal.productrows.get', { id })

describe('the amount of a deal', () => {
  it('is the sum of its rows, to the cent, and so is its tax', async () => {
    const id = await deal({ OPPORTUNITY: 5 })
    await set(id, [
      { PRODUCT_NAME: 'A', PRICE: 33.3333, QUANTITY: 3 },
      { PRODUCT_NAME: 'B', PRICE: 120, QUANTITY: 0.5, TAX_RATE: 20 },
    ])
    expect(await amounts(id)).toEqual([160, 10])
    await set(id, [])
    expect(await amounts(id)).toEqual([0, 0])
  })

  it('follows the rows whatever is written to it, unless it is manual, and again when it is not any more', async () => {
    const id = await deal()
    await set(id, [{ PRODUCT_NAME: 'A', PRICE: 100 }])
    await call('crm.deal.update', { id, fields: { OPPORTUNITY: 7 } })
    expect(await amounts(id)).toEqual([100, 0])
    await call('crm.deal.update', { id, fields: { IS_MANUAL_OPPORTUNITY: 'Y', OPPORTUNITY: 7 } })
    expect(await amounts(id)).toEqual([7, 0])
    await set(id, [{ PRODUCT_NAME: 'A', PRICE: 200, TAX_RATE: 100 }])
    expect(await amounts(id)).toEqual([7, 100])
    await call('crm.deal.update', { id, fields: { IS_MANUAL_OPPORTUNITY: 'N' } })
    expect(await amounts(id)).toEqual([200, 100])
  })

  it('stays what was written where there are no rows', async () => {
    const id = await deal({ OPPORTUNITY: 5 })
    await call('crm.deal.update', { id, fields: { OPPORTUNITY: 6 } })
    expect(await amounts(id)).toEqual([6, 0])
  })

  it('is told by the event and the history of the deal', async () => {
    const id = await deal()
    await news()
    await set(id, [{ PRODUCT_NAME: 'A', PRICE: 100 }])
    expect(await news()).toEqual([{ event: 'ONCRMDEALUPDATE', fields: { ID: id } }])
    const rows = await portal.portal.store
      .session()
      .find<{ changes: string }>(
        sql`select changes from history where entity_type_id = 2 and record_id = ${id} order by id`,
      )
    expect(rows.flatMap(({ changes }) => Object.keys(JSON.parse(changes ?? '{}') as object))).toEqual([
      'productRows',
      'opportunity',
    ])
  })

  it('of every kind of item with products follows its rows', async () => {
    const { type } = await call('crm.type.add', { fields: { title: 'Orders', isLinkWithProductsEnabled: 'Y' } })
    for (const [entityTypeId, ownerType] of [
      [1, 'L'],
      [7, 'Q'],
      [31, 'SI'],
      [type.entityTypeId, `T${Number(type.entityTypeId).toString(16)}`],
    ]) {
      const { item } = await call('crm.item.add', { entityTypeId, fields: { title: 'With products' } })
      await call('crm.item.productrow.add', {
        fields: { ownerType, ownerId: item.id, productName: 'A', price: 12.5, quantity: 2 },
      })
      expect((await call('crm.item.get', { entityTypeId, id: item.id })).item.opportunity).toBe(25)
      await call('crm.item.delete', { entityTypeId, id: item.id })
    }
    expect(await portal.faults()).toEqual([])
  })
})

describe('rows', () => {
  it('keep their ids and their order, and what is not sent any more goes', async () => {
    const id = await deal()
    await set(id, [
      { PRODUCT_NAME: 'A', SORT: 20 },
      { PRODUCT_NAME: 'B', SORT: 10 },
    ])
    const [b, a] = await rowsOf(id)
    expect([b.PRODUCT_NAME, a.PRODUCT_NAME]).toEqual(['B', 'A'])
    await set(id, [{ ID: a.ID, PRODUCT_NAME: 'A2', PRICE: 5 }])
    expect(await rowsOf(id)).toEqual([
      {
        ...a,
        PRODUCT_NAME: 'A2',
        ORIGINAL_PRODUCT_NAME: 'A2',
        PRICE: 5,
        PRICE_EXCLUSIVE: 5,
        PRICE_NETTO: 5,
        PRICE_BRUTTO: 5,
        PRICE_ACCOUNT: '5.00',
      },
    ])
    // A row of another deal is not taken over.
    const other = await deal()
    await set(other, [{ ID: a.ID, PRODUCT_NAME: 'Mine' }])
    expect((await rowsOf(other))[0].ID).not.toBe(a.ID)
    expect((await rowsOf(id))[0].PRODUCT_NAME).toBe('A2')
  })

  it('take what they do not say from the catalogue, and are called by their number otherwise', async () => {
    const { body } = await portal.call('crm.vat.list')
    const vat = body.result.find(({ RATE }: { RATE: string | null }) => Number(RATE) === 20)
    const product = await call('crm.product.add', {
      fields: { NAME: 'Engine', PRICE: 100, CURRENCY_ID: 'USD', VAT_ID: vat.ID, VAT_INCLUDED: 'N', MEASURE: 1 },
    })
    const id = await deal()
    await set(id, [{ PRODUCT_ID: product }, { PRICE: 1 }])
    const [named, nameless] = await rowsOf(id)
    expect(named).toMatchObject({
      PRODUCT_NAME: 'Engine',
      PRICE: 120,
      PRICE_NETTO: 100,
      TAX_RATE: 20,
      TAX_INCLUDED: 'N',
    })
    expect(nameless).toMatchObject({
      PRODUCT_NAME: `[${nameless.ID}]`,
      MEASURE_CODE: 796,
      MEASURE_NAME: 'pcs',
      QUANTITY: 1,
    })
  })

  it('change and go one by one by crm.item.productrow.*, and the deal follows', async () => {
    const id = await deal()
    const add = (price: number) =>
      call('crm.item.productrow.add', { fields: { ownerType: 'D', ownerId: id, productName: 'A', price } })
    const { productRow } = await add(10)
    await add(5)
    expect(await amounts(id)).toEqual([15, 0])
    const updated = await call('crm.item.productrow.update', { id: productRow.id, fields: { quantity: 3 } })
    expect(updated.productRow).toMatchObject({ price: 10, quantity: 3, productName: 'A' })
    expect(await amounts(id)).toEqual([35, 0])
    const list = await call('crm.item.productrow.list', { filter: { '=ownerType': 'D', '=ownerId': id, '>price': 6 } })
    expect(list.productRows.map((row: { id: number }) => row.id)).toEqual([productRow.id])
    expect(await call('crm.item.productrow.delete', { id: productRow.id })).toBeNull()
    expect(await amounts(id)).toEqual([5, 0])
    expect(await call('crm.item.productrow.get', { id: productRow.id })).toEqual(['NOT_FOUND', 'Item not found'])
  })

  it('of whom the caller may not read or change are neither shown nor changed', async () => {
    const id = await deal()
    await set(id, [{ PRODUCT_NAME: 'A', PRICE: 1 }])
    const [row] = await rowsOf(id)
    const session = portal.portal.store.session()
    await portal.portal.caches.changing(session, ['roles'], (tx) =>
      tx.change(sql`update crm_role_permission set level = 'own'`),
    )
    await session.settled()
    const { hook } = await portal.person()
    const before = await portal.census()
    expect(await call('crm.deal.productrows.get', { id }, hook)).toEqual(['', 'Access denied.'])
    expect(await set(id, [], hook)).toEqual(['', 'Access denied.'])
    for (const [method, params] of [
      ['get', { id: row.ID }],
      ['update', { id: row.ID, fields: { price: 2 } }],
      ['delete', { id: row.ID }],
      ['list', { filter: { '=ownerType': 'D', '=ownerId': id } }],
      ['set', { ownerType: 'D', ownerId: id, productRows: [] }],
      ['add', { fields: { ownerType: 'D', ownerId: id, price: 1 } }],
      ['getAvailableForPayment', { ownerType: 'D', ownerId: id }],
    ] as const)
      expect((await call(`crm.item.productrow.${method}`, params, hook))[0]).toBe('ACCESS_DENIED')
    expect(await call('crm.productrow.list', {}, hook)).toEqual(['', 'Access denied.'])
    expect(await portal.census()).toEqual(before)
    expect(await amounts(id)).toEqual([1, 0])
  })

  it('that are wrong refuse all of the call', async () => {
    const id = await deal()
    await set(id, [{ PRODUCT_NAME: 'A', PRICE: 1 }])
    const before = await portal.census()
    for (const bad of [
      { PRICE: 'much' },
      { QUANTITY: -1 },
      { DISCOUNT_TYPE_ID: 2 },
      { DISCOUNT_TYPE_ID: 1 },
      { DISCOUNT_TYPE_ID: 3, DISCOUNT_SUM: 1 },
      { DISCOUNT_RATE: 101 },
      { TAX_RATE: -5 },
      { PRICE: 99_999_999_999, QUANTITY: 99_999_999_999 },
    ])
      expect(
        (await portal.call('crm.deal.productrows.set', { id, rows: [{ PRODUCT_NAME: 'Good' }, bad] })).status,
      ).toBe(400)
    expect((await portal.call('crm.deal.productrows.set', { id, rows: 'text' })).body.error_description).toBe(
      'The parameter rows must be array.',
    )
    expect((await portal.call('crm.item.productrow.add', { fields: { ownerType: 'C', ownerId: 1 } })).body.error).toBe(
      'ENTITY_TYPE_NOT_SUPPORTED',
    )
    expect(await portal.census()).toEqual(before)
    expect(await amounts(id)).toEqual([1, 0])
  })

  it('never part from the amount, however many write at once', async () => {
    const id = await deal()
    await Promise.all(
      Array.from({ length: 15 }, () =>
        call('crm.item.productrow.add', { fields: { ownerType: 'D', ownerId: id, productName: 'A', price: 2 } }),
      ),
    )
    expect(await amounts(id)).toEqual([30, 0])
  })
})

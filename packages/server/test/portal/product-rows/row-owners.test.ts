import { describe, expect, it } from 'vitest'
import { ownerOf } from '../../../src/modules/crm/product-rows/owner.ts'
import { copyRows } from '../../../src/modules/crm/product-rows/rows.ts'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const news = announcements(portal)
// eslint-disable-next-line typescript/no-explicit-any
const call = async (method: string, params: object = {}, as?: string): Promise<any> => {
  const { status, body } = await portal.call(method, params, as === undefined ? {} : { as })
  return status === 200 ? body.result : [body.error, body.error_description]
}
const deal = (fields: object = {}): Promise<number> => call('crm.deal.add', { fields })
const set = (id: number, rows: object[]) => call('crm.deal.productrows.set', { id, rows })
const rowsOf = (id: number) => call('crm.deal.productrows.get', { id })
const opportunity = async (id: number) => (await call('crm.item.get', { entityTypeId: 2, id })).item.opportunity
const names = (rows: { PRODUCT_NAME: string }[]) => rows.map((row) => row.PRODUCT_NAME)

describe('who listens to a deal', () => {
  const updated = (id: number) => [{ event: 'ONCRMDEALUPDATE', fields: { ID: id } }]

  it('is told once that its rows are others, also where the amount is the same or is manual', async () => {
    const id = await deal()
    for (const flag of ['N', 'Y']) {
      await call('crm.deal.update', { id, fields: { IS_MANUAL_OPPORTUNITY: flag, OPPORTUNITY: 7 } })
      await set(id, [{ PRODUCT_NAME: `A${flag}`, PRICE: 100 }])
      await news()
      await set(id, [{ PRODUCT_NAME: `B${flag}`, PRICE: 100 }])
      expect(await news()).toEqual(updated(id))
    }
  })

  it('is told nothing where the same rows are sent again', async () => {
    const id = await deal()
    for (const flag of ['N', 'Y']) {
      await call('crm.deal.update', { id, fields: { IS_MANUAL_OPPORTUNITY: flag, OPPORTUNITY: 7 } })
      await set(id, [{ PRODUCT_NAME: 'A', PRICE: 100 }])
      const [row] = await rowsOf(id)
      await news()
      await set(id, [row])
      await call('crm.item.productrow.update', { id: row.ID, fields: { price: 100 } })
      expect(await news()).toEqual([])
    }
  })
})

describe('a list of the rows of one deal', () => {
  it('shows no rows of others, however its conditions are combined', async () => {
    const [own, foreign] = [await deal(), await deal()]
    await set(own, [{ PRODUCT_NAME: 'Own', PRICE: 1 }])
    await set(foreign, [{ PRODUCT_NAME: 'Foreign', PRICE: 2 }])
    const among = { '=ownerType': 'D', '=ownerId': own }
    for (const filter of [
      { logic: 'OR', ...among },
      { ...among, LOGIC: 'OR', '>price': 0 },
      { ...among, 0: { logic: 'OR', 0: { '>price': 0 }, 1: { '=ownerId': foreign } } },
    ]) {
      const { productRows } = await call('crm.item.productrow.list', { filter })
      expect(productRows.map((row: { productName: string }) => row.productName)).toEqual(['Own'])
    }
    const filter = { LOGIC: 'OR', OWNER_TYPE: 'D', OWNER_ID: own }
    expect(names(await call('crm.productrow.list', { filter }))).toEqual(['Own'])
  })

  it('needs one owner', async () => {
    for (const id of [undefined, 'x', 1.5, 0, [1, 2], {}, '9'.repeat(30)])
      expect(await call('crm.item.productrow.list', { filter: { '=ownerType': 'D', '=ownerId': id } })).toEqual([
        'INVALID_ARG_VALUE',
        'The filter must name ownerType and ownerId',
      ])
  })

  it('has what is selected of UPPER_CASE rows, and their ids', async () => {
    const id = await deal()
    await set(id, [{ PRODUCT_NAME: 'A', PRICE: 1 }])
    const [row] = await rowsOf(id)
    const list = (select: string[]) =>
      call('crm.productrow.list', { filter: { OWNER_TYPE: 'D', OWNER_ID: id }, select })
    expect(await list(['PRICE'])).toEqual([{ ID: row.ID, PRICE: 1 }])
    expect(Object.keys((await list(['*']))[0])).toEqual(Object.keys(row))
  })
})

it('an owner that is none is refused', async () => {
  const before = await portal.census()
  for (const ownerId of ['x', 1.5, -1, {}, [], 1e30, '9'.repeat(25), 999_999])
    expect(await call('crm.item.productrow.add', { fields: { ownerType: 'D', ownerId } })).toEqual([
      'OWNER_NOT_FOUND',
      'Owner was not found',
    ])
  for (const ownerType of ['X', 'T', 'Tffff', {}, 5])
    expect((await call('crm.item.productrow.add', { fields: { ownerType, ownerId: 1 } }))[0]).toBe(
      'ENTITY_TYPE_NOT_SUPPORTED',
    )
  for (const productRows of [['x'], [null], 'x', [1]])
    expect((await call('crm.item.productrow.set', { ownerType: 'D', ownerId: await deal(), productRows }))[0]).toBe(
      '100',
    )
  expect((await portal.census()).crm_product_row).toBe(before.crm_product_row)
})

describe('deals that become one', () => {
  const same = { TITLE: 'Twin', ASSIGNED_BY_ID: 1 }
  const merge = (entityIds: number[]) => call('crm.entity.mergeBatch', { params: { entityTypeId: 2, entityIds } })

  it('keep their amount where neither has rows', async () => {
    const [a, b] = [await deal({ ...same, OPPORTUNITY: 50 }), await deal({ ...same, OPPORTUNITY: 50 })]
    expect((await merge([a, b])).STATUS).toBe('SUCCESS')
    expect(await opportunity(a)).toBe(50)
  })

  it('have the rows of both, and their sum', async () => {
    const [a, b] = [await deal(same), await deal(same)]
    await set(a, [{ PRODUCT_NAME: 'A', PRICE: 10 }])
    await set(b, [{ PRODUCT_NAME: 'B', PRICE: 10 }])
    expect((await merge([a, b])).STATUS).toBe('SUCCESS')
    expect(names(await rowsOf(a))).toEqual(['A', 'B'])
    expect(await opportunity(a)).toBe(20)
  })
})

it('rows of a smart process that has no products any more go with their item', async () => {
  const { type } = await call('crm.type.add', { fields: { title: 'Orders', isLinkWithProductsEnabled: 'Y' } })
  const { entityTypeId } = type
  const { item } = await call('crm.item.add', { entityTypeId, fields: { title: 'With products' } })
  const ownerType = `T${Number(entityTypeId).toString(16)}`
  const fields = { ownerType, ownerId: item.id, productName: 'A', price: 5 }
  await call('crm.item.productrow.add', { fields })
  await call('crm.type.update', { id: type.id, fields: { isLinkWithProductsEnabled: 'N' } })
  expect((await call('crm.item.productrow.add', { fields }))[0]).toBe('ENTITY_TYPE_NOT_SUPPORTED')
  expect(await portal.faults()).toEqual([])
  await call('crm.item.delete', { entityTypeId, id: item.id })
  const rows = await portal.portal.store
    .session()
    .find(sql`select id from crm_product_row where owner_type = ${ownerType} and owner_id = ${item.id}`)
  expect(rows).toEqual([])
})

it('copied rows are the other item’s own, and so is its amount', async () => {
  const lead: number = await call('crm.lead.add', { fields: { TITLE: 'Wants two' } })
  const rows = [
    { PRODUCT_NAME: 'A', PRICE: 10, QUANTITY: 2, TAX_RATE: 10 },
    { PRODUCT_NAME: 'B', PRICE: 5 },
  ]
  await call('crm.lead.productrows.set', { id: lead, rows })
  const id = await deal({ CURRENCY_ID: 'EUR' })
  const { store, entities, people } = portal.portal
  await store.session().transaction(async (tx) => {
    const person = await people.find(tx, 1)
    if (person === undefined) throw new Error('There is no administrator')
    const within = { tx, portal: portal.portal, person, now: portal.portal.sources.now() }
    await copyRows(within, { type: 'L', id: lead }, ownerOf(await entities.get(tx, 2), id))
  })
  const copies = await rowsOf(id)
  expect(copies).toMatchObject([
    { OWNER_TYPE: 'D', OWNER_ID: String(id), PRODUCT_NAME: 'A', PRICE: 10, QUANTITY: 2, PRICE_ACCOUNT: '11.00' },
    { PRODUCT_NAME: 'B', PRICE: 5, PRICE_ACCOUNT: '5.50' },
  ])
  expect(await opportunity(id)).toBe(25)
  await call('crm.lead.delete', { id: lead })
  expect(await rowsOf(id)).toEqual(copies)
})

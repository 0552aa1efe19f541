import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { asking, counting } from './ask.ts'

const portal = await testPortal()
const ask = asking(portal)
const count = counting(portal)

/** The codes of a row in the order in which the PHP SDK's tests demand them. */
const CODES = `ID OWNER_ID OWNER_TYPE PRODUCT_ID PRODUCT_NAME ORIGINAL_PRODUCT_NAME PRODUCT_DESCRIPTION PRICE
  PRICE_EXCLUSIVE PRICE_NETTO PRICE_BRUTTO PRICE_ACCOUNT QUANTITY DISCOUNT_TYPE_ID DISCOUNT_RATE DISCOUNT_SUM TAX_RATE
  TAX_INCLUDED CUSTOMIZED MEASURE_CODE MEASURE_NAME SORT XML_ID TYPE STORE_ID RESERVE_ID DATE_RESERVE_END
  RESERVE_QUANTITY`.split(/\s+/)

describe.each(['lead', 'deal', 'quote'])('crm.%s.productrows.*', (owner) => {
  const added = () => ask(`crm.${owner}.add`, { fields: { TITLE: 'test' } })
  const set = (id: number, row: object) => ask(`crm.${owner}.productrows.set`, { id, rows: [row] })
  /** The rows as the SDK gets them: with their owner, in one batch. */
  const get = async (id: number) => {
    const cmd = { owner: `crm.${owner}.get?ID=${id}`, rows: `crm.${owner}.productrows.get?ID=${id}` }
    return (await ask('batch', { halt: 0, cmd })).result.rows
  }

  it('shows the codes of a row in their order', async () => {
    const id = await added()
    expect(await set(id, { PRICE: '1000.00' })).toBe(true)
    expect(Object.keys((await get(id))[0])).toEqual(CODES)
  })

  it('takes a row without a discount as one of zero percent', async () => {
    const id = await added()
    await set(id, { PRODUCT_NAME: 'p', PRICE: '1000.00' })
    const rows = await get(id)
    expect(rows).toMatchObject([{ PRICE: 1000, DISCOUNT_TYPE_ID: 2, DISCOUNT_SUM: 0, DISCOUNT_RATE: 0 }])
    expect(await ask(`crm.${owner}.productrows.get`, { id })).toEqual(rows)
  })

  it('works out the rate of a discount given as a sum', async () => {
    const id = await added()
    await set(id, { PRODUCT_NAME: 'p', PRICE: '1000.00', DISCOUNT_TYPE_ID: 1, DISCOUNT_SUM: '500.12' })
    const [row] = await get(id)
    expect(row).toMatchObject({ PRICE: 1000, DISCOUNT_TYPE_ID: 1, DISCOUNT_SUM: 500.12 })
    expect(Number(row.DISCOUNT_RATE)).toBeCloseTo(33.33, 1)
  })

  it('keeps names and quantities as the Python SDK writes them', async () => {
    const id = await added()
    expect(await set(id, { PRODUCT_NAME: 'p', PRICE: '100.00', QUANTITY: 2 })).toBe(true)
    expect(await get(id)).toMatchObject([{ PRODUCT_NAME: 'p', PRICE: 100, QUANTITY: 2 }])
  })
})

describe('crm.item.productrow.*', () => {
  const fields = { productName: 'Test product for lead', price: 0.5, sort: 100 }
  const lead = () => ask('crm.lead.add', { fields: { TITLE: 'rows' } })
  const own = (ownerId: number) => ({ ownerId, ownerType: 'L', ...fields })

  it('adds, shows, changes, counts and deletes a row', async () => {
    const id = await lead()
    const filter = { '=ownerId': id, '=ownerType': 'L' }
    expect(await count('crm.item.productrow.list', filter)).toBe(0)
    const { productRow } = await ask('crm.item.productrow.add', { fields: own(id) })
    expect(productRow).toMatchObject({ ...own(id), id: expect.any(Number) })
    expect(await count('crm.item.productrow.list', filter)).toBe(1)
    await ask('crm.item.productrow.update', { id: productRow.id, fields: { productName: 'Test product 222' } })
    const shown = await ask('crm.item.productrow.get', { id: productRow.id })
    expect(shown.productRow).toMatchObject({ id: productRow.id, productName: 'Test product 222' })
    const listed = await ask('crm.item.productrow.list', { order: [], filter, start: 0 })
    expect(listed.productRows).toMatchObject([{ id: productRow.id }])
    expect(await ask('crm.item.productrow.delete', { id: productRow.id })).toBeNull()
    expect(await count('crm.item.productrow.list', filter)).toBe(0)
  })

  it('sets ten rows at once', async () => {
    const ownerId = await lead()
    const productRows = Array.from({ length: 10 }, (_, n) => ({
      productName: `p ${n}`,
      price: fields.price + n,
      sort: fields.sort + n,
    }))
    const set = await ask('crm.item.productrow.set', { ownerId, ownerType: 'L', productRows })
    expect(set.productRows).toMatchObject(productRows)
  })

  it('answers what of a lead may be paid as a list', async () => {
    const ownerId = await lead()
    await ask('crm.item.productrow.set', { ownerId, ownerType: 'L', productRows: [fields] })
    const { productRows } = await ask('crm.item.productrow.getAvailableForPayment', { ownerId, ownerType: 'L' })
    expect(Array.isArray(productRows)).toBe(true)
  })
})

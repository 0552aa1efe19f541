import { emptyDraft, type Change } from '../../records/change.ts'
import { createWithin, removeWithin, updateWithin } from '../../records/records.ts'
import { type Fragment, sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { ids } from './numbers.ts'

/** The row of crm_product_price that is a product's price in CRM: of the base type, for the smallest quantity. */
const basePrice = (product: Fragment): Fragment =>
  sql`from crm_product_price as p join crm_price_type as t on t.id = p.catalog_group_id where p.product_id = ${product} and t.base = 'Y' order by coalesce(p.quantity_from, 0), p.id limit 1`

/** crm_product shows the base price: writes what the prices say, of one product or of all. */
export async function mirrorBasePrices(tx: Transaction, productId?: number): Promise<void> {
  const of = basePrice(sql`crm_product.id`)
  await tx.change(
    sql`update crm_product set price = (select p.price ${of}), currency_id = (select p.currency ${of})${productId === undefined ? sql`` : sql` where id = ${productId}`}`,
  )
}

/** Products that show another price than their base one. */
export const wrongPrices = (): Fragment => {
  const of = basePrice(sql`c.id`)
  return sql`select 'product ' || cast(c.id as text) as fault from crm_product as c where coalesce(c.price, -1) <> coalesce((select p.price ${of}), -1) or coalesce(c.currency_id, '') <> coalesce((select p.currency ${of}), '')`
}

/** Gives the price that a write of a product names its row among the prices; a price of none removes it. */
export async function writeBasePrice(change: Change): Promise<void> {
  const { tx, portal, id } = change
  if (!change.gives('price') && !change.gives('currencyId')) return
  const [row] = await tx.find<{ id: number }>(sql`select p.id as id ${basePrice(sql`${id}`)}`)
  const prices = await portal.entities.get(tx, ids.price)
  const price = change.value('price')
  if (price === null) {
    if (row !== undefined) await removeWithin(change, prices, row.id)
    else await mirrorBasePrices(tx, id)
    return
  }
  const draft = emptyDraft()
  draft.values.set('price', price)
  draft.values.set('currency', change.value('currencyId') ?? (await portal.directories.baseCurrency(tx)))
  if (row !== undefined) {
    await updateWithin(change, prices, row.id, draft)
    await mirrorBasePrices(tx, id)
    return
  }
  const [type] = await tx.find<{ id: number }>(sql`select id from crm_price_type where base = 'Y' order by id`)
  if (type === undefined) return mirrorBasePrices(tx, id)
  draft.values.set('productId', id)
  draft.values.set('catalogGroupId', type.id)
  await createWithin(change, prices, draft)
}

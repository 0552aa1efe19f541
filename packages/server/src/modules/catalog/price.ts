import { parseDecimal } from '../../schema/decimal.ts'
import type { Change } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import { allOf, type Hooks } from '../../records/hooks.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { amount } from '../../schema/kinds/amount.ts'
import { currency } from '../../schema/kinds/currency.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { sql } from '../../store/sql.ts'
import { mirrorBasePrices } from './base-price.ts'
import { announcing } from './events.ts'
import { linked, reference, typed } from './kinds.ts'
import { ids } from './numbers.ts'

/** Prices of products, one for each type of prices (or one for each range of quantities). */
export const price = defineEntity({
  name: 'productPrice',
  title: 'Price',
  table: 'crm_product_price',
  entityTypeId: ids.price,
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    productId: field(reference(ids.product), 'Product', { immutable: true, index: true }),
    catalogGroupId: field(reference(ids.priceType), 'Price type', { immutable: true, index: true }),
    price: field(amount, 'Price'),
    currency: field(typed(currency, 'string'), 'Currency'),
    extraId: field(linked(ids.extra), 'Markup'),
    quantityFrom: field(integer, 'From quantity'),
    quantityTo: field(integer, 'To quantity'),
    priceScale: field(amount, 'Price in the base currency', { readOnly: true }),
    timestampX: field(datetime, 'Modified on', { readOnly: true }),
  },
})

export const WRONG_TYPE = 'Validate price error. Catalog price group is wrong'
export const ONE_PRICE =
  'Validate price error. Catalog product is allowed has only single price without ranges in price group'

/** Hundredths of the base currency, by the rate of the day. */
async function scaleOf(change: Change): Promise<number> {
  const price = Number(change.value('price') ?? 0)
  const [row] = await change.tx.find<{ amount: string; amount_cnt: number }>(
    sql`select amount, amount_cnt from crm_currency where currency = ${change.value('currency')}`,
  )
  const rate = parseDecimal(row?.amount ?? '1', 4) ?? 10_000n
  const count = BigInt(Math.max(row?.amount_cnt ?? 1, 1)) * 10_000n
  return Number((BigInt(price) * rate * 2n + count) / (count * 2n))
}

/** Whether the product has another price of this type whose range of quantities meets this one's. */
async function isTwice(change: Change): Promise<boolean> {
  const [from, to] = [change.value('quantityFrom'), change.value('quantityTo')]
  const rows = await change.tx.find<{ quantity_from: number | null; quantity_to: number | null }>(
    sql`select quantity_from, quantity_to from crm_product_price where product_id = ${change.value('productId')} and catalog_group_id = ${change.value('catalogGroupId')} and id <> ${change.id}`,
  )
  return rows.some(
    (row) => Number(from ?? 0) <= (row.quantity_to ?? Infinity) && (row.quantity_from ?? 0) <= Number(to ?? Infinity),
  )
}

export const priceHooks: Hooks = allOf(
  {
    async complete(change) {
      change.set('timestampX', Math.floor(change.now))
      change.set('priceScale', await scaleOf(change))
    },
    async check(change) {
      const rule = (text: string): never => {
        throw new Failure({ why: 'rule', text })
      }
      const types = await change.tx.find<{ id: number }>(
        sql`select id from crm_price_type where id = ${change.value('catalogGroupId')}`,
      )
      if (types.length === 0) rule(WRONG_TYPE)
      if (await isTwice(change)) rule(ONE_PRICE)
    },
    saved: (change) => mirrorBasePrices(change.tx, Number(change.value('productId'))),
    removed: (change) => mirrorBasePrices(change.tx, Number(change.old('productId'))),
  },
  announcing('CATALOG.PRICE.ON'),
)

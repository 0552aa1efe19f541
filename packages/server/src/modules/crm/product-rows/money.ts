import { parseDecimal } from '../../../schema/decimal.ts'
import { exchanged, type Rate } from '../../../schema/product-row-prices.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import type { Owner } from './owner.ts'
import type { Row } from './row.ts'
import { rowsOf } from './stored-rows.ts'

const PAR: Rate = { amount: 10_000n, count: 1n }

/** What an item's amounts are in other currencies, by the rates of the day. Amounts are ten-thousandths. */
export interface Money {
  /** A price of the catalogue, in the item's currency. */
  own(price: bigint, currency: string | null): bigint
  /** A price of the item, in the reporting currency (api-reference/crm/data-types.md, `priceAccount`). */
  account(price: bigint): bigint
}

export async function moneyOf(reader: Reader, { entity, id }: Pick<Owner, 'entity' | 'id'>): Promise<Money> {
  const rows = await reader.find<{ currency: string; base: string; amount: string; amount_cnt: number }>(
    sql`select currency, base, amount, amount_cnt from crm_currency`,
  )
  const [item] = await reader.find<{ currency: string | null }>(
    sql`select ${sql.ref(entity.columnOf('currencyId'))} as currency from ${sql.table(entity.table)} where id = ${id}`,
  )
  const rateOf = (code: string | null | undefined): Rate | undefined => {
    const row = rows.find(({ currency }) => currency === code)
    const amount = parseDecimal(row?.amount, 4) ?? 0n
    return row === undefined || amount <= 0n ? undefined : { amount, count: BigInt(Math.max(row.amount_cnt, 1)) }
  }
  const base = rateOf(rows.find((row) => row.base === 'Y')?.currency) ?? PAR
  const own = rateOf(item?.currency) ?? base
  return {
    own: (price, currency) => exchanged(price, rateOf(currency) ?? own, own),
    account: (price) => exchanged(price, own, base),
  }
}

/** The prices in the reporting currency follow the item's currency. */
export async function account(tx: Transaction, owner: Owner): Promise<void> {
  const rows: readonly Row[] = await rowsOf(tx, owner)
  if (rows.length === 0) return
  const money = await moneyOf(tx, owner)
  for (const { id, price, priceAccount } of rows) {
    const now = Number(money.account(BigInt(price)))
    if (now !== priceAccount) await tx.change(sql`update crm_product_row set price_account = ${now} where id = ${id}`)
  }
}

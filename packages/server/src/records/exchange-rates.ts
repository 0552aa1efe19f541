import { parseDecimal } from '../schema/decimal.ts'
import { exchange, type ExchangeRate } from '../schema/exchange.ts'
import { sql } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'

const PAR: ExchangeRate = { amount: 10_000n, count: 1n }

/** The portal's rates of the day. */
export interface ExchangeRates {
  readonly base: string
  /** An amount in the base currency; what has no currency, or one without a rate, counts as the base currency. */
  inBase(units: bigint, currency: string | null): bigint
}

export async function exchangeRates(reader: Reader): Promise<ExchangeRates> {
  const rows = await reader.find<{ currency: string; base: string; amount: string; amount_cnt: number }>(
    sql`select currency, base, amount, amount_cnt from crm_currency order by sort, currency`,
  )
  const rates = new Map(
    rows.flatMap(({ currency, amount, amount_cnt }) => {
      const rate = parseDecimal(amount, 4) ?? 0n
      return rate > 0n ? [[currency, { amount: rate, count: BigInt(Math.max(amount_cnt, 1)) }] as const] : []
    }),
  )
  const base = rows.find((row) => row.base === 'Y')?.currency ?? rows[0]?.currency ?? 'USD'
  const par = rates.get(base) ?? PAR
  return { base, inBase: (units, currency) => exchange(units, rates.get(currency ?? base) ?? par, par) }
}

/** Prices, quantities and rates are whole numbers of ten-thousandths: 779.60 is 7796000, a rate of 20 % is 2000. */
export const SCALE = 4
const UNIT = 10n ** BigInt(SCALE)
/** Two factors of ten-thousandths make hundredths when they are divided by this. */
const TO_HUNDREDTHS = UNIT * 100n

export interface Priced {
  readonly price: number
  readonly quantity: number
  /** Null where there is no VAT. */
  readonly vatRate: number | null
  readonly vatIncluded: 'Y' | 'N'
}

/** Divides by a positive number; a half goes away from zero. */
function rounded(value: bigint, by: bigint): bigint {
  const half = value < 0n ? -by / 2n : by / 2n
  return (value + half) / by
}

/**
 * What an invoice comes to, in hundredths: each row is rounded by itself, so that the printed rows add up. The price of
 * a row is the one after its discount; VAT that isn't in the price comes on top.
 */
export function totalsOf(rows: readonly Priced[]): { readonly price: number; readonly taxValue: number } {
  let price = 0n
  let tax = 0n
  for (const row of rows) {
    const sum = rounded(BigInt(row.price) * BigInt(row.quantity), TO_HUNDREDTHS)
    const rate = BigInt(row.vatRate ?? 0)
    const vat = row.vatIncluded === 'Y' ? rounded(sum * rate, UNIT + rate) : rounded(sum * rate, UNIT)
    price += row.vatIncluded === 'Y' ? sum : sum + vat
    tax += vat
  }
  return { price: Number(price), taxValue: Number(tax) }
}

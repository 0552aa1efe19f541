/**
 * What a product row costs. All amounts are whole ten-thousandths, rates are whole ten-thousandths of a percent: no
 * binary fraction comes near money. `price` is what is paid for one: with tax, after the discount.
 */
export interface GivenPrices {
  readonly price?: bigint
  /** After the discount, without tax. */
  readonly priceExclusive?: bigint
  /** Before the discount, without tax. */
  readonly priceNetto?: bigint
  /** Before the discount, with tax. */
  readonly priceBrutto?: bigint
  readonly discount: Discount
  /** Null: without tax. */
  readonly taxRate: bigint | null
}

/** Absolute, or a share of the price before it; a share of the whole needs its sum, because nothing is left of the price. */
export type Discount =
  | { readonly type: 'sum'; readonly sum: bigint }
  | { readonly type: 'rate'; readonly rate: bigint; readonly sum: bigint }

export interface Prices {
  readonly price: bigint
  readonly priceExclusive: bigint
  readonly priceNetto: bigint
  readonly priceBrutto: bigint
  readonly discountRate: bigint
  readonly discountSum: bigint
}

/** 100 % in ten-thousandths of a percent. */
export const WHOLE = 1_000_000n
const CENT = 100n

/** `value * by / of`, rounded to `unit`, a half away from zero. */
function scaled(value: bigint, by: bigint, of: bigint, unit: bigint): bigint {
  const [top, bottom] = [value * by, of * unit]
  const half = top < 0n ? -bottom : bottom
  return ((top * 2n + half) / (bottom * 2n)) * unit
}

/** The other prices that follow from the ones that are given (crm-item-productrow-add.md): each rounded to the cent. */
export function pricesOf(given: GivenPrices): Prices {
  const { discount, taxRate } = given
  const withTax = WHOLE + (taxRate ?? 0n)
  const taxed = (value: bigint): bigint => (withTax === WHOLE ? value : scaled(value, withTax, WHOLE, CENT))
  const untaxed = (value: bigint): bigint =>
    withTax === WHOLE || withTax === 0n ? value : scaled(value, WHOLE, withTax, CENT)
  const priceExclusive = exclusiveOf(given, untaxed)
  const price = given.price ?? taxed(priceExclusive)
  const priceNetto = nettoOf(priceExclusive, discount)
  const discountSum = priceNetto - priceExclusive
  const discountRate =
    discount.type === 'rate' ? discount.rate : priceNetto === 0n ? 0n : scaled(discountSum, WHOLE, priceNetto, CENT)
  // Without a discount both are what is paid: no second rounding may part them.
  const priceBrutto = discountSum === 0n ? price : taxed(priceNetto)
  return { price, priceExclusive, priceNetto, priceBrutto, discountRate, discountSum }
}

function exclusiveOf(given: GivenPrices, untaxed: (value: bigint) => bigint): bigint {
  if (given.price !== undefined) return untaxed(given.price)
  if (given.priceExclusive !== undefined) return given.priceExclusive
  const netto = given.priceNetto ?? (given.priceBrutto === undefined ? 0n : untaxed(given.priceBrutto))
  return given.discount.type === 'sum'
    ? netto - given.discount.sum
    : scaled(netto, WHOLE - given.discount.rate, WHOLE, CENT)
}

function nettoOf(exclusive: bigint, discount: Discount): bigint {
  if (discount.type === 'sum') return exclusive + discount.sum
  if (discount.rate === 0n) return exclusive
  return discount.rate === WHOLE ? exclusive + discount.sum : scaled(exclusive, WHOLE, WHOLE - discount.rate, CENT)
}

/** What so many (ten-thousandths) of it cost, in hundredths. */
export const sumOf = (price: bigint, quantity: bigint): bigint => scaled(price, quantity, 1_000_000n, 1n)

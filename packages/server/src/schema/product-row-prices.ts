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

/**
 * The other prices that follow from the one that is given, each rounded to the cent (crm-item-productrow-add.md). That
 * one stays as it is: a price with tax that went down to the one without it and back would lose a cent.
 */
export function pricesOf(given: GivenPrices): Prices {
  const { discount, taxRate } = given
  const withTax = WHOLE + (taxRate ?? 0n)
  const taxed = (value: bigint): bigint => (withTax === WHOLE ? value : scaled(value, withTax, WHOLE, CENT))
  const untaxed = (value: bigint): bigint => (withTax === WHOLE ? value : scaled(value, WHOLE, withTax, CENT))

  const priceNetto = given.priceNetto ?? (given.priceBrutto === undefined ? undefined : untaxed(given.priceBrutto))
  if (given.price !== undefined) {
    const priceExclusive = untaxed(given.price)
    return whole({ price: given.price, priceExclusive, priceNetto: before(priceExclusive, discount) }, discount, taxed)
  }
  if (given.priceExclusive !== undefined || priceNetto === undefined) {
    const priceExclusive = given.priceExclusive ?? 0n
    const price = taxed(priceExclusive)
    return whole({ price, priceExclusive, priceNetto: before(priceExclusive, discount) }, discount, taxed)
  }
  if (given.priceNetto === undefined && given.priceBrutto !== undefined && !(discount.type === 'sum' && discount.sum)) {
    const price = after(given.priceBrutto, discount)
    return whole({ price, priceExclusive: untaxed(price), priceNetto }, discount, taxed, given.priceBrutto)
  }
  const priceExclusive = after(priceNetto, discount)
  return whole({ price: taxed(priceExclusive), priceExclusive, priceNetto }, discount, taxed, given.priceBrutto)
}

function whole(
  { price, priceExclusive, priceNetto }: Pick<Prices, 'price' | 'priceExclusive' | 'priceNetto'>,
  discount: Discount,
  taxed: (value: bigint) => bigint,
  brutto?: bigint,
): Prices {
  const discountSum = priceNetto - priceExclusive
  const discountRate =
    discount.type === 'rate' ? discount.rate : priceNetto === 0n ? 0n : scaled(discountSum, WHOLE, priceNetto, CENT)
  // Without a discount both are what is paid: no second rounding may part them.
  const priceBrutto = brutto ?? (discountSum === 0n ? price : taxed(priceNetto))
  return { price, priceExclusive, priceNetto, priceBrutto, discountRate, discountSum }
}

/** What is left of a price after the discount. */
function after(value: bigint, discount: Discount): bigint {
  if (discount.type === 'sum') return value - discount.sum
  return discount.rate === 0n ? value : scaled(value, WHOLE - discount.rate, WHOLE, CENT)
}

/** The price before the discount. */
function before(exclusive: bigint, discount: Discount): bigint {
  if (discount.type === 'sum') return exclusive + discount.sum
  if (discount.rate === 0n) return exclusive
  return discount.rate === WHOLE ? exclusive + discount.sum : scaled(exclusive, WHOLE, WHOLE - discount.rate, CENT)
}

/** What so many (ten-thousandths) of it cost, in hundredths. */
export const sumOf = (price: bigint, quantity: bigint): bigint => scaled(price, quantity, 1_000_000n, 1n)

/** What `count` of a currency are worth: ten-thousandths of the base currency. */
export interface Rate {
  readonly amount: bigint
  readonly count: bigint
}

/** An amount in another currency, to the cent. */
export const exchanged = (value: bigint, from: Rate, to: Rate): bigint =>
  from.amount * to.count === to.amount * from.count
    ? value
    : scaled(value, from.amount * to.count, to.amount * from.count, CENT)

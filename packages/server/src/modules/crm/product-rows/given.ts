import { Failure } from '../../../records/failure.ts'
import type { Map as Given } from '../../../methods/method.ts'
import type { Field } from '../../../schema/entity.ts'
import { InvalidValue, isBlank, type Scalar } from '../../../schema/kind.ts'
import { type GivenPrices, type Prices, pricesOf, sumOf, WHOLE } from '../../../schema/product-row-prices.ts'
import type { Zone } from '../../../schema/time.ts'
import { holdsOn, type Wire } from '../../../schema/wire.ts'
import type { Measure, Product } from './catalogue.ts'
import type { Money } from './money.ts'
import { productRow, type Row } from './row.ts'

/** What a request says of a row, by the names of fields; what it doesn't say is absent. */
export type Said = ReadonlyMap<string, Scalar>

const RATE = 2
const SUM = 1
const PIECES = 10_000
/** Prices are kept exactly as far as this (schema/kinds/decimal.ts), and so are amounts in hundredths. */
const MAX = 999_999_999_999_999n

/** Reads one row of a request; unknown names and those that only the portal writes are passed over. */
export function readRow(given: Given, wire: Wire, zone: Zone): Said {
  const said = new Map<string, Scalar>()
  for (const [key, input] of Object.entries(given)) {
    const field = wire.find(productRow, key)
    if (field === undefined || field.place.in !== 'column') continue
    if (input === undefined || (input === null && field.name !== 'taxRate')) continue
    if (holdsOn(wire, field.readOnly) && field.name !== 'id') continue
    said.set(field.name, decoded(field, input, zone))
  }
  return said
}

function decoded(field: Field, input: unknown, zone: Zone): Scalar {
  try {
    return field.kind.decode(input, field, { zone }) as Scalar
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw new Failure({ why: 'invalid', field, detail: cause.reason })
  }
}

const refuse = (text: string): never => {
  throw new Failure({ why: 'rule', text: `${text}<br>` })
}

/** The same refusals, in either family's words (crm-deal-productrows-set.md). */
function checkDiscount(said: Said): void {
  const type = said.get('discountTypeId')
  const has = (name: string): boolean => !isBlank(said.get(name))
  if (type === RATE && !has('discountRate'))
    refuse('Discount Rate (DISCOUNT_RATE) is required if Percentage Discount Type (DISCOUNT_TYPE_ID) is defined')
  if (type === RATE && BigInt(said.get('discountRate') ?? 0) === WHOLE && !has('discountSum'))
    refuse(
      'Discount Sum (DISCOUNT_SUM) is required if Percentage Discount Type (DISCOUNT_TYPE_ID) is defined and Discount Rate (DISCOUNT_RATE) is 100%',
    )
  if (type === SUM && !has('discountSum'))
    refuse('Discount Sum (DISCOUNT_SUM) is required if Monetary Discount Type (DISCOUNT_TYPE_ID) is defined')
  if (type !== undefined && type !== null && type !== RATE && type !== SUM)
    refuse('Discount Type (DISCOUNT_TYPE_ID) is 1 or 2')
  const rate = BigInt(said.get('discountRate') ?? 0)
  if (rate < 0n || rate > WHOLE) refuse('Discount Rate (DISCOUNT_RATE) is from 0 to 100')
  for (const [name, text] of [
    ['quantity', 'Quantity (QUANTITY)'],
    ['taxRate', 'Tax Rate (TAX_RATE)'],
    ['discountSum', 'Discount Sum (DISCOUNT_SUM)'],
  ] as const)
    if (Number(said.get(name) ?? 0) < 0) refuse(`${text} can't be negative`)
}

export interface Surroundings {
  readonly product: Product | undefined
  readonly money: Money
  readonly measures: { readonly byCode: ReadonlyMap<number, string>; readonly preset: Measure | null }
  /** The row as it was, where the request changes one. */
  readonly before: Row | undefined
}

const amounts = ['price', 'priceExclusive', 'priceNetto', 'priceBrutto'] as const
const pricing = [...amounts, 'discountTypeId', 'discountRate', 'discountSum', 'taxRate'] as const

/** Whether a request says anything else of a row's price than what is so already: rows are read and sent back whole. */
const isRepriced = (said: Said, before: Row): boolean =>
  pricing.some((name) => {
    const value = said.get(name)
    return value !== undefined && value !== before[name] && (value !== null || name === 'taxRate')
  })

const stored = (row: Row): Prices => ({
  price: BigInt(row.price),
  priceExclusive: BigInt(row.priceExclusive),
  priceNetto: BigInt(row.priceNetto),
  priceBrutto: BigInt(row.priceBrutto),
  discountRate: BigInt(row.discountRate),
  discountSum: BigInt(row.discountSum),
})

function checkRange(prices: readonly bigint[], sum: bigint): void {
  if ([...prices, sum].some((value) => value > MAX || value < -MAX)) refuse('The price of the product is out of range')
}

/** The product's own description is read from the catalogue: sent back, it is not another one. */
function descriptionOf(said: Said, product: Product | undefined, before: Row | undefined): string | null {
  if (!said.has('productDescription')) return before?.productDescription ?? null
  const text = String(said.get('productDescription') ?? '')
  return text === (product?.description ?? '') ? null : text
}

/** A whole row of what is said, the product, and the row as it was: everything but its owner and id. */
export function completed(
  said: Said,
  { product, measures, money, before }: Surroundings,
): Omit<Row, 'id' | 'ownerId' | 'ownerType'> {
  checkDiscount(said)
  const text = (name: 'productName' | 'measureName' | 'xmlId'): string | undefined => {
    const value = said.get(name)
    return isBlank(value) ? undefined : String(value)
  }
  const number = (name: keyof Row): number | undefined => {
    const value = said.get(name)
    return value === undefined || value === null ? (before?.[name] as number | undefined) : Number(value)
  }
  const priced = amounts.some((name) => said.has(name))
  // The catalogue's tax goes with its price: a price that is given says what it says.
  const fromProduct = !priced && before === undefined && product?.price != null ? product : undefined
  const taxRate = said.has('taxRate')
    ? (said.get('taxRate') ?? null)
    : before !== undefined
      ? before.taxRate
      : fromProduct?.vatRate == null
        ? null
        : Number(fromProduct.vatRate)
  const type = number('discountTypeId') ?? RATE
  const wanted: GivenPrices = {
    ...pricesGiven(said, before, fromProduct, money),
    discount:
      type === SUM
        ? { type: 'sum', sum: BigInt(number('discountSum') ?? 0) }
        : { type: 'rate', rate: BigInt(number('discountRate') ?? 0), sum: BigInt(number('discountSum') ?? 0) },
    taxRate: taxRate === null ? null : BigInt(taxRate),
  }
  const prices = before !== undefined && !isRepriced(said, before) ? stored(before) : pricesOf(wanted)
  const quantity = number('quantity') ?? PIECES
  const priceAccount = money.account(prices.price)
  checkRange([...Object.values(prices), priceAccount], sumOf(prices.price, BigInt(quantity)))
  const code = number('measureCode') ?? product?.measure?.code ?? measures.preset?.code ?? 0
  const taxIncluded = said.get('taxIncluded') ?? before?.taxIncluded ?? (fromProduct?.vatIncluded === true ? 'Y' : 'N')
  return {
    productId: product?.id ?? 0,
    productName:
      text('productName') ?? (before === undefined || said.has('productId') ? product?.name : before.productName) ?? '',
    productDescription: descriptionOf(said, product, before),
    price: Number(prices.price),
    priceAccount: Number(priceAccount),
    priceExclusive: Number(prices.priceExclusive),
    priceNetto: Number(prices.priceNetto),
    priceBrutto: Number(prices.priceBrutto),
    quantity,
    discountTypeId: type,
    discountRate: Number(prices.discountRate),
    discountSum: Number(prices.discountSum),
    taxRate: taxRate === null ? null : Number(taxRate),
    taxIncluded: String(taxIncluded),
    customized: String(said.get('customized') ?? before?.customized ?? 'Y'),
    measureCode: code,
    measureName: text('measureName') ?? measures.byCode.get(code) ?? before?.measureName ?? '',
    sort: number('sort') ?? 0,
    xmlId: text('xmlId') ?? before?.xmlId ?? '',
    type: product?.type ?? 1,
  }
}

/** Which price leads: the final one if the request changes it, else the next that it changes, else the product's. */
function pricesGiven(
  said: Said,
  before: Row | undefined,
  fromProduct: Product | undefined,
  money: Money,
): Pick<GivenPrices, 'price' | 'priceExclusive' | 'priceNetto' | 'priceBrutto'> {
  for (const name of amounts) {
    const value = said.get(name)
    if (value !== undefined && value !== null && value !== before?.[name]) return { [name]: BigInt(value) }
  }
  if (before !== undefined) return { price: BigInt(before.price) }
  if (fromProduct?.price == null) return {}
  const price = money.own(fromProduct.price, fromProduct.currency)
  return fromProduct.vatIncluded ? { priceBrutto: price } : { priceNetto: price }
}

import { Failure } from '../../../records/failure.ts'
import type { Map as Given } from '../../../methods/method.ts'
import type { Field } from '../../../schema/entity.ts'
import { InvalidValue, isBlank, type Scalar } from '../../../schema/kind.ts'
import type { GivenPrices } from '../../../schema/product-row-prices.ts'
import { pricesOf, WHOLE } from '../../../schema/product-row-prices.ts'
import type { Zone } from '../../../schema/time.ts'
import type { Wire } from '../../../schema/wire.ts'
import type { Measure, Product } from './catalogue.ts'
import { productRow, type Row } from './row.ts'

/** What a request says of a row, by the names of fields; what it doesn't say is absent. */
export type Said = ReadonlyMap<string, Scalar>

const RATE = 2
const SUM = 1
const PIECES = 10_000
const WRITTEN = ['priceExclusive', 'priceNetto', 'priceBrutto', 'xmlId'] as const

/** Reads one row of a request; unknown names and those that only the portal writes are passed over. */
export function readRow(given: Given, wire: Wire, zone: Zone): Said {
  const said = new Map<string, Scalar>()
  for (const [key, input] of Object.entries(given)) {
    const field = wire.find(productRow, key)
    if (field === undefined || field.place.in !== 'column' || field.name === 'priceAccount') continue
    if (input === undefined || (input === null && field.name !== 'taxRate')) continue
    if (field.readOnly === true && !isWritten(field) && field.name !== 'id') continue
    said.set(field.name, decoded(field, input, zone))
  }
  return said
}

/** UPPER_CASE requests send back what they have read, with every price. */
const isWritten = ({ name }: Field): boolean => (WRITTEN as readonly string[]).includes(name)

function decoded(field: Field, input: unknown, zone: Zone): Scalar {
  try {
    return field.kind.decode(input, field, { zone }) as Scalar
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw new Failure({ why: 'invalid', field, detail: cause.reason })
  }
}

/** The same refusals, in either family's words (crm-deal-productrows-set.md). */
function checkDiscount(said: Said): void {
  const type = said.get('discountTypeId')
  const refuse = (text: string): never => {
    throw new Failure({ why: 'rule', text: `${text}<br>` })
  }
  const has = (name: string): boolean => said.get(name) !== undefined && said.get(name) !== null
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
  readonly measures: { readonly byCode: ReadonlyMap<number, string>; readonly preset: Measure | null }
  /** The row as it was, where the request changes one. */
  readonly before: Row | undefined
}

const amounts = ['price', 'priceExclusive', 'priceNetto', 'priceBrutto'] as const

/** A whole row of what is said, the product, and the row as it was: everything but its owner and id. */
export function completed(
  said: Said,
  { product, measures, before }: Surroundings,
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
  const prices = pricesOf({
    ...pricesGiven(said, before, fromProduct),
    discount:
      type === SUM
        ? { type: 'sum', sum: BigInt(number('discountSum') ?? 0) }
        : { type: 'rate', rate: BigInt(number('discountRate') ?? 0), sum: BigInt(number('discountSum') ?? 0) },
    taxRate: taxRate === null ? null : BigInt(taxRate),
  })
  const code = number('measureCode') ?? product?.measure?.code ?? measures.preset?.code ?? 0
  const taxIncluded = said.get('taxIncluded') ?? before?.taxIncluded ?? (fromProduct?.vatIncluded === true ? 'Y' : 'N')
  return {
    productId: product?.id ?? 0,
    productName:
      text('productName') ?? (before === undefined || said.has('productId') ? product?.name : before.productName) ?? '',
    price: Number(prices.price),
    priceAccount: Number(prices.price),
    priceExclusive: Number(prices.priceExclusive),
    priceNetto: Number(prices.priceNetto),
    priceBrutto: Number(prices.priceBrutto),
    quantity: number('quantity') ?? PIECES,
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

/** Which prices lead: the final one if it is given, else the next that is, else the product's. */
function pricesGiven(
  said: Said,
  before: Row | undefined,
  fromProduct: Product | undefined,
): Pick<GivenPrices, 'price' | 'priceExclusive' | 'priceNetto' | 'priceBrutto'> {
  for (const name of amounts) {
    const value = said.get(name)
    if (value !== undefined && value !== null) return { [name]: BigInt(value) }
  }
  if (before !== undefined) return { price: BigInt(before.price) }
  if (fromProduct?.price == null) return {}
  return fromProduct.vatIncluded ? { priceBrutto: fromProduct.price } : { priceNetto: fromProduct.price }
}

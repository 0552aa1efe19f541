import { isMap, listOfInput, type Map } from '../../../methods/method.ts'
import type { Change } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import { formatDecimal, parseDecimal } from '../../../schema/decimal.ts'
import { InvalidValue, integerOf, isBlank, textOf, yesNo } from '../../../schema/kind.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import type { Table } from '../../../store/table.ts'
import { type Priced, SCALE } from './amounts.ts'
import { invoiceEntity } from './entity.ts'
import { productsOf } from './products.ts'

export const rowTable: Table = {
  name: 'crm_invoice_row',
  columns: {
    id: 'integer',
    invoice_id: 'integer',
    position: 'integer',
    product_id: 'integer',
    product_name: 'text',
    price: 'integer',
    discount_price: 'integer',
    quantity: 'integer',
    vat_rate: 'integer',
    vat_included: 'text',
    measure_code: 'integer',
    measure_name: 'text',
  },
  indexes: [{ columns: ['invoice_id', 'position'] }, { columns: ['product_id'] }],
}

/** One line of an invoice; numbers as in amounts.ts. The id is 0 until it is written. */
export interface InvoiceRow extends Priced {
  readonly id: number
  readonly productId: number
  readonly productName: string
  readonly discountPrice: number
  readonly measureCode: number | null
  readonly measureName: string
}

interface Stored {
  readonly id: number
  readonly product_id: number
  readonly product_name: string
  readonly price: number
  readonly discount_price: number
  readonly quantity: number
  readonly vat_rate: number | null
  readonly vat_included: 'Y' | 'N'
  readonly measure_code: number | null
  readonly measure_name: string
}

const NEW: InvoiceRow = {
  id: 0,
  productId: 0,
  productName: '',
  price: 0,
  discountPrice: 0,
  quantity: 10 ** SCALE,
  vatRate: null,
  vatIncluded: 'Y',
  measureCode: null,
  measureName: '',
}
const MAX_ROWS = 1000
const MAX_NAME = 255
/** A thousand million, in ten-thousandths: products of two still fit 18 digits by far. */
const MAX_UNITS = 10n ** 13n

function unitsOf(input: unknown, name: string): number {
  const units = parseDecimal(input, SCALE)
  if (units === undefined || units < 0n || units > MAX_UNITS) throw new InvalidValue(`${name} is no valid number`)
  return Number(units)
}

function nameOf(input: unknown): string {
  const name = textOf(input)
  if (name.length > MAX_NAME) throw new InvalidValue(`a name is longer than ${MAX_NAME} characters`)
  return name
}

function flagOf(input: unknown): 'Y' | 'N' {
  const value = yesNo(input)
  if (value === undefined) throw new InvalidValue('VAT_INCLUDED is Y or N')
  return value ? 'Y' : 'N'
}

function wholeOf(input: unknown): number {
  const value = integerOf(input)
  if (value < 0) throw new InvalidValue('an id is expected')
  return value
}

/** What a request says of a row, by the documented keys (crm-invoice-fields.md, PRODUCT_ROWS). */
function rowOf(given: Map): Partial<InvoiceRow> {
  const value = (name: string): unknown => given[name] ?? given[name.toLowerCase()]
  const has = (name: string): boolean => value(name) !== undefined
  const or0 = (name: string, read: (input: unknown) => number): number => (isBlank(value(name)) ? 0 : read(value(name)))
  return {
    id: or0('ID', wholeOf),
    ...(has('PRODUCT_ID') ? { productId: or0('PRODUCT_ID', wholeOf) } : {}),
    ...(has('PRODUCT_NAME') ? { productName: nameOf(value('PRODUCT_NAME') ?? '') } : {}),
    ...(has('PRICE') ? { price: or0('PRICE', (input) => unitsOf(input, 'PRICE')) } : {}),
    ...(has('DISCOUNT_PRICE')
      ? { discountPrice: or0('DISCOUNT_PRICE', (input) => unitsOf(input, 'DISCOUNT_PRICE')) }
      : {}),
    ...(has('QUANTITY') ? { quantity: or0('QUANTITY', (input) => unitsOf(input, 'QUANTITY')) } : {}),
    ...(has('VAT_RATE') ? { vatRate: isBlank(value('VAT_RATE')) ? null : unitsOf(value('VAT_RATE'), 'VAT_RATE') } : {}),
    ...(has('VAT_INCLUDED') ? { vatIncluded: flagOf(value('VAT_INCLUDED')) } : {}),
    ...(has('MEASURE_CODE')
      ? { measureCode: isBlank(value('MEASURE_CODE')) ? null : wholeOf(value('MEASURE_CODE')) }
      : {}),
    ...(has('MEASURE_NAME') ? { measureName: nameOf(value('MEASURE_NAME') ?? '') } : {}),
  }
}

/** `PRODUCT_ROWS` of a request as the draft carries it: JSON of what each row says. Undefined: the rows stay. */
export function givenRows(fields: Map): string | undefined {
  const key = Object.keys(fields).find((name) => name.toUpperCase() === 'PRODUCT_ROWS')
  const input = key === undefined ? undefined : fields[key]
  if (input === undefined || input === null) return undefined
  try {
    const list = input === '' || input === false ? [] : listOfInput(input)
    if (list.length > MAX_ROWS) throw new InvalidValue(`there are more than ${MAX_ROWS} rows`)
    return JSON.stringify(
      list.map((each) => {
        if (!isMap(each)) throw new InvalidValue('a list of rows is expected')
        return rowOf(each)
      }),
    )
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw new Failure({ why: 'invalid', field: invoiceEntity.field('productRows'), detail: cause.reason })
  }
}

export async function rowsOf(reader: Reader, invoiceId: number): Promise<InvoiceRow[]> {
  const rows = await reader.find<Stored>(
    sql`select * from crm_invoice_row where invoice_id = ${invoiceId} order by position, id`,
  )
  return rows.map((row) => ({
    id: row.id,
    productId: row.product_id,
    productName: row.product_name,
    price: row.price,
    discountPrice: row.discount_price,
    quantity: row.quantity,
    vatRate: row.vat_rate,
    vatIncluded: row.vat_included,
    measureCode: row.measure_code,
    measureName: row.measure_name,
  }))
}

/**
 * The rows as they will be: one that names its id keeps what it doesn't say, others are new, and those that nobody
 * names are gone (crm-invoice-update.md). A row that gets a product is called like it, unless it says otherwise; products
 * that don't exist are none, as with other links here.
 */
export async function settledRows(change: Change, given: readonly Partial<InvoiceRow>[]): Promise<InvoiceRow[]> {
  const known = new Map(
    (change.isNew ? [] : await rowsOf(change.tx, change.id)).map((row): [number, InvoiceRow] => [row.id, row]),
  )
  const products = await productsOf(
    change.tx,
    given.flatMap(({ productId }) => productId ?? []),
  )
  return given.map((each): InvoiceRow => {
    const before = known.get(each.id ?? 0)
    known.delete(each.id ?? 0)
    const row: InvoiceRow = { ...(before ?? NEW), ...each, id: before?.id ?? 0 }
    if (row.productId === 0 || row.productId === before?.productId) return row
    const product = products.get(row.productId)
    return {
      ...row,
      productId: product === undefined ? 0 : row.productId,
      productName: each.productName ?? product?.name ?? row.productName,
    }
  })
}

/** Writes the rows of an invoice; those that stay keep their ids. */
export async function writeRows({ tx, id, isNew }: Change, rows: readonly InvoiceRow[]): Promise<void> {
  const stay = rows.filter((row) => row.id > 0).map((row) => row.id)
  if (!isNew)
    await tx.change(
      stay.length === 0
        ? sql`delete from crm_invoice_row where invoice_id = ${id}`
        : sql`delete from crm_invoice_row where invoice_id = ${id} and id not in (${sql.join(stay)})`,
    )
  for (const [index, row] of rows.entries()) {
    const columns = {
      position: index,
      product_id: row.productId,
      product_name: row.productName,
      price: row.price,
      discount_price: row.discountPrice,
      quantity: row.quantity,
      vat_rate: row.vatRate,
      vat_included: row.vatIncluded,
      measure_code: row.measureCode,
      measure_name: row.measureName,
    }
    if (row.id === 0) tx.insert(rowTable, { id: await tx.nextId(rowTable), invoice_id: id, ...columns })
    else {
      const sets = Object.entries(columns).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
      await tx.change(sql`update crm_invoice_row set ${sql.join(sets)} where id = ${row.id}`)
    }
  }
}

/** `779.60`, `0.125`: at least two decimals of money, as many as there are beyond. */
export const priceText = (units: number): string => formatDecimal(units, SCALE).replace(/0{1,2}$/, '')
/** `1`, `0.2`: no more decimals than there are. */
export const numberText = (units: number): string => formatDecimal(units, SCALE).replace(/\.?0+$/, '')

/** Rows as `crm.invoice.get` shows them. */
export async function shownRows(reader: Reader, invoiceId: number): Promise<object[]> {
  const rows = await rowsOf(reader, invoiceId)
  const products = await productsOf(
    reader,
    rows.map((row) => row.productId),
  )
  return rows.map((row) => ({
    ID: String(row.id),
    PRICE: priceText(row.price),
    DISCOUNT_PRICE: priceText(row.discountPrice),
    PRODUCT_ID: String(row.productId),
    PRODUCT_NAME: row.productName,
    VAT_RATE: row.vatRate === null ? null : numberText(row.vatRate),
    VAT_INCLUDED: row.vatIncluded,
    MEASURE_CODE: row.measureCode === null ? null : String(row.measureCode),
    MEASURE_NAME: row.measureName,
    CATALOG_XML_ID: products.get(row.productId)?.catalogXmlId ?? null,
    PRODUCT_XML_ID: products.get(row.productId)?.xmlId ?? null,
    QUANTITY: numberText(row.quantity),
  }))
}

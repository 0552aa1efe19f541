import type { Context, Portal } from '../../../records/context.ts'
import { formatDecimal } from '../../../schema/decimal.ts'
import { codeOfEntityType } from '../../../schema/entity-types.ts'
import { moneyText } from '../../../schema/money-text.ts'
import { sumOf } from '../../../schema/product-row-prices.ts'
import { scalarOf } from '../../../store/entity-query.ts'
import type { Reader } from '../../../store/store.ts'
import { rowsOf, totalsOf } from '../product-rows/stored-rows.ts'
import { load, moneyFormat } from '../shown.ts'
import type { DocumentFields, Source } from './fields.ts'

const ownerOf = (entityTypeId: number, id: number): { type: string; id: number } => ({
  type: codeOfEntityType(entityTypeId),
  id,
})

async function currencyOf(portal: Portal, reader: Reader, entityTypeId: number, id: number): Promise<string> {
  const entity = await portal.entities.find(reader, entityTypeId)
  const stored = entity?.byName.has('currencyId') === true ? await load(reader, entity, id) : undefined
  const code = entity === undefined || stored === undefined ? null : scalarOf(stored, entity.field('currencyId'))
  return code === null ? ((await portal.directories.baseCurrency(reader)) ?? '') : String(code)
}

/** What a document's products come to, as its methods tell it. */
export async function productTotals(
  { portal, session }: Pick<Context, 'portal' | 'session'>,
  entityTypeId: number,
  id: number,
): Promise<{ currencyId: string; totalSum: string; totalRows: number }> {
  const { sum, count } = await totalsOf(session, ownerOf(entityTypeId, id))
  return {
    currencyId: await currencyOf(portal, session, entityTypeId, id),
    totalSum: formatDecimal(sum, 2),
    totalRows: count,
  }
}

/** One map of tags per product row: `{ProductsProductName}` and its siblings in a row of a table. */
export async function productLines(
  portal: Portal,
  reader: Reader,
  entityTypeId: number,
  id: number,
): Promise<Record<string, string>[]> {
  const format = await moneyFormat(portal, reader, await currencyOf(portal, reader, entityTypeId, id))
  const money = (tenThousandths: number): string => moneyText(tenThousandths / 100, format)
  const plain = (units: number | null): string => (units === null ? '' : formatDecimal(units, 4).replace(/\.?0+$/, ''))
  return (await rowsOf(reader, ownerOf(entityTypeId, id))).map((row, index) => ({
    ProductsIndex: String(index + 1),
    ProductsProductName: row.productName,
    ProductsProductQuantity: plain(row.quantity),
    ProductsProductMeasureName: row.measureName,
    ProductsProductPrice: money(row.price),
    ProductsProductPriceExclusive: money(row.priceExclusive),
    ProductsProductPriceNetto: money(row.priceNetto),
    ProductsProductPriceBrutto: money(row.priceBrutto),
    ProductsProductDiscountRate: plain(row.discountRate),
    ProductsProductDiscountSum: money(row.discountSum),
    ProductsProductTaxRate: plain(row.taxRate),
    ProductsProductPriceSum: moneyText(Number(sumOf(BigInt(row.price), BigInt(row.quantity))), format),
  }))
}

/** The sums below the table of products. */
export async function productFields(fields: DocumentFields, { portal, reader, entity, stored }: Source): Promise<void> {
  const id = Number(scalarOf(stored, entity.field('id')))
  const owner = ownerOf(entity.entityTypeId, id)
  const { sum, tax, count } = await totalsOf(reader, owner)
  const format = await moneyFormat(portal, reader, await currencyOf(portal, reader, entity.entityTypeId, id))
  const group = ['Products']
  const totals = {
    TotalSum: ['Total', moneyText(sum, format)],
    TotalTax: ['Tax', moneyText(tax, format)],
    TotalBeforeTax: ['Total without tax', moneyText(sum - tax, format)],
    TotalRows: ['Number of products', String(count)],
  } as const
  for (const [name, [title, value]] of Object.entries(totals))
    fields.set(name, { title, value, group, chain: `this.SOURCE.PRODUCTS.${name.toUpperCase()}` })
}

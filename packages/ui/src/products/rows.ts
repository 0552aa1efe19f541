import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { pricesOf, sumOf } from '../../../server/src/schema/product-row-prices.ts'
import { call } from '../api/portal.ts'
import { queries, recordsChanged } from '../api/queries.ts'
import { codeOfType } from '../kinds/link/links.ts'
import type { RecordType } from '../model/record-types.ts'

/** A line of a record's products, as `crm.item.productrow.*` shows it. `price` is what one costs at last. */
export interface ProductRow {
  readonly id: number
  readonly productId: number
  readonly productName: string
  readonly price: number
  /** Before the discount: without tax, and with it. */
  readonly priceNetto: number
  readonly priceBrutto: number
  readonly quantity: number
  readonly discountTypeId: number
  readonly discountRate: number
  readonly discountSum: number
  /** Percent; null is without tax. */
  readonly taxRate: number | null
  readonly taxIncluded: 'Y' | 'N'
  readonly measureCode: number
  readonly measureName: string
  readonly sort: number
}

/** Whose rows they are. */
export interface Owner {
  readonly type: RecordType
  readonly id: number
}

const keyOf = ({ type, id }: Owner): readonly unknown[] => ['item', type.entityTypeId, id, 'products']

async function read({ type, id }: Owner, signal?: AbortSignal): Promise<readonly ProductRow[]> {
  const filter = { '=ownerType': codeOfType(type.entityTypeId), '=ownerId': id }
  const rows: ProductRow[] = []
  for (;;) {
    const { productRows } = await call<{ productRows: readonly ProductRow[] }>(
      'crm.item.productrow.list',
      { filter, order: { sort: 'ASC', id: 'ASC' }, start: rows.length },
      signal,
    )
    rows.push(...productRows)
    if (productRows.length < 50) return rows
  }
}

export function useProductRows(owner: Owner): {
  rows: ComputedRef<readonly ProductRow[] | undefined>
  failure: ComputedRef<Error | null>
} {
  const { data, error } = useQuery({ queryKey: keyOf(owner), queryFn: ({ signal }) => read(owner, signal) })
  return { rows: computed(() => data.value), failure: computed(() => error.value) }
}

/** Puts rows where the page finds them before the portal has answered; answers the way back. */
export function showRows(owner: Owner, rows: readonly ProductRow[]): () => void {
  const key = keyOf(owner)
  const before = queries.getQueryData<readonly ProductRow[]>(key)
  queries.setQueryData(key, rows)
  return () => queries.setQueryData(key, before)
}

/** What one pays before the discount, as the row is priced: with tax where that is in it. */
export const basePrice = ({ taxIncluded, priceBrutto, priceNetto }: ProductRow): number =>
  taxIncluded === 'Y' ? priceBrutto : priceNetto

/** What a person changes of a row's price. */
export interface Pricing {
  /** Before the discount. */
  readonly base: number
  readonly discountTypeId: number
  readonly discountRate: number
  readonly discountSum: number
  readonly taxRate: number | null
  readonly taxIncluded: 'Y' | 'N'
}

export const pricingOf = (row: ProductRow): Pricing => ({
  base: basePrice(row),
  discountTypeId: row.discountTypeId,
  discountRate: row.discountRate,
  discountSum: row.discountSum,
  taxRate: row.taxRate,
  taxIncluded: row.taxIncluded,
})

const PERCENT = 2
/** Ten-thousandths, by the decimal digits. */
const units = (value: number): bigint => BigInt(Math.round(value * 10_000))
const number = (value: bigint): number => Number(value) / 10_000

/** A row's prices by what a person has set, by the very arithmetic of the portal. */
export function priced(row: ProductRow, pricing: Pricing): ProductRow {
  const { base, discountTypeId, discountRate, discountSum, taxRate, taxIncluded } = pricing
  const prices = pricesOf({
    ...(taxIncluded === 'Y' ? { priceBrutto: units(base) } : { priceNetto: units(base) }),
    discount:
      discountTypeId === PERCENT
        ? { type: 'rate', rate: units(discountRate), sum: discountRate === 100 ? units(base) : 0n }
        : { type: 'sum', sum: units(discountSum) },
    taxRate: taxRate === null ? null : units(taxRate),
  })
  return {
    ...row,
    discountTypeId,
    taxRate,
    taxIncluded,
    price: number(prices.price),
    priceNetto: number(prices.priceNetto),
    priceBrutto: number(prices.priceBrutto),
    discountRate: number(prices.discountRate),
    discountSum: number(prices.discountSum),
  }
}

/** What the portal is told of a price. */
export const pricingFields = (row: ProductRow): Record<string, unknown> => ({
  price: row.price,
  discountTypeId: row.discountTypeId,
  discountRate: row.discountRate,
  discountSum: row.discountSum,
  taxRate: row.taxRate,
  taxIncluded: row.taxIncluded,
})

/** What a whole line costs, to the cent. */
export const lineSum = ({ price, quantity }: Pick<ProductRow, 'price' | 'quantity'>): number =>
  Number(sumOf(units(price), units(quantity))) / 100

export interface Totals {
  readonly net: number
  readonly discount: number
  readonly tax: number
  readonly total: number
}

const CENTS = 100
/** Sums of whole lines, in hundredths until the end. */
export function totalsOf(rows: readonly ProductRow[]): Totals {
  let [net, discount, total] = [0n, 0n, 0n]
  for (const row of rows) {
    const quantity = units(row.quantity)
    total += sumOf(units(row.price), quantity)
    const discounted = sumOf(units(row.priceNetto) - units(row.discountSum), quantity)
    discount += sumOf(units(row.priceNetto), quantity) - discounted
    net += discounted
  }
  return {
    net: Number(net) / CENTS,
    discount: Number(discount) / CENTS,
    tax: Number(total - net) / CENTS,
    total: Number(total) / CENTS,
  }
}

/** Somebody else has changed the line since it was read. */
export class RowChangedError extends Error {
  override readonly name = 'RowChangedError'
}

const FACTS = ['productName', 'price', 'quantity', 'discountRate', 'discountSum', 'taxRate', 'taxIncluded'] as const

/** Changes a line that is still as it was seen. */
export async function changeRow(owner: Owner, seen: ProductRow, fields: Record<string, unknown>): Promise<void> {
  const { productRow } = await call<{ productRow: ProductRow }>('crm.item.productrow.get', { id: seen.id })
  if (FACTS.some((name) => productRow[name] !== seen[name])) {
    changed(owner)
    throw new RowChangedError('the row has been changed')
  }
  await call('crm.item.productrow.update', { id: seen.id, fields })
  changed(owner)
}

export async function addRow(owner: Owner, fields: Record<string, unknown>): Promise<number> {
  const { productRow } = await call<{ productRow: ProductRow }>('crm.item.productrow.add', {
    fields: { ownerType: codeOfType(owner.type.entityTypeId), ownerId: owner.id, ...fields },
  })
  changed(owner)
  return productRow.id
}

export async function removeRow(owner: Owner, id: number): Promise<void> {
  await call('crm.item.productrow.delete', { id })
  changed(owner)
}

/** Numbers the lines anew where their order has changed. */
export async function orderRows(owner: Owner, rows: readonly ProductRow[]): Promise<void> {
  for (const [index, row] of rows.entries()) {
    const sort = (index + 1) * 10
    if (row.sort !== sort) await call('crm.item.productrow.update', { id: row.id, fields: { sort } })
  }
  changed(owner)
}

/** The record's amount follows its lines. */
function changed({ type, id }: Owner): void {
  recordsChanged(type.entityTypeId, id)
}

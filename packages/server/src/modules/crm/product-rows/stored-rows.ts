import { sumOf } from '../../../schema/product-row-prices.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import type { Owner } from './owner.ts'
import { columns, productRow, type Row } from './row.ts'

const selected = sql.join(columns.map(({ name }) => sql`${sql.ref(productRow.columnOf(name))} as ${sql.ref(name)}`))

/** The rows of an item, in their order. */
export const rowsOf = (reader: Reader, { type, id }: Pick<Owner, 'type' | 'id'>): Promise<Row[]> =>
  reader.find<Row>(
    sql`select ${selected} from crm_product_row where owner_id = ${id} and owner_type = ${type} order by sort, id`,
  )

export async function findRow(reader: Reader, id: number): Promise<Row | undefined> {
  const [row] = await reader.find<Row>(sql`select ${selected} from crm_product_row where id = ${id}`)
  return row
}

/** Rows by their ids. */
export async function rowsById(reader: Reader, ids: readonly number[]): Promise<Map<number, Row>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.find<Row>(sql`select ${selected} from crm_product_row where id in (${sql.join(ids)})`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What an item's rows come to, in hundredths: the whole, and how much of it is tax. */
export async function totalsOf(
  reader: Reader,
  owner: Pick<Owner, 'type' | 'id'>,
): Promise<{ sum: number; tax: number; count: number }> {
  const rows = await rowsOf(reader, owner)
  let [sum, tax] = [0n, 0n]
  for (const { price, priceExclusive, quantity } of rows) {
    sum += sumOf(BigInt(price), BigInt(quantity))
    tax += sumOf(BigInt(price - priceExclusive), BigInt(quantity))
  }
  return { sum: Number(sum), tax: Number(tax), count: rows.length }
}

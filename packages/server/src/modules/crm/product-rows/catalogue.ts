import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'

/** What a row takes from the catalogue where it doesn't say it itself. Amounts are ten-thousandths. */
export interface Product {
  readonly id: number
  readonly name: string
  readonly description: string | null
  readonly type: number
  readonly price: bigint | null
  /** That price's. */
  readonly currency: string | null
  readonly vatIncluded: boolean
  /** Ten-thousandths of a percent; null: without tax. */
  readonly vatRate: bigint | null
  readonly measure: Measure | null
}

export interface Measure {
  readonly code: number
  readonly name: string
}

interface ProductRow {
  readonly id: number
  readonly name: string
  readonly description: string | null
  readonly type: number | null
  readonly price: number | null
  readonly currency_id: string | null
  readonly vat_included: string | null
  readonly rate: number | null
  readonly code: number | null
  readonly symbol: string | null
}

/** Those of the products that there are, by id. */
export async function productsOf(reader: Reader, ids: readonly number[]): Promise<ReadonlyMap<number, Product>> {
  const wanted = [...new Set(ids)].filter((id) => id > 0)
  if (wanted.length === 0) return new Map()
  const rows = await reader.find<ProductRow>(
    sql`select p.id, p.name, p.description, p.type, p.price, p.currency_id, p.vat_included, v.rate, m.code, m.symbol_rus as symbol from crm_product p left join crm_vat v on v.id = p.vat_id left join crm_measure m on m.id = p.measure where p.id in (${sql.join(wanted)})`,
  )
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        name: row.name,
        description: row.description,
        type: row.type ?? 1,
        price: row.price === null ? null : BigInt(row.price) * 100n,
        currency: row.currency_id,
        vatIncluded: row.vat_included === 'Y',
        vatRate: row.rate === null ? null : BigInt(row.rate) * 100n,
        measure: row.code === null ? null : { code: row.code, name: row.symbol ?? '' },
      },
    ]),
  )
}

/** The units of measurement that the portal has, and the one that is counted in where nobody says another. */
export async function measures(
  reader: Reader,
): Promise<{ byCode: ReadonlyMap<number, string>; preset: Measure | null }> {
  const rows = await reader.find<{ code: number; symbol: string | null; is_default: string | null }>(
    sql`select code, symbol_rus as symbol, is_default from crm_measure`,
  )
  const preset = rows.find((row) => row.is_default === 'Y')
  return {
    byCode: new Map(rows.map(({ code, symbol }) => [code, symbol ?? ''])),
    preset: preset === undefined ? null : { code: preset.code, name: preset.symbol ?? '' },
  }
}

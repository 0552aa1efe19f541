import { entityTypeIdOfCode } from '../../../schema/entity-types.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { productRow } from '../product-rows/row.ts'

/** What payments need to know of a product row; amounts are ten-thousandths. */
export interface PayableRow {
  readonly ownerTypeId: number | undefined
  readonly ownerId: number
  /** For one. */
  readonly price: bigint
  readonly quantity: bigint
}

interface Found {
  readonly id: number
  readonly owner_type: string
  readonly owner_id: number
  readonly price: number
  readonly quantity: number
}

/** Those of the product rows that are there, by id. */
export async function rowsOf(reader: Reader, ids: readonly number[]): Promise<ReadonlyMap<number, PayableRow>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.find<Found>(
    sql`select id, owner_type, owner_id, price, quantity from ${sql.table(productRow.table)} where id in (${sql.join(ids)})`,
  )
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ownerTypeId: entityTypeIdOfCode(row.owner_type),
        ownerId: row.owner_id,
        price: BigInt(row.price),
        quantity: BigInt(row.quantity),
      },
    ]),
  )
}

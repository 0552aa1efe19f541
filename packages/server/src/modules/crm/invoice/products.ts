import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'

export interface InvoicedProduct {
  readonly name: string
  readonly xmlId: string | null
  readonly catalogXmlId: string | null
}

/** Those of the products that exist, by id. */
export async function productsOf(
  reader: Reader,
  ids: readonly number[],
): Promise<ReadonlyMap<number, InvoicedProduct>> {
  const wanted = [...new Set(ids)].filter((id) => id > 0)
  if (wanted.length === 0) return new Map()
  const rows = await reader.find<{ id: number; name: string; xml_id: string | null; catalog_xml_id: string | null }>(
    sql`select p.id, p.name, p.xml_id, c.xml_id as catalog_xml_id from crm_product p left join crm_catalog c on c.id = p.catalog_id where p.id in (${sql.join(wanted)})`,
  )
  return new Map(rows.map((row) => [row.id, { name: row.name, xmlId: row.xml_id, catalogXmlId: row.catalog_xml_id }]))
}

/** An invoice keeps its lines when a product goes; they are no longer from the catalogue. */
export const productHooks: Hooks = {
  async removed({ tx, id }: Change) {
    await tx.change(sql`update crm_invoice_row set product_id = 0 where product_id = ${id}`)
  },
}

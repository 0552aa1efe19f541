import { crud } from '../../methods/crud.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { linked, reference } from './kinds.ts'
import { ids } from './numbers.ts'

const camelOnly = { legacy: null }
const constant = (value: string | number) => ({
  ...camelOnly,
  readOnly: true,
  place: { in: 'nowhere', value } as const,
})

/**
 * Catalogues: one of products and one of their variations. Nobody makes or removes them
 * (api-reference/catalog/catalog/index.md).
 */
export const catalogEntity = defineEntity({
  name: 'catalog',
  title: 'Catalogue',
  table: 'crm_catalog',
  entityTypeId: ids.catalog,
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    name: field(string, 'Name', { readOnly: 'item' }),
    originatorId: field(string, 'Data source', { item: false }),
    originId: field(string, 'Element in the data source', { item: false }),
    xmlId: field(string, 'Symbolic code', { readOnly: true, item: false }),
    iblockId: field(integer, 'Information block', {
      ...camelOnly,
      immutable: true,
      place: { in: 'column', column: 'id' },
    }),
    // 0 in every documented answer.
    iblockTypeId: field(integer, 'Type of the information block', constant(0)),
    lid: field(string, 'Site', constant('s1')),
    productIblockId: field(reference(ids.catalog), 'Catalogue of the products', camelOnly),
    skuPropertyId: field(linked(ids.property), 'Property with the product of a variation', camelOnly),
    subscription: field(flag, 'Content is sold', camelOnly),
    vatId: field(linked(ids.vat), 'VAT rate', camelOnly),
  },
})

/** The catalogue of products. */
export async function defaultCatalog(reader: Reader): Promise<number> {
  const [row] = await reader.find<{ id: number }>(
    sql`select id from crm_catalog where product_iblock_id is null order by id limit 1`,
  )
  if (row === undefined) throw new Error('the portal has no catalogue')
  return row.id
}

/** Whether a catalogue is one of variations; undefined if there is no such catalogue. */
export async function isOffers(reader: Reader, id: number): Promise<boolean | undefined> {
  const [row] = await reader.find<{ product_iblock_id: number | null }>(
    sql`select product_iblock_id from crm_catalog where id = ${id}`,
  )
  return row === undefined ? undefined : row.product_iblock_id !== null
}

export default crud('crm.catalog', ids.catalog, { verbs: ['get', 'list', 'fields'] })

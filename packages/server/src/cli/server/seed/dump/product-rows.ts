import { codeOfEntityType } from '../../../../schema/entity-types.ts'
import type { Entity } from '../../../../schema/entity.ts'
import { literal } from '../references.ts'
import type { Dumping } from './dumping.ts'
import { isNothing, type Row, textOf } from './look.ts'

/** What of a row the portal does not work out by itself, and what it is where nothing is said. */
const FIELDS: Readonly<Record<string, unknown>> = {
  productName: '',
  price: 0,
  quantity: 1,
  discountTypeId: 2,
  discountRate: 0,
  discountSum: 0,
  taxRate: null,
  taxIncluded: 'N',
  measureCode: 796,
  sort: 0,
}

/** The product rows of an item, as crm.item.productrow.set takes them. */
export async function rowsOfItem(dumping: Dumping, { entityTypeId }: Entity, id: number): Promise<Row[]> {
  const filter = { '=ownerType': codeOfEntityType(entityTypeId), '=ownerId': id }
  const rows = await dumping.look.rows('crm.item.productrow.list', { filter, order: { id: 'asc' } }, 'productRows')
  return rows.map((row) => rowIn(dumping, row))
}

function rowIn({ names }: Dumping, row: Row): Row {
  const told = Object.entries(FIELDS).flatMap(([key, preset]) => {
    const value = row[key]
    if (value === preset || (isNothing(value) && isNothing(preset))) return []
    return [[key, typeof value === 'string' ? literal(value) : value]]
  })
  const product = names.find('records crm.product', Number(row.productId))
  const measure = row.measureCode === 796 ? {} : { measureName: literal(textOf(row.measureName)) }
  return {
    ...(product === undefined ? {} : { productId: `@${product.name}` }),
    ...Object.fromEntries(told),
    ...measure,
  }
}

import type { Hooks } from '../../records/hooks.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { double } from '../../schema/kinds/double.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { entityTable } from '../../store/entity-table.ts'
import { sql } from '../../store/sql.ts'
import { reference } from './kinds.ts'
import { ids, types } from './numbers.ts'

const common = { part: true } as const

/** In which steps of its unit a product is sold; nobody changes them by REST. */
export const ratio = defineEntity({
  ...common,
  name: 'measureRatio',
  title: 'Ratio of a unit',
  table: 'crm_measure_ratio',
  entityTypeId: ids.ratio,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    productId: field(reference(ids.product), 'Product', { index: true }),
    ratio: field(double, 'Ratio', { settings: { PRECISION: 4 } }),
    isDefault: field(flag, 'Default'),
  },
})

/** Markups upon prices; nobody makes them by REST. */
export const extra = defineEntity({
  ...common,
  name: 'priceExtra',
  title: 'Markup',
  table: 'crm_price_extra',
  entityTypeId: ids.extra,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    name: field(string, 'Name'),
    percentage: field(double, 'Percentage', { settings: { PRECISION: 4 } }),
  },
})

/** What can be bought is sold by ones, until something else is set. */
export const ratioHooks: Hooks = {
  async saved(change) {
    const { tx, id } = change
    if (!change.isNew || change.value('type') === types.sku) return
    const table = entityTable(ratio)
    tx.insert(table, { id: await tx.nextId(table), product_id: id, ratio: 1, is_default: 'Y' })
    tx.count(ratio.table, 1)
  },
  async removed({ tx, id }) {
    tx.count(ratio.table, -(await tx.change(sql`delete from crm_measure_ratio where product_id = ${id}`)))
  },
}

import type { Check } from '../../records/check.ts'
import { type Fragment, sql } from '../../store/sql.ts'
import { wrongPrices } from './base-price.ts'

/** Rows of a table whose column names a row of another that isn't there. */
const pointing = (table: string, column: string, target: string): Check => ({
  name: `${table}.${column} names a row of ${target}`,
  faults: (): Fragment => {
    const value = sql`own.${sql.ref(column)}`
    return sql`select cast(own.id as text) || ' to ' || cast(${value} as text) as fault from ${sql.table(table)} as own where ${value} is not null and not exists (select 1 from ${sql.table(target)} as target where target.id = ${value})`
  },
})

export const catalogChecks: readonly Check[] = [
  pointing('crm_product', 'catalog_id', 'crm_catalog'),
  pointing('crm_product', 'section_id', 'crm_product_section'),
  pointing('crm_product_section', 'catalog_id', 'crm_catalog'),
  pointing('crm_product_section', 'section_id', 'crm_product_section'),
  pointing('crm_product_price', 'product_id', 'crm_product'),
  pointing('crm_product_price', 'catalog_group_id', 'crm_price_type'),
  pointing('crm_product_property', 'iblock_id', 'crm_catalog'),
  pointing('crm_product_property_enum', 'property_id', 'crm_product_property'),
  pointing('crm_product_property_feature', 'property_id', 'crm_product_property'),
  pointing('crm_product_property_section', 'property_id', 'crm_product_property'),
  pointing('crm_rounding_rule', 'catalog_group_id', 'crm_price_type'),
  pointing('crm_price_type_lang', 'catalog_group_id', 'crm_price_type'),
  pointing('crm_price_type_group', 'catalog_group_id', 'crm_price_type'),
  pointing('crm_measure_ratio', 'product_id', 'crm_product'),
  { name: 'products show their base price', faults: wrongPrices },
  {
    name: 'products, sections and properties have a catalogue',
    faults: () =>
      sql`select 'product ' || cast(id as text) as fault from crm_product where catalog_id is null union all select 'section ' || cast(id as text) from crm_product_section where catalog_id is null union all select 'property ' || cast(id as text) from crm_product_property where iblock_id is null`,
  },
  {
    name: 'values of properties are of properties that are there',
    faults: () =>
      sql`select field as fault from field_value where entity_type_id = -1 and not exists (select 1 from crm_product_property as p where field_value.field = 'PROPERTY_' || cast(p.id as text))`,
  },
  {
    name: 'variations are of products that are there',
    faults: () =>
      sql`select cast(v.record_id as text) || ' of ' || cast(v.integer_value as text) as fault from field_value as v join crm_catalog as c on v.field = 'PROPERTY_' || cast(c.sku_property_id as text) where v.entity_type_id = -1 and not exists (select 1 from crm_product as p where p.id = v.integer_value)`,
  },
  {
    name: 'there is one base price type',
    faults: () =>
      sql`select cast(count(*) as text) || ' base types' as fault from crm_price_type where base = 'Y' having count(*) <> 1`,
  },
]

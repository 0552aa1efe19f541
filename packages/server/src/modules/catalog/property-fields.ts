import type { Change } from '../../records/change.ts'
import type { Field } from '../../schema/entity.ts'
import type { Kind } from '../../schema/kind.ts'
import type { Settings } from '../../schema/setting.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { reference } from './kinds.ts'
import { ids } from './numbers.ts'
import { propertyTypeOf } from './property-types.ts'

interface PropertyRow {
  readonly id: number
  readonly iblock_id: number
  /** Y: of variations, of which `crm.product.*` knows nothing. */
  readonly offers: string
  readonly name: string
  readonly property_type: string
  readonly user_type: string | null
  readonly user_type_settings: string | null
  readonly multiple: string
  readonly is_required: string
  readonly file_type: string | null
  readonly default_value: string | null
}

interface EnumRow {
  readonly id: number
  readonly property_id: number
  readonly value: string
  readonly def: string
}

/** A variation names its product in a property as well, but under this name (api-reference/catalog/product/offer/index.md). */
export const PARENT = 'parentId'

/** Fields are made from the rows of properties: they are made anew when those rows change. */
export async function renewFields({ tx, portal }: Pick<Change, 'tx' | 'portal'>): Promise<void> {
  await portal.caches.touch(tx, 'entities')
  tx.afterCommit(() => portal.caches.drop('entities'))
}

/** A kind that is always asked with these settings, which descriptions of fields don't show. */
function configured(kind: Kind, settings: Settings): Kind {
  const set = (field: Field): Field => ({ ...field, settings })
  const { operand } = kind
  return {
    ...kind,
    // As descriptions call every property.
    type: { legacy: 'product_property', item: 'productproperty' },
    decode: (input, field, context) => kind.decode(input, set(field), context),
    legacy: (value, field, context) => kind.legacy(value, set(field), context),
    item: (value, field, context) => kind.item(value, set(field), context),
    ...(operand === undefined
      ? {}
      : { operand: (input: unknown, field: Field, context) => operand.call(kind, input, set(field), context) }),
  } as Kind
}

const settingsOf = (row: PropertyRow): Settings => ({
  ...(JSON.parse(row.user_type_settings ?? '{}') as Settings),
  ...(row.file_type ? { EXTENSIONS: row.file_type.split(/[\s,]+/).filter(Boolean) } : {}),
})

function initialOf(row: PropertyRow, options: readonly EnumRow[]): readonly unknown[] {
  if (row.property_type === 'L' && row.user_type === null) {
    const presets = options.filter(({ def }) => def === 'Y').map(({ id }) => id)
    return row.multiple === 'Y' ? presets : presets.slice(0, 1)
  }
  return row.default_value === null || row.property_type === 'F' ? [] : [JSON.parse(row.default_value)]
}

function fieldOf(row: PropertyRow, options: readonly EnumRow[]): Field | undefined {
  const type = propertyTypeOf(row.property_type, row.user_type)
  if (type === undefined) return undefined
  const initial = initialOf(row, options)
  const isList = row.property_type === 'L' && type.userType === ''
  const isParent = type.userType === 'SKU'
  return {
    name: isParent ? PARENT : `property${row.id}`,
    title: row.name,
    kind: configured(isParent ? reference(ids.product) : type.kind, settingsOf(row)),
    legacy: row.offers === 'Y' ? null : `PROPERTY_${row.id}`,
    upper: `PROPERTY_${row.id}`,
    place: { in: 'values', ids: true },
    multiple: row.multiple === 'Y',
    // Demanded of the products of its catalogue alone, by their hooks.
    describedRequired: row.is_required === 'Y',
    only: row.iblock_id,
    told: { isDynamic: true, propertyType: row.property_type, userType: row.user_type ?? '' },
    ...(isList ? { options: options.map(({ id, value }) => ({ id, value })) } : {}),
    initial: () => initial,
  }
}

/** The fields that properties give to products and to variations. */
export async function propertyFields(reader: Reader): Promise<readonly Field[]> {
  const rows = await reader.find<PropertyRow>(
    sql`select p.id, p.iblock_id, p.name, p.property_type, p.user_type, p.user_type_settings, p.multiple, p.is_required, p.file_type, p.default_value, case when c.product_iblock_id is null then 'N' else 'Y' end as offers from crm_product_property as p join crm_catalog as c on c.id = p.iblock_id where p.active = 'Y' order by p.sort, p.id`,
  )
  const options = await reader.find<EnumRow>(
    sql`select id, property_id, value, def from crm_product_property_enum order by sort, id`,
  )
  return rows.flatMap((row) => {
    const made = fieldOf(
      row,
      options.filter((option) => option.property_id === row.id),
    )
    return made === undefined ? [] : [made]
  })
}

import type { Change } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import type { Hooks } from '../../records/hooks.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { sql } from '../../store/sql.ts'
import { reference } from './kinds.ts'
import { ids } from './numbers.ts'
import { renewFields } from './property-fields.ts'

/** The values of a property of the type list. */
export const propertyEnum = defineEntity({
  name: 'productPropertyEnum',
  title: 'Value of a list',
  table: 'crm_product_property_enum',
  entityTypeId: ids.propertyEnum,
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    propertyId: field(reference(ids.property), 'Property', { item: true, legacy: null, index: true }),
    value: field(string, 'Value', { required: true }),
    xmlId: field(string, 'External code'),
    sort: field(integer, 'Sorting'),
    def: field(flag, 'Default'),
  },
})

export const ENUM_EXISTS = 'A value with xmlId'

async function hasXmlId({ tx, id }: Change, propertyId: unknown, xmlId: string): Promise<boolean> {
  const rows = await tx.find<{ id: number }>(
    sql`select id from crm_product_property_enum where property_id = ${propertyId} and xml_id = ${xmlId} and id <> ${id}`,
  )
  return rows.length > 0
}

export const propertyEnumHooks: Hooks = {
  async complete(change) {
    await renewFields(change)
    change.default('sort', 500)
    change.default('def', 'N')
    change.default('xmlId', change.portal.sources.token(32))
  },
  async check(change) {
    const refuse = (text: string): never => {
      throw new Failure({ why: 'rule', text })
    }
    const propertyId = change.value('propertyId')
    if (!change.isNew && change.changes('propertyId')) refuse('A value cannot be moved to another property')
    const [property] = await change.tx.find<{ property_type: string; user_type: string | null }>(
      sql`select property_type, user_type from crm_product_property where id = ${propertyId}`,
    )
    if (property?.property_type !== 'L' || property.user_type !== null) refuse('Only list properties are supported')
    const xmlId = String(change.value('xmlId') ?? '')
    if (change.changes('xmlId') && (await hasXmlId(change, propertyId, xmlId)))
      refuse(`${ENUM_EXISTS} '${xmlId}' already exists.`)
  },
  async removed(change) {
    await renewFields(change)
    await change.tx.change(
      sql`delete from field_value where entity_type_id = ${ids.product} and field = ${`PROPERTY_${change.old('propertyId')}`} and integer_value = ${change.id}`,
    )
  },
}

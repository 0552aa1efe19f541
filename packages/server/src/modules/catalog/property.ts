import type { Change } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import type { Hooks } from '../../records/hooks.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import type { Settings } from '../../schema/setting.ts'
import { sql } from '../../store/sql.ts'
import { defaultCatalog } from './catalog.ts'
import { anything, choice, reference, settings } from './kinds.ts'
import { ids } from './numbers.ts'
import { renewFields } from './property-fields.ts'
import { propertyTypeOf } from './property-types.ts'

const optionalFlag = choice(['Y', 'N'], null)

/** Properties of products or of their variations: each is a field of theirs (`property-fields.ts`). */
export const property = defineEntity({
  name: 'productProperty',
  title: 'Product property',
  table: 'crm_product_property',
  entityTypeId: ids.property,
  event: 'ONCRMPRODUCTPROPERTY',
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    timestampX: field(datetime, 'Modified on', { readOnly: true }),
    iblockId: field(reference(ids.catalog), 'Catalog', { upper: 'IBLOCK_ID', immutable: 'legacy', index: true }),
    name: field(string, 'Name', { required: true }),
    active: field(flag, 'Active'),
    sort: field(integer, 'Sorting'),
    code: field(string, 'Symbolic code', { max: 50 }),
    defaultValue: field(anything, 'Default value'),
    propertyType: field(string, 'Type', { immutable: true, required: true, max: 1 }),
    userType: field(string, 'User type', { immutable: true, max: 50 }),
    userTypeSettings: field(settings, 'Settings of the user type'),
    rowCount: field(integer, 'Rows'),
    colCount: field(integer, 'Columns'),
    listType: field(choice(['L', 'C'], 'L'), 'Appearance of the list'),
    multiple: field(flag, 'Multiple'),
    multipleCnt: field(integer, 'Input fields of a multiple value'),
    xmlId: field(string, 'External code'),
    fileType: field(string, 'Extensions of files'),
    linkIblockId: field(integer, 'Linked information block'),
    withDescription: field(optionalFlag, 'Values have descriptions'),
    searchable: field(flag, 'Searchable'),
    filtrable: field(flag, 'In filters'),
    isRequired: field(flag, 'Required'),
    hint: field(string, 'Hint', { legacy: null }),
  },
})

const LINKING = 'The property links variations to their products'

const refuse = (text: string): never => {
  throw new Failure({ why: 'rule', text })
}

const presets: Readonly<Record<string, string | number>> = {
  active: 'Y',
  sort: 500,
  rowCount: 1,
  colCount: 30,
  listType: 'L',
  multiple: 'N',
  searchable: 'N',
  filtrable: 'N',
  isRequired: 'N',
}

/** Settings of a user type are complete, in the order of the type; none where the type has none. */
function completeSettings(change: Change): void {
  const type = propertyTypeOf(change.value('propertyType'), change.value('userType'))
  if (type === undefined) return
  const known = Object.entries(type.settings)
  const given = JSON.parse(String(change.value('userTypeSettings') ?? '{}')) as Settings
  const all = { ...Object.fromEntries(known), ...given }
  change.set('userTypeSettings', Object.keys(all).length === 0 || type.userType === '' ? null : JSON.stringify(all))
}

export const propertyHooks: Hooks = {
  async complete(change) {
    // Before anything else, so that whoever changes what entities are waits for this.
    await renewFields(change)
    if (!change.value('iblockId')) change.set('iblockId', await defaultCatalog(change.tx))
    for (const [name, value] of Object.entries(presets)) change.default(name, value)
    change.set('timestampX', Math.floor(change.now))
    if (change.value('userType') === '') change.set('userType', null)
    if (change.isNew || change.gives('userTypeSettings')) completeSettings(change)
  },
  check(change) {
    if (propertyTypeOf(change.value('propertyType'), change.value('userType')) === undefined)
      refuse('Invalid property type specified')
    const code = String(change.value('code') ?? '')
    if (/^\d/.test(code)) refuse('Property code cannot start with a digit')
    if (!/^\w*$/.test(code)) refuse('Property code may consist of Latin letters, digits and underscores')
    if (!change.isNew && change.changes('iblockId')) refuse('Invalid information block code')
    // There is one in every catalogue of variations, and always will be.
    const links = change.value('userType') === 'SKU'
    if (links && (change.isNew || change.changes('active') || change.changes('multiple'))) refuse(LINKING)
  },
  async removed(change) {
    const { tx, id, portal } = change
    await renewFields(change)
    const [used] = await tx.find<{ id: number }>(sql`select id from crm_catalog where sku_property_id = ${id}`)
    if (used !== undefined) refuse(LINKING)
    const name = `PROPERTY_${id}`
    await tx.change(sql`delete from field_value where entity_type_id = ${ids.product} and field = ${name}`)
    await portal.files.removeOfField(tx, ids.product, name)
    for (const part of ['enum', 'feature', 'section']) {
      const table = `crm_product_property_${part}`
      tx.count(table, -(await tx.change(sql`delete from ${sql.table(table)} where property_id = ${id}`)))
    }
  },
}

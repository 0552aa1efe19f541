import { Failure } from '../../records/failure.ts'
import type { Hooks } from '../../records/hooks.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { sql } from '../../store/sql.ts'
import { choice, reference } from './kinds.ts'
import { ids } from './numbers.ts'

const common = { part: true, rights: 'settings' } as const
const id = field(integer, 'ID', { readOnly: true })
const propertyId = field(reference(ids.property), 'Property', { index: true })
const yesNo = choice(['Y', 'N'], null)

/** What may be switched on for a property (catalog-product-property-feature-get-available-features-by-property.md). */
export const features = [
  { featureId: 'LIST_PAGE_SHOW', featureName: 'Show on the list page of items', moduleId: 'iblock' },
  { featureId: 'DETAIL_PAGE_SHOW', featureName: 'Show on the detail page of the item', moduleId: 'iblock' },
] as const

/** Where shops show a property. */
export const propertyFeature = defineEntity({
  ...common,
  name: 'productPropertyFeature',
  title: 'Feature of a property',
  table: 'crm_product_property_feature',
  entityTypeId: ids.propertyFeature,
  fields: {
    id,
    propertyId,
    moduleId: field(string, 'Module'),
    featureId: field(string, 'Feature'),
    isEnabled: field(yesNo, 'Enabled'),
  },
})

/** How filters of shops show a property. */
export const propertySection = defineEntity({
  ...common,
  name: 'productPropertySection',
  title: 'Property in filters',
  table: 'crm_product_property_section',
  entityTypeId: ids.propertySection,
  fields: {
    id,
    propertyId,
    smartFilter: field(yesNo, 'In the filter'),
    displayType: field(choice(['F', 'K', 'P'], 'F'), 'Appearance'),
    displayExpanded: field(yesNo, 'Expanded'),
    filterHint: field(string, 'Hint'),
  },
})

export const propertyFeatureHooks: Hooks = {
  async check(change) {
    const refuse = (text: string): never => {
      throw new Failure({ why: 'rule', text })
    }
    const value = (name: string) => change.value(name)
    if (!features.some((each) => each.featureId === value('featureId') && each.moduleId === value('moduleId')))
      refuse('Invalid property parameter set')
    const twice = await change.tx.find<{ id: number }>(
      sql`select id from crm_product_property_feature where property_id = ${value('propertyId')} and module_id = ${value('moduleId')} and feature_id = ${value('featureId')} and id <> ${change.id}`,
    )
    const entry = `${value('propertyId')}-${value('moduleId')}-${value('featureId')}`
    if (twice.length > 0) refuse(`Duplicate entry '${entry}'`)
  },
}

export const propertySectionHooks: Hooks = {
  complete(change) {
    change.default('smartFilter', 'N')
    change.default('displayType', 'F')
    change.default('displayExpanded', 'N')
  },
}

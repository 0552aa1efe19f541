import { defineEntity, field } from '../../schema/entity.ts'
import { category } from '../../schema/kinds/category.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { location } from '../../schema/kinds/location.ts'
import { string } from '../../schema/kinds/string.ts'
import * as common from './common-fields.ts'
import { dates, myCompany, source, stages } from './dynamic.ts'

/** api-reference/crm/universal/object-fields.md, "Invoice": a built-in smart process with all its groups of fields. */
export const smartInvoice = defineEntity({
  name: 'smart_invoice',
  title: 'Invoice',
  table: 'crm_smart_invoice',
  entityTypeId: 31,
  userFieldEntityId: 'CRM_SMART_INVOICE',
  event: 'ONCRMDYNAMICITEM',
  stageField: 'stageId',
  categories: true,
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    xmlId: field(string, 'External code'),
    title: field(string, 'Name'),
    accountNumber: field(string, 'Number', { readOnly: true }),
    ...common.authorship(false),
    ...common.movement(false),
    categoryId: field(category, 'Pipeline'),
    ...common.responsible(),
    ...stages(),
    ...dates(),
    ...common.client(),
    ...common.sums('Tax amount'),
    ...myCompany(),
    ...source(),
    ...common.remarks(),
    locationId: field(location, 'Location'),
    ...common.observers(),
    ...common.activityTimes(),
    webformId: field(integer, 'Created by CRM form', { absent: 0 }),
    ...common.utm(),
    ...common.entityTypeId(31),
  },
})

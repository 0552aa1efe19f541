import { defineEntity, field } from '../../schema/entity.ts'
import { location } from '../../schema/kinds/location.ts'
import { string } from '../../schema/kinds/string.ts'
import * as common from './common-fields.ts'
import * as smart from './smart-fields.ts'

/** api-reference/crm/universal/object-fields.md, "Invoice": a built-in smart process with all groups of fields. */
export const smartInvoice = defineEntity({
  name: 'smart_invoice',
  title: 'Invoice',
  table: 'crm_smart_invoice',
  entityTypeId: 31,
  userFieldEntityId: 'CRM_SMART_INVOICE',
  event: 'ONCRMDYNAMICITEM',
  stageField: 'stageId',
  categories: true,
  extrasBefore: 'utmSource',
  fields: {
    ...smart.base(),
    accountNumber: field(string, 'Invoice number', { readOnly: true }),
    ...smart.dates(),
    ...smart.client(),
    ...common.observers(),
    ...smart.pipeline(),
    ...smart.stages(),
    ...smart.source(),
    ...smart.sums(),
    ...smart.myCompany(),
    ...common.remarks(),
    locationId: field(location, 'Location'),
    ...smart.activityTimes(),
    ...smart.utm(),
    ...common.entityTypeId(31),
  },
})

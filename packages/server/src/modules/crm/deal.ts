import { crud } from '../../methods/crud.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { amount } from '../../schema/kinds/amount.ts'
import { category } from '../../schema/kinds/category.ts'
import { currency } from '../../schema/kinds/currency.ts'
import { date } from '../../schema/kinds/date.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { link } from '../../schema/kinds/link.ts'
import { location } from '../../schema/kinds/location.ts'
import { status } from '../../schema/kinds/status.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import * as common from './common-fields.ts'

/** In the order of camelCase rows (api-reference/crm/universal/crm-item-add.md). */
const fields = {
  ...common.id(),
  ...common.authorship({ short: true }),
  ...common.responsible('Responsible', 'Available to All'),
  ...common.originalLead(),
  ...common.company(),
  ...common.contact(),
  quoteId: field(link(7, 'crm_quote'), 'Estimate', {
    readOnly: 'legacy',
    index: true,
    settings: { parentEntityTypeId: 7 },
  }),
  title: field(string, 'Title'),
  productId: common.disabled(string, 'Product', { deprecated: true }),
  // Only crm.item.update moves a deal to another pipeline (api-reference/crm/deals/crm-deal-update.md).
  categoryId: field(category, 'Sales Funnel', { immutable: 'legacy' }),
  stageId: field(status('DEAL_STAGE'), 'Deal Stage', { statusType: 'DEAL_STAGE' }),
  stageSemanticId: field(string, 'Stage Group', { readOnly: true }),
  isNew: field(flag, 'New Deal', { readOnly: true }),
  isRecurring: field(flag, 'Recurring Deal'),
  isReturnCustomer: field(flag, 'Repeat Deal'),
  isRepeatedApproach: field(flag, 'Repeated Approach'),
  closed: field(flag, 'Closed'),
  typeId: field(status('DEAL_TYPE'), 'Type', { statusType: 'DEAL_TYPE', firstByDefault: true }),
  opportunity: field(amount, 'Amount'),
  isManualOpportunity: field(flag, 'IS_MANUAL_OPPORTUNITY'),
  taxValue: field(amount, 'Tax Rate'),
  currencyId: field(currency, 'Currency'),
  probability: field(integer, 'Probability'),
  ...common.remarks(),
  begindate: field(date, 'Start Date'),
  begindateShort: common.disabled(datetime, 'Start date (short)'),
  closedate: field(date, 'Close Date'),
  closedateShort: common.disabled(datetime, 'Close date (short)'),
  eventDate: field(datetime, 'Event date', { legacy: null, readOnly: true }),
  eventDateShort: common.disabled(datetime, 'Event date (short)'),
  eventId: field(status('EVENT_TYPE'), 'Event type', { legacy: null, readOnly: true, statusType: 'EVENT_TYPE' }),
  eventDescription: field(text, 'Event description', { legacy: null, readOnly: true }),
  locationId: field(location, 'Location'),
  ...common.webform({ legacy: null, readOnly: true }),
  sourceId: field(status('SOURCE'), 'Source', { statusType: 'SOURCE', firstByDefault: true }),
  sourceDescription: field(text, 'Additional Info about Source'),
  ...common.origin(),
  additionalInfo: field(string, 'Additional Information', { max: 65_535 }),
  ...common.searchContent(),
  orderStage: field(string, 'Payment status', { legacy: null, readOnly: true }),
  ...common.movement(),
  ...common.activityTimes(),
  isWork: common.disabled(flag, 'In progress'),
  isWon: common.disabled(flag, 'Won'),
  isLose: common.disabled(flag, 'Lost'),
  receivedAmount: common.disabled(string, 'Amount received'),
  lostAmount: common.disabled(string, 'Amount lost'),
  hasProducts: common.disabled(flag, 'Contains products'),
  ...common.utm('Campaign Search Condition'),
  ...common.observers(),
  ...common.contacts('Contacts'),
  ...common.entityTypeId(2),
}

/** api-reference/crm/deals/crm-deal-fields.md. */
const legacyOrder = `
  ID TITLE TYPE_ID CATEGORY_ID STAGE_ID STAGE_SEMANTIC_ID IS_NEW IS_RECURRING IS_RETURN_CUSTOMER IS_REPEATED_APPROACH
  PROBABILITY CURRENCY_ID OPPORTUNITY IS_MANUAL_OPPORTUNITY TAX_VALUE COMPANY_ID CONTACT_ID CONTACT_IDS QUOTE_ID
  BEGINDATE CLOSEDATE OPENED CLOSED COMMENTS ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID MOVED_BY_ID DATE_CREATE
  DATE_MODIFY MOVED_TIME SOURCE_ID SOURCE_DESCRIPTION LEAD_ID ADDITIONAL_INFO LOCATION_ID ORIGINATOR_ID ORIGIN_ID
  UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM LAST_ACTIVITY_TIME LAST_ACTIVITY_BY`

/** api-reference/crm/deals/crm-deal-get.md. */
const legacyRow = `
  ID TITLE TYPE_ID STAGE_ID PROBABILITY CURRENCY_ID OPPORTUNITY IS_MANUAL_OPPORTUNITY TAX_VALUE LEAD_ID COMPANY_ID
  CONTACT_ID QUOTE_ID BEGINDATE CLOSEDATE ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID DATE_CREATE DATE_MODIFY OPENED CLOSED
  COMMENTS ADDITIONAL_INFO LOCATION_ID CATEGORY_ID STAGE_SEMANTIC_ID IS_NEW IS_RECURRING IS_RETURN_CUSTOMER
  IS_REPEATED_APPROACH SOURCE_ID SOURCE_DESCRIPTION ORIGINATOR_ID ORIGIN_ID MOVED_BY_ID MOVED_TIME LAST_ACTIVITY_TIME
  UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM LAST_ACTIVITY_BY`

/** api-reference/crm/universal/object-fields.md, "Deal". */
export const deal = defineEntity({
  name: 'deal',
  title: 'Deal',
  table: 'crm_deal',
  entityTypeId: 2,
  userFieldEntityId: 'CRM_DEAL',
  event: 'ONCRMDEAL',
  stageField: 'stageId',
  categories: true,
  fields,
  extrasBefore: 'utmSource',
  legacyOrder: legacyOrder.trim().split(/\s+/),
  legacyRow: legacyRow.trim().split(/\s+/),
})

export default crud('crm.deal', 2)

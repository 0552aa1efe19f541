import { crud } from '../../methods/crud.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { amount } from '../../schema/kinds/amount.ts'
import { currency } from '../../schema/kinds/currency.ts'
import { date } from '../../schema/kinds/date.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { status } from '../../schema/kinds/status.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import * as common from './common-fields.ts'

/** In the order of camelCase rows (api-reference/crm/universal/crm-item-get.md). */
const fields = {
  ...common.id(),
  ...common.authorship({ short: true }),
  ...common.responsible('Responsible User', 'Available to All'),
  ...common.company(),
  ...common.contact(),
  stageId: field(status('STATUS'), 'Stage', { legacy: 'STATUS_ID', statusType: 'STATUS' }),
  isConvert: common.disabled(flag, 'Converted'),
  statusDescription: field(text, 'Stage Description'),
  stageSemanticId: field(string, 'Status Semantic', { legacy: 'STATUS_SEMANTIC_ID', readOnly: true }),
  productId: common.disabled(string, 'Product', { deprecated: true }),
  opportunity: field(amount, 'Amount'),
  currencyId: field(currency, 'Currency'),
  sourceId: field(status('SOURCE'), 'Source', { statusType: 'SOURCE', firstByDefault: true }),
  sourceDescription: field(text, 'Source Description'),
  title: field(string, 'Lead Title'),
  name: field(string, 'First Name'),
  lastName: field(string, 'Last Name'),
  secondName: field(string, 'Middle Name'),
  shortName: common.disabled(string, 'Short name'),
  companyTitle: field(string, 'Company Name'),
  post: field(string, 'Position'),
  address: common.disabled(text, 'Address', { deprecated: true }),
  ...common.remarks('Comments'),
  ...common.webform(),
  ...common.origin(),
  dateClosed: field(datetime, 'Closing Date', { readOnly: true }),
  birthdate: field(date, 'Birthdate'),
  honorific: field(status('HONORIFIC'), 'Salutation', { statusType: 'HONORIFIC' }),
  ...common.presence('Phone Provided', 'Email Provided', 'Open Line Assigned'),
  login: common.disabled(string, 'Login', { deprecated: true }),
  isReturnCustomer: field(flag, 'Returning Lead', { readOnly: true }),
  ...common.searchContent(),
  isManualOpportunity: field(flag, 'IS_MANUAL_OPPORTUNITY'),
  ...common.movement(),
  ...common.activityTimes(),
  ...common.contactPoints({ messengers: true }),
  ...common.address('', common.postalTitles('Address', 'Address (Line 2)')),
  ...common.utm('Campaign Search Term'),
  ...common.observers(),
  ...common.contacts(),
  ...common.entityTypeId(1),
}

/** api-reference/crm/leads/crm-lead-fields.md. */
const legacyOrder = `
  ID TITLE HONORIFIC NAME SECOND_NAME LAST_NAME BIRTHDATE COMPANY_TITLE SOURCE_ID SOURCE_DESCRIPTION STATUS_ID
  STATUS_DESCRIPTION STATUS_SEMANTIC_ID POST ADDRESS ADDRESS_2 ADDRESS_CITY ADDRESS_POSTAL_CODE ADDRESS_REGION
  ADDRESS_PROVINCE ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE ADDRESS_LOC_ADDR_ID CURRENCY_ID OPPORTUNITY
  IS_MANUAL_OPPORTUNITY OPENED COMMENTS HAS_PHONE HAS_EMAIL HAS_IMOL ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID
  MOVED_BY_ID DATE_CREATE DATE_MODIFY MOVED_TIME COMPANY_ID CONTACT_ID CONTACT_IDS IS_RETURN_CUSTOMER DATE_CLOSED
  ORIGINATOR_ID ORIGIN_ID UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM LAST_ACTIVITY_TIME LAST_ACTIVITY_BY
  PHONE EMAIL WEB IM LINK`

/** api-reference/crm/leads/crm-lead-get.md. */
const legacyRow = `
  ID TITLE HONORIFIC NAME SECOND_NAME LAST_NAME COMPANY_TITLE COMPANY_ID CONTACT_ID IS_RETURN_CUSTOMER BIRTHDATE SOURCE_ID
  SOURCE_DESCRIPTION STATUS_ID STATUS_DESCRIPTION POST COMMENTS CURRENCY_ID OPPORTUNITY IS_MANUAL_OPPORTUNITY HAS_PHONE
  HAS_EMAIL HAS_IMOL ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID DATE_CREATE DATE_MODIFY DATE_CLOSED STATUS_SEMANTIC_ID
  OPENED ORIGINATOR_ID ORIGIN_ID MOVED_BY_ID MOVED_TIME ADDRESS ADDRESS_2 ADDRESS_CITY ADDRESS_POSTAL_CODE ADDRESS_REGION
  ADDRESS_PROVINCE ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE ADDRESS_LOC_ADDR_ID UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT
  UTM_TERM LAST_ACTIVITY_BY LAST_ACTIVITY_TIME EMAIL PHONE WEB IM LINK`

/** api-reference/crm/universal/object-fields.md, "Lead". */
export const lead = defineEntity({
  name: 'lead',
  title: 'Lead',
  table: 'crm_lead',
  entityTypeId: 1,
  userFieldEntityId: 'CRM_LEAD',
  event: 'ONCRMLEAD',
  stageField: 'stageId',
  fields,
  extrasBefore: 'utmSource',
  legacyOrder: legacyOrder.trim().split(/\s+/),
  legacyRow: legacyRow.trim().split(/\s+/),
})

export default crud('crm.lead', 1)

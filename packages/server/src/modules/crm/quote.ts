import { crud } from '../../methods/crud.ts'
import { ApiError, legacyError } from '../../methods/errors.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import type { Kind } from '../../schema/kind.ts'
import { amount } from '../../schema/kinds/amount.ts'
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

const MAX_TITLE = 255

/** Longer titles are cut, not refused (api-reference/crm/quote/crm-quote-add.md). */
const subject: Kind = {
  ...string,
  decode: (input, ...rest) => string.decode(typeof input === 'string' ? input.slice(0, MAX_TITLE) : input, ...rest),
}

/** How a text is marked up: 0 unknown, 1 plain, 2 BB-code, 3 HTML. */
const markup = (title: string) => field(integer, title, { legacy: null, readOnly: true })

const fields = {
  ...common.id(),
  ...common.authorship({ short: true }),
  ...common.responsible('Responsible', 'Available to Everyone'),
  leadId: field(link(1, 'crm_lead'), 'Lead', { index: true }),
  dealId: field(link(2, 'crm_deal'), 'Deal', { index: true }),
  ...common.company({}),
  ...common.contact(),
  personTypeId: field(integer, 'Client Type'),
  ...common.myCompany('Your Company Details'),
  // Described as required; one that is left out is made from the template (crm-item-add.md).
  title: field(subject, 'Subject', { describedRequired: true }),
  stageId: field(status('QUOTE_STATUS'), 'Estimate Stage', { legacy: 'STATUS_ID', statusType: 'QUOTE_STATUS' }),
  closed: field(flag, 'Closed'),
  opportunity: field(amount, 'Amount'),
  isManualOpportunity: field(flag, 'Amount calculation mode', { legacy: null }),
  taxValue: field(amount, 'Tax Rate'),
  currencyId: field(currency, 'Currency'),
  ...common.remarks(),
  commentsType: markup('Type of comment'),
  begindate: field(date, 'Issue Date'),
  begindateShort: common.disabled(datetime, 'Issue date (short)'),
  closedate: field(date, 'Deadline'),
  closedateShort: common.disabled(datetime, 'Deadline (short)'),
  ...common.webform(),
  quoteNumber: field(string, 'Estimate Number', { readOnly: true }),
  content: field(text, 'Content'),
  contentType: markup('Type of content'),
  terms: field(text, 'Terms'),
  termsType: markup('Type of terms'),
  storageTypeId: field(integer, 'Type of storage', { legacy: null }),
  storageElementIds: field(integer, 'Files', { legacy: null, multiple: true }),
  locationId: field(location, 'Location'),
  clientTitle: field(string, 'Client'),
  clientAddr: field(string, 'Address'),
  clientContact: field(string, 'Contact Person'),
  clientEmail: field(string, 'E-mail'),
  clientPhone: field(string, 'Phone'),
  clientTpId: field(string, 'Tax ID'),
  clientTpaId: field(string, 'KPP'),
  ...common.searchContent(),
  hasProducts: common.disabled(flag, 'Contains products'),
  actualDate: field(date, 'ACTUAL_DATE'),
  ...common.activityTimes(),
  LAST_COMMUNICATION_TIME: common.alwaysNull(string, 'LAST_COMMUNICATION_TIME'),
  ...common.utm('Campaign Search Condition'),
  ...common.contacts(),
  ...common.entityTypeId(7),
}

/** api-reference/crm/quote/crm-quote-fields.md. */
const legacyOrder = `
  ID QUOTE_NUMBER TITLE STATUS_ID CURRENCY_ID OPPORTUNITY TAX_VALUE COMPANY_ID MYCOMPANY_ID CONTACT_ID CONTACT_IDS
  BEGINDATE CLOSEDATE ACTUAL_DATE OPENED CLOSED COMMENTS CONTENT TERMS CLIENT_TITLE CLIENT_ADDR CLIENT_CONTACT
  CLIENT_EMAIL CLIENT_PHONE CLIENT_TP_ID CLIENT_TPA_ID ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID DATE_CREATE DATE_MODIFY
  LEAD_ID DEAL_ID PERSON_TYPE_ID LOCATION_ID UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM LAST_ACTIVITY_TIME
  LAST_ACTIVITY_BY LAST_COMMUNICATION_TIME`

/** api-reference/crm/universal/object-fields.md, "Estimate". */
export const quote = defineEntity({
  name: 'quote',
  title: 'Estimate',
  table: 'crm_quote',
  entityTypeId: 7,
  userFieldEntityId: 'CRM_QUOTE',
  event: 'ONCRMQUOTE',
  stageField: 'stageId',
  fields,
  extrasBefore: 'utmSource',
  legacyOrder: legacyOrder.trim().split(/\s+/),
})

export default crud('crm.quote', 7, {
  notFound: {
    update: () => legacyError('Quote is not found'),
    delete: () => new ApiError('ERROR_CORE', 400, 'Element not found'),
  },
})

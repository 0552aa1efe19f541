import { crud } from '../../methods/crud.ts'
import { defineEntity, field } from '../../schema/entity.ts'
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
import { myCompany } from './dynamic.ts'

/** How a text of the quote is marked up: 1 plain, 2 BB-code, 3 HTML (crm.enum.contenttype). */
const contentType = (title: string) => field(integer, title, { legacy: null, readOnly: true })

/** api-reference/crm/universal/object-fields.md, "Estimate"; api-reference/crm/quote/crm-quote-fields.md. */
export const quote = defineEntity({
  name: 'quote',
  title: 'Estimate',
  table: 'crm_quote',
  entityTypeId: 7,
  userFieldEntityId: 'CRM_QUOTE',
  event: 'ONCRMQUOTE',
  stageField: 'stageId',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    quoteNumber: field(string, 'Estimate Number', { readOnly: true }),
    // Described as required; left out, it is made from the template (crm-item-add.md).
    title: field(string, 'Subject', { describedRequired: true }),
    stageId: field(status('QUOTE_STATUS'), 'Estimate Stage', {
      legacy: 'STATUS_ID',
      upper: 'STATUS_ID',
      statusType: 'QUOTE_STATUS',
    }),
    currencyId: field(currency, 'Currency'),
    opportunity: field(amount, 'Amount'),
    isManualOpportunity: field(flag, 'IS_MANUAL_OPPORTUNITY', { legacy: null }),
    taxValue: field(amount, 'Tax Rate'),
    ...common.client(),
    ...myCompany('Your Company Details'),
    begindate: field(date, 'Issue Date'),
    closedate: field(date, 'Deadline'),
    actualDate: field(date, 'ACTUAL_DATE'),
    ...common.responsible(),
    closed: field(flag, 'Closed'),
    ...common.remarks(),
    commentsType: contentType('Comment type'),
    content: field(text, 'Content'),
    contentType: contentType('Content type'),
    terms: field(text, 'Terms'),
    termsType: contentType('Terms type'),
    ...common.authorship(true),
    ...common.activityTimes(),
    LAST_COMMUNICATION_TIME: field(string, 'LAST_COMMUNICATION_TIME', { item: false, readOnly: true }),
    leadId: field(link(1, 'crm_lead'), 'Lead'),
    dealId: field(link(2, 'crm_deal'), 'Deal'),
    personTypeId: field(integer, 'Client Type'),
    storageTypeId: field(integer, 'Storage type', { legacy: null }),
    storageElementIds: field(integer, 'Files', { legacy: null, multiple: true }),
    locationId: field(location, 'Location'),
    clientTitle: field(string, 'Client'),
    clientAddr: field(string, 'Address'),
    clientContact: field(string, 'Contact Person'),
    clientEmail: field(string, 'E-mail'),
    clientPhone: field(string, 'Phone'),
    clientTpId: field(string, 'Tax ID'),
    clientTpaId: field(string, 'KPP'),
    dateCreateShort: common.disabled(datetime, 'Creation Date (short)'),
    dateModifyShort: common.disabled(datetime, 'Modification Date (short)'),
    begindateShort: common.disabled(datetime, 'Issue Date (short)'),
    closedateShort: common.disabled(datetime, 'Deadline (short)'),
    webformId: field(integer, 'Created by CRM form', { legacy: null, absent: 0 }),
    ...common.searchContent(),
    hasProducts: common.disabled(flag, 'Has Products'),
    ...common.utm(),
    ...common.entityTypeId(7),
  },
})

export default crud('crm.quote', 7)

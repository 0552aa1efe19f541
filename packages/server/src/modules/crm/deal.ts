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

/** api-reference/crm/universal/object-fields.md, "Deal"; api-reference/crm/deals/crm-deal-fields.md. */
export const deal = defineEntity({
  name: 'deal',
  title: 'Deal',
  table: 'crm_deal',
  entityTypeId: 2,
  userFieldEntityId: 'CRM_DEAL',
  event: 'ONCRMDEAL',
  stageField: 'stageId',
  categories: true,
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    title: field(string, 'Title'),
    typeId: field(status('DEAL_TYPE'), 'Type', { statusType: 'DEAL_TYPE', firstByDefault: true }),
    categoryId: field(category, 'Sales Funnel', { immutable: true }),
    stageId: field(status('DEAL_STAGE'), 'Deal Stage', { statusType: 'DEAL_STAGE' }),
    stageSemanticId: field(string, 'Stage Group', { readOnly: true }),
    isNew: field(flag, 'New Deal', { readOnly: true }),
    isRecurring: field(flag, 'Recurring Deal'),
    isReturnCustomer: field(flag, 'Repeat Deal'),
    isRepeatedApproach: field(flag, 'Repeated Approach'),
    probability: field(integer, 'Probability'),
    currencyId: field(currency, 'Currency'),
    opportunity: field(amount, 'Amount'),
    isManualOpportunity: field(flag, 'IS_MANUAL_OPPORTUNITY'),
    taxValue: field(amount, 'Tax Rate'),
    ...common.client({ company: 'Company', contact: 'Contact', contacts: 'Contacts' }),
    quoteId: field(link(7, 'crm_quote'), 'Estimate', {
      readOnly: true,
      creatable: true,
      settings: { parentEntityTypeId: 7 },
    }),
    begindate: field(date, 'Start Date'),
    closedate: field(date, 'Close Date'),
    ...common.responsible(),
    closed: field(flag, 'Closed'),
    ...common.remarks(),
    ...common.authorship(true),
    ...common.movement(true),
    sourceId: field(status('SOURCE'), 'Source', { statusType: 'SOURCE', firstByDefault: true }),
    sourceDescription: field(text, 'Additional Info about Source'),
    leadId: field(link(1, 'crm_lead'), 'Lead', {
      readOnly: true,
      creatable: true,
      settings: { parentEntityTypeId: 1 },
    }),
    additionalInfo: field(text, 'Additional Information'),
    locationId: field(location, 'Location'),
    ...common.origin(),
    ...common.utm(),
    ...common.activityTimes(),
    dateCreateShort: common.disabled(datetime, 'Creation Date (short)'),
    dateModifyShort: common.disabled(datetime, 'Modification Date (short)'),
    productId: common.disabled(string, 'Product', { deprecated: true }),
    begindateShort: common.disabled(datetime, 'Start Date (short)'),
    closedateShort: common.disabled(datetime, 'Close Date (short)'),
    eventDate: common.disabled(datetime, 'Event Date'),
    eventDateShort: common.disabled(datetime, 'Event Date (short)'),
    eventId: common.disabled(status('EVENT_TYPE'), 'Event Type'),
    eventDescription: common.disabled(text, 'Event Description'),
    webformId: field(integer, 'Created by CRM form', { legacy: null }),
    ...common.searchContent(),
    orderStage: common.disabled(string, 'Order Stage'),
    isWork: common.disabled(flag, 'In Progress'),
    isWon: common.disabled(flag, 'Won'),
    isLose: common.disabled(flag, 'Lost'),
    receivedAmount: common.disabled(string, 'Received Amount'),
    lostAmount: common.disabled(string, 'Lost Amount'),
    hasProducts: common.disabled(flag, 'Has Products'),
    ...common.observers(),
    ...common.entityTypeId(2),
  },
})

export default crud('crm.deal', 2)

import { crud } from '../../methods/crud.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { date } from '../../schema/kinds/date.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { amount } from '../../schema/kinds/amount.ts'
import { currency } from '../../schema/kinds/currency.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { status } from '../../schema/kinds/status.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import * as common from './common-fields.ts'

/** api-reference/crm/universal/object-fields.md, "Lead"; api-reference/crm/leads/crm-lead-fields.md. */
export const lead = defineEntity({
  name: 'lead',
  title: 'Lead',
  table: 'crm_lead',
  entityTypeId: 1,
  userFieldEntityId: 'CRM_LEAD',
  event: 'ONCRMLEAD',
  stageField: 'stageId',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    ...common.authorship(true),
    dateCreateShort: common.disabled(datetime, 'Created on (short)'),
    dateModifyShort: common.disabled(datetime, 'Modified on (short)'),
    ...common.responsible(),
    ...common.client(),
    stageId: field(status('STATUS'), 'Stage', { legacy: 'STATUS_ID', statusType: 'STATUS', upper: 'STATUS_ID' }),
    isConvert: common.disabled(flag, 'Is being converted'),
    statusDescription: field(text, 'More about this stage'),
    stageSemanticId: field(string, 'Stage group', {
      legacy: 'STATUS_SEMANTIC_ID',
      upper: 'STATUS_SEMANTIC_ID',
      readOnly: true,
    }),
    productId: common.disabled(string, 'Product', { deprecated: true }),
    opportunity: field(amount, 'Amount'),
    isManualOpportunity: field(flag, 'Amount is set manually'),
    currencyId: field(currency, 'Currency'),
    sourceId: field(status('SOURCE'), 'Source', { statusType: 'SOURCE', firstByDefault: true }),
    sourceDescription: field(text, 'Source information'),
    title: field(string, 'Lead name'),
    name: field(string, 'First name'),
    lastName: field(string, 'Last name'),
    secondName: field(string, 'Second name'),
    shortName: common.disabled(string, 'Short name'),
    companyTitle: field(string, 'Company name'),
    post: field(string, 'Position'),
    address: common.disabled(text, 'Address', { deprecated: true }),
    ...common.address('', 'Address'),
    ...common.remarks(),
    webformId: field(integer, 'Created by CRM form', { legacy: null, absent: 0 }),
    ...common.origin(),
    dateClosed: field(datetime, 'Closed on', { readOnly: true }),
    birthdate: field(date, 'Date of birth'),
    honorific: field(status('HONORIFIC'), 'Salutation', { statusType: 'HONORIFIC' }),
    ...common.contactPoints(),
    login: common.disabled(string, 'Login', { deprecated: true }),
    isReturnCustomer: field(flag, 'Repeat lead', { readOnly: true }),
    ...common.searchContent(),
    ...common.movement(true),
    ...common.activityTimes(),
    ...common.utm(),
    ...common.observers(),
    ...common.entityTypeId(1),
  },
})

export default crud('crm.lead', 1)

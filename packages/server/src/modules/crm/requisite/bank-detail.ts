import { defineEntity, field } from '../../../schema/entity.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { text } from '../../../schema/kinds/text.ts'
import { user } from '../../../schema/kinds/user.ts'
import { textFields } from './requisite.ts'

const titles = {
  RQ_BANK_NAME: 'Bank Name',
  RQ_BANK_ADDR: 'Bank Address',
  RQ_BIK: 'Routing Number',
  RQ_ACC_NUM: 'Account Number',
  RQ_ACC_CURRENCY: 'Account Currency',
  RQ_COR_ACC_NUM: 'Correspondent Account',
  RQ_SWIFT: 'SWIFT',
}

/** An account in a bank, of a requisite (api-reference/crm/requisites/bank-detail/index.md). */
export const bankDetail = defineEntity({
  name: 'bank_detail',
  title: 'Bank details',
  table: 'crm_bank_detail',
  entityTypeId: -40,
  event: 'ONCRMBANKDETAIL',
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    entityId: field(integer, 'Object ID', { describedRequired: true, immutable: true, index: true }),
    countryId: field(integer, 'Country ID'),
    dateCreate: field(datetime, 'Creation Date', { readOnly: true }),
    dateModify: field(datetime, 'Modification Date', { readOnly: true }),
    createdById: field(user, 'Created By', { readOnly: true }),
    modifyById: field(user, 'Modified By', { readOnly: true }),
    name: field(string, 'Name'),
    code: field(string, 'Code'),
    xmlId: field(string, 'External Code', { index: true }),
    active: field(flag, 'Active'),
    sort: field(integer, 'Sort Order'),
    ...textFields(
      `RQ_BANK_NAME RQ_BANK_ADDR RQ_BANK_CODE RQ_AGENCY_NAME RQ_BANK_ROUTE_NUM RQ_BIK RQ_MFO RQ_ACC_NAME RQ_ACC_NUM
      RQ_ACC_TYPE RQ_IIK RQ_ACC_CURRENCY RQ_COR_ACC_NUM RQ_IBAN RQ_SWIFT RQ_BIC RQ_CODEB RQ_CODEG RQ_RIB`,
      titles,
    ),
    comments: field(text, 'Comment'),
    originatorId: field(string, 'External Source'),
  },
})

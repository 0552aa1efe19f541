import { crud } from '../../methods/crud.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { amount } from '../../schema/kinds/amount.ts'
import { category } from '../../schema/kinds/category.ts'
import { currency } from '../../schema/kinds/currency.ts'
import { file } from '../../schema/kinds/file.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { link } from '../../schema/kinds/link.ts'
import { status } from '../../schema/kinds/status.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import * as common from './common-fields.ts'

const stamp = (title: string) => field(file, title, { legacy: null })

/** api-reference/crm/universal/object-fields.md, "Company"; api-reference/crm/companies/crm-company-fields.md. */
export const company = defineEntity({
  name: 'company',
  title: 'Company',
  table: 'crm_company',
  entityTypeId: 4,
  userFieldEntityId: 'CRM_COMPANY',
  event: 'ONCRMCOMPANY',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    // Described as required; left out, it is made from the template (crm-item-add.md).
    title: field(string, 'Company Name', { describedRequired: true }),
    typeId: field(status('COMPANY_TYPE'), 'Company Type', {
      legacy: 'COMPANY_TYPE',
      upper: 'TYPE_ID',
      statusType: 'COMPANY_TYPE',
      firstByDefault: true,
    }),
    logo: field(file, 'Logo'),
    ...common.address('', 'Physical Address'),
    address: common.disabled(text, 'Physical Address', { deprecated: true }),
    ...common.address('REG_', 'Legal Address'),
    addressLegal: field(text, 'Legal Address', { deprecated: true }),
    bankingDetails: field(text, 'Banking Details'),
    industry: field(status('INDUSTRY'), 'Industry', { statusType: 'INDUSTRY', firstByDefault: true }),
    employees: field(status('EMPLOYEES'), 'Number of Employees', { statusType: 'EMPLOYEES', firstByDefault: true }),
    currencyId: field(currency, 'Currency'),
    revenue: field(amount, 'Annual Revenue'),
    ...common.responsible(),
    ...common.remarks(),
    isMyCompany: field(flag, 'My Company'),
    ...common.authorship(true),
    contactIds: field(link(3, 'crm_contact'), 'Contacts', {
      legacy: 'CONTACT_ID',
      upper: 'CONTACT_IDS',
      multiple: true,
      place: { in: 'links', role: 'company', reverse: true },
    }),
    leadId: field(link(1, 'crm_lead'), 'Lead', {
      readOnly: true,
      creatable: true,
      settings: { parentEntityTypeId: 1 },
    }),
    ...common.origin(),
    originVersion: field(string, 'Original Version'),
    ...common.utm(),
    ...common.activityTimes(),
    LAST_COMMUNICATION_TIME: field(string, 'Last Communication Date', { item: false, readOnly: true }),
    webformId: field(integer, 'Created by CRM form', { legacy: null, absent: 0 }),
    ...common.searchContent(),
    categoryId: field(category, 'Category', { legacy: null, readOnly: true, absent: 0 }),
    ufLogo: stamp('Logo for documents'),
    ufStamp: stamp('Stamp'),
    ufDirectorSign: stamp("Director's signature"),
    ufAccountantSign: stamp("Accountant's signature"),
    ...common.contactPoints(),
    ...common.observers(),
    ...common.entityTypeId(4),
  },
})

export default crud('crm.company', 4)

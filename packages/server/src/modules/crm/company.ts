import { crud } from '../../methods/crud.ts'
import { type ApiError, legacyError } from '../../methods/errors.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import type { Kind } from '../../schema/kind.ts'
import { amount } from '../../schema/kinds/amount.ts'
import { category } from '../../schema/kinds/category.ts'
import { currency } from '../../schema/kinds/currency.ts'
import { file } from '../../schema/kinds/file.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { link } from '../../schema/kinds/link.ts'
import { status } from '../../schema/kinds/status.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import * as common from './common-fields.ts'

/** The one amount that UPPER_CASE rows show without empty decimals: `"0"` (api-reference/crm/companies/crm-company-get.md). */
const plainAmount: Kind = { ...amount, legacy: (value) => String(Number(value ?? 0) / 100) }

/** A picture that goes on documents. */
const onDocuments = (title: string) => field(file, title, { legacy: null })

const fields = {
  ...common.id(),
  ...common.authorship(),
  ...common.responsible('Responsible Person', 'Available to Everyone'),
  // Described as required; one that is left out is made from the template (crm-item-add.md).
  title: field(string, 'Company Name', { describedRequired: true }),
  logo: field(file, 'Logo'),
  address: common.disabled(text, 'Physical Address', { deprecated: true }),
  addressLegal: field(text, 'Legal Address'),
  bankingDetails: field(string, 'Banking Details', { max: 65_535 }),
  ...common.remarks(),
  typeId: field(status('COMPANY_TYPE'), 'Company Type', {
    legacy: 'COMPANY_TYPE',
    statusType: 'COMPANY_TYPE',
    firstByDefault: true,
  }),
  industry: field(status('INDUSTRY'), 'Industry', { statusType: 'INDUSTRY', firstByDefault: true }),
  revenue: field(plainAmount, 'Annual Revenue'),
  currencyId: field(currency, 'Currency'),
  employees: field(status('EMPLOYEES'), 'Number of Employees', { statusType: 'EMPLOYEES', firstByDefault: true }),
  ...common.originalLead(),
  ...common.webform(),
  ...common.origin(),
  ...common.originVersion(),
  ...common.presence('Phone Set', 'E-mail Set', 'Open Line Set'),
  isMyCompany: field(flag, 'My Company', { index: true }),
  ...common.searchContent(),
  categoryId: field(category, 'Category', { legacy: null }),
  // Unlike elsewhere, these two may be written (crm-company-fields.md).
  ...common.activityTimes('Last Activity Author', 'Last Activity Time', false),
  ...common.contactPoints(),
  ...common.address('', common.postalTitles('Physical Address', 'Address (line 2)')),
  ...common.address('REG_', [
    'Legal Address',
    'Legal Address (line 2)',
    'Legal Address City',
    'Legal Address Postal Code',
    'Legal Address Region',
    'Legal Address Province',
    'Legal Address Country',
    'Legal Address Country Code',
    'Legal Address Location ID',
  ]),
  LAST_COMMUNICATION_TIME: common.alwaysNull(string, 'Last Communication Date'),
  ufLogo: onDocuments('Logo (document generator)'),
  ufStamp: onDocuments('Company seal (document generator)'),
  ufDirectorSign: onDocuments("Director's signature (document generator)"),
  ufAccountantSign: onDocuments("Chief accountant's signature (document generator)"),
  ...common.utm('Campaign Search Term'),
  ...common.observers(),
  // The contacts' companies, seen from the other side.
  contactIds: field(link(3, 'crm_contact'), 'Contact', {
    legacy: 'CONTACT_ID',
    multiple: true,
    place: { in: 'links', role: 'company', reverse: true },
  }),
  ...common.entityTypeId(4),
}

/** api-reference/crm/companies/crm-company-fields.md. */
const legacyOrder = `
  ID TITLE COMPANY_TYPE LOGO ADDRESS ADDRESS_2 ADDRESS_CITY ADDRESS_POSTAL_CODE ADDRESS_REGION ADDRESS_PROVINCE
  ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE ADDRESS_LOC_ADDR_ID ADDRESS_LEGAL REG_ADDRESS REG_ADDRESS_2 REG_ADDRESS_CITY
  REG_ADDRESS_POSTAL_CODE REG_ADDRESS_REGION REG_ADDRESS_PROVINCE REG_ADDRESS_COUNTRY REG_ADDRESS_COUNTRY_CODE
  REG_ADDRESS_LOC_ADDR_ID BANKING_DETAILS INDUSTRY EMPLOYEES CURRENCY_ID REVENUE OPENED COMMENTS HAS_PHONE HAS_EMAIL
  HAS_IMOL IS_MY_COMPANY ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID DATE_CREATE DATE_MODIFY CONTACT_ID LEAD_ID
  ORIGINATOR_ID ORIGIN_ID ORIGIN_VERSION UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM LAST_ACTIVITY_TIME
  LAST_ACTIVITY_BY LAST_COMMUNICATION_TIME PHONE EMAIL WEB IM LINK`

/** api-reference/crm/universal/object-fields.md, "Company". */
export const company = defineEntity({
  name: 'company',
  title: 'Company',
  table: 'crm_company',
  entityTypeId: 4,
  userFieldEntityId: 'CRM_COMPANY',
  event: 'ONCRMCOMPANY',
  fields,
  extrasBefore: 'utmSource',
  legacyOrder: legacyOrder.trim().split(/\s+/),
})

const notFound = (): ApiError => legacyError('Company is not found')

export default crud('crm.company', 4, { notFound: { update: notFound, delete: notFound } })

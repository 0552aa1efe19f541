import { invoiceTemplate, leadStages, mainDealStages, quoteStages, type StatusDefault } from './stages.ts'

export { dealStages, dynamicStages, invoiceStages } from './stages.ts'

export interface DirectoryDefault {
  readonly entityId: string
  readonly name: string
  readonly items: readonly StatusDefault[]
  /** Only directories of stages belong to an entity type. */
  readonly entityTypeId?: number
  /** Codes of the first, the won and the lost stage, as `crm.status.entity.types` names them. */
  readonly semanticInfo?: { readonly start: string; readonly success: string; readonly failure: string }
}

const SYSTEM = { system: true } as const

/** Entries of a plain directory, ten apart in the order given. */
const list = (
  ...entries: readonly (readonly [statusId: string, name: string, flags?: { readonly system: boolean }])[]
) =>
  entries.map(([statusId, name, flags], index): StatusDefault => ({ statusId, name, sort: (index + 1) * 10, ...flags }))

/** Every directory that a fresh portal has, those of `crm.status.entity.types` first and in its order. */
export const directories: readonly DirectoryDefault[] = [
  {
    entityId: 'STATUS',
    name: 'Lead stages',
    entityTypeId: 1,
    semanticInfo: { start: 'NEW', success: 'CONVERTED', failure: 'JUNK' },
    items: leadStages,
  },
  {
    entityId: 'SOURCE',
    name: 'Sources',
    // System are those that a channel of the portal itself writes.
    items: list(
      ['CALL', 'Call', SYSTEM],
      ['EMAIL', 'E-mail', SYSTEM],
      ['WEB', 'Website', SYSTEM],
      ['ADVERTISING', 'Advertising'],
      ['PARTNER', 'Existing client'],
      ['RECOMMENDATION', 'By recommendation'],
      ['TRADE_SHOW', 'Trade show'],
      ['WEBFORM', 'CRM form', SYSTEM],
      ['CALLBACK', 'Callback', SYSTEM],
      ['RC_GENERATOR', 'Sales generator', SYSTEM],
      ['STORE', 'Online store', SYSTEM],
      ['CRM_FORM', 'Form on a website'],
      ['OTHER', 'Other'],
    ),
  },
  {
    entityId: 'CONTACT_TYPE',
    name: 'Contact type',
    items: list(
      ['CLIENT', 'Clients'],
      ['SUPPLIER', 'Suppliers'],
      ['PARTNER', 'Partners'],
      ['RECOMMENDATION', 'By recommendation'],
      ['OTHER', 'Other'],
    ),
  },
  {
    entityId: 'COMPANY_TYPE',
    name: 'Company type',
    items: list(
      ['CUSTOMER', 'Client'],
      ['SUPPLIER', 'Supplier'],
      ['COMPETITOR', 'Competitor'],
      ['PARTNER', 'Partner'],
      ['OTHER', 'Other'],
    ),
  },
  {
    entityId: 'EMPLOYEES',
    name: 'Number of employees',
    items: list(
      ['EMPLOYEES_1', 'less than 50'],
      ['EMPLOYEES_2', '50 to 250'],
      ['EMPLOYEES_3', '250 to 500'],
      ['EMPLOYEES_4', 'over 500'],
    ),
  },
  {
    entityId: 'INDUSTRY',
    name: 'Industry',
    items: list(
      ['IT', 'Information Technology'],
      ['TELECOM', 'Telecommunications'],
      ['MANUFACTURING', 'Manufacturing'],
      ['BANKING', 'Banking'],
      ['CONSULTING', 'Consulting'],
      ['FINANCE', 'Finance'],
      ['GOVERNMENT', 'Government'],
      ['DELIVERY', 'Delivery'],
      ['ENTERTAINMENT', 'Entertainment'],
      ['NOTPROFIT', 'Non-profit'],
      ['OTHER', 'Other'],
    ),
  },
  {
    entityId: 'DEAL_TYPE',
    name: 'Deal type',
    items: list(
      ['SALE', 'Sale'],
      ['COMPLEX', 'Complex sale'],
      ['GOODS', 'Goods'],
      ['SERVICES', 'Services'],
      ['SERVICE', 'Maintenance'],
    ),
  },
  {
    entityId: 'DEAL_STAGE',
    name: 'General deal stages',
    entityTypeId: 2,
    semanticInfo: { start: 'NEW', success: 'WON', failure: 'LOSE' },
    items: mainDealStages,
  },
  {
    entityId: 'QUOTE_STATUS',
    name: 'Quote stages',
    entityTypeId: 7,
    semanticInfo: { start: 'DRAFT', success: 'APPROVED', failure: 'DECLAINED' },
    items: quoteStages,
  },
  {
    entityId: 'HONORIFIC',
    name: 'Salutations',
    // Two codes of other languages are documented, both as "Mr." (crm-item-add.md, crm-item-import.md).
    items: list(
      ['HNR_EN_1', 'Mr.'],
      ['HNR_EN_2', 'Mrs.'],
      ['HNR_EN_3', 'Ms.'],
      ['HNR_EN_4', 'Dr.'],
      ['HNR_DE_1', 'Mr.'],
      ['HNR_RU_1', 'Mr.'],
    ),
  },
  {
    entityId: 'CALL_LIST',
    name: 'Call statuses',
    items: list(
      ['IN_WORK', 'In Progress', SYSTEM],
      ['SUCCESS', 'Successful', SYSTEM],
      ['WRONG_NUMBER', 'Wrong Number', SYSTEM],
      ['STOP_CALLING', 'Do Not Call Again', SYSTEM],
    ),
  },
  {
    entityId: 'EVENT_TYPE',
    name: 'Event type',
    items: list(['INFO', 'Information'], ['PHONE', 'Phone call'], ['MESSAGE', 'E-mail sent']),
  },
  {
    // Invoices of the old kind: their statuses, kept because other objects may refer to them.
    entityId: 'INVOICE_STATUS',
    name: 'Invoice statuses',
    entityTypeId: 5,
    semanticInfo: { start: 'N', success: 'P', failure: 'D' },
    items: invoiceTemplate,
  },
]

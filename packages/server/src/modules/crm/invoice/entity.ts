import { defineEntity, field, type FieldOptions } from '../../../schema/entity.ts'
import type { Kind } from '../../../schema/kind.ts'
import { amount } from '../../../schema/kinds/amount.ts'
import { currency } from '../../../schema/kinds/currency.ts'
import { date } from '../../../schema/kinds/date.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { status } from '../../../schema/kinds/status.ts'
import { string } from '../../../schema/kinds/string.ts'
import { identifier, longText, note, person, pointer, productRows, properties } from './kinds.ts'

export const STATUSES = 'INVOICE_STATUS'

/** Read from the person who is responsible, when the invoice is shown. */
const ofResponsible = (kind: Kind, title: string) =>
  field(kind, title, { readOnly: true, place: { in: 'nowhere', value: null } })
/** Links are named like user fields, which they aren't. */
const linkTo = (entityTypeId: number, title: string, legacy: string, options: FieldOptions = {}) =>
  field(pointer(entityTypeId), title, { legacy, index: true, ...options })

/**
 * Invoices of the old kind (api-reference/crm/outdated/invoice/crm-invoice-fields.md). `crm.item.*` doesn't know them:
 * its invoices have the type 31.
 */
export const invoiceEntity = defineEntity({
  name: 'invoice',
  title: 'Invoice',
  table: 'crm_invoice',
  entityTypeId: 5,
  userFieldEntityId: 'ORDER',
  event: 'ONCRMINVOICE',
  part: true,
  rights: 'roles',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    // Described as required; one that is left out is the next of the count.
    accountNumber: field(string, 'Invoice #', { describedRequired: true, index: true }),
    comments: field(longText, 'Comment'),
    createdBy: field(person, 'Created by', { legacy: 'CREATED_BY', readOnly: true }),
    currencyId: field(currency, 'Currency', { legacy: 'CURRENCY', readOnly: true }),
    dateBill: field(date, 'Invoice date', { index: true }),
    dateInsert: field(datetime, 'Created on', { index: true }),
    dateMarked: field(datetime, 'Declined on'),
    datePayBefore: field(date, 'Payment due date', { index: true }),
    datePayed: field(datetime, 'Paid on', { readOnly: true }),
    dateStatus: field(datetime, 'Status changed on', { readOnly: true }),
    updatedTime: field(datetime, 'Modified on', { legacy: 'DATE_UPDATE', readOnly: true }),
    empPayedId: field(person, 'Marked as paid by', { readOnly: true }),
    empStatusId: field(person, 'Status changed by', { readOnly: true }),
    // A portal is one site.
    lid: field(integer, 'Site', { readOnly: true, place: { in: 'nowhere', value: '1' } }),
    xmlId: field(string, 'External ID', { index: true }),
    orderTopic: field(string, 'Topic', { required: true }),
    paySystemId: field(identifier, 'Payment system', { required: true }),
    payVoucherDate: field(date, 'Payment date'),
    payVoucherNum: field(string, 'Payment document #'),
    payed: field(flag, 'Paid', { readOnly: true }),
    personTypeId: field(identifier, 'Payer type', { required: true }),
    price: field(amount, 'Total', { readOnly: true }),
    reasonMarked: field(note, 'Status comment'),
    responsibleEmail: ofResponsible(string, 'Responsible person: e-mail'),
    assignedById: field(person, 'Responsible person', { legacy: 'RESPONSIBLE_ID', index: true }),
    responsibleLastName: ofResponsible(string, 'Responsible person: last name'),
    responsibleLogin: ofResponsible(string, 'Responsible person: login'),
    responsibleName: ofResponsible(string, 'Responsible person: first name'),
    responsiblePersonalPhoto: ofResponsible(integer, 'Responsible person: photo'),
    responsibleSecondName: ofResponsible(string, 'Responsible person: second name'),
    responsibleWorkPosition: ofResponsible(string, 'Responsible person: position'),
    statusId: field(status(STATUSES), 'Status', { statusType: STATUSES, index: true }),
    taxValue: field(amount, 'Tax', { readOnly: true }),
    companyId: linkTo(4, 'Company', 'UF_COMPANY_ID'),
    contactId: linkTo(3, 'Contact', 'UF_CONTACT_ID'),
    mycompanyId: linkTo(4, 'Your company', 'UF_MYCOMPANY_ID'),
    dealId: linkTo(2, 'Deal', 'UF_DEAL_ID'),
    quoteId: linkTo(7, 'Estimate', 'UF_QUOTE_ID', { undescribed: true }),
    userDescription: field(note, 'Comment for the client'),
    // Required only where taxes follow the location, which is not done here.
    prLocation: field(integer, 'Location', { describedRequired: true }),
    invoiceProperties: field(properties, 'Properties'),
    productRows: field(productRows, 'Products', { place: { in: 'nowhere' } }),
    isRecurring: field(flag, 'Template of recurring invoices', { immutable: true, undescribed: true }),
    /** The last part of its public address; none until somebody has asked for it. */
    publicCode: field(string, 'Public code', { legacy: null, index: true }),
  },
})

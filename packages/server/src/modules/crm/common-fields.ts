import { field, type Field, type FieldOptions } from '../../schema/entity.ts'
import type { Kind } from '../../schema/kind.ts'
import { comments } from '../../schema/kinds/comments.ts'
import { currency } from '../../schema/kinds/currency.ts'
import { amount } from '../../schema/kinds/amount.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { link } from '../../schema/kinds/link.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import { user } from '../../schema/kinds/user.ts'

type Make = (name: string) => Field
type Fields = Record<string, Make>

/** A field of the obsolete kind: it exists on the camelCase wire and is always null there. */
export const disabled = (kind: Kind, title: string, options: FieldOptions = {}): Make =>
  field(kind, title, { legacy: null, disabled: true, readOnly: true, ...options })

/** `multifield` values have no column of their own; their text kind only serves filters. */
const contactPoint: Kind = { ...string, name: 'multifield', type: { legacy: 'crm_multifield', item: 'crm_multifield' } }
const pick = (title: string, type: string, valueTypes?: readonly string[]): Make =>
  field(string, title, {
    legacy: null,
    readOnly: true,
    place: { in: 'pick', type, ...(valueTypes === undefined ? {} : { valueTypes }) },
  })
const legacyPoint = (title: string, type: string): Make =>
  field(contactPoint, title, { legacy: type, item: false, multiple: true, place: { in: 'multifield', type } })

/** Who and when: `legacy` names differ between old entities and smart processes (wire.md 6.3). */
export const authorship = (legacy: boolean): Fields => ({
  createdTime: field(datetime, 'Created on', {
    readOnly: true,
    importable: true,
    index: true,
    ...(legacy ? { legacy: 'DATE_CREATE' } : {}),
  }),
  updatedTime: field(datetime, 'Modified on', {
    readOnly: true,
    importable: true,
    ...(legacy ? { legacy: 'DATE_MODIFY' } : {}),
  }),
  createdBy: field(user, 'Created by', {
    readOnly: true,
    importable: true,
    ...(legacy ? { legacy: 'CREATED_BY_ID' } : {}),
  }),
  updatedBy: field(user, 'Modified by', {
    readOnly: true,
    importable: true,
    ...(legacy ? { legacy: 'MODIFY_BY_ID' } : {}),
  }),
})

export const movement = (legacy: boolean): Fields => ({
  movedBy: field(user, 'Moved by', { readOnly: true, ...(legacy ? { legacy: 'MOVED_BY_ID' } : {}) }),
  movedTime: field(datetime, 'Moved on', { readOnly: true }),
})

export const activityTimes = (): Fields => ({
  lastActivityBy: field(user, 'Last activity by', { readOnly: true }),
  lastActivityTime: field(datetime, 'Last activity', { readOnly: true }),
})

export const utm = (): Fields => ({
  utmSource: field(string, 'Advertising system'),
  utmMedium: field(string, 'Traffic type'),
  utmCampaign: field(string, 'Campaign identifier'),
  utmContent: field(string, 'Campaign content'),
  utmTerm: field(string, 'Campaign search term'),
})

/** The links to a company and to contacts that deals, leads, quotes, invoices and smart processes share. */
export const client = ({ company = 'Company', contact = 'Contact', contacts = 'CONTACT_IDS' } = {}): Fields => ({
  companyId: field(link(4, 'crm_company'), company, { index: true, absent: 0, settings: { parentEntityTypeId: 4 } }),
  contactId: field(link(3, 'crm_contact'), contact, { index: true, absent: 0, deprecated: true }),
  contactIds: field(link(3, 'crm_contact'), contacts, {
    multiple: true,
    place: { in: 'links', role: 'contact', primary: 'contactId' },
  }),
})

export const observers = (): Fields => ({
  observers: field(user, 'Observers', { legacy: null, multiple: true, place: { in: 'links', role: 'observer' } }),
})

export const sums = (taxTitle = 'Tax'): Fields => ({
  opportunity: field(amount, 'Amount'),
  isManualOpportunity: field(flag, 'Amount is set manually'),
  taxValue: field(amount, taxTitle),
  currencyId: field(currency, 'Currency'),
})

export const responsible = ({ openedRequired = false } = {}): Fields => ({
  assignedById: field(user, 'Responsible person', { index: true }),
  opened: field(flag, 'Available to everyone', openedRequired ? { required: true } : {}),
})

export const remarks = (): Fields => ({ comments: field(comments, 'Comment') })

/** Phones, e-mails, sites and messengers on both wires, and whether there are any. */
export const contactPoints = (): Fields => ({
  hasPhone: field(flag, 'Has a phone', { readOnly: true }),
  hasEmail: field(flag, 'Has an e-mail', { readOnly: true }),
  hasImol: field(flag, 'Has an open channel', { readOnly: true }),
  phoneMobile: pick('Mobile phone', 'PHONE', ['MOBILE']),
  phoneWork: pick('Work phone', 'PHONE', ['WORK']),
  phoneMailing: pick('Phone for mailings', 'PHONE', ['MAILING']),
  emailHome: pick('Home e-mail', 'EMAIL', ['HOME']),
  emailWork: pick('Work e-mail', 'EMAIL', ['WORK']),
  emailMailing: pick('E-mail for mailings', 'EMAIL', ['MAILING']),
  skype: disabled(string, 'Skype'),
  icq: disabled(string, 'ICQ'),
  imol: pick('Open channel', 'IM', ['OPENLINE', 'IMOL']),
  email: pick('E-mail', 'EMAIL'),
  phone: pick('Phone', 'PHONE'),
  fm: field(contactPoint, 'Contact points', { legacy: null, multiple: true, place: { in: 'multifield' } }),
  PHONE: legacyPoint('Phone', 'PHONE'),
  EMAIL: legacyPoint('E-mail', 'EMAIL'),
  WEB: legacyPoint('Website', 'WEB'),
  IM: legacyPoint('Messenger', 'IM'),
  LINK: legacyPoint('Links', 'LINK'),
})

/** The legacy address fields: columns on the UPPER_CASE wire, obsolete on the other. */
export function address(prefix: '' | 'REG_', title: string): Fields {
  const legacyOnly = (part: string, kind: Kind = string): [string, Make] => [
    `${prefix}${part}`,
    field(kind, `${title}: ${part.slice('ADDRESS_'.length).toLowerCase().replaceAll('_', ' ')}`, {
      legacy: `${prefix}${part}`,
      item: false,
    }),
  ]
  return {
    [`${prefix}ADDRESS`]: field(text, title, { legacy: `${prefix}ADDRESS`, item: false }),
    ...Object.fromEntries([
      legacyOnly('ADDRESS_2'),
      legacyOnly('ADDRESS_CITY'),
      legacyOnly('ADDRESS_POSTAL_CODE'),
      legacyOnly('ADDRESS_REGION'),
      legacyOnly('ADDRESS_PROVINCE'),
      legacyOnly('ADDRESS_COUNTRY'),
      legacyOnly('ADDRESS_COUNTRY_CODE'),
      legacyOnly('ADDRESS_LOC_ADDR_ID', integer),
    ]),
  }
}

export const origin = (): Fields => ({
  originatorId: field(string, 'External source'),
  originId: field(string, 'Identifier in the external source'),
})

export const searchContent = (): Fields => ({
  searchContent: field(text, 'Search content', { legacy: null, readOnly: true }),
})

export const entityTypeId = (id: number): Fields => ({
  entityTypeId: field(integer, 'Entity type', {
    legacy: null,
    readOnly: true,
    undescribed: true,
    place: { in: 'nowhere', value: id },
  }),
})

import { field, type Field, type FieldOptions } from '../../schema/entity.ts'
import type { Kind } from '../../schema/kind.ts'
import { comments } from '../../schema/kinds/comments.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { link } from '../../schema/kinds/link.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import { user } from '../../schema/kinds/user.ts'

type Make = (name: string) => Field
type Fields = Record<string, Make>

/*
 * What several entities share. Titles are those of the documented `*.fields` answers, and so differ from entity to
 * entity; some of the answers have a name instead of a title, and then so have we.
 */

export const id = (): Fields => ({ id: field(integer, 'ID', { readOnly: true }) })

/** A field of the obsolete kind: it exists on the camelCase wire and is always null there. */
export const disabled = (kind: Kind, title: string, options: FieldOptions = {}): Make =>
  field(kind, title, { legacy: null, disabled: true, readOnly: true, ...options })

/** Kept for UPPER_CASE rows, and never filled. */
export const alwaysNull = (kind: Kind, title: string, options: FieldOptions = {}): Make =>
  field(kind, title, { item: false, readOnly: true, place: { in: 'nowhere', value: null }, ...options })

/** Who made and changed a record, and when. Only the five old entities have names of their own for it. */
export function authorship({ short = false } = {}): Fields {
  const own = (kind: Kind, title: string, legacy: string, index = false): Make =>
    field(kind, title, { legacy, readOnly: true, importable: true, index })
  return {
    createdTime: own(datetime, 'Creation Date', 'DATE_CREATE', true),
    ...(short ? { dateCreateShort: disabled(datetime, 'Creation date (short)') } : {}),
    updatedTime: own(datetime, 'Modification Date', 'DATE_MODIFY'),
    ...(short ? { dateModifyShort: disabled(datetime, 'Modification date (short)') } : {}),
    createdBy: own(user, 'Created By', 'CREATED_BY_ID'),
    updatedBy: own(user, 'Modified By', 'MODIFY_BY_ID'),
  }
}

export const responsible = (person: string, opened: string): Fields => ({
  assignedById: field(user, person, { index: true }),
  opened: field(flag, opened),
})

export const movement = (): Fields => ({
  movedBy: field(user, 'MOVED_BY_ID', { legacy: 'MOVED_BY_ID', readOnly: true, importable: true }),
  movedTime: field(datetime, 'MOVED_TIME', { readOnly: true, importable: true }),
})

export const activityTimes = (by = 'LAST_ACTIVITY_BY', time = 'LAST_ACTIVITY_TIME', readOnly = true): Fields => ({
  lastActivityBy: field(user, by, { readOnly }),
  lastActivityTime: field(datetime, time, { readOnly }),
})

export const utm = (term: string): Fields => ({
  utmSource: field(string, 'Advertising System'),
  utmMedium: field(string, 'Traffic Type'),
  utmCampaign: field(string, 'Campaign Identifier'),
  utmContent: field(string, 'Campaign Content'),
  utmTerm: field(string, term),
})

export const company = (options: FieldOptions = { settings: { parentEntityTypeId: 4 } }): Fields => ({
  companyId: field(link(4, 'crm_company'), 'Company', { index: true, absent: 0, ...options }),
})

/** The first of `contactIds`. */
export const contact = (): Fields => ({
  contactId: field(link(3, 'crm_contact'), 'Contact', { index: true, absent: 0, deprecated: true }),
})

export const contacts = (title = 'CONTACT_IDS'): Fields => ({
  contactIds: field(link(3, 'crm_contact'), title, {
    multiple: true,
    place: { in: 'links', role: 'contact', primary: 'contactId' },
  }),
})

/** The lead that the record was made from: for UPPER_CASE methods only to be read. */
export const originalLead = (): Fields => ({
  leadId: field(link(1, 'crm_lead'), 'Lead', { readOnly: 'legacy', index: true, settings: { parentEntityTypeId: 1 } }),
})

/** "My" company, whose requisites go on documents. */
export const myCompany = (title: string, settings?: FieldOptions['settings']): Fields => ({
  mycompanyId: field(link(4, 'crm_company'), title, { absent: 0, ...(settings === undefined ? {} : { settings }) }),
})

export const observers = (): Fields => ({
  observers: field(user, 'Observers', { legacy: null, multiple: true, place: { in: 'links', role: 'observer' } }),
})

export const remarks = (title = 'Comment'): Fields => ({ comments: field(comments, title) })

export const webform = (options: FieldOptions = { legacy: null, absent: 0 }): Fields => ({
  webformId: field(integer, 'Created by CRM form', options),
})

/** Whether there are phones, e-mails and open channels. */
export const presence = (phone: string, email: string, channel: string): Fields => ({
  hasPhone: field(flag, phone, { readOnly: true }),
  hasEmail: field(flag, email, { readOnly: true }),
  hasImol: field(flag, channel, { readOnly: true }),
})

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

/** Phones, e-mails, sites and messengers on both wires; only leads have the obsolete `skype` and `icq`. */
export const contactPoints = ({ messengers = false } = {}): Fields => ({
  phoneMobile: pick('Mobile phone', 'PHONE', ['MOBILE']),
  phoneWork: pick('Work phone', 'PHONE', ['WORK']),
  phoneMailing: pick('Mailing phone', 'PHONE', ['MAILING']),
  emailHome: pick('Personal E-mail', 'EMAIL', ['HOME']),
  emailWork: pick('Work E-mail', 'EMAIL', ['WORK']),
  emailMailing: pick('Mailing E-mail', 'EMAIL', ['MAILING']),
  ...(messengers ? { skype: disabled(string, 'Skype'), icq: disabled(string, 'ICQ') } : {}),
  imol: pick('Open channel', 'IM', ['OPENLINE', 'IMOL']),
  email: pick('E-mail', 'EMAIL'),
  phone: pick('Phone', 'PHONE'),
  fm: field(contactPoint, 'Multifields', { legacy: null, multiple: true, place: { in: 'multifield' } }),
  PHONE: legacyPoint('Phone', 'PHONE'),
  EMAIL: legacyPoint('E-mail', 'EMAIL'),
  WEB: legacyPoint('Website', 'WEB'),
  IM: legacyPoint('Messenger', 'IM'),
  LINK: legacyPoint('LINK', 'LINK'),
})

const addressParts = [
  ['ADDRESS', text],
  ['ADDRESS_2', string],
  ['ADDRESS_CITY', string],
  ['ADDRESS_POSTAL_CODE', string],
  ['ADDRESS_REGION', string],
  ['ADDRESS_PROVINCE', string],
  ['ADDRESS_COUNTRY', string],
  ['ADDRESS_COUNTRY_CODE', string],
  ['ADDRESS_LOC_ADDR_ID', integer],
] as const
type Nine<T> = readonly [T, T, T, T, T, T, T, T, T]

/** Addresses belong to requisites; UPPER_CASE rows keep them as plain texts "for compatibility". */
export const address = (prefix: '' | 'REG_', titles: Nine<string>): Fields =>
  Object.fromEntries(
    addressParts.map(([part, kind], index) => [
      `${prefix}${part}`,
      field(kind, titles[index] ?? part, { legacy: `${prefix}${part}`, item: false }),
    ]),
  )

export const postalTitles = (first: string, second: string): Nine<string> => [
  first,
  second,
  'City',
  'Postal Code',
  'Region',
  'Province',
  'Country',
  'Country Code',
  'Location Address ID',
]

export const origin = (): Fields => ({
  originatorId: field(string, 'External Source'),
  originId: field(string, 'Identifier in External Source'),
})

export const originVersion = (): Fields => ({ originVersion: field(string, 'Original Version') })

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

/** One value of `crm.enum.*`, whose id is a JSON number. Symbol codes exist for owner types only. */
export interface EnumValue {
  readonly id: number
  readonly name: string
  readonly symbolCode: string | null
  readonly symbolCodeShort: string | null
}

const plain = (id: number, name: string): EnumValue => ({ id, name, symbolCode: null, symbolCodeShort: null })
/** Ids count from 0, where 0 means "not defined" and has an empty name. */
const counted = (...names: readonly string[]): readonly EnumValue[] => ['', ...names].map((name, id) => plain(id, name))
const owner = (id: number, name: string, symbolCode: string, symbolCodeShort: string): EnumValue => ({
  id,
  name,
  symbolCode,
  symbolCodeShort,
})

/** Answers of the methods `crm.enum.<key>` that never change (api-reference/crm/auxiliary/enum/). */
export const enumerations = {
  activitydirection: counted('Incoming', 'Outgoing'),
  activitynotifytype: counted('min.', 'h.', 'd.'),
  activitypriority: counted('low', 'medium', 'high'),
  activitystatus: counted('Pending', 'Completed', 'Automatically Completed'),
  activitytype: counted('Meeting', 'Call', 'Task', 'E-mail', 'Action', 'User Action'),
  // The documented order, which is neither that of the ids nor of the names.
  addresstype: [
    plain(11, 'Shipping address'),
    plain(1, 'Physical address'),
    plain(6, 'Legal address'),
    plain(4, 'Registered address'),
    plain(8, 'Mailing address'),
    plain(9, 'Beneficiary address'),
  ],
  contenttype: counted('Plain text', 'bbCode', 'HTML'),
  'settings.mode': [plain(1, 'Classic CRM'), plain(2, 'Simple CRM')],
} as const satisfies Readonly<Record<string, readonly EnumValue[]>>

/** Owner types that every portal has; smart processes follow them (api-reference/crm/auxiliary/enum/crm-enum-owner-type.md). */
export const ownerTypes: readonly EnumValue[] = [
  owner(1, 'Lead', 'LEAD', 'L'),
  owner(2, 'Deal', 'DEAL', 'D'),
  owner(3, 'Contact', 'CONTACT', 'C'),
  owner(4, 'Company', 'COMPANY', 'CO'),
  owner(5, 'Invoice (old version)', 'INVOICE', 'I'),
  owner(31, 'Invoice', 'SMART_INVOICE', 'SI'),
  owner(7, 'Quote', 'QUOTE', 'Q'),
  owner(8, 'Billing Details', 'REQUISITE', 'RQ'),
  owner(36, 'Document', 'SMART_DOCUMENT', 'DO'),
  owner(39, 'Company Document', 'SMART_B2E_DOC', 'SBD'),
]

/** Types whose records an online-store order may be bound to: lower-case keys, unlike every other `crm.enum.*`. */
export const orderOwnerTypes = [{ attribute: 'DYN', code: 'DEAL', id: 2, name: 'Deal' }] as const

/** `crm.settings.mode.get`: 1 is the CRM with leads, 2 the one without. */
export const CLASSIC_CRM = 1
export const SIMPLE_CRM = 2

/** Value types that the docs list per multifield (api-reference/crm/data-types.md#crm_multifield); links have none. */
export const multifieldValueTypes = {
  PHONE: ['WORK', 'MOBILE', 'FAX', 'HOME', 'PAGER', 'MAILING', 'OTHER'],
  EMAIL: ['WORK', 'HOME', 'MAILING', 'OTHER'],
  WEB: ['WORK', 'HOME', 'VK', 'LIVEJOURNAL', 'TWITTER', 'OTHER'],
  IM: ['TELEGRAM', 'VK', 'SKYPE', 'VIBER', 'BITRIX24', 'OPENLINE', 'IMOL', 'ICQ', 'MSN', 'JABBER', 'OTHER'],
  LINK: [],
} as const satisfies Readonly<Record<string, readonly string[]>>

import type { Field } from './fields.ts'
import type { RecordType } from './record-types.ts'

/**
 * Fields of the old kind, which the API describes and never fills: they can be neither shown nor asked about
 * (`api-reference/crm/universal/object-fields.md`).
 */
const OBSOLETE: ReadonlySet<string> = new Set([
  'dateCreateShort',
  'dateModifyShort',
  'isConvert',
  'productId',
  'shortName',
  'address',
  'login',
  'skype',
  'icq',
  'begindateShort',
  'closedateShort',
  'eventDateShort',
  'isWork',
  'isWon',
  'isLose',
  'receivedAmount',
  'lostAmount',
  'hasProducts',
  'contacts',
])
/** What programs need and nobody reads. */
const TECHNICAL: ReadonlySet<string> = new Set([
  'searchContent',
  'fm',
  'commentsType',
  'contentType',
  'termsType',
  'storageTypeId',
  'storageElementIds',
  'personTypeId',
  'isManualOpportunity',
  'originVersion',
  'hasImol',
  'imol',
])

/** The fields of a type that mean something to a person, in its own order. */
export function usableFields(fields: readonly Field[], { hasCategories }: RecordType): readonly Field[] {
  const names = new Set(fields.map(({ name }) => name))
  return fields.filter(({ name }) => {
    if (OBSOLETE.has(name) || TECHNICAL.has(name)) return false
    // The first of the contacts is one of the contacts.
    if (name === 'contactId' && names.has('contactIds')) return false
    return name !== 'categoryId' || hasCategories
  })
}

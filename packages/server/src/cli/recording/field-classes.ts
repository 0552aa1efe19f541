import { isSecretKey } from '../../records/masked.ts'
import type { Entity } from '../../schema/entity.ts'
import { upperSnake } from '../../schema/user-field-names.ts'

/**
 * What may be told of the values of a field:
 * - `secret`: nothing, not even that two are the same
 * - `personal`: nothing of what it says, whatever it looks like
 * - `name`: the names of fields and the directions of sorting
 * - `code`: the codes of types, stages, currencies, events
 * - `value`: numbers, amounts, dates, flags and codes, as the field is declared to hold
 * - `id`: ids and short codes
 * - `open`: of an unknown field only what can be nothing else than a small number, a flag, a date, an amount
 */
export type FieldClass = 'secret' | 'personal' | 'name' | 'code' | 'value' | 'id' | 'open'

/** How a field of our own declarations is known: by what its values can be, over all entities that have the name. */
export type Declared = ReadonlyMap<string, 'safe' | 'text' | 'both'>

/** Kinds whose values are numbers, instants, flags or codes. */
const SAFE: ReadonlySet<string> = new Set([
  'amount',
  'boolean',
  'category',
  'choice',
  'crm-status',
  'currency',
  'date',
  'datetime',
  'decimal',
  'double',
  'employee',
  'enumeration',
  'flag',
  'integer',
  'link',
  'ownerType',
  'status',
  'user',
])

/** The fields of entities by their UPPER_CASE names. */
export function declaredFields(entities: readonly Entity[]): Declared {
  const declared = new Map<string, 'safe' | 'text' | 'both'>()
  for (const { fields } of entities)
    for (const { name, legacy, upper, kind } of fields)
      for (const each of new Set([upperOf(name), upper, legacy ?? upper])) {
        const own = SAFE.has(kind.name) ? 'safe' : 'text'
        const known = declared.get(each)
        declared.set(each, known === undefined || known === own ? own : 'both')
      }
  return declared
}

/** `assignedById`, `ASSIGNED_BY_ID` and `>=assignedById` are one field. */
export const upperOf = (key: string): string =>
  upperSnake(key.replace(/^[!@%=<>?*~^+-]+/, ''))
    .replaceAll('-', '_')
    .toUpperCase()

/** What people have of their own: in all of them, ids and codes are somebody's, too. */
const PEOPLE =
  /^(RQ|PERSONAL|WORK|REG_ADDRESS|ADDRESS|CLIENT|UF_SKYPE|UF_PHONE|UF_LINKEDIN|UF_FACEBOOK|UF_TWITTER)(_|$)/
const NAMES =
  /^(SELECT|ORDER|SORT|SORT_BY|ORDER_BY|FIELD|FIELD_NAME|FIELD_NAMES|FIELD_ID|UPPER_NAME|GROUP_BY|ARGUMENT|ATTRIBUTES|ID_KEY)$/
const CODES =
  /(^|_)(TYPES?|TYPE_IDS?|KIND|STATUS|STATUS_ID|STAGE|STAGE_ID|SEMANTICS?|SEMANTIC_ID|SEMANTIC_INFO|CURRENCY|CURRENCY_ID|LANG|LANGUAGE|LANGUAGE_ID|LID|SCOPE|EVENTS?|PLACEMENT|MODULE|MODULE_ID|FEATURE|FEATURE_ID|PROVIDER_ID|PROVIDER_GROUP_ID|ENTITY|ENTITY_ID|DIRECTION|PRIORITY|COLOR|FORMAT|ACTIVE|MODE|LOGIC|OPERATION|OPERATOR|ACTION|METHOD|CODE|BASE|ICON|SIZE|PERIOD|UNIT|LEVEL|VARIANT|TRACE|MULTIPLE|MANDATORY|SUBSCRIBE)$/
const NO_CODES = /(POSTAL|ZIP|BANK|PHONE|AREA|COUPON|PROMO|REGION|CONFIRM|VERIFICATION)_CODE$/
const PERSONAL =
  /(^|_)(FM|MULTIFIELDS?|COMMUNICATIONS?|NAME|TITLE|LABEL|CAPTION|TEXT|COMMENTS?|DESCRIPTION|MESSAGE|SUBJECT|NOTES?|CONTENT|HTML|BODY|CAPTIONS?|HEADER|PHONES?|TEL|MOBILE|FAX|MAIL|EMAILS?|WWW|WEB|SITE|URL|LINK|IM|SKYPE|LOGIN|ADDRESS|STREET|CITY|REGION|PROVINCE|COUNTRY|ZIP|POSTAL|LATITUDE|LONGITUDE|LAT|LNG|IBAN|INN|PASSPORT|ACCOUNT|POST|POSITION|HANDLER|DOMAIN|HOST|IP|BIRTHDAY|BIRTHDATE|XML_ID|ORIGIN_ID|EXTERNAL_ID|POSTAL_CODE|VALUE|VALUES)$/
const TIMES = /(^|_)(AT|TIME|START|FINISH|DATE|TIMESTAMP|EXPIRES|TS|X)$/

const known = new WeakMap<Declared, Map<string, FieldClass>>()

/** How a field is classed, by its name as it stands on any wire. */
export function classOf(key: string, declared: Declared): FieldClass {
  let classes = known.get(declared)
  if (classes === undefined) known.set(declared, (classes = new Map()))
  let found = classes.get(key)
  if (found === undefined) {
    found = classed(key, declared)
    if (classes.size < 5_000 && key.length <= 64) classes.set(key, found)
  }
  return found
}

function classed(key: string, declared: Declared): FieldClass {
  if (isSecretKey(key)) return 'secret'
  const upper = upperOf(key)
  const own = declared.get(upper)
  if (NAMES.test(upper)) return 'name'
  if (/BIRTH/.test(upper)) return 'personal'
  if (PEOPLE.test(upper)) return own === 'safe' ? 'value' : 'personal'
  if (CODES.test(upper) && !NO_CODES.test(upper)) return 'code'
  if (own === 'safe') return 'value'
  if (own === 'text') return 'personal'
  if (/(^|_)IDS?$/.test(upper) && !PERSONAL.test(upper)) return 'id'
  if (own === 'both' || PERSONAL.test(upper)) return 'personal'
  return /(^|_)(BY|TOTAL|NEXT|COUNT|SIZE|OFFSET|LIMIT|PAGE)$/.test(upper) ? 'id' : 'open'
}

/** Whether a whole number under this name may be an instant, in seconds since 1970. */
export const isTime = (key: string): boolean => TIMES.test(upperOf(key))

/** Whether texts of digits under this name are phone numbers. */
export const isPhoneKey = (key: string): boolean => /(^|_)(PHONES?|TEL|MOBILE|FAX|PAGER)(_|$)/.test(upperOf(key))

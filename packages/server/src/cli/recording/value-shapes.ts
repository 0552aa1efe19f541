import type { PlaceholderKind } from './placeholders.ts'
import { extensionOf, placeholderIn } from './placeholders.ts'
import { type FieldClass, isTime } from './field-classes.ts'

/** A date or an instant, as answers and requests spell them. */
export const DATE = /^(\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4})([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?\s?(Z|[+-]\d\d:?\d\d)?$/
const SMALL = /^(|[YN]|-?\d{1,6}|true|false|null|asc|desc|ASC|DESC|and|or|AND|OR)$/
const AMOUNT = /^-?(0|[1-9]\d{0,8})\.\d{1,4}$/
export const MONEY = /^-?\d{1,12}(\.\d{1,10})?\|[A-Z]{3}$/
/** A record of a type, as user fields that bind to the CRM hold it. */
const BINDING = /^(L|D|C|CO|Q|O|SI|T[\da-f]{1,8})_\d{1,9}$/
const RESULT = /^[A-Z]{0,3}_?\$result(\[[A-Za-z_][\w.-]{0,40}\]|\[\d{1,6}\])+$/

const ID = /^\d{1,9}$/
const NUMBER = /^-?\d{1,9}(\.\d{1,10})?$/
const CODE = /^#?[A-Za-z\d]+([_:.-][A-Za-z\d]+)*_?$/
const NAME = /^-?[*A-Za-z][\w.*]{0,80}$/
const OPERATORS = /^(=|!=|<|<=|>|>=|<>|in|between|like|%|=%|%=)$/

/** Whether a text may stay as it is. */
export function isKept(text: string, of: FieldClass): boolean {
  if (of === 'secret' || text.length > 100) return false
  if (placeholderIn(text) !== undefined) return false
  if (/^[YN]?$/.test(text)) return true
  if (of === 'personal') return RESULT.test(text)
  if (SMALL.test(text) || AMOUNT.test(text) || DATE.test(text) || MONEY.test(text)) return true
  if (BINDING.test(text) || RESULT.test(text)) return true
  switch (of) {
    case 'name':
      return (NAME.test(text) && !isTelling(text)) || OPERATORS.test(text)
    case 'code':
      return (CODE.test(text) && !isTelling(text)) || OPERATORS.test(text)
    case 'value':
      return NUMBER.test(text) || (CODE.test(text) && !isTelling(text))
    case 'id':
      return ID.test(text) || (CODE.test(text) && !isTelling(text))
    default:
      return false
  }
}

/** A code does not hold somebody's number, and is not made by chance. */
const isTelling = (text: string): boolean =>
  /\d{7}/.test(text) || /(\d[_:.-]){6}/.test(text) || (/[A-Za-z\d]{20}/.test(text) && /\d/.test(text))

/** Whether the key of a map may stay as it is: a field's name, a command's, an id. */
export const isKeptKey = (key: string): boolean =>
  (/^[!@%=<>?*~^+-]{0,3}[A-Za-z_$][\w.:|-]{0,80}$/.test(key) && !/\d{7}/.test(key) && !/(\d[_.:|-]){6}/.test(key)) ||
  /^\d{1,9}$/.test(key)

/** Whether a number may stay as it is. */
export function isKeptNumber(value: number, of: FieldClass, key: string): boolean {
  const size = Math.abs(value)
  if (of === 'secret') return false
  if (of === 'personal') return size <= 1
  if (!Number.isInteger(value)) return size < 1e12
  if (isTime(key)) return size < 1e11
  return size < (of === 'open' ? 1e7 : 1e9)
}

const FILE_KEYS = /^(fileData|fileContent|FILE_CONTENT|content_base64|base64)$/i
const BASE64 = /^(?:data:[\w/+.;=-]{1,100},)?[A-Za-z\d+/_-][A-Za-z\d+/_\r\n-]+={0,2}\s*$/
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const ADDRESS = /^[a-z][a-z\d+.-]*:\/\/\S*$/i
const PHONE = /^[+\d(][\d\s().\-/;,x#*]*$/i
const FILE = /^[^/\\\r\n]{1,200}\.[a-z\d]{1,5}$/i

const digitsOf = (text: string): number => text.replace(/\D/g, '').length

/** What a text is that may not be told. @param phone whether it stands where phones do */
export function kindOfText(text: string, key: string, phone: boolean): PlaceholderKind {
  if (FILE_KEYS.test(key) || (text.length >= 400 && BASE64.test(text))) return 'content'
  if (DATE.test(text)) return 'date'
  if (MAIL.test(text)) return 'email'
  if (ADDRESS.test(text)) return 'url'
  if (/^\/\S*$/.test(text)) return 'path'
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return 'ip'
  if (/^[\da-f]{0,4}(:[\da-f]{0,4}){2,7}$/i.test(text) && text.length > 3) return 'ipv6'
  if (phone && PHONE.test(text) && digitsOf(text) >= 3) return 'phone'
  if (/^\d+$/.test(text)) return 'digits'
  if (PHONE.test(text) && (text.startsWith('+') || text.includes(' ') || text.includes('-')) && isPhoneLong(text))
    return 'phone'
  return FILE.test(text) && extensionOf(text) !== '' ? 'file' : 'text'
}

const isPhoneLong = (text: string): boolean => digitsOf(text) >= 7 && digitsOf(text) <= 20

/** Whether a value that a client sends can be what a placeholder stands for. */
export function isOfKind(value: unknown, kind: PlaceholderKind): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return kind === 'secret'
  const text = String(value)
  switch (kind) {
    case 'digits':
      return /^\d+$/.test(text)
    case 'number':
      return text !== '' && Number.isFinite(Number(text))
    case 'email':
      return MAIL.test(text)
    case 'phone':
      return PHONE.test(text) && digitsOf(text) >= 3
    case 'url':
      return ADDRESS.test(text)
    case 'path':
      return text.startsWith('/')
    case 'ip':
    case 'ipv6':
      return /^[\da-f.:]+$/i.test(text)
    case 'date':
      return DATE.test(text)
    default:
      return text !== '' || kind === 'secret'
  }
}

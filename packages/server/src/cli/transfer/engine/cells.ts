import { type DateFormat, isSlashed, readDate, readDateTime } from './dates.ts'
import { type Category, type Choice, choose, type Facts } from './facts.ts'
import { type FieldInfo, isFile, linkTarget } from './field.ts'
import { splitList } from './list-cell.ts'
import { readFlag, readInteger, readNumber } from './numbers.ts'

/** How the texts of a file are to be read. */
export interface Reading {
  /** What stands between the values of a cell that holds several. */
  readonly separator: string
  /** What stands before the fraction of a number. */
  readonly decimal: '.' | ','
  readonly dates: readonly DateFormat[]
  /** Whether `@name` in a column of files means a file on this machine. */
  readonly files: boolean
}

/** A text that cannot be the value of its field. The reason continues the sentence "the value …". */
export class CellFault extends Error {
  readonly code: string
  constructor(reason: string, code = 'INVALID_VALUE') {
    super(reason)
    this.code = code
  }
}

/** Another record, by its id, or by the id that another system has given it: `origin:A-17`, `origin:shop/A-17`. */
export interface LinkValue {
  readonly target: string | number
  readonly id?: string
  readonly origin?: { readonly originator: string | undefined; readonly id: string }
}

/** A file on this machine, to be read when its row is sent. */
export interface FileValue {
  readonly path: string
}

export const isLinkValue = (value: unknown): value is LinkValue =>
  typeof value === 'object' && value !== null && 'target' in value
export const isFileValue = (value: unknown): value is FileValue =>
  typeof value === 'object' && value !== null && 'path' in value && Object.keys(value).length === 1

type Read = (text: string, field: FieldInfo, facts: Facts, reading: Reading) => unknown

const nameSome = (names: readonly string[]): string =>
  names.length <= 6 ? names.join(', ') : `${names.slice(0, 6).join(', ')} and ${names.length - 6} more`

const nameChoice = ({ code, name }: Choice): string => (name === '' ? code : `${code} (${name})`)

const refuse = (reason: string, code?: string): never => {
  throw new CellFault(reason, code)
}

function readBounded(value: string, { settings }: FieldInfo): string {
  const least = Number(settings.MIN_VALUE ?? 0)
  const most = Number(settings.MAX_VALUE ?? 0)
  // 0 is "no bound", as for lengths.
  if (least !== 0 && Number(value) < least) refuse(`is less than ${least}`)
  if (most !== 0 && Number(value) > most) refuse(`is more than ${most}`)
  return value
}

function readString(text: string, { settings }: FieldInfo): string {
  const most = Number(settings.MAX_LENGTH ?? 0)
  const least = Number(settings.MIN_LENGTH ?? 0)
  if (most > 0 && text.length > most) refuse(`is longer than ${most} characters (${text.length})`, 'TOO_LONG')
  if (least > 0 && text.length < least) refuse(`is shorter than ${least} characters (${text.length})`, 'TOO_SHORT')
  return text
}

const readMoment =
  (read: (text: string, formats: readonly DateFormat[]) => string | undefined): Read =>
  (text, _field, _facts, { dates }) =>
    read(text, dates) ??
    refuse(
      isSlashed(text) && dates.length === 0
        ? 'is a date in an order that is not known: say --date-format MM/DD/YYYY or DD/MM/YYYY'
        : 'is not a date that exists',
    )

function readFloat(text: string, field: FieldInfo, _facts: Facts, { decimal }: Reading): string {
  const value = readNumber(text, decimal)
  if (value !== undefined) return readBounded(value, field)
  const other = decimal === '.' ? ',' : '.'
  return refuse(
    readNumber(text, other) === undefined ? 'is not a number' : `is not a number here; with --decimal "${other}" it is`,
  )
}

const readWhole: Read = (text, field) => readBounded(readInteger(text) ?? refuse('is not a whole number'), field)

/** `19.99|EUR`, `19,99 EUR`, `19.99`. */
const readMoney: Read = (text, field, facts, reading) => {
  const [, amount = text, currency] = /^(.*?)[\s|]*([A-Za-z]{3})?$/s.exec(text.trim()) ?? []
  const value = readFloat(amount, { ...field, settings: {} }, facts, reading)
  return currency === undefined ? value : `${value}|${String(readCurrency(currency, field, facts, reading))}`
}

const readCurrency: Read = (text, _field, { currencies }) => {
  const code = text.trim().toUpperCase()
  if (currencies !== undefined && !currencies.has(code))
    refuse(`is not a currency of the portal: ${nameSome([...currencies])}`, 'UNKNOWN_CODE')
  return code
}

const readYesNo: Read = (text, { type }, { dialect }) => {
  const value = readFlag(text)
  // A `char` may be more than a flag.
  if (value === undefined)
    return type === 'char' && text.trim().length === 1 ? text.trim() : refuse('is neither yes nor no')
  return type === 'boolean' && dialect === 'legacy' ? (value ? '1' : '0') : value ? 'Y' : 'N'
}

const readEnumeration: Read = (text, { items }) => {
  if (items === undefined) return text
  const choices = items.map(({ id, value }) => ({ code: id, name: value }))
  return (
    choose(choices, text)?.code ?? refuse(`is none of ${nameSome(choices.map(({ name }) => name))}`, 'UNKNOWN_CODE')
  )
}

const readStatus: Read = (text, { statusType, settings }, { statuses }) => {
  const directory = statusType ?? settings.ENTITY_TYPE
  const choices = typeof directory === 'string' ? statuses?.get(directory) : undefined
  // A directory that is not told, or has nothing: the portal decides.
  if (choices === undefined || choices.length === 0) return text.trim()
  return choose(choices, text)?.code ?? refuse(`is none of ${nameSome(choices.map(nameChoice))}`, 'UNKNOWN_CODE')
}

const readUser: Read = (text, _field, { users }) => {
  const written = text.trim()
  if (written.includes('@')) {
    if (users === undefined) return refuse('is an e-mail address, and this portal does not tell whose: give an id')
    return users.byEmail.get(written.toLowerCase()) ?? refuse("is nobody's e-mail address here", 'UNKNOWN_USER')
  }
  const id = readInteger(written) ?? refuse('is neither the id nor the e-mail address of a person')
  if (id !== '0' && users !== undefined && !users.ids.has(id)) refuse('is the id of nobody here', 'UNKNOWN_USER')
  return id
}

const readCategory: Read = (text, _field, { categories }) => {
  if (categories === undefined) return readInteger(text) ?? refuse('is not the id of a pipeline')
  const choices = categories.map(({ id, name }: Category) => ({ code: String(id), name }))
  return (
    choose(choices, text)?.code ??
    refuse(`is none of the pipelines ${nameSome(choices.map(({ code, name }) => `${code} ${name}`))}`, 'UNKNOWN_CODE')
  )
}

const readLink =
  (target: string | number): Read =>
  (text): LinkValue | string => {
    const written = text.trim()
    const [, originator, foreign] = /^origin:(?:([^/]+)\/)?(.+)$/s.exec(written) ?? []
    if (foreign !== undefined) return { target, origin: { originator, id: foreign } }
    const id = readInteger(written)
    if (id === undefined || Number(id) < 0) return refuse('is not the id of a record')
    return id === '0' ? '0' : { target, id }
  }

const readFile: Read = (text, _field, _facts, { files }) => {
  if (!text.startsWith('@')) return refuse('is a file, which is taken only as @PATH with --files DIRECTORY', 'FILE')
  if (!files) return refuse('names a file of this machine: --files DIRECTORY lets the import read it', 'FILE')
  return { path: text.slice(1) }
}

/** Types that this table does not know are taken as they are: the portal decides. */
const readers: Readonly<Record<string, Read>> = {
  string: readString,
  text: readString,
  integer: readWhole,
  int: readWhole,
  double: readFloat,
  float: readFloat,
  money: readMoney,
  boolean: readYesNo,
  char: readYesNo,
  date: readMoment(readDate),
  datetime: readMoment(readDateTime),
  enumeration: readEnumeration,
  crm_status: readStatus,
  crm_currency: readCurrency,
  crm_category: readCategory,
  user: readUser,
  employee: readUser,
  file: readFile,
  diskfile: readFile,
  disk_file: readFile,
}

const isStructure = (text: string): boolean => /^\s*[[{]/.test(text)

/** What was exported as JSON because it is neither a text nor a number. */
function readOther(text: string): unknown {
  if (!isStructure(text)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** One value of a field, in the spelling of the API. Throws {@link CellFault}. */
export function readOne(text: string, field: FieldInfo, facts: Facts, reading: Reading): unknown {
  const target = linkTarget(field)
  if (target !== undefined) return readLink(target)(text, field, facts, reading)
  const read = readers[field.type]
  return read === undefined ? readOther(text) : read(text, field, facts, reading)
}

/** A whole cell: one value, or a list of them where the field takes several. An empty one is undefined. */
export function readCell(text: string, field: FieldInfo, facts: Facts, reading: Reading): unknown {
  if (text.trim() === '') return undefined
  if (!field.multiple) return readOne(text, field, facts, reading)
  // A list of structures was exported as one JSON text.
  if (readers[field.type] === undefined && !isFile(field) && /^\s*\[/.test(text)) return readOther(text)
  return splitList(text, reading.separator).map((each) => readOne(each, field, facts, reading))
}

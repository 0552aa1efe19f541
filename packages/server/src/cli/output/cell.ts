import { joinList } from '../transfer/engine/list-cell.ts'

/**
 * The text of a value in CSV and in plain lines: texts as they are, nothing for null, lists of single values as imports
 * read them (`red; blue`), and JSON for everything else.
 */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every(isSingle)) return joinList(value.map(String), ';')
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value as number | boolean | bigint)
}

/** For people: of phones and e-mail addresses the values alone. */
export function shownText(value: unknown): string {
  if (!Array.isArray(value)) return cellText(value)
  const values = value.map((each: unknown) => (isMultifield(each) ? each.VALUE : each))
  return values.every(isSingle) ? values.map(String).join(', ') : cellText(value)
}

const isSingle = (value: unknown): boolean => value !== null && typeof value !== 'object'
const isMultifield = (value: unknown): value is { VALUE: unknown } =>
  typeof value === 'object' && value !== null && 'VALUE' in value && 'TYPE_ID' in value

export type Row = Readonly<Record<string, unknown>>

/** Rows as records: a bare value stands in the column `value`. */
export function asRow(value: unknown): Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : { value }
}

/** The columns of rows, in the order in which they turn up. */
export function columnsOf(rows: Iterable<Row>): string[] {
  const columns = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row)) columns.add(name)
  return [...columns]
}

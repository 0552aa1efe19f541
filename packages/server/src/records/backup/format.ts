import type { ColumnType, Table } from '../../store/table.ts'

/**
 * A backup is one gzip stream of JSON lines, the same for every database: a header; for each table its declaration and
 * behind it its rows, as lists in the order of its columns; for each file its name and size and behind it its bytes, as
 * texts in base64; at the end how much there was, and the SHA-256 of all lines before.
 */
export const FORMAT = 1

export interface Header {
  readonly portico: 'backup'
  readonly format: number
  /** Of the program, and of what it stores (store/schema-version.ts). */
  readonly version: string
  readonly schema: number
  /** ISO 8601, in UTC. */
  readonly created: string
  readonly database: string
}

export interface End {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>
  readonly files: number
  readonly sha256: string
}

export type BackupRow = readonly (string | number | null)[]

/** What stands in a backup, in its order. Rows and bytes belong to the table or file before them. */
export type Part =
  | { readonly is: 'header'; readonly header: Header }
  | { readonly is: 'table'; readonly table: Table }
  | { readonly is: 'rows'; readonly rows: readonly BackupRow[] }
  | { readonly is: 'file'; readonly blob: string; readonly size: number }
  | { readonly is: 'bytes'; readonly bytes: Buffer }
  | { readonly is: 'end'; readonly end: End }

/** A file that is no backup, or not a whole one. */
export class BackupError extends Error {}

/** Rows that mean something only while a server runs: their tables are copied without them. */
export const passing: ReadonlySet<string> = new Set([
  'event_listener',
  'event_heard',
  'rate_bucket',
  'operating_basket',
])

type Line = Readonly<Record<string, unknown>>
const isLine = (value: unknown): value is Line => typeof value === 'object' && value !== null && !Array.isArray(value)
const types: readonly ColumnType[] = ['integer', 'real', 'text']
const isName = (value: unknown): value is string => typeof value === 'string' && /^[a-z][a-z0-9_]{0,62}$/.test(value)

/** One line that is neither a row nor bytes. */
export function readLine(value: unknown): Part {
  if (!isLine(value)) throw new BackupError('it holds a line that means nothing')
  if (value.portico === 'backup') return { is: 'header', header: readHeader(value) }
  if ('table' in value) return { is: 'table', table: readTable(value.table) }
  if ('file' in value) {
    const { file: blob, size } = value
    // It becomes a part of a path.
    if (typeof blob !== 'string' || !/^[a-z0-9]{8,64}$/.test(blob)) throw new BackupError('it names an impossible file')
    return { is: 'file', blob, size: Number(size) }
  }
  if ('end' in value && isLine(value.end)) return { is: 'end', end: value.end as unknown as End }
  throw new BackupError('it holds a line that means nothing')
}

function readHeader(line: Line): Header {
  const header = line as unknown as Header
  if (!Number.isInteger(header.format) || header.format < 1) throw new BackupError('it is no backup of Portico')
  if (header.format > FORMAT)
    throw new BackupError(`it was made by Portico ${header.version}, in a form that only later versions than this know`)
  return header
}

/** Names and types of a declaration become DDL: nothing else than what a declaration can be may pass. */
function readTable(value: unknown): Table {
  const { name, columns, key, indexes = [] } = (isLine(value) ? value : {}) as unknown as Table
  const isSound =
    isName(name) &&
    isLine(columns) &&
    Object.entries(columns).every(([column, type]) => isName(column) && types.includes(type)) &&
    (key === undefined || (Array.isArray(key) && key.every((each) => each in columns))) &&
    Array.isArray(indexes) &&
    indexes.every(({ columns: own }) => Array.isArray(own) && own.every((each: string) => each in columns))
  if (!isSound) throw new BackupError('it declares an impossible table')
  return { name, columns, ...(key === undefined ? {} : { key }), indexes }
}

/** Whether a row has one value for each column, of a sort that columns have. */
export const isRow = (value: readonly unknown[], table: Table): value is BackupRow =>
  value.length === Object.keys(table.columns).length &&
  value.every((each) => each === null || typeof each === 'string' || typeof each === 'number')

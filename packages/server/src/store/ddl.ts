import { keyOf, type ColumnType, type Index, type Table } from './table.ts'
import type { DialectName } from './sql.ts'

const IDENTIFIER = /^[a-z][a-z0-9_]{0,62}$/

/** Names in DDL come from declarations only; this is the last gate for those made from user fields. */
export function identifier(name: string): string {
  if (!IDENTIFIER.test(name)) throw new Error(`not an identifier: ${name}`)
  return `"${name}"`
}

const typeNames: Record<DialectName, Record<ColumnType, string>> = {
  sqlite: { integer: 'INTEGER', real: 'REAL', text: 'TEXT' },
  postgres: { integer: 'bigint', real: 'double precision', text: 'text' },
}

export function createTable(table: Table, dialect: DialectName): string {
  const types = typeNames[dialect]
  const key = keyOf(table)
  // In SQLite `INTEGER PRIMARY KEY` is the row's own address: one B-tree less.
  const rowid = dialect === 'sqlite' && key.length === 1 && table.columns[key[0] ?? ''] === 'integer'
  const columns = Object.entries(table.columns).map(
    ([name, type]) => `${identifier(name)} ${types[type]}${rowid && name === key[0] ? ' PRIMARY KEY' : ''}`,
  )
  if (!rowid) columns.push(`PRIMARY KEY (${key.map(identifier).join(', ')})`)
  return `CREATE TABLE IF NOT EXISTS ${identifier(table.name)} (${columns.join(', ')})`
}

export const addColumn = (table: string, name: string, type: ColumnType, dialect: DialectName): string =>
  `ALTER TABLE ${identifier(table)} ADD COLUMN ${identifier(name)} ${typeNames[dialect][type]}`

export const dropColumn = (table: string, name: string): string =>
  `ALTER TABLE ${identifier(table)} DROP COLUMN ${identifier(name)}`

export const dropTable = (table: string): string => `DROP TABLE IF EXISTS ${identifier(table)}`

export function indexName(table: string, index: Index): string {
  const full = `${table}_${index.columns.join('_')}`
  if (full.length <= 60) return full
  let hash = 0
  for (const char of full) hash = (hash * 31 + char.charCodeAt(0)) >>> 0
  return `${full.slice(0, 50)}_${hash.toString(36)}`
}

export const createIndex = (table: string, index: Index): string =>
  `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${identifier(indexName(table, index))} ON ${identifier(table)} (${index.columns.map(identifier).join(', ')})`

/** What a database has: the columns of its tables, and its indexes by name. */
export interface Present {
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>
  readonly indexes: ReadonlySet<string>
}

/** What is missing for a table to be as declared: additive only, nothing is ever dropped here. */
export function missing(table: Table, present: Present, dialect: DialectName): string[] {
  const existing = present.columns.get(table.name)
  const indexes = (table.indexes ?? [])
    .filter((index) => !present.indexes.has(indexName(table.name, index)))
    .map((index) => createIndex(table.name, index))
  if (existing === undefined) return [createTable(table, dialect), ...indexes]
  const added = Object.entries(table.columns)
    .filter(([name]) => !existing.has(name))
    .map(([name, type]) => addColumn(table.name, name, type, dialect))
  return [...added, ...indexes]
}

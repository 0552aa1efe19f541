import type { Present } from './ddl.ts'
import type { DialectName, Statement } from './sql.ts'
import type { Reader } from './store.ts'

const ask = (text: string): Statement => ({ text, parameters: [] })

/** Where each database keeps what it consists of. */
const catalogues: Record<DialectName, { readonly columns: Statement; readonly indexes: Statement }> = {
  sqlite: {
    columns: ask(
      "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'",
    ),
    indexes: ask("SELECT name FROM sqlite_master WHERE type = 'index'"),
  },
  postgres: {
    columns: ask(
      'SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()',
    ),
    indexes: ask('SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()'),
  },
}

/** What the database has, as the reader sees it. */
export async function present(reader: Pick<Reader, 'dialect' | 'rows'>): Promise<Present> {
  const catalogue = catalogues[reader.dialect]
  const columns = new Map<string, Set<string>>()
  for (const [table, column] of await reader.rows(catalogue.columns)) {
    const known = columns.get(String(table)) ?? new Set()
    columns.set(String(table), known.add(String(column)))
  }
  const indexes = new Set((await reader.rows(catalogue.indexes)).map(([name]) => String(name)))
  return { columns, indexes }
}

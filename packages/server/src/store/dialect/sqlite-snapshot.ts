import Database from 'libsql'
import { identifier } from '../ddl.ts'
import { bind, compile, type Fragment, type Statement } from '../sql.ts'
import type { Snapshot, Values } from '../store.ts'
import type { Table } from '../table.ts'

/** Rows that are read at once. */
const PART = 500

/** A reading transaction on a connection of its own: in WAL mode it sees one state, and holds no writer up. */
export class SqliteSnapshot implements Snapshot {
  readonly dialect = 'sqlite'
  readonly inTransaction = true
  readonly #db: Database.Database

  constructor(path: string) {
    this.#db = new Database(path)
    this.#db.exec('PRAGMA busy_timeout = 10000')
    this.#db.exec('PRAGMA query_only = 1')
    this.#db.exec('BEGIN')
    // Only with the first read, the moment is fixed.
    this.#db.prepare('SELECT count(*) FROM sqlite_master').all()
  }

  rows({ text, parameters }: Statement, values: readonly unknown[] = []): Promise<Values> {
    const bound = parameters.length > 0 ? bind({ text, parameters }, values) : values
    return Promise.resolve(this.#db.prepare(text).raw().all(bound) as Values)
  }

  find<T extends object>(query: Fragment): Promise<T[]> {
    const { text, parameters } = compile(query, 'sqlite')
    return Promise.resolve(this.#db.prepare(text).all(parameters) as T[])
  }

  async *parts(table: Table): AsyncGenerator<Values> {
    const columns = Object.keys(table.columns).map(identifier).join(', ')
    const statement = this.#db
      .prepare(`SELECT rowid, ${columns} FROM ${identifier(table.name)} WHERE rowid > ? ORDER BY rowid LIMIT ${PART}`)
      .raw()
    for (let last = Number.MIN_SAFE_INTEGER; ;) {
      const rows = statement.all([last]) as Values
      if (rows.length === 0) return
      last = Number(rows.at(-1)?.[0])
      yield rows.map(([, ...values]) => values)
      if (rows.length < PART) return
    }
  }

  async close(): Promise<void> {
    this.#db.close()
  }
}

import type pg from 'pg'
import { identifier } from '../ddl.ts'
import { bind, compile, type Fragment, type Statement } from '../sql.ts'
import type { Snapshot, Values } from '../store.ts'
import { keyOf, type Table } from '../table.ts'

/** Rows that are read at once. */
const PART = 500

/** A transaction that sees the moment of its first statement until its end. */
export class PostgresSnapshot implements Snapshot {
  readonly dialect = 'postgres'
  readonly inTransaction = true
  readonly #client: pg.PoolClient

  private constructor(client: pg.PoolClient) {
    this.#client = client
  }

  static async of(client: pg.PoolClient): Promise<PostgresSnapshot> {
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      await client.query('SELECT 1')
    } catch (cause) {
      client.release(true)
      throw cause
    }
    return new PostgresSnapshot(client)
  }

  async rows({ text, parameters }: Statement, values: readonly unknown[] = []): Promise<Values> {
    const bound = parameters.length > 0 ? bind({ text, parameters }, values) : values
    const { rows } = await this.#client.query<unknown[]>({ text, values: [...bound], rowMode: 'array' })
    return rows
  }

  async find<T extends object>(query: Fragment): Promise<T[]> {
    const { text, parameters } = compile(query, 'postgres')
    const { rows } = await this.#client.query<T>(text, [...parameters])
    return rows
  }

  async *parts(table: Table): AsyncGenerator<Values> {
    const columns = Object.keys(table.columns).map(identifier).join(', ')
    const order = keyOf(table).map(identifier).join(', ')
    await this.#client.query(
      `DECLARE part NO SCROLL CURSOR FOR SELECT ${columns} FROM ${identifier(table.name)} ORDER BY ${order}`,
    )
    for (;;) {
      const { rows } = await this.#client.query<unknown[]>({ text: `FETCH ${PART} FROM part`, rowMode: 'array' })
      if (rows.length > 0) yield rows
      if (rows.length < PART) break
    }
    await this.#client.query('CLOSE part')
  }

  async close(): Promise<void> {
    // What it has read with is of no use to the next one: whatever state it is in, it ends.
    this.#client.release(true)
  }
}

import pg from 'pg'
import { missing } from '../ddl.ts'
import { present } from '../present.ts'
import { bind, compile, sql, type Fragment, type Statement } from '../sql.ts'
import type { Meter, Reader, Session, Snapshot, Store, Transaction, Values } from '../store.ts'
import { counter } from '../tables.ts'
import type { Row, Table } from '../table.ts'
import { AppendQueue, type Append } from './postgres-append.ts'
import { PostgresSnapshot } from './postgres-snapshot.ts'

// Counts and ids are far below 2^53; as strings they would need a conversion at every use.
pg.types.setTypeParser(20, Number)
pg.types.setTypeParser(1700, Number)

/**
 * Ids are taken from the database in blocks, so that most creates need no round trip for theirs. A table that uses a
 * block up within a second gets twice as many next time; what is left at the end of the process is given back.
 */
const BLOCK = 32
const MAX_BLOCK = 1024
const QUICK = 1000

interface Block {
  next: number
  readonly end: number
  /** When it was taken, in milliseconds. */
  readonly since: number
}

const POOL = 12

/**
 * PostgreSQL. A transaction that only inserts never opens one: its rows join those of other requests in a single
 * statement (see `postgres-append.ts`), which is sent when the request settles.
 */
export class PostgresStore implements Store {
  readonly dialect = 'postgres'
  readonly pool: pg.Pool
  readonly appends: AppendQueue
  /** Ids have a connection of their own: were it shared, transactions that hold all others could wait for it forever. */
  readonly #ids: pg.Pool
  readonly #blocks = new Map<string, Block>()
  readonly #sizes = new Map<string, number>()
  readonly #fetching = new Map<string, Promise<void>>()
  readonly #names = new Map<string, string>()
  #named = 0

  constructor(url: string, options: { onIdleError?: (cause: Error) => void } = {}) {
    this.pool = new pg.Pool({ connectionString: url, max: POOL, keepAlive: true })
    this.#ids = new pg.Pool({ connectionString: url, max: 1, keepAlive: true })
    const onLoss = options.onIdleError ?? (() => {})
    for (const pool of [this.pool, this.#ids]) {
      pool.on('error', onLoss)
      // Lost between two statements of a transaction, a connection has nobody to tell: unheard, that ends the process.
      pool.on('connect', (client) => client.on('error', onLoss))
    }
    this.appends = new AppendQueue(this.pool)
  }

  session(): Session {
    return new PostgresSession(this)
  }

  /** Prepared statements are named by their text; the server keeps the plan per connection. */
  named(text: string, values: readonly unknown[]): pg.QueryArrayConfig {
    let name = this.#names.get(text)
    if (name === undefined) {
      if (this.#names.size > 2000) this.#names.clear()
      // Never the same name twice: connections remember which text a name stands for.
      name = `p${this.#named++}`
      this.#names.set(text, name)
    }
    return { name, text, values: [...values], rowMode: 'array' }
  }

  async nextId(table: Table): Promise<number> {
    for (;;) {
      const block = this.#blocks.get(table.name)
      if (block !== undefined && block.next < block.end) return block.next++
      await this.#fetch(table.name)
    }
  }

  async skipIds(table: Table, id: number): Promise<void> {
    const block = this.#blocks.get(table.name)
    if (block !== undefined && id < block.end) {
      block.next = Math.max(block.next, id)
      return
    }
    this.#blocks.delete(table.name)
    await this.#ids.query(
      'INSERT INTO sequence (name, next) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET next = greatest(sequence.next, excluded.next)',
      [table.name, id],
    )
  }

  #fetch(name: string): Promise<void> {
    let fetching = this.#fetching.get(name)
    if (fetching === undefined) {
      const size = this.#sizeOf(name)
      fetching = this.#ids
        .query<[number]>({
          text: 'INSERT INTO sequence (name, next) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET next = sequence.next + $3 RETURNING next',
          values: [name, size + 1, size],
          rowMode: 'array',
        })
        .then(({ rows }) => {
          const end = Number(rows[0]?.[0])
          this.#blocks.set(name, { next: end - size, end, since: performance.now() })
        })
        .finally(() => this.#fetching.delete(name))
      this.#fetching.set(name, fetching)
    }
    return fetching
  }

  #sizeOf(name: string): number {
    const last = this.#blocks.get(name)
    const quick = last !== undefined && performance.now() - last.since < QUICK
    const size = quick ? Math.min((this.#sizes.get(name) ?? BLOCK) * 2, MAX_BLOCK) : BLOCK
    this.#sizes.set(name, size)
    return size
  }

  replaced(): void {
    this.#blocks.clear()
    this.#sizes.clear()
  }

  /** Unless another process has taken ids since. */
  async giveBackIds(): Promise<void> {
    for (const [name, { next, end }] of this.#blocks)
      if (next < end)
        await this.#ids.query('UPDATE sequence SET next = $1 WHERE name = $2 AND next = $3', [next, name, end])
    this.#blocks.clear()
  }

  async total(reader: Reader, keys: readonly string[]): Promise<number> {
    const [row] = await reader.rows(TOTAL, [keys])
    return Number(row?.[0] ?? 0)
  }

  async sync(tables: readonly Table[]): Promise<void> {
    const client = await this.pool.connect()
    try {
      // Several servers may start at once on one database: one of them makes the tables.
      await client.query('BEGIN')
      await client.query("SELECT pg_advisory_xact_lock(hashtext('portico.sync'))")
      const there = await present({
        dialect: 'postgres',
        rows: async ({ text }) => (await client.query<unknown[]>({ text, rowMode: 'array' })).rows,
      })
      for (const table of tables)
        for (const statement of missing(table, there, 'postgres')) await client.query(statement)
      await client.query('COMMIT')
    } catch (cause) {
      await client.query('ROLLBACK')
      throw cause
    } finally {
      client.release()
    }
  }

  async size(): Promise<number> {
    const { rows } = await this.pool.query<{ size: number }>('SELECT pg_database_size(current_database()) AS size')
    return Number(rows[0]?.size)
  }

  async snapshot(): Promise<Snapshot> {
    return PostgresSnapshot.of(await this.pool.connect())
  }

  /** Folds the appended deltas of each kept total into one row. */
  async tend(): Promise<void> {
    const session = new PostgresSession(this)
    await session.transaction(async (tx) => {
      const [held] = await tx.find<{ held: boolean }>(
        sql`select pg_try_advisory_xact_lock(hashtext('portico.fold')) as held`,
      )
      if (held?.held !== true) return
      const keys = await tx.find<{ key: string }>(sql`select key from counter group by key having count(*) > 1`)
      for (const { key } of keys) {
        const removed = await tx.find<{ n: number }>(sql`delete from counter where key = ${key} returning n`)
        tx.insert(counter, {
          id: await tx.nextId(counter),
          key,
          n: removed.reduce((sum, row) => sum + Number(row.n), 0),
        })
      }
    })
    await session.settled()
  }

  async close(): Promise<void> {
    await this.appends.idle()
    // A gap in the ids does no harm: a database that is gone must not keep the process.
    await this.giveBackIds().catch(() => {})
    await this.#ids.end()
    await this.pool.end()
  }
}

const TOTAL: Statement = { text: 'SELECT coalesce(sum(n), 0)::bigint FROM counter WHERE key = ANY($1)', parameters: [] }

class PostgresSession implements Session {
  readonly dialect = 'postgres'
  readonly inTransaction = false
  statements = 0
  readonly #store: PostgresStore
  #pending: Append | undefined
  #after: (() => void)[] = []

  constructor(store: PostgresStore) {
    this.#store = store
  }

  get unhurried(): Reader {
    return this
  }

  async rows(statement: Statement, values: readonly unknown[] = []): Promise<Values> {
    this.statements++
    // What this session wrote must be visible to what it reads.
    if (this.#pending !== undefined) await this.settled()
    const bound = statement.parameters.length > 0 ? bind(statement, values) : values
    const { rows } = await this.#store.pool.query<unknown[]>(this.#store.named(statement.text, bound))
    return rows
  }

  async find<T extends object>(query: Fragment): Promise<T[]> {
    this.statements++
    if (this.#pending !== undefined) await this.settled()
    const { text, parameters } = compile(query, 'postgres')
    const { rows } = await this.#store.pool.query<T>(text, [...parameters])
    return rows
  }

  async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    const tx = new PostgresTransaction(this.#store, this, () =>
      this.#pending === undefined ? Promise.resolve() : this.settled(),
    )
    try {
      const value = await body(tx)
      if (tx.opened) {
        await tx.commit()
        for (const action of tx.actions) action()
      } else {
        this.#pending = this.#pending === undefined ? tx.append : merged(this.#pending, tx.append)
        this.#after.push(...tx.actions)
      }
      return value
    } catch (cause) {
      await tx.rollback()
      throw cause
    }
  }

  async settled(): Promise<void> {
    const pending = this.#pending
    const after = this.#after
    this.#pending = undefined
    this.#after = []
    if (pending !== undefined) await this.#store.appends.send(pending)
    for (const action of after) action()
  }
}

function merged(first: Append, second: Append): Append {
  for (const [table, rows] of second.rows) first.rows.set(table, [...(first.rows.get(table) ?? []), ...rows])
  for (const [key, by] of second.counts) first.counts.set(key, (first.counts.get(key) ?? 0) + by)
  return first
}

class PostgresTransaction implements Transaction {
  readonly dialect = 'postgres'
  readonly inTransaction = true
  readonly actions: (() => void)[] = []
  append: Append = { rows: new Map(), counts: new Map() }
  readonly #store: PostgresStore
  readonly #meter: Meter
  readonly #before: () => Promise<void>
  #client: pg.PoolClient | undefined

  constructor(store: PostgresStore, meter: Meter, before: () => Promise<void>) {
    this.#store = store
    this.#meter = meter
    this.#before = before
  }

  get opened(): boolean {
    return this.#client !== undefined
  }

  async #open(): Promise<pg.PoolClient> {
    if (this.#client === undefined) {
      await this.#before()
      this.#client = await this.#store.pool.connect()
      await this.#client.query('BEGIN')
    }
    await this.#flush(this.#client)
    return this.#client
  }

  async #flush(client: pg.PoolClient): Promise<void> {
    if (this.append.rows.size === 0) return
    const { rows } = this.append
    this.append = { rows: new Map(), counts: this.append.counts }
    await client.query(this.#store.appends.statement({ rows, counts: new Map() }))
  }

  async rows(statement: Statement, values: readonly unknown[] = []): Promise<Values> {
    this.#meter.statements++
    if (statement === TOTAL) await this.#writeCounts()
    const client = await this.#open()
    const bound = statement.parameters.length > 0 ? bind(statement, values) : values
    const { rows } = await client.query<unknown[]>(this.#store.named(statement.text, bound))
    return rows
  }

  async find<T extends object>(query: Fragment): Promise<T[]> {
    this.#meter.statements++
    const client = await this.#open()
    const { text, parameters } = compile(query, 'postgres')
    const { rows } = await client.query<T>(text, [...parameters])
    return rows
  }

  insert(table: Table, row: Row): void {
    this.#meter.statements++
    this.#add(table, row)
  }

  #add(table: Table, row: Row): void {
    const rows = this.append.rows.get(table)
    if (rows === undefined) this.append.rows.set(table, [row])
    else rows.push(row)
  }

  async change(query: Fragment): Promise<number> {
    this.#meter.statements++
    const client = await this.#open()
    const { text, parameters } = compile(query, 'postgres')
    const { rowCount } = await client.query(text, [...parameters])
    return rowCount ?? 0
  }

  count(key: string, by: number): void {
    this.append.counts.set(key, (this.append.counts.get(key) ?? 0) + by)
  }

  nextId(table: Table): Promise<number> {
    return this.#store.nextId(table)
  }

  skipIds(table: Table, id: number): Promise<void> {
    return this.#store.skipIds(table, id)
  }

  async define(statements: readonly string[]): Promise<void> {
    this.#meter.statements += statements.length
    const client = await this.#open()
    for (const statement of statements) await client.query(statement)
  }

  async columnsOf(table: string): Promise<ReadonlySet<string>> {
    const rows = await this.find<{ column_name: string }>(
      sql`select column_name from information_schema.columns where table_schema = current_schema() and table_name = ${table}`,
    )
    return new Set(rows.map((row) => row.column_name))
  }

  afterCommit(action: () => void): void {
    this.actions.push(action)
  }

  async nested<T>(body: () => Promise<T>): Promise<T> {
    const client = await this.#open()
    const counts = new Map(this.append.counts)
    const { length } = this.actions
    await client.query('SAVEPOINT part')
    try {
      const value = await body()
      await this.#flush(client)
      await client.query('RELEASE SAVEPOINT part')
      return value
    } catch (cause) {
      this.append = { rows: new Map(), counts }
      this.actions.length = length
      await client.query('ROLLBACK TO SAVEPOINT part')
      await client.query('RELEASE SAVEPOINT part')
      throw cause
    }
  }

  /** Moves of kept totals, at the end or when a total is asked for. */
  async #writeCounts(): Promise<void> {
    const counts = [...this.append.counts].filter(([, by]) => by !== 0)
    this.append.counts.clear()
    for (const [key, by] of counts) this.#add(counter, { id: await this.nextId(counter), key, n: by })
  }

  async commit(): Promise<void> {
    const client = await this.#open()
    await this.#writeCounts()
    await this.#flush(client)
    await client.query('COMMIT')
    this.#client = undefined
    client.release()
  }

  async rollback(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    if (client === undefined) return
    try {
      await client.query('ROLLBACK')
      client.release()
    } catch (cause) {
      client.release(cause instanceof Error ? cause : true)
    }
  }
}

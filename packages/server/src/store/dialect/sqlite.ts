import Database from 'libsql'
import { missing } from '../ddl.ts'
import { present } from '../present.ts'
import { bind, compile, type Fragment, type Statement } from '../sql.ts'
import type { Meter, Reader, Session, Snapshot, Store, Transaction, Values } from '../store.ts'
import type { Row, Table } from '../table.ts'
import { execTogether } from './sqlite-exec.ts'
import { insertText } from './sqlite-insert.ts'
import { bringCopy, takeCopy } from './sqlite-copies.ts'
import { SqliteReaders } from './sqlite-readers.ts'
import { SqliteSnapshot } from './sqlite-snapshot.ts'

type Prepared = Database.Statement
interface Unit {
  readonly body: (tx: SqliteTransaction) => Promise<unknown>
  readonly meter: Meter
  readonly resolve: (value: unknown) => void
  readonly reject: (cause: unknown) => void
}

/** A commit that others wait for; a rejected one is reported to all who wrote in it. */
interface Group {
  readonly committed: Promise<void>
  readonly finish: (cause?: unknown) => void
}

const MAX_PREPARED = 1000

/**
 * SQLite through libsql, in WAL mode. Writes of one turn of the event loop form a group: each runs in its savepoint,
 * all share one commit and so one fsync (2.4 to 7.9 times the writes per second, see docs/decisions/0003).
 */
export class SqliteStore implements Store {
  readonly dialect = 'sqlite'
  readonly #db: Database.Database
  readonly #path: string
  /** For what takes long. */
  readonly readers: SqliteReaders
  /** By their texts as they are: a key made of text and mode would be a new long string to hash at every call. */
  readonly #prepared = { rows: new Map<string, Prepared>(), objects: new Map<string, Prepared>() }
  readonly #sequences = new Map<string, number>()
  #dataVersion: unknown
  #queue: Unit[] = []
  #scheduled = false
  #group: Group | undefined
  /** Set while a unit's body runs: readers outside wait, or they would see half of it. */
  #running: Promise<void> | undefined
  /** Moves of kept totals that the group's commit will bring. */
  readonly #counts = new Map<string, number>()

  constructor(path: string, options: { durable: boolean }) {
    this.#path = path
    this.readers = new SqliteReaders(path)
    this.#db = new Database(path)
    // First: the next statement already meets another process that has just begun to use the file.
    this.#db.exec('PRAGMA busy_timeout = 10000')
    this.#db.exec('PRAGMA journal_mode = WAL')
    this.#db.exec(`PRAGMA synchronous = ${options.durable ? 'FULL' : 'OFF'}`)
    this.#db.exec('PRAGMA cache_size = -32000')
    this.#db.exec('PRAGMA temp_store = MEMORY')
  }

  session(): Session {
    return new SqliteSession(this)
  }

  get group(): Promise<void> | undefined {
    return this.#group?.committed
  }

  get running(): Promise<void> | undefined {
    return this.#running
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction
  }

  prepare(text: string, raw: boolean): Prepared {
    const known = raw ? this.#prepared.rows : this.#prepared.objects
    let statement = known.get(text)
    if (statement === undefined) {
      statement = this.#db.prepare(text)
      if (raw) statement = statement.raw()
      if (known.size >= MAX_PREPARED) known.clear()
      known.set(text, statement)
    }
    return statement
  }

  query(text: string, parameters: readonly unknown[]): Values {
    return this.prepare(text, true).all(parameters) as Values
  }

  objects<T>(text: string, parameters: readonly unknown[]): T[] {
    return this.prepare(text, false).all(parameters) as T[]
  }

  run(text: string, parameters: readonly unknown[]): number {
    return this.prepare(text, false).run(parameters).changes
  }

  exec(text: string): void {
    this.#db.exec(text)
  }

  /** A new prepared world after DDL. */
  forget(): void {
    this.#prepared.rows.clear()
    this.#prepared.objects.clear()
  }

  enqueue(body: Unit['body'], meter: Meter): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ body, meter, resolve, reject })
      if (!this.#scheduled) {
        this.#scheduled = true
        setImmediate(() => void this.#flush())
      }
    })
  }

  nextId(name: string): number {
    let next = this.#sequences.get(name)
    if (next === undefined) {
      const [row] = this.query('SELECT next FROM sequence WHERE name = ?', [name])
      next = row === undefined ? 1 : Number(row[0])
    }
    this.#sequences.set(name, next + 1)
    return next
  }

  skipIds(name: string, id: number): void {
    this.#sequences.set(name, Math.max(this.nextId(name), id))
  }

  async #flush(): Promise<void> {
    let finish: Group['finish'] = () => {}
    const committed = new Promise<void>((resolve, reject) => {
      finish = (cause) => (cause === undefined ? resolve() : reject(cause as Error))
    })
    // Whoever waits gets the rejection; with nobody waiting it must not count as unhandled.
    committed.catch(() => {})
    this.#group = { committed, finish }
    const after: (() => void)[] = []
    const failed = (cause: unknown): void => {
      for (const unit of this.#queue.splice(0)) unit.reject(cause)
      finish(cause)
    }
    try {
      this.#begin()
      const touched = new Set<string>()
      while (this.#queue.length > 0) {
        for (let unit = this.#queue.shift(); unit !== undefined; unit = this.#queue.shift())
          await this.#runUnit(unit, touched, after)
        // Callbacks of nextTick run when all promises are drained: what follows in a batch joins this very commit.
        await new Promise<void>((resolve) => process.nextTick(resolve))
      }
      for (const name of touched)
        this.run(
          'INSERT INTO sequence (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = excluded.next',
          [name, this.#sequences.get(name)],
        )
      this.#addCounts()
      this.#db.exec('COMMIT')
      this.#counts.clear()
      finish()
    } catch (cause) {
      this.#sequences.clear()
      this.#counts.clear()
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK')
      failed(cause)
      after.length = 0
    } finally {
      this.#group = undefined
      this.#scheduled = false
      if (this.#queue.length > 0) {
        this.#scheduled = true
        setImmediate(() => void this.#flush())
      }
    }
    for (const action of after) action()
  }

  #begin(): void {
    this.#db.exec('BEGIN IMMEDIATE')
    // Another process (the command line, say) may have taken ids since: its commit changes data_version.
    const [row] = this.query('PRAGMA data_version', [])
    if (row?.[0] !== this.#dataVersion) {
      this.#dataVersion = row?.[0]
      this.#sequences.clear()
    }
  }

  async #runUnit(unit: Unit, touched: Set<string>, after: (() => void)[]): Promise<void> {
    let ended: () => void = () => {}
    this.#running = new Promise((resolve) => (ended = resolve))
    const tx = new SqliteTransaction(this, unit.meter)
    try {
      this.#db.exec('SAVEPOINT unit')
      const value = await unit.body(tx)
      tx.flush()
      this.#db.exec('RELEASE unit')
      for (const name of tx.sequences) touched.add(name)
      for (const [key, by] of tx.counts) this.#counts.set(key, (this.#counts.get(key) ?? 0) + by)
      after.push(...tx.actions)
      unit.resolve(value)
    } catch (cause) {
      // A full disk, say, makes SQLite roll everything back by itself: the whole group has failed.
      if (!this.#db.inTransaction) {
        unit.reject(cause)
        throw cause
      }
      this.#db.exec('ROLLBACK TO unit')
      this.#db.exec('RELEASE unit')
      if (tx.defined) this.forget()
      for (const name of tx.sequences) touched.add(name)
      unit.reject(cause)
    } finally {
      this.#running = undefined
      ended()
    }
  }

  #addCounts(): void {
    for (const [key, by] of this.#counts) {
      if (by === 0) continue
      if (this.run('UPDATE counter SET n = n + ? WHERE key = ?', [by, key]) > 0) continue
      const id = this.nextId('counter')
      this.run('INSERT INTO counter (id, key, n) VALUES (?, ?, ?)', [id, key, by])
      this.run(
        'INSERT INTO sequence (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = excluded.next',
        ['counter', id + 1],
      )
    }
  }

  async total(reader: Reader, keys: readonly string[]): Promise<number> {
    let sum = 0
    for (const key of keys) {
      const [row] = await reader.rows(TOTAL, [key])
      sum += Number(row?.[0] ?? 0)
    }
    return sum
  }

  /** A kept total with the moves that are not in the database yet, as rows are that the group has written. */
  kept(key: string): number {
    const [row] = this.query(TOTAL.text, [key])
    return Number(row?.[0] ?? 0) + (this.#counts.get(key) ?? 0)
  }

  async sync(tables: readonly Table[]): Promise<void> {
    const there = await present(this.session())
    const statements = tables.flatMap((table) => missing(table, there, 'sqlite'))
    if (statements.length > 0) execTogether(this.#db, statements)
    this.forget()
  }

  async size(): Promise<number> {
    const [row] = this.query('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size', [])
    return Number(row?.[0])
  }

  async snapshot(): Promise<Snapshot> {
    return new SqliteSnapshot(this.#path)
  }

  columnsOf(table: string): Set<string> {
    return new Set(this.query('SELECT name FROM pragma_table_info(?)', [table]).map(([name]) => String(name)))
  }

  readonly copies = {
    take: async (path: string): Promise<void> => {
      await this.#idle()
      takeCopy(this.#db, path)
    },
    bring: async (path: string): Promise<void> => {
      await this.#idle()
      bringCopy(this.#db, path)
      this.replaced()
    },
  }

  // Each is taken when it is given out.
  async giveBackIds(): Promise<void> {}

  replaced(): void {
    this.#sequences.clear()
    this.forget()
  }

  /** Nothing is being written: until this turn of the event loop ends, nothing will be. */
  async #idle(): Promise<void> {
    while (this.#scheduled) await new Promise((resolve) => setImmediate(resolve))
  }

  async tend(): Promise<void> {
    this.#db.exec('PRAGMA optimize')
  }

  async close(): Promise<void> {
    await this.#idle()
    await this.readers.close()
    this.forget()
    this.#db.close()
  }
}

const TOTAL: Statement = { text: 'SELECT coalesce(sum(n), 0) FROM counter WHERE key = ?', parameters: [] }

class SqliteSession implements Session {
  readonly dialect = 'sqlite'
  readonly inTransaction = false
  statements = 0
  readonly #store: SqliteStore
  /** The commits that this session wrote in or read from before they were durable. */
  readonly #groups = new Set<Promise<void>>()

  constructor(store: SqliteStore) {
    this.#store = store
  }

  get unhurried(): Reader {
    return new UnhurriedReader(this.#store, this)
  }

  async rows(statement: Statement, values: readonly unknown[] = []): Promise<Values> {
    await this.#quiet()
    this.statements++
    if (statement === TOTAL) return [[this.#store.kept(String(values[0]))]]
    return this.#store.query(statement.text, statement.parameters.length > 0 ? bind(statement, values) : values)
  }

  async find<T extends object>(query: Fragment): Promise<T[]> {
    await this.#quiet()
    this.statements++
    const { text, parameters } = compile(query, 'sqlite')
    return this.#store.objects<T>(text, parameters)
  }

  async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    const value = (await this.#store.enqueue(body, this)) as T
    this.#join()
    return value
  }

  async settled(): Promise<void> {
    this.#join()
    if (this.#groups.size === 0) return
    const groups = [...this.#groups]
    this.#groups.clear()
    for (const group of groups) await group
  }

  /** What this session has written is committed; what others are writing is not waited for. */
  async written(): Promise<void> {
    await Promise.all(this.#groups)
  }

  #join(): void {
    if (this.#store.group !== undefined) this.#groups.add(this.#store.group)
  }

  async #quiet(): Promise<void> {
    while (this.#store.running !== undefined) await this.#store.running
    this.#join()
  }
}

/** Reads on another thread what has been committed; what the session has written is, by then. */
class UnhurriedReader implements Reader {
  readonly dialect = 'sqlite'
  readonly inTransaction = false
  readonly #store: SqliteStore
  readonly #session: SqliteSession

  constructor(store: SqliteStore, session: SqliteSession) {
    this.#store = store
    this.#session = session
  }

  async rows(statement: Statement, values: readonly unknown[] = []): Promise<Values> {
    await this.#session.written()
    this.#session.statements++
    const bound = statement.parameters.length > 0 ? bind(statement, values) : values
    return (await this.#store.readers.read(statement.text, bound, true)) as Values
  }

  async find<T extends object>(query: Fragment): Promise<T[]> {
    await this.#session.written()
    this.#session.statements++
    const { text, parameters } = compile(query, 'sqlite')
    return (await this.#store.readers.read(text, parameters, false)) as T[]
  }
}

class SqliteTransaction implements Transaction {
  readonly dialect = 'sqlite'
  readonly inTransaction = true
  readonly sequences = new Set<string>()
  readonly counts = new Map<string, number>()
  readonly actions: (() => void)[] = []
  defined = false
  readonly #store: SqliteStore
  readonly #meter: Meter

  constructor(store: SqliteStore, meter: Meter) {
    this.#store = store
    this.#meter = meter
  }

  rows(statement: Statement, values: readonly unknown[] = []): Promise<Values> {
    this.#meter.statements++
    if (statement === TOTAL) {
      const key = String(values[0])
      return Promise.resolve([[this.#store.kept(key) + (this.counts.get(key) ?? 0)]])
    }
    return Promise.resolve(
      this.#store.query(statement.text, statement.parameters.length > 0 ? bind(statement, values) : values),
    )
  }

  find<T extends object>(query: Fragment): Promise<T[]> {
    this.#meter.statements++
    const { text, parameters } = compile(query, 'sqlite')
    return Promise.resolve(this.#store.objects<T>(text, parameters))
  }

  insert(table: Table, row: Row): void {
    this.#meter.statements++
    const names = Object.keys(row)
    this.#store.run(
      insertText(table, names),
      names.map((name) => row[name]),
    )
  }

  change(query: Fragment): Promise<number> {
    this.#meter.statements++
    const { text, parameters } = compile(query, 'sqlite')
    return Promise.resolve(this.#store.run(text, parameters))
  }

  count(key: string, by: number): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + by)
  }

  nextId(table: Table): Promise<number> {
    this.sequences.add(table.name)
    return Promise.resolve(this.#store.nextId(table.name))
  }

  skipIds(table: Table, id: number): Promise<void> {
    this.sequences.add(table.name)
    this.#store.skipIds(table.name, id)
    return Promise.resolve()
  }

  define(statements: readonly string[]): Promise<void> {
    this.defined = true
    this.#meter.statements += statements.length
    for (const statement of statements) this.#store.exec(statement)
    this.#store.forget()
    return Promise.resolve()
  }

  columnsOf(table: string): Promise<ReadonlySet<string>> {
    this.#meter.statements++
    return Promise.resolve(this.#store.columnsOf(table))
  }

  afterCommit(action: () => void): void {
    this.actions.push(action)
  }

  async nested<T>(body: () => Promise<T>): Promise<T> {
    const counts = new Map(this.counts)
    const { length } = this.actions
    this.#store.exec('SAVEPOINT part')
    try {
      const value = await body()
      this.#store.exec('RELEASE part')
      return value
    } catch (cause) {
      // Where SQLite has rolled everything back by itself, the unit has failed as a whole, see `#runUnit`.
      if (this.#store.inTransaction) {
        this.#store.exec('ROLLBACK TO part')
        this.#store.exec('RELEASE part')
      }
      if (this.defined) this.#store.forget()
      this.counts.clear()
      for (const [key, by] of counts) this.counts.set(key, by)
      this.actions.length = length
      throw cause
    }
  }

  flush(): void {}
}

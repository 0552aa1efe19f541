import type { DialectName, Fragment, Statement } from './sql.ts'
import type { Row, Table } from './table.ts'

export type Values = unknown[][]

/** Reading, inside or outside a transaction. Rows are arrays in the order of the selected columns. */
export interface Reader {
  readonly dialect: DialectName
  readonly inTransaction: boolean
  rows(statement: Statement, values?: readonly unknown[]): Promise<Values>
  /** For what is not hot: compiled for this one call. Rows are objects. */
  find<T extends object>(query: Fragment): Promise<T[]>
}

/** What a call has said about its writes, for those who are told of them. */
export interface Origin {
  /** The source key of whoever writes: subscribers with the same key are not told (api-reference/events/offline-events.md). */
  readonly connector?: string | undefined
  /** Nobody's own act: rules, agents, what was put off. */
  readonly automatic?: boolean | undefined
  /** Nobody is told: what is taken over from another portal was told there. */
  readonly silent?: boolean | undefined
}

/** One transaction. Inserts may be sent later, together with those of others, but always before the answer. */
export interface Transaction extends Reader {
  /** Set by the session, where there is anything to say. */
  origin?: Origin | undefined
  insert(table: Table, row: Row): void
  /** Runs a statement that changes rows; answers how many. */
  change(query: Fragment): Promise<number>
  /** Adds to a kept total, in this transaction. */
  count(key: string, by: number): void
  nextId(table: Table): Promise<number>
  /** The table's next id will be `id` or above: for records that must have the ids that documents name. */
  skipIds(table: Table, id: number): Promise<void>
  /** DDL, within the transaction. */
  define(statements: readonly string[]): Promise<void>
  /** The columns that a table has in the database as it is now; none if there is no such table. */
  columnsOf(table: string): Promise<ReadonlySet<string>>
  /** Runs after the commit; nothing if the transaction fails. */
  afterCommit(action: () => void): void
  /**
   * A part that may fail by itself: what it has done is undone then, and the transaction goes on. One at a time; the
   * body goes on with this very transaction.
   */
  nested<T>(body: () => Promise<T>): Promise<T>
}

/**
 * What one request (or one batch) sees of the database. A transaction's result may be returned before it is durable,
 * so that the writes of many requests share one commit: nobody may answer before `settled()` has resolved.
 */
export interface Session extends Reader {
  /**
   * What was asked of the database so far, its transactions included: each reading and changing statement, and each row
   * that was inserted, as rows are sent together in other ways by each database. Marks of transactions count nowhere,
   * and neither do ids and kept totals, which many requests share.
   */
  readonly statements: number
  /**
   * For what takes long, such as totals of all records: nothing else waits for it meanwhile. It sees what has been
   * committed, what this session has written included.
   */
  readonly unhurried: Reader
  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T>
  settled(): Promise<void>
}

/** Counts what a session asks of the database. */
export interface Meter {
  statements: number
}

/** What the database holds at one moment, whatever is written meanwhile; it is read by one at a time. */
export interface Snapshot extends Reader {
  /** All rows of a table in parts, each row as values in the order of the declared columns. */
  parts(table: Table): AsyncIterable<Values>
  close(): Promise<void>
}

export interface Store {
  readonly dialect: DialectName
  session(): Session
  /** The sum of kept totals of these keys. */
  total(reader: Reader, keys: readonly string[]): Promise<number>
  /** Makes tables, columns and indexes exist. */
  sync(tables: readonly Table[]): Promise<void>
  /** Bytes of the database. */
  size(): Promise<number>
  /** For copies of everything; whoever takes one closes it. */
  snapshot(): Promise<Snapshot>
  /**
   * Copies of the whole database that are brought back in milliseconds, as files of its own kind: for portals that
   * tests put back again and again. undefined where the database has no such thing.
   */
  readonly copies?: {
    take(path: string): Promise<void>
    /** Everything becomes as it was then. What processes keep in memory must be forgotten after it. */
    bring(path: string): Promise<void>
  }
  /** Ids that were taken and not given out are there again, as far as nobody else has taken any since. */
  giveBackIds(): Promise<void>
  /** Everything in the database is another's now: ids that were taken of it are not to be given out. */
  replaced(): void
  /** Background care: folding counters, pruning. */
  tend(): Promise<void>
  close(): Promise<void>
}

import type { Fragment, Statement } from './sql.ts'
import type { Reader, Session, Transaction, Values } from './store.ts'

/**
 * A session all of whose writes are parts of one transaction: it begins with the first of them, and what is read from
 * then on is read in it. What only reads never begins one. Whoever has made it ends it, by `finish` or `abandon`.
 */
export class JoinedSession implements Session {
  readonly dialect
  readonly #session: Session
  readonly #begin: (tx: Transaction) => Promise<void>
  #opening: Promise<Transaction> | undefined
  #whole: Promise<void> = Promise.resolve()
  #last: Promise<unknown> = Promise.resolve()
  #hasConflict = false
  #end: { commit(): void; rollback(cause: unknown): void } | undefined

  /** @param begin runs first in the transaction; what it throws ends it */
  constructor(session: Session, begin: (tx: Transaction) => Promise<void>) {
    this.dialect = session.dialect
    this.#session = session
    this.#begin = begin
  }

  get statements(): number {
    return this.#session.statements
  }

  get inTransaction(): boolean {
    return this.#opening !== undefined
  }

  /** Whether the database has undone a part because another transaction was in its way: the whole may be tried again. */
  get hasConflict(): boolean {
    return this.#hasConflict
  }

  /** For what must not begin the transaction, but must not wait for its end either. */
  get aside(): Session {
    return this.#opening === undefined ? this.#session : this
  }

  get unhurried(): Reader {
    return this.#opening === undefined ? this.#session.unhurried : this
  }

  async rows(statement: Statement, values?: readonly unknown[]): Promise<Values> {
    return ((await this.#open()) ?? this.#session).rows(statement, values)
  }

  async find<T extends object>(query: Fragment): Promise<T[]> {
    return ((await this.#open()) ?? this.#session).find<T>(query)
  }

  /** One after the other, as they share a connection. */
  async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    this.#opening ??= this.#begun()
    const tx = await this.#opening
    const turn = this.#last.then(() => tx.nested(() => body(tx)))
    this.#last = turn.catch((cause: unknown) => {
      this.#hasConflict ||= isConflict(cause)
    })
    return turn
  }

  /** Nothing to wait for: it is durable when the whole is. */
  settled(): Promise<void> {
    return Promise.resolve()
  }

  /** Commits, after `body`; false where nothing was begun. */
  async finish(body: (tx: Transaction) => Promise<void>): Promise<boolean> {
    const tx = await this.#open()
    if (tx === undefined) return false
    try {
      await this.#last
      await body(tx)
    } catch (cause) {
      await this.abandon()
      throw cause
    }
    this.#end?.commit()
    await this.#whole
    return true
  }

  /** Undoes everything; false where nothing was begun. */
  async abandon(): Promise<boolean> {
    if ((await this.#open()) === undefined) return false
    await this.#last
    this.#end?.rollback(new Error('undone'))
    await this.#whole.catch(() => {})
    return true
  }

  /** The transaction, if it has been begun and has not failed at that. */
  #open(): Promise<Transaction | undefined> {
    return this.#opening === undefined ? Promise.resolve(undefined) : this.#opening.catch(() => undefined)
  }

  #begun(): Promise<Transaction> {
    const ended = new Promise<void>((commit, rollback) => (this.#end = { commit, rollback }))
    return new Promise((resolve, reject) => {
      this.#whole = this.#session.transaction(async (tx) => {
        await this.#begin(tx)
        resolve(tx)
        await ended
      })
      this.#whole.catch(reject)
    })
  }
}

/** PostgreSQL's codes of a deadlock and of a transaction that could not be put in a row with others. */
const isConflict = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && (cause.code === '40P01' || cause.code === '40001')

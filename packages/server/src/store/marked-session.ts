import type { Fragment, Statement } from './sql.ts'
import type { Origin, Reader, Session, Transaction, Values } from './store.ts'

/** A session whose transactions carry what their call has said about its writes. */
export class MarkedSession implements Session {
  readonly dialect
  readonly #session: Session
  readonly #origin: Origin

  constructor(session: Session, origin: Origin) {
    this.dialect = session.dialect
    this.#session = session
    this.#origin = origin
  }

  get statements(): number {
    return this.#session.statements
  }

  get inTransaction(): boolean {
    return this.#session.inTransaction
  }

  get unhurried(): Reader {
    return this.#session.unhurried
  }

  rows(statement: Statement, values?: readonly unknown[]): Promise<Values> {
    return this.#session.rows(statement, values)
  }

  find<T extends object>(query: Fragment): Promise<T[]> {
    return this.#session.find<T>(query)
  }

  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#session.transaction(async (tx) => {
      // The transaction may be a part of a larger one, of several calls with different marks.
      const before = tx.origin
      tx.origin = { ...before, ...this.#origin }
      try {
        return await body(tx)
      } finally {
        tx.origin = before
      }
    })
  }

  settled(): Promise<void> {
    return this.#session.settled()
  }
}

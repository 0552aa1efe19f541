import { sql } from '../store/sql.ts'
import type { Reader, Session, Transaction } from '../store/store.ts'
import { rehearsal } from './rehearsal.ts'

/** How long a process may go on with what another process has changed, in milliseconds. */
const RECHECK_AFTER = 250

interface Entry {
  value: Promise<unknown> | undefined
  /** Set once `value` has resolved. */
  known: { readonly value: unknown } | undefined
  /** How often it was dropped: what was being loaded meanwhile may be old. */
  drops: number
  readonly load: (reader: Reader) => Promise<unknown>
}

/**
 * What a process keeps in memory of slow-moving tables: entities, directories, people, webhooks. Each has a version
 * in the database; other processes notice a change within a quarter of a second, this one at once.
 */
export class Caches {
  readonly #entries = new Map<string, Entry>()
  #versions = new Map<string, number>()
  #checked = Number.NEGATIVE_INFINITY
  #checking: Promise<void> | undefined
  readonly #elapsed: () => number
  readonly #apart: (() => Reader) | undefined

  /** @param apart for what is asked for everybody, now and then: it is no part of the request that it happens in */
  constructor(elapsed: () => number = () => performance.now(), apart?: () => Reader) {
    this.#elapsed = elapsed
    this.#apart = apart
  }

  define<T>(name: string, load: (reader: Reader) => Promise<T>): Cached<T> {
    this.#entries.set(name, { value: undefined, known: undefined, drops: 0, load })
    return { get: (reader) => this.#get(name, reader) as Promise<T> }
  }

  /** Marks as changed, in the transaction that changes; call `drop` when it has succeeded. */
  async touch(tx: Transaction, name: string): Promise<void> {
    await tx.change(
      sql`insert into cache_version (name, version) values (${name}, 1) on conflict (name) do update set version = cache_version.version + 1`,
    )
  }

  drop(...names: string[]): void {
    const tried = rehearsal()?.kept
    for (const name of names.length > 0 ? names : this.#entries.keys()) {
      // What will be undone is no news to anybody else.
      if (tried !== undefined) {
        tried.set(name, undefined)
        continue
      }
      const entry = this.#entries.get(name)
      if (entry === undefined) continue
      entry.value = entry.known = undefined
      entry.drops++
    }
  }

  /**
   * A transaction that changes what is kept under `names`. The versions are taken first and in one order: changes of
   * the same settings wait for each other at the door, instead of meeting halfway (DDL locks whole tables).
   */
  async changing<T>(session: Session, names: readonly string[], body: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await session.transaction(async (tx) => {
        // First, so that whoever changes the same waits here, and then reads what others have written.
        for (const name of [...names].sort()) await this.touch(tx, name)
        this.drop(...names)
        // The transaction may be a part of a larger one, at whose end others may have read what was before.
        tx.afterCommit(() => this.drop(...names))
        const value = await body(tx)
        // What runs next on the same connection must not find what was there before.
        this.drop(...names)
        return value
      })
    } finally {
      this.drop(...names)
    }
  }

  async #get(name: string, reader: Reader): Promise<unknown> {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw new Error(`no cache ${name}`)
    const tried = rehearsal()?.kept
    if (tried?.has(name) === true) {
      const own = tried.get(name) ?? entry.load(reader)
      tried.set(name, own)
      return own
    }
    if (reader.inTransaction) {
      // A transaction never waits for what a reader outside has begun: that reader may be waiting for it.
      if (entry.known !== undefined) return entry.known.value
      const { drops } = entry
      const value = await entry.load(reader)
      if (entry.drops === drops) entry.known ??= { value }
      return value
    }
    if (this.#elapsed() - this.#checked > RECHECK_AFTER) await this.#recheck(reader)
    if (entry.known !== undefined) return entry.known.value
    if (entry.value === undefined) {
      const value = entry.load(reader)
      entry.value = value
      value.then(
        (loaded) => {
          if (entry.value === value) entry.known = { value: loaded }
        },
        () => {
          if (entry.value === value) entry.value = undefined
        },
      )
    }
    return entry.value
  }

  #recheck(reader: Reader): Promise<void> {
    this.#checking ??= (this.#apart?.() ?? reader)
      .find<{ name: string; version: number }>(sql`select name, version from cache_version`)
      .then((rows) => {
        for (const row of rows) if (this.#versions.get(row.name) !== row.version) this.drop(row.name)
        this.#versions = new Map(rows.map((row) => [row.name, row.version]))
        this.#checked = this.#elapsed()
      })
      .finally(() => (this.#checking = undefined))
    return this.#checking
  }
}

export interface Cached<T> {
  get(reader: Reader): Promise<T>
}

import { sql } from '../store/sql.ts'
import type { Cached, Caches } from './cache.ts'
import type { Reader, Store } from '../store/store.ts'

/** What rights and references need to know of a person of the portal. */
export interface Person {
  readonly id: number
  readonly active: boolean
  readonly admin: boolean
  readonly departments: readonly number[]
}

/** Whoever did something this long ago is still at the desk, in seconds. */
export const PRESENCE = 180
/** Activity is written at most this often for each person, in seconds: well within what counts as present. */
const SEEN_EVERY = 120

/** The people of the portal, kept in memory. */
export class People {
  readonly #all: Cached<ReadonlyMap<number, Person>>
  /** When this process has last written that somebody was there. */
  readonly #seen = new Map<number, number>()

  constructor(caches: Caches) {
    this.#all = caches.define('people', async (reader) => {
      const rows = await reader.find<{ id: number; active: string; is_admin: string; uf_department: string | null }>(
        sql`select id, active, is_admin, uf_department from portal_user`,
      )
      return new Map(
        rows.map((row) => [
          row.id,
          {
            id: row.id,
            active: row.active === 'Y',
            admin: row.is_admin === 'Y',
            departments: JSON.parse(row.uf_department ?? '[]') as number[],
          },
        ]),
      )
    })
  }

  async find(reader: Reader, id: number): Promise<Person | undefined> {
    return (await this.#all.get(reader)).get(id)
  }

  all(reader: Reader): Promise<ReadonlyMap<number, Person>> {
    return this.#all.get(reader)
  }

  /** The database is another one now: what was written to the one before is not in it. */
  forget(): void {
    this.#seen.clear()
  }

  /**
   * Remembers that somebody is at work, in a transaction of its own: it stays when the request fails, and most
   * requests write nothing. `now` is in epoch seconds.
   */
  async seen(store: Store, id: number, now: number): Promise<void> {
    const at = Math.floor(now)
    const last = this.#seen.get(id)
    if (last !== undefined && last <= at && at < last + SEEN_EVERY) return
    this.#seen.set(id, at)
    const session = store.session()
    await session.transaction((tx) =>
      // Another server may have written it already.
      tx.change(
        sql`update portal_user set last_activity = ${at} where id = ${id} and (last_activity is null or last_activity <= ${at - SEEN_EVERY})`,
      ),
    )
    await session.settled()
  }
}

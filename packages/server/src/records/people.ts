import { sql } from '../store/sql.ts'
import type { Cached, Caches } from './cache.ts'
import type { Reader } from '../store/store.ts'

/** What rights and references need to know of a person of the portal. */
export interface Person {
  readonly id: number
  readonly active: boolean
  readonly admin: boolean
  readonly departments: readonly number[]
}

/** The people of the portal, kept in memory. */
export class People {
  readonly #all: Cached<ReadonlyMap<number, Person>>

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
}

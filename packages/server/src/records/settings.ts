import { sql } from '../store/sql.ts'
import { setting } from '../store/tables.ts'
import type { Reader, Transaction } from '../store/store.ts'
import type { Cached, Caches } from './cache.ts'

/** Named texts of the portal: CRM mode, the key for signed links. */
export class Settings {
  readonly #all: Cached<ReadonlyMap<string, string>>
  readonly #caches: Caches

  constructor(caches: Caches) {
    this.#caches = caches
    this.#all = caches.define('settings', async (reader) => {
      const rows = await reader.find<{ name: string; value: string }>(sql`select name, value from setting`)
      return new Map(rows.map((row) => [row.name, row.value]))
    })
  }

  async get(reader: Reader, name: string): Promise<string | undefined> {
    return (await this.#all.get(reader)).get(name)
  }

  async set(tx: Transaction, name: string, value: string): Promise<void> {
    await tx.change(sql`delete from setting where name = ${name}`)
    tx.insert(setting, { name, value })
    await this.#caches.touch(tx, 'settings')
    tx.afterCommit(() => this.#caches.drop('settings'))
  }
}

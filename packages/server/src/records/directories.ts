import { sql } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import type { Cached, Caches } from './cache.ts'

export interface Status {
  readonly id: number
  readonly entityId: string
  readonly statusId: string
  readonly name: string
  readonly nameInit: string
  readonly sort: number
  readonly system: boolean
  readonly categoryId: number | null
  readonly color: string
  /** `S` success, `F` failure, null in process. */
  readonly semantics: string | null
}

export interface Category {
  readonly id: number
  readonly entityTypeId: number
  readonly name: string
  readonly sort: number
  readonly isDefault: boolean
  readonly isSystem: boolean
  readonly code: string
  readonly originId: string
  readonly originatorId: string
}

interface Contents {
  readonly byDirectory: ReadonlyMap<string, readonly Status[]>
  readonly categories: ReadonlyMap<number, readonly Category[]>
  readonly currencies: ReadonlyMap<string, { readonly base: boolean }>
}

export interface StatusRow {
  id: number
  entity_id: string
  status_id: string
  name: string
  name_init: string | null
  sort: number
  system: string
  category_id: number | null
  color: string | null
  semantics: string | null
}

interface CategoryRow {
  id: number
  entity_type_id: number
  name: string
  sort: number
  is_default: string
  is_system: string
  code: string | null
  origin_id: string | null
  originator_id: string | null
}

export const statusOf = (row: StatusRow): Status => ({
  id: row.id,
  entityId: row.entity_id,
  statusId: row.status_id,
  name: row.name,
  nameInit: row.name_init ?? '',
  sort: row.sort,
  system: row.system === 'Y',
  categoryId: row.category_id,
  color: row.color ?? '',
  semantics: row.semantics,
})

const categoryOf = (row: CategoryRow): Category => ({
  id: row.id,
  entityTypeId: row.entity_type_id,
  name: row.name,
  sort: row.sort,
  isDefault: row.is_default === 'Y',
  isSystem: row.is_system === 'Y',
  code: row.code ?? '',
  originId: row.origin_id ?? '',
  originatorId: row.originator_id ?? '',
})

function grouped<K, V>(values: readonly V[], key: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value])
  return groups
}

/** Statuses, pipelines and currencies, kept in memory and in their order. */
export class Directories {
  readonly #contents: Cached<Contents>

  constructor(caches: Caches) {
    this.#contents = caches.define('directories', async (reader) => {
      const statuses = await reader.find<StatusRow>(sql`select * from crm_status order by entity_id, sort, id`)
      const categories = await reader.find<CategoryRow>(
        sql`select * from crm_category order by entity_type_id, sort, id`,
      )
      const currencies = await reader.find<{ currency: string; base: string }>(
        sql`select currency, base from crm_currency order by sort, currency`,
      )
      return {
        byDirectory: grouped(statuses.map(statusOf), (status) => status.entityId),
        categories: grouped(categories.map(categoryOf), (category) => category.entityTypeId),
        currencies: new Map(currencies.map((row) => [row.currency, { base: row.base === 'Y' }])),
      }
    })
  }

  async statuses(reader: Reader, directory: string): Promise<readonly Status[]> {
    return (await this.#contents.get(reader)).byDirectory.get(directory) ?? []
  }

  async status(reader: Reader, directory: string, id: string): Promise<Status | undefined> {
    return (await this.statuses(reader, directory)).find((status) => status.statusId === id)
  }

  async allDirectories(reader: Reader): Promise<readonly string[]> {
    return [...(await this.#contents.get(reader)).byDirectory.keys()]
  }

  async categories(reader: Reader, entityTypeId: number): Promise<readonly Category[]> {
    return (await this.#contents.get(reader)).categories.get(entityTypeId) ?? []
  }

  async hasCurrency(reader: Reader, code: string): Promise<boolean> {
    return (await this.#contents.get(reader)).currencies.has(code)
  }

  async baseCurrency(reader: Reader): Promise<string> {
    const all = (await this.#contents.get(reader)).currencies
    return [...all].find(([, { base }]) => base)?.[0] ?? [...all.keys()][0] ?? 'USD'
  }
}

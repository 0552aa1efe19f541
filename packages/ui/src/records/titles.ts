import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type MaybeRefOrGetter, toValue } from 'vue'
import { call } from '../api/portal.ts'
import { queries } from '../api/queries.ts'
import { say } from '../i18n/index.ts'

/** What records are called by: people by their names, everything else by its title. */
const NAMED = ['id', 'title', 'name', 'secondName', 'lastName'] as const
type Named = Readonly<Record<string, unknown>> & { readonly id: number }

const CONTACT = 3

/** A record's name; `Contact 12`-like where it has none. */
export function recordTitle(entityTypeId: number, row: Named): string {
  const parts = entityTypeId === CONTACT ? [row.name, row.lastName] : [row.title]
  return (
    parts.filter((part) => typeof part === 'string' && part.trim() !== '').join(' ') ||
    say('kinds.untitled', { id: row.id })
  )
}

interface Asked {
  readonly id: number
  readonly tell: (title: string | null) => void
  readonly fail: (cause: unknown) => void
}

const waiting = new Map<number, Asked[]>()
const PAGE = 50

/** All names that a page asks for in one turn are read together. */
function load(entityTypeId: number, id: number): Promise<string | null> {
  return new Promise((tell, fail) => {
    const queue = waiting.get(entityTypeId)
    if (queue !== undefined) {
      queue.push({ id, tell, fail })
      return
    }
    waiting.set(entityTypeId, [{ id, tell, fail }])
    setTimeout(() => {
      const asked = waiting.get(entityTypeId) ?? []
      waiting.delete(entityTypeId)
      for (let from = 0; from < asked.length; from += PAGE) void loadPage(entityTypeId, asked.slice(from, from + PAGE))
    })
  })
}

async function loadPage(entityTypeId: number, asked: readonly Asked[]): Promise<void> {
  try {
    const { items } = await call<{ items: readonly Named[] }>('crm.item.list', {
      entityTypeId,
      select: [...NAMED],
      filter: { '@id': [...new Set(asked.map(({ id }) => id))] },
      start: -1,
    })
    const titles = new Map(items.map((row) => [row.id, recordTitle(entityTypeId, row)]))
    for (const { id, tell } of asked) tell(titles.get(id) ?? null)
  } catch (cause) {
    for (const { fail } of asked) fail(cause)
  }
}

/** The question for a name, as lists ask it before their cells do. */
export const titleQuery = (entityTypeId: number, id: number) => ({
  queryKey: ['item', entityTypeId, id, 'title'] as const,
  queryFn: () => load(entityTypeId, id),
  staleTime: 5 * 60_000,
})

/** A record's name: undefined while it is read, null where the person may not see the record. */
export function useRecordTitle(
  entityTypeId: MaybeRefOrGetter<number>,
  id: MaybeRefOrGetter<number>,
): ComputedRef<string | null | undefined> {
  const { data } = useQuery(
    computed(() => ({ ...titleQuery(toValue(entityTypeId), toValue(id)), enabled: toValue(id) > 0 })),
  )
  return computed(() => data.value)
}

/** What is known of a name already, for texts outside of components. */
export const knownTitle = (entityTypeId: number, id: number): string | undefined =>
  queries.getQueryData<string | null>(['item', entityTypeId, id, 'title']) ?? undefined

/** A name that has just been seen needs no question. */
export const rememberTitle = (entityTypeId: number, id: number, title: string): void => {
  queries.setQueryData(['item', entityTypeId, id, 'title'], title)
}

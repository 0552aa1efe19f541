import { QueryClient } from '@tanstack/vue-query'
import { PortalError } from 'portico-client'

/**
 * What has been read, kept until something says that it has changed: live updates do (api/live.ts).
 *
 * Keys: ['item', typeId, id], ['items', typeId, …], ['totals', typeId, …] for records; ['types'], ['fields', typeId],
 * ['statuses'], ['people'], ['preferences'] and the like for what changes rarely.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      // A refusal stays one; what has failed on the way is worth another try.
      retry: (count, cause) => !(cause instanceof PortalError) && count < 2,
    },
  },
})

/** Everything that shows records of a type is read anew; one of them, if its id is given, or all. */
export function recordsChanged(entityTypeId: number, id?: number): void {
  void queries.invalidateQueries({ queryKey: id === undefined ? ['item', entityTypeId] : ['item', entityTypeId, id] })
  listsChanged(entityTypeId)
}

/** Milliseconds in which a list is read no second time: of many changes in a row the first and the last are shown. */
const REST = 300
/** Types whose lists have just been read, and whether more has changed since. */
const resting = new Map<number, boolean>()

function listsChanged(entityTypeId: number): void {
  if (resting.has(entityTypeId)) {
    resting.set(entityTypeId, true)
    return
  }
  resting.set(entityTypeId, false)
  setTimeout(() => {
    const isMore = resting.get(entityTypeId) === true
    resting.delete(entityTypeId)
    if (isMore) listsChanged(entityTypeId)
  }, REST)
  void queries.invalidateQueries({ queryKey: ['items', entityTypeId] })
  void queries.invalidateQueries({ queryKey: ['totals', entityTypeId] })
}

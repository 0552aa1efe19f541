import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, type ComputedRef, type MaybeRefOrGetter, toValue } from 'vue'
import { call } from '../api/portal.ts'

/** An entry of a directory, as `crm.status.list` tells it: a stage, a source, an honorific. */
export interface Status {
  readonly ID: string
  readonly ENTITY_ID: string
  readonly STATUS_ID: string
  readonly NAME: string
  readonly SORT: string
  readonly SYSTEM: 'Y' | 'N'
  readonly COLOR: string
  /** Of stages: S is success, F is failure, null is in progress. */
  readonly SEMANTICS: 'S' | 'F' | null
  readonly CATEGORY_ID: string | null
}

export const statusesQuery = {
  queryKey: ['statuses'],
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<readonly Status[]> =>
    call('crm.status.list', { order: { SORT: 'ASC' } }, signal),
  staleTime: 5 * 60_000,
} as const

export const useStatuses = (): UseQueryReturnType<readonly Status[], Error> => useQuery(statusesQuery)

/** One directory, in its order: `STATUS`, `DEAL_STAGE_9`, `SOURCE`. */
export function useDirectory(name: MaybeRefOrGetter<string | null | undefined>): ComputedRef<readonly Status[]> {
  const { data } = useStatuses()
  return computed(() => (data.value ?? []).filter(({ ENTITY_ID }) => ENTITY_ID === toValue(name)))
}

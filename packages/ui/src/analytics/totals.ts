import { keepPreviousData, useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../api/portal.ts'

export interface Group {
  readonly key: Readonly<Record<string, unknown>>
  readonly count: number
  readonly sums: Readonly<Record<string, number>>
}

export interface Totals {
  readonly currencyId: string
  readonly groups: readonly Group[]
}

export interface Asked {
  readonly entityTypeId: number
  readonly filter: Readonly<Record<string, unknown>>
  readonly groupBy: readonly string[]
  readonly sum: readonly string[]
}

/** Under a key of their own: a change of one record is no reason to count a million again at once (see use-figures.ts). */
const KEY = 'analytics'

/** Totals of what is asked; nothing is asked where that is undefined. */
export const useTotals = (asked: ComputedRef<Asked | undefined>): UseQueryReturnType<Totals, Error> =>
  useQuery({
    queryKey: computed(() => [KEY, asked.value?.entityTypeId ?? 0, 'totals', asked.value]),
    enabled: computed(() => asked.value !== undefined),
    queryFn: ({ signal }) => call<Totals>('portico.item.totals', { ...asked.value }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

export interface StageStatistics {
  readonly total: number
  readonly won: number
  readonly lost: number
  readonly stages: readonly {
    readonly stageId: string
    readonly semantics: 'S' | 'F' | null
    readonly reached: number | null
    readonly lostAfter: number | null
    readonly entered: number
    readonly left: number
    readonly averageSeconds: number | null
    readonly medianSeconds: number | null
  }[]
}

export interface AskedStages {
  readonly entityTypeId: number
  readonly categoryId: number
  readonly filter: Readonly<Record<string, unknown>>
}

export const useStageStatistics = (
  asked: ComputedRef<AskedStages | undefined>,
): UseQueryReturnType<StageStatistics, Error> =>
  useQuery({
    queryKey: computed(() => [KEY, asked.value?.entityTypeId ?? 0, 'stages', asked.value]),
    enabled: computed(() => asked.value !== undefined),
    queryFn: ({ signal }) => call<StageStatistics>('portico.stage.statistics', { ...asked.value }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

export const countOf = (groups: readonly Group[]): number => groups.reduce((sum, { count }) => sum + count, 0)
export const sumOf = (groups: readonly Group[], field: string): number =>
  groups.reduce((sum, { sums }) => sum + (sums[field] ?? 0), 0)

/** Groups by one part of their key. */
export function by(groups: readonly Group[], name: string): Map<string, Group[]> {
  const found = new Map<string, Group[]>()
  for (const group of groups) {
    const key = String(group.key[name] ?? '')
    found.set(key, [...(found.get(key) ?? []), group])
  }
  return found
}

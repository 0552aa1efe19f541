import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { ask, call } from '../../api/portal.ts'
import { queries } from '../../api/queries.ts'

export type State = 'waiting' | 'delivered' | 'failed' | 'dropped'
export const states: readonly State[] = ['waiting', 'delivered', 'failed', 'dropped']

/** What was, or is to be, sent to one address. Numbers are texts, as everywhere in REST 2. */
export interface Delivery {
  readonly ID: string
  readonly EVENT: string
  readonly STATE: State
  readonly SOURCE: 'binding' | 'outbound' | 'application'
  readonly HANDLER_ID: string
  readonly APPLICATION_ID: string
  readonly URL: string
  readonly DATA: unknown
  readonly ENTITY_TYPE_ID: string
  readonly RECORD_ID: string
  readonly USER_ID: string
  readonly TS: string
  readonly ATTEMPTS: string
  readonly DUE: string
  readonly FINISHED: string
}

export interface Attempt {
  readonly TIME: string
  /** Milliseconds. */
  readonly DURATION: number
  /** 0: nobody answered. */
  readonly STATUS: number
  readonly ANSWER: string
  readonly ERROR: string
}

export interface DeliveryInFull extends Delivery {
  readonly ATTEMPTS_MADE: readonly Attempt[]
}

export type Filter = Readonly<Record<string, string>>

const KEY = ['developer', 'deliveries'] as const
/** Milliseconds between looks at what has been sent meanwhile. */
const LOOK_EVERY = 3_000

export const useDeliveries = (filter: MaybeRefOrGetter<Filter>, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: computed(() => [...KEY, 'list', toValue(filter)]),
    queryFn: ({ pageParam, signal }) =>
      ask<readonly Delivery[]>('portico.delivery.list', { filter: toValue(filter), start: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    refetchInterval: LOOK_EVERY,
    placeholderData: keepPreviousData,
    enabled,
  })

export const useDelivery = (id: MaybeRefOrGetter<number>) =>
  useQuery({
    queryKey: computed(() => [...KEY, toValue(id)]),
    queryFn: ({ signal }) => call<DeliveryInFull>('portico.delivery.get', { id: toValue(id) }, signal),
    enabled: computed(() => toValue(id) > 0),
    refetchInterval: ({ state }) => (state.data?.STATE === 'waiting' ? 1_000 : LOOK_EVERY * 3),
  })

/** Sends again; answers how many. */
export async function replay(what: { id: number } | { filter: Filter }): Promise<number> {
  const { count } = await call<{ count: number }>('portico.delivery.replay', what)
  await queries.invalidateQueries({ queryKey: KEY })
  return count
}

export const toneOf = (state: State): 'good' | 'bad' | 'wait' | 'plain' =>
  ({ delivered: 'good', failed: 'bad', waiting: 'wait', dropped: 'plain' })[state] as 'good' | 'bad' | 'wait' | 'plain'

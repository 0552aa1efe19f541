import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type Ref, shallowRef, watch } from 'vue'
import { boot } from '../api/boot.ts'
import { onHappened } from '../api/live.ts'
import { call } from '../api/portal.ts'
import { sameValue } from '../kinds/index.ts'
import type { Field } from '../model/fields.ts'
import type { Item } from '../records/writes.ts'

/** Somebody else's change, as it came in while one looked. */
export interface News {
  readonly userId: number
  /** Names of the fields that are others now. */
  readonly names: readonly string[]
}

export interface RecordState {
  readonly item: ComputedRef<Item | undefined>
  readonly failure: ComputedRef<Error | null>
  readonly news: Ref<News | undefined>
  /** Somebody has deleted it. */
  readonly isGone: Ref<boolean>
  reload(): void
}

export const itemQuery = (entityTypeId: number, id: number) => ({
  queryKey: ['item', entityTypeId, id] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Item> =>
    (await call<{ item: Item }>('crm.item.get', { entityTypeId, id }, signal)).item,
})

/** Change with every change: nobody is told of them. */
const QUIET = new Set([
  'updatedTime',
  'updatedBy',
  'lastActivityTime',
  'lastActivityBy',
  'movedTime',
  'movedBy',
  'searchContent',
])

/** A record that is shown, as fresh as it can be. */
export function useRecord(entityTypeId: number, id: number, fields: () => readonly Field[] | undefined): RecordState {
  const { data, error, refetch } = useQuery({ ...itemQuery(entityTypeId, id), staleTime: 0 })
  const news = shallowRef<News>()
  const isGone = shallowRef(false)
  onHappened(({ event, entityTypeId: of, id: which }) => {
    if (of === entityTypeId && which === id && event.endsWith('DELETE')) isGone.value = true
  })
  watch(data, (now, before) => {
    if (now === undefined || before === undefined || now.updatedBy === boot.user.id) return
    const names = (fields() ?? [])
      .filter((field) => !QUIET.has(field.name) && !sameValue(field, now[field.name], before[field.name]))
      .map(({ name }) => name)
    if (names.length > 0) news.value = { userId: Number(now.updatedBy), names }
  })
  return {
    item: computed(() => data.value),
    failure: computed(() => error.value),
    news,
    isGone,
    reload: () => void refetch(),
  }
}

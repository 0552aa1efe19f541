import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type MaybeRefOrGetter, type Ref, toValue } from 'vue'
import { onHappened } from '../api/live.ts'
import { call } from '../api/portal.ts'
import { queries } from '../api/queries.ts'
import type { Entry, Owner, Sort, TimelinePage } from './entries.ts'

const keyFor = ({ entityTypeId, id }: Owner) => ['item', entityTypeId, id, 'timeline'] as const

/** The timeline is read anew; everything of it that is shown. */
export const timelineChanged = (owner: Owner): Promise<void> => queries.invalidateQueries({ queryKey: keyFor(owner) })

export interface TimelineView {
  readonly planned: ComputedRef<readonly Entry[]>
  readonly pinned: ComputedRef<readonly Entry[]>
  /** What has been, newest first, as far as it was scrolled to. */
  readonly entries: ComputedRef<readonly Entry[]>
  readonly mail: ComputedRef<boolean>
  readonly isLoading: ComputedRef<boolean>
  readonly error: Ref<Error | null>
  readonly hasMore: ComputedRef<boolean>
  readonly isLoadingMore: Ref<boolean>
  more(): void
  retry(): void
}

/** Of these nothing hangs on which record they are of; who is told of one looks. */
const OF_ITS_OWN = /^ONCRM(TIMELINE|ACTIVITY)/

/** A record's timeline, page by page, and anew whenever somebody has written into it. */
export function useTimeline(owner: MaybeRefOrGetter<Owner>, only: MaybeRefOrGetter<readonly Sort[]>): TimelineView {
  const query = useInfiniteQuery(
    computed(() => {
      const { entityTypeId, id } = toValue(owner)
      const sorts = toValue(only)
      return {
        queryKey: [...keyFor({ entityTypeId, id }), sorts],
        queryFn: ({ pageParam, signal }: { pageParam: string; signal: AbortSignal }): Promise<TimelinePage> =>
          call(
            'portico.timeline.list',
            {
              entityTypeId,
              id,
              ...(pageParam === '' ? {} : { before: pageParam }),
              ...(sorts.length === 0 ? {} : { only: [...sorts] }),
            },
            signal,
          ),
        initialPageParam: '',
        getNextPageParam: ({ next }: TimelinePage): string | undefined => next ?? undefined,
        placeholderData: keepPreviousData<InfiniteData<TimelinePage, string>>,
      }
    }),
  )
  onHappened((happened) => {
    if (!OF_ITS_OWN.test(happened.event)) return
    const { entityTypeId, id } = toValue(owner)
    const { owners } = happened as { owners?: readonly { entityTypeId: number; id: number }[] }
    if (owners === undefined || owners.some((each) => each.entityTypeId === entityTypeId && each.id === id))
      void timelineChanged({ entityTypeId, id })
  })
  const pages = computed(() => query.data.value?.pages ?? [])
  return {
    planned: computed(() => pages.value[0]?.planned ?? []),
    pinned: computed(() => pages.value[0]?.pinned ?? []),
    entries: computed(() => unique(pages.value.flatMap(({ entries }) => entries))),
    mail: computed(() => pages.value[0]?.mail ?? true),
    isLoading: computed(() => query.isPending.value),
    error: query.error,
    hasMore: computed(() => query.hasNextPage.value === true),
    isLoadingMore: query.isFetchingNextPage,
    more: () => {
      if (!query.isFetchingNextPage.value) void query.fetchNextPage()
    },
    retry: () => void query.refetch(),
  }
}

/** What was written while pages were read may stand at the edge of two of them. */
function unique(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [`${entry.source}:${entry.id}`, entry])).values()]
}

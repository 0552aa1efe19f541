import { computed, type ComputedRef, type Ref } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import { isFiltering, useFilter, usualName } from '../filters/use-filter.ts'
import { usePreference, usePreferencesRead } from '../model/preferences.ts'
import type { Pipeline, RecordType } from '../model/record-types.ts'
import { useNotify } from '../shell/notify.ts'
import { type RecordColumn, useColumns } from './columns.ts'
import type { Sorting } from './grid.ts'
import { type Layout, useLayout } from './use-layout.ts'
import { type ListRows, useRows } from './use-rows.ts'

const textOf = (value: LocationQuery[string] | undefined): string =>
  (Array.isArray(value) ? value[0] : value)?.toString() ?? ''

/** `?sort=-createdTime,title`: a minus is from the last to the first. */
const readSorting = (text: string): readonly Sorting[] =>
  text
    .split(',')
    .filter((part) => /^-?\w+$/.test(part))
    .map((part) => ({ id: part.replace(/^-/, ''), isDescending: part.startsWith('-') }))
const writtenSorting = (sorting: readonly Sorting[]): string =>
  sorting.map(({ id, isDescending }) => (isDescending ? `-${id}` : id)).join()

export interface List {
  readonly all: ComputedRef<readonly RecordColumn[] | undefined>
  readonly layout: Layout
  readonly rows: ListRows
  readonly sorting: ComputedRef<readonly Sorting[]>
  sort(sorting: readonly Sorting[]): void
  /** What the list shows: the page's filter, in the pipeline that was chosen. */
  readonly filter: ComputedRef<Record<string, unknown>>
  readonly isFiltered: ComputedRef<boolean>
  clearFilter(): void
  readonly pipelines: ComputedRef<readonly Pipeline[]>
  readonly pipeline: ComputedRef<Pipeline | undefined>
  choosePipeline(id: number | undefined): void
}

/** Everything that a page of records knows: what it is asked to show is in its address. */
export function useList(type: Ref<RecordType | undefined>): List {
  const route = useRoute()
  const router = useRouter()
  const notify = useNotify()
  const isRead = usePreferencesRead()
  const all = useColumns(type)
  const layout = useLayout(type, all, (cause) => notify.failed(cause))
  const page = useFilter(type)
  const usual = usePreference(() => usualName(type.value), '')

  function put(query: Record<string, string | undefined>): void {
    const others = Object.fromEntries(Object.entries(route.query).filter(([key]) => !(key in query)))
    const own = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
    void router.replace({ path: route.path, query: { ...others, ...own }, hash: route.hash })
  }

  const pipelines = computed(() =>
    type.value?.hasCategories === true ? type.value.pipelines.filter(({ rights }) => rights.read !== 'none') : [],
  )
  const pipeline = computed(() => {
    const asked = textOf(route.query.category)
    return pipelines.value.length > 1 ? pipelines.value.find(({ id }) => String(id) === asked) : undefined
  })
  const filter = computed(() =>
    pipeline.value === undefined ? page.filter.value : { ...page.filter.value, '=categoryId': pipeline.value.id },
  )

  const sorting = computed(() => {
    const sortable = new Set(all.value?.flatMap(({ id, isSortable }) => (isSortable ? id : [])))
    const asked = textOf(route.query.sort)
    const chosen = asked === '' ? (layout.sorting.value ?? []) : readSorting(asked)
    return chosen.filter(({ id }) => sortable.has(id))
  })

  const asked = computed(() => {
    const columns = layout.columns.value
    if (type.value === undefined || columns === undefined || !isRead.value) return undefined
    // The page is about to begin with its usual filter: nobody waits for another list first.
    if (usual.value !== '' && !isFiltering(route.query)) return undefined
    return { type: type.value, filter: filter.value, sorting: sorting.value, columns }
  })

  return {
    all,
    layout,
    rows: useRows(asked),
    sorting,
    sort(next) {
      layout.sort(next)
      put({ sort: next.length === 0 ? undefined : writtenSorting(next) })
    },
    filter,
    isFiltered: computed(() => !page.isEmpty.value),
    clearFilter: page.clear,
    pipelines,
    pipeline,
    choosePipeline: (id) => put({ category: id === undefined ? undefined : String(id) }),
  }
}

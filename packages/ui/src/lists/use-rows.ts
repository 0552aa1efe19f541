import { keepPreviousData, useQueries, useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type Ref, ref, shallowRef, watch } from 'vue'
import { ask } from '../api/portal.ts'
import { queries } from '../api/queries.ts'
import { isLink } from '../filters/field-ops.ts'
import { linkedIds } from '../kinds/link/links.ts'
import type { RecordType } from '../model/record-types.ts'
import { useHidden } from '../records/hidden.ts'
import { recordTitle, rememberTitle, titleQuery } from '../records/titles.ts'
import { type ListRow, orderField, type RecordColumn } from './columns.ts'
import type { Rows, Sorting } from './grid.ts'

/** Rows of one answer of `crm.item.list`. */
const PAGE = 50

interface Asked {
  readonly type: RecordType
  readonly filter: Readonly<Record<string, unknown>>
  readonly sorting: readonly Sorting[]
  readonly columns: readonly RecordColumn[]
}

interface PageOfRows {
  /** What the page is of: the same for all pages of a list. */
  readonly list: string
  readonly page: number
  readonly rows: readonly ListRow[]
  readonly total: number
}

export interface ListRows {
  readonly rows: ComputedRef<Rows<ListRow>>
  /** How many records are found; undefined until that is known. */
  readonly total: ComputedRef<number | undefined>
  /** Another filter or order is on its way; what was found before is still shown. */
  readonly isTurning: ComputedRef<boolean>
  readonly error: ComputedRef<Error | null>
  /** Ids of what has been loaded. */
  readonly loadedIds: () => number[]
  /** Loads what is in sight. */
  see(first: number, last: number): void
  idsBetween(from: number, to: number): Promise<readonly number[]>
  retry(): void
  /** Shows values before they are stored; answers how to take that back. */
  patch(id: number, values: Readonly<Record<string, unknown>>): () => void
  /** Rows by which the first ones have moved, when records came or went above. */
  readonly list: ComputedRef<string>
}

/** Newest first, where nothing else is said; the id makes every order a definite one. */
export const orderOf = (sorting: readonly Sorting[], type: RecordType): Record<string, 'ASC' | 'DESC'> => {
  const order: Record<string, 'ASC' | 'DESC'> = {}
  for (const { id, isDescending } of sorting) order[orderField(id, type)] = isDescending ? 'DESC' : 'ASC'
  return { ...order, ...('id' in order ? {} : { id: 'DESC' }) }
}

export const selectOf = (columns: readonly RecordColumn[], type: RecordType): string[] => [
  ...new Set([
    'id',
    ...(type.stageField === null ? [] : [type.stageField]),
    ...(type.hasCategories ? ['categoryId'] : []),
    ...columns.flatMap(({ select }) => select),
  ]),
]

/** Names of what the rows point at are asked for all at once, before the cells do. */
function readTitles(rows: readonly ListRow[], { type, columns }: Asked): void {
  for (const row of rows) rememberTitle(type.entityTypeId, row.id, recordTitle(type.entityTypeId, row))
  for (const { field } of columns)
    if (isLink(field))
      for (const row of rows)
        for (const { entityTypeId, id } of linkedIds(field, row[field.name]))
          void queries.prefetchQuery(titleQuery(entityTypeId, id))
}

const pageQuery = (asked: Asked | undefined, list: string, page: number) => ({
  queryKey: ['items', asked?.type.entityTypeId ?? 0, 'list', list, page] as const,
  enabled: asked !== undefined,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<PageOfRows> => {
    if (asked === undefined) throw new Error('nothing is asked for')
    const { type, filter, sorting, columns } = asked
    const { result, total } = await ask<{ items: readonly ListRow[] }>(
      'crm.item.list',
      {
        entityTypeId: type.entityTypeId,
        select: selectOf(columns, type),
        filter,
        order: orderOf(sorting, type),
        start: page * PAGE,
      },
      signal,
    )
    // Inputs and views ask a row what it is.
    const rows = result.items.map((row) => ({ ...row, entityTypeId: type.entityTypeId }))
    if (columns.some(({ id }) => id === 'title')) readTitles(rows, asked)
    return { list, page, rows, total: total ?? rows.length }
  },
})

/** A type's records as far as they are in sight, in pages, whatever their number. */
export function useRows(asked: Ref<Asked | undefined>): ListRows {
  const list = computed(() => {
    if (asked.value === undefined) return ''
    const { type, filter, sorting, columns } = asked.value
    return JSON.stringify([type.entityTypeId, filter, orderOf(sorting, type), selectOf(columns, type).toSorted()])
  })
  const seen = ref<readonly number[]>([0])
  watch(
    // Other columns are the same list.
    () => asked.value && JSON.stringify([asked.value.type.entityTypeId, asked.value.filter, asked.value.sorting]),
    () => (seen.value = [0]),
    { flush: 'sync' },
  )
  const results = useQueries({
    queries: computed(() => seen.value.map((page) => pageQuery(asked.value, list.value, page))),
  })

  interface Shown {
    readonly list: string
    readonly total: number
    readonly pages: ReadonlyMap<number, readonly ListRow[]>
  }
  const shown = shallowRef<Shown>()
  watch(
    results,
    (now) => {
      let next = shown.value
      for (const { data } of now) {
        if (data === undefined || data.list !== list.value) continue
        if (next?.list !== data.list)
          next = { list: data.list, total: data.total, pages: new Map([[data.page, data.rows]]) }
        else if (next.pages.get(data.page) !== data.rows || next.total !== data.total)
          next = { ...next, total: data.total, pages: new Map(next.pages).set(data.page, data.rows) }
      }
      if (next !== shown.value) shown.value = next
    },
    { immediate: true },
  )

  const hidden = useHidden(() => asked.value?.type.entityTypeId)
  /** Places of records that are about to go. */
  const gaps = computed(() => {
    if (hidden.value.size === 0 || shown.value === undefined) return []
    const places: number[] = []
    for (const [page, rows] of shown.value.pages)
      for (const [index, { id }] of rows.entries()) if (hidden.value.has(id)) places.push(page * PAGE + index)
    return places.toSorted((a, b) => a - b)
  })
  const rows = computed<Rows<ListRow>>(() => {
    const { total = 0, pages = new Map<number, readonly ListRow[]>() } = shown.value ?? {}
    const skipped = gaps.value
    return {
      length: Math.max(0, total - skipped.length),
      at(index) {
        let place = index
        for (const gap of skipped) if (gap <= place) place++
        return pages.get(Math.floor(place / PAGE))?.[place % PAGE]
      },
    }
  })

  function see(first: number, last: number): void {
    const from = Math.floor(Math.max(0, first) / PAGE)
    const to = Math.floor((last + gaps.value.length) / PAGE)
    const pages = Array.from({ length: to - from + 1 }, (_each, index) => from + index)
    if (pages.join() !== seen.value.join()) seen.value = pages
  }

  return {
    rows,
    list,
    total: computed(() => (shown.value === undefined ? undefined : rows.value.length)),
    isTurning: computed(() => shown.value !== undefined && shown.value.list !== list.value),
    error: computed(() => results.value.find(({ error }) => error !== null)?.error ?? null),
    loadedIds: () =>
      [...(shown.value?.pages.values() ?? [])].flat().flatMap(({ id }) => (hidden.value.has(id) ? [] : id)),
    see,
    async idsBetween(from, to) {
      const last = to + gaps.value.length
      const pages = Array.from(
        { length: Math.floor(last / PAGE) - Math.floor(from / PAGE) + 1 },
        (_each, index) => Math.floor(from / PAGE) + index,
      )
      const read = await Promise.all(pages.map((page) => queries.fetchQuery(pageQuery(asked.value, list.value, page))))
      return read
        .flatMap(({ page, rows: found }) => found.map(({ id }, index) => ({ id, place: page * PAGE + index })))
        .filter(({ place, id }) => place >= from && place <= last && !hidden.value.has(id))
        .map(({ id }) => id)
    },
    retry: () => results.value.forEach((each) => void each.refetch()),
    patch(id, values) {
      const type = asked.value?.type.entityTypeId
      const before = [...(shown.value?.pages.values() ?? [])].flat().find((row) => row.id === id)
      const put = (change: Readonly<Record<string, unknown>>): void => {
        queries.setQueriesData<PageOfRows>({ queryKey: ['items', type, 'list'] }, (page) =>
          page?.rows.some((row) => row.id === id)
            ? { ...page, rows: page.rows.map((row) => (row.id === id ? { ...row, ...change } : row)) }
            : page,
        )
      }
      put(values)
      return () => {
        if (before !== undefined)
          put(Object.fromEntries(Object.keys(values).map((name) => [name, before[name] ?? null])))
      }
    },
  }
}

export interface Totals {
  readonly currencyId: string
  readonly groups: readonly { readonly count: number; readonly sums: Readonly<Record<string, number>> }[]
}

/** Sums of all that is found, in the portal's own currency. */
export const useTotals = (
  asked: Ref<{ readonly entityTypeId: number; readonly filter: object; readonly sum: readonly string[] } | undefined>,
) =>
  useQuery({
    queryKey: computed(() => ['totals', asked.value?.entityTypeId ?? 0, 'list', asked.value]),
    enabled: computed(() => (asked.value?.sum.length ?? 0) > 0),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Totals> =>
      (await ask<Totals>('portico.item.totals', { ...asked.value }, signal)).result,
  })

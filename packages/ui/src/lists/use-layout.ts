import { computed, type ComputedRef, type Ref, ref, watch } from 'vue'
import { setPreference, usePreference } from '../model/preferences.ts'
import type { RecordType } from '../model/record-types.ts'
import { presetColumns, type RecordColumn, TITLE } from './columns.ts'
import type { Sorting } from './grid.ts'

interface Saved {
  /** Field and width, in their order; no width is the usual one. */
  readonly columns: readonly { readonly id: string; readonly width?: number }[]
  readonly sorting?: readonly Sorting[]
}

export interface Layout {
  /** What is shown, in its order; undefined while it is on its way. */
  readonly columns: ComputedRef<readonly RecordColumn[] | undefined>
  readonly sorting: ComputedRef<readonly Sorting[] | undefined>
  show(ids: readonly string[]): void
  resize(id: string, width: number): void
  sort(sorting: readonly Sorting[]): void
  /** What everyone has who has not chosen anything: an administrator's layout, else the usual one. */
  reset(): Promise<void>
  saveForAll(): Promise<void>
}

const PAUSE = 400

/** Which columns a type's list shows, how wide and in which order: kept on the server, for each and for all. */
export function useLayout(
  type: Ref<RecordType | undefined>,
  all: Ref<readonly RecordColumn[] | undefined>,
  failed: (cause: unknown) => void,
): Layout {
  const name = (): string => `list.layout.${type.value?.entityTypeId ?? 0}`
  const saved = usePreference<Saved | null>(name, null)
  /** What was changed just now: many small steps are stored as one. */
  const draft = ref<Saved>()
  let timer: ReturnType<typeof setTimeout> | undefined
  function store(): void {
    clearTimeout(timer)
    timer = undefined
    if (draft.value === undefined) return
    const layout = draft.value
    void setPreference(name(), layout).catch(failed)
    draft.value = undefined
  }
  watch(() => type.value?.entityTypeId, store, { flush: 'sync' })

  const current = computed<Saved>(() => {
    const layout = draft.value ?? saved.value
    return layout ?? { columns: type.value === undefined ? [] : presetColumns(type.value).map((id) => ({ id })) }
  })
  const columns = computed(() => {
    if (all.value === undefined) return undefined
    const byId = new Map(all.value.map((column) => [column.id, column]))
    const shown = current.value.columns.flatMap(({ id, width }) => {
      const column = byId.get(id)
      return column === undefined ? [] : width === undefined ? column : { ...column, width, isFlexible: false }
    })
    // A list without names would be of no use to anyone.
    const title = byId.get(TITLE)
    return shown.some(({ id }) => id === TITLE) || title === undefined ? shown : [title, ...shown]
  })
  function change(layout: Partial<Saved>): void {
    draft.value = { ...current.value, ...layout }
    clearTimeout(timer)
    timer = setTimeout(store, PAUSE)
  }
  const widths = (): Map<string, number | undefined> =>
    new Map(current.value.columns.map(({ id, width }) => [id, width]))
  const entry = (id: string, width: number | undefined): Saved['columns'][number] =>
    width === undefined ? { id } : { id, width }

  return {
    columns,
    sorting: computed(() => current.value.sorting),
    show: (ids) => change({ columns: ids.map((id) => entry(id, widths().get(id))) }),
    resize: (id, width) =>
      change({
        columns: (columns.value ?? []).map((each) => entry(each.id, each.id === id ? width : widths().get(each.id))),
      }),
    sort: (sorting) => change({ sorting }),
    async reset() {
      clearTimeout(timer)
      draft.value = undefined
      await setPreference(name(), null)
    },
    async saveForAll() {
      store()
      await setPreference(name(), current.value, { common: true })
    },
  }
}

import { computed, type ComputedRef, ref, shallowRef } from 'vue'

/** What is selected: records one by one, or all that a filter finds but for some. */
export interface Selection {
  /** All that is found is selected, whether it has been loaded or not. */
  readonly isAll: ComputedRef<boolean>
  readonly ids: ComputedRef<ReadonlySet<number>>
  /** What was taken out of "all". */
  readonly except: ComputedRef<ReadonlySet<number>>
  has(id: number): boolean
  set(ids: Iterable<number>, isSelected: boolean): void
  setAll(): void
  clear(): void
  /** How many are selected of so many that there are. */
  count(total: number): number
}

export function useSelection(): Selection {
  const isAll = ref(false)
  /** The selected ones, or those that are not. */
  const marked = shallowRef<ReadonlySet<number>>(new Set())
  const none: ReadonlySet<number> = new Set()
  return {
    isAll: computed(() => isAll.value),
    ids: computed(() => (isAll.value ? none : marked.value)),
    except: computed(() => (isAll.value ? marked.value : none)),
    has: (id) => marked.value.has(id) !== isAll.value,
    set(ids, isSelected) {
      const next = new Set(marked.value)
      for (const id of ids)
        if (isSelected === isAll.value) next.delete(id)
        else next.add(id)
      marked.value = next
    },
    setAll() {
      isAll.value = true
      marked.value = new Set()
    },
    clear() {
      isAll.value = false
      marked.value = new Set()
    },
    count: (total) => (isAll.value ? Math.max(0, total - marked.value.size) : marked.value.size),
  }
}

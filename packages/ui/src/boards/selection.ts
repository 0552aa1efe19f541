import { computed, type ComputedRef, shallowReactive } from 'vue'

export interface Selection {
  readonly ids: ReadonlySet<number>
  readonly size: ComputedRef<number>
  has(id: number): boolean
  toggle(id: number): void
  /** Everything between the card that was chosen last and this one, in the order of the column. */
  extend(id: number, order: readonly number[]): void
  set(ids: Iterable<number>): void
  clear(): void
}

/** The cards that are chosen. Each card follows its own: choosing one draws one anew. */
export function makeSelection(): Selection {
  const ids = shallowReactive(new Set<number>())
  let last: number | undefined
  const selection: Selection = {
    ids,
    size: computed(() => ids.size),
    has: (id) => ids.has(id),
    toggle(id) {
      if (!ids.delete(id)) ids.add(id)
      last = id
    },
    extend(id, order) {
      const [from, to] = [order.indexOf(last ?? id), order.indexOf(id)]
      if (from < 0 || to < 0) return selection.toggle(id)
      for (const each of order.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(each)
      last = id
    },
    set(given) {
      ids.clear()
      for (const id of given) ids.add(id)
    },
    clear() {
      ids.clear()
      last = undefined
    },
  }
  return selection
}

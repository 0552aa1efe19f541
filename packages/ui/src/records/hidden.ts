import { type ComputedRef, computed, shallowRef } from 'vue'

const hiddenIds = shallowRef<ReadonlyMap<number, ReadonlySet<number>>>(new Map())

/** Records that are about to be deleted: no list, board or card shows them. */
export interface Hidden {
  /** Shows all of them again, or those that are named; the others are gone and stay hidden. */
  show(ids?: readonly number[]): void
}

export function hideRecords(entityTypeId: number, ids: readonly number[]): Hidden {
  set(entityTypeId, new Set([...(hiddenIds.value.get(entityTypeId) ?? []), ...ids]))
  return {
    show(shown = ids) {
      const again = new Set(shown)
      set(entityTypeId, new Set([...(hiddenIds.value.get(entityTypeId) ?? [])].filter((id) => !again.has(id))))
    },
  }
}

function set(entityTypeId: number, ids: ReadonlySet<number>): void {
  hiddenIds.value = new Map(hiddenIds.value).set(entityTypeId, ids)
}

/** Ids of a type's records that are not to be shown. */
export const useHidden = (entityTypeId: () => number | undefined): ComputedRef<ReadonlySet<number>> =>
  computed(() => hiddenIds.value.get(entityTypeId() ?? 0) ?? new Set())

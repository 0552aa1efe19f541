import { computed, type ComputedRef, reactive, watch } from 'vue'
import { boot } from '../api/boot.ts'

export interface Draft<Values extends object> {
  readonly values: Values
  /** Something was written. */
  readonly isDirty: ComputedRef<boolean>
  clear(): void
}

const keyFor = (name: string): string => `portico.draft.${boot.user.id}.${name}`

function kept(name: string): object {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyFor(name)) ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/**
 * What somebody has begun to write, which survives a reload and a closed card until it is sent. It stays in this
 * browser: half a thought is nobody else's business.
 */
export function useDraft<Values extends object>(name: () => string, empty: () => Values): Draft<Values> {
  const values = reactive({ ...empty(), ...kept(name()) }) as Values
  const isDirty = computed(() => {
    const blank = JSON.stringify(empty())
    return JSON.stringify(values) !== blank
  })
  // In step with every key: a browser may close at any moment.
  watch(
    values,
    () => {
      try {
        if (isDirty.value) localStorage.setItem(keyFor(name()), JSON.stringify(values))
        else localStorage.removeItem(keyFor(name()))
      } catch {
        // Full, or not allowed: it is only not kept.
      }
    },
    { deep: true, flush: 'sync' },
  )
  watch(name, (next) => Object.assign(values, empty(), kept(next)))
  return {
    values,
    isDirty,
    clear: () => void Object.assign(values, empty()),
  }
}

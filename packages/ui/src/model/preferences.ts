import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../api/portal.ts'
import { queries } from '../api/queries.ts'

interface Preferences {
  /** What the person has set for themselves, and what holds for all who have not. */
  readonly own: Readonly<Record<string, unknown>>
  readonly common: Readonly<Record<string, unknown>>
}

const KEY = ['preferences'] as const
const query = {
  queryKey: KEY,
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<Preferences> => call('portico.preference.list', {}, signal),
  staleTime: Infinity,
} as const

/**
 * What a person has set for themselves (`list.columns.1`, `filter.presets.2`), else what an administrator has set for
 * all, else `otherwise`. Kept on the server, so that it is the same on every device.
 */
export function usePreference<Value>(name: () => string, otherwise: Value): ComputedRef<Value> {
  const { data } = useQuery(query)
  return computed(() => {
    const { own, common } = data.value ?? { own: {}, common: {} }
    return (own[name()] ?? common[name()] ?? otherwise) as Value
  })
}

/** Whether it is known what has been set: until then everything is as if nothing was. */
export function usePreferencesRead(): ComputedRef<boolean> {
  const { data, isError } = useQuery(query)
  return computed(() => data.value !== undefined || isError.value)
}

/** Shown at once, stored behind it; null takes the person's own back. `common`: for all, by administrators. */
export async function setPreference(name: string, value: unknown, { common = false } = {}): Promise<void> {
  const part = common ? 'common' : 'own'
  const before = queries.getQueryData<Preferences>(KEY)
  if (before !== undefined) {
    const { [name]: _gone, ...rest } = before[part]
    queries.setQueryData(KEY, { ...before, [part]: value === null ? rest : { ...rest, [name]: value } })
  }
  try {
    await call('portico.preference.set', { name, value, common: common ? 'Y' : 'N' })
  } catch (cause) {
    queries.setQueryData(KEY, before)
    throw cause
  }
}

import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../../api/portal.ts'

interface CurrencyRow {
  readonly CURRENCY: string
  readonly FULL_NAME?: string
  readonly BASE?: string
}

export interface Currency {
  readonly id: string
  readonly name: string
  readonly isBase: boolean
}

/** The portal's currencies, and the one that sums are told in. */
export function useCurrencies(): { all: ComputedRef<readonly Currency[]>; base: ComputedRef<string | undefined> } {
  const { data } = useQuery({
    queryKey: ['currencies'],
    queryFn: ({ signal }) => call<readonly CurrencyRow[]>('crm.currency.list', { order: { sort: 'ASC' } }, signal),
    staleTime: 5 * 60_000,
  })
  const all = computed(() =>
    (data.value ?? []).map(({ CURRENCY, FULL_NAME, BASE }) => ({
      id: CURRENCY,
      name: FULL_NAME || CURRENCY,
      isBase: BASE === 'Y',
    })),
  )
  return { all, base: computed(() => (all.value.find(({ isBase }) => isBase) ?? all.value[0])?.id) }
}

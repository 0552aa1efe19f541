import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../api/portal.ts'

interface Currency {
  readonly CURRENCY: string
  readonly AMOUNT: string
  readonly AMOUNT_CNT: string
}

/** What an amount is worth in the portal's own currency, as `portico.item.totals` reckons it. */
export function useWorth(): ComputedRef<(amount: unknown, currencyId: unknown) => number> {
  const { data } = useQuery({
    queryKey: ['currencies', 'rates'],
    queryFn: ({ signal }) => call<readonly Currency[]>('crm.currency.list', {}, signal),
    staleTime: 5 * 60_000,
  })
  return computed(() => {
    const rates = new Map(
      (data.value ?? []).map((each) => [each.CURRENCY, Number(each.AMOUNT) / Number(each.AMOUNT_CNT)]),
    )
    return (amount, currencyId) => {
      const value = Number(amount ?? 0) * (rates.get(String(currencyId ?? '')) ?? 1)
      return Number.isFinite(value) ? value : 0
    }
  })
}

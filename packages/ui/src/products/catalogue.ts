import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type Ref } from 'vue'
import { call } from '../api/portal.ts'

interface ProductRecord {
  readonly ID: string
  readonly NAME: string
  readonly PRICE: string | null
  readonly CURRENCY_ID: string | null
}

/** A product of the catalogue. */
export interface Product {
  readonly id: number
  readonly name: string
  readonly price: number | null
  readonly currencyId: string | null
}

const MOST = 15

/** Products whose names hold a text. */
export function useProducts(
  text: Readonly<Ref<string>>,
  enabled: Ref<boolean>,
): {
  products: ComputedRef<readonly Product[]>
  isSearching: Ref<boolean>
} {
  const { data, isFetching } = useQuery({
    queryKey: computed(() => ['products', text.value.trim()]),
    enabled,
    staleTime: 10_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<readonly Product[]> => {
      const name = text.value.trim()
      const rows = await call<readonly ProductRecord[]>(
        'crm.product.list',
        {
          select: ['ID', 'NAME', 'PRICE', 'CURRENCY_ID'],
          filter: { ACTIVE: 'Y', ...(name === '' ? {} : { '%NAME': name }) },
          order: { NAME: 'ASC' },
          start: -1,
        },
        signal,
      )
      return rows.slice(0, MOST).map(({ ID, NAME, PRICE, CURRENCY_ID }) => ({
        id: Number(ID),
        name: NAME,
        price: PRICE === null || PRICE === '' ? null : Number(PRICE),
        currencyId: CURRENCY_ID,
      }))
    },
  })
  return { products: computed(() => data.value ?? []), isSearching: isFetching }
}

/** A new product of the catalogue; answers its id. */
export const addProduct = async (name: string, currencyId: string | undefined): Promise<number> =>
  Number(
    await call<number>('crm.product.add', {
      fields: { NAME: name, PRICE: 0, ...(currencyId === undefined ? {} : { CURRENCY_ID: currencyId }) },
    }),
  )

/** Rates of tax, in percent; null is none. */
export function useTaxRates(): ComputedRef<readonly { rate: number | null; name: string }[]> {
  const { data } = useQuery({
    queryKey: ['vat'],
    queryFn: ({ signal }) =>
      call<readonly { NAME: string; RATE: string | null; ACTIVE: string }[]>(
        'crm.vat.list',
        { order: { C_SORT: 'ASC' } },
        signal,
      ),
    staleTime: 5 * 60_000,
  })
  return computed(() =>
    (data.value ?? [])
      .filter(({ ACTIVE }) => ACTIVE === 'Y')
      .map(({ NAME, RATE }) => ({ rate: RATE === null ? null : Number(RATE), name: NAME })),
  )
}

/** Units in which products are counted. */
export function useMeasures(): ComputedRef<readonly { code: number; name: string }[]> {
  const { data } = useQuery({
    queryKey: ['measures'],
    queryFn: ({ signal }) =>
      call<readonly { CODE: string; MEASURE_TITLE: string; SYMBOL_INTL: string }[]>('crm.measure.list', {}, signal),
    staleTime: 5 * 60_000,
  })
  return computed(() =>
    (data.value ?? []).map(({ CODE, MEASURE_TITLE, SYMBOL_INTL }) => ({
      code: Number(CODE),
      name: SYMBOL_INTL || MEASURE_TITLE,
    })),
  )
}

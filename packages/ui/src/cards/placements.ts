import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../api/portal.ts'
import type { RecordType } from '../model/record-types.ts'

/** What an application has put into a place of the portal. */
export interface Placement {
  readonly id: number
  readonly title: string
}

/** `CRM_LEAD_DETAIL_TAB`, `CRM_DYNAMIC_1220_DETAIL_TAB`. */
export const placeOf = ({ name }: RecordType, suffix: string): string => `CRM_${name.toUpperCase()}_${suffix}`

/** The widgets that the person has in a place. */
export function usePlacements(place: () => string): ComputedRef<readonly Placement[]> {
  const { data } = useQuery({
    queryKey: computed(() => ['placements', place()]),
    queryFn: async ({ signal }) =>
      (await call<{ widgets: readonly Placement[] }>('portico.placement.list', { placement: place() }, signal)).widgets,
    staleTime: 60_000,
  })
  return computed(() => data.value ?? [])
}

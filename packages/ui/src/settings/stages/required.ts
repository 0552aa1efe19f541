import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../../api/portal.ts'

/** What a record must have before it may come into a stage. */
export interface Required {
  readonly categoryId: number | null
  readonly stageId: string
  readonly fields: readonly string[]
}

export const requiredKey = (entityTypeId: number) => ['stage-required', entityTypeId] as const

export function useRequired(entityTypeId: ComputedRef<number | undefined>): ComputedRef<readonly Required[]> {
  const { data } = useQuery({
    queryKey: computed(() => requiredKey(entityTypeId.value ?? 0)),
    enabled: computed(() => entityTypeId.value !== undefined),
    queryFn: async ({ signal }) =>
      (
        await call<{ stages: readonly Required[] }>(
          'portico.stage.required.list',
          { entityTypeId: entityTypeId.value ?? 0 },
          signal,
        )
      ).stages,
  })
  return computed(() => data.value ?? [])
}

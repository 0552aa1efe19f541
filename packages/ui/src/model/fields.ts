import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { call } from '../api/portal.ts'

/** A field of a type, as `crm.item.fields` describes it, with its name. */
export interface Field {
  /** `stageId`, `ufCrm_1a2b`: its key in rows of `crm.item.*`. */
  readonly name: string
  readonly type: string
  readonly title: string
  readonly isRequired: boolean
  readonly isReadOnly: boolean
  readonly isImmutable: boolean
  readonly isMultiple: boolean
  /** A field of the portal's own. */
  readonly isDynamic: boolean
  readonly isDeprecated?: boolean
  /** Of `crm_status`: the directory (`SOURCE`). */
  readonly statusType?: string
  /** Of `enumeration`. */
  readonly items?: readonly { readonly ID: string; readonly VALUE: string }[]
  readonly settings?: Readonly<Record<string, unknown>> | readonly []
  readonly upperName: string
}

export const fieldsQuery = (entityTypeId: number) => ({
  queryKey: ['fields', entityTypeId] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<readonly Field[]> => {
    const { fields } = await call<{ fields: Record<string, Omit<Field, 'name'>> }>(
      'crm.item.fields',
      { entityTypeId },
      signal,
    )
    return Object.entries(fields).map(([name, field]) => ({ name, ...field }))
  },
  staleTime: 5 * 60_000,
})

export function useFields(
  entityTypeId: MaybeRefOrGetter<number | undefined>,
): UseQueryReturnType<readonly Field[], Error> {
  return useQuery(
    computed(() => {
      const id = toValue(entityTypeId)
      return { ...fieldsQuery(id ?? 0), enabled: id !== undefined }
    }),
  )
}

import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call, portal } from '../../api/portal.ts'

export interface FieldOption {
  readonly id?: string
  readonly value: string
  readonly def: 'Y' | 'N'
  readonly sort: string
}

/** A custom field as `userfieldconfig.list` tells it. */
export interface UserField {
  readonly id: string
  readonly entityId: string
  readonly fieldName: string
  readonly userTypeId: string
  readonly sort: string
  readonly multiple: 'Y' | 'N'
  readonly mandatory: 'Y' | 'N'
  readonly showFilter: string
  readonly isSearchable: 'Y' | 'N'
  readonly settings: Readonly<Record<string, unknown>> | readonly []
  readonly enum?: readonly FieldOption[]
}

/** The same with its names in all languages. */
export interface WholeField extends UserField {
  readonly editFormLabel: Readonly<Record<string, string | null>> | readonly []
}

export const userFieldsKey = (entityId: string) => ['user-fields', entityId] as const

const MODULE = { moduleId: 'crm' } as const

/** The custom fields of a type, in their order. */
export const useUserFields = (
  entityId: ComputedRef<string | undefined>,
): UseQueryReturnType<readonly UserField[], Error> =>
  useQuery({
    queryKey: computed(() => userFieldsKey(entityId.value ?? '')),
    enabled: computed(() => entityId.value !== undefined),
    queryFn: async ({ signal }) => {
      const fields: UserField[] = []
      for await (const page of portal.pages(
        'userfieldconfig.list' as never,
        {
          ...MODULE,
          select: { 0: '*', 1: 'enum' },
          order: { sort: 'ASC', id: 'ASC' },
          filter: { entityId: entityId.value },
        } as never,
        { by: 'offset', signal } as never,
      ))
        fields.push(...(page.rows as unknown as UserField[]))
      return fields
    },
  })

export const readField = async (id: string): Promise<WholeField> =>
  (await call<{ field: WholeField }>('userfieldconfig.get', { ...MODULE, id: Number(id) })).field

export const addField = (field: object): Promise<{ field: WholeField }> =>
  call('userfieldconfig.add', { ...MODULE, field })

export const updateCommand = (id: string, field: object) => ({
  method: 'userfieldconfig.update',
  params: { ...MODULE, id: Number(id), field },
})

export const removeField = (id: string): Promise<null> => call('userfieldconfig.delete', { ...MODULE, id: Number(id) })

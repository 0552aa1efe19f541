import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../api/portal.ts'
import { mayIn, type RecordType, useRecordTypes } from '../model/record-types.ts'

interface MyRights {
  /** Of the portal: people, departments, roles. */
  readonly administrator: boolean
  /** Of the CRM: its settings as a whole. */
  readonly crmAdministrator: boolean
}

/** What somebody must be for a page of the settings. */
export type Wanted = 'administrator' | 'crm' | 'type'

export const useMyRights = (): UseQueryReturnType<MyRights, Error> =>
  useQuery({
    queryKey: ['rights', 'my'],
    queryFn: ({ signal }): Promise<MyRights> => call('portico.rights.my', {}, signal),
    staleTime: 5 * 60_000,
  })

/** The types whose settings the person may change. */
export function useConfigurable(where: (type: RecordType) => boolean = () => true): ComputedRef<RecordType[]> {
  const { data } = useRecordTypes()
  return computed(() => (data.value ?? []).filter((type) => mayIn(type, 'configure') && where(type)))
}

/** Whether the person may be on a page; undefined until that is known. */
export function useAllowed(): (wanted: Wanted) => boolean | undefined {
  const { data: rights } = useMyRights()
  const { data: types } = useRecordTypes()
  return (wanted) => {
    if (rights.value === undefined || types.value === undefined) return undefined
    if (wanted === 'administrator') return rights.value.administrator
    if (rights.value.crmAdministrator) return true
    return wanted === 'type' && types.value.some((type) => mayIn(type, 'configure'))
  }
}

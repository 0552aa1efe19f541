import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../api/portal.ts'

export interface Directory {
  /** `SOURCE` */
  readonly id: string
  readonly title: string
}

interface Told {
  readonly ID: string
  readonly NAME: string
  /** Of stages, which are settings of their pipelines. */
  readonly SEMANTIC_INFO?: unknown
}

/** Kept, but not told by the method that lists directories. */
const UNLISTED: readonly Told[] = [{ ID: 'EVENT_TYPE', NAME: 'Event types' }]

/** The directories that are no stages; those that every portal has are called in the language of the interface. */
export function useDirectories(): ComputedRef<readonly Directory[]> {
  const { t, te } = useI18n()
  const { data } = useQuery({
    queryKey: ['directories'],
    queryFn: ({ signal }): Promise<readonly Told[]> => call('crm.status.entity.types', {}, signal),
    staleTime: 5 * 60_000,
  })
  const titled = ({ ID, NAME }: Told): Directory => ({
    id: ID,
    title: te(`settings.directories.names.${ID}`) ? t(`settings.directories.names.${ID}`) : NAME,
  })
  return computed(() =>
    data.value === undefined
      ? []
      : [...data.value.filter((each) => each.SEMANTIC_INFO === undefined), ...UNLISTED].map(titled),
  )
}

import { useQueries, useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type Ref } from 'vue'
import { findRecords } from '../kinds/link/find-records.ts'
import { linkedIds, linkValue, targetsOf } from '../kinds/link/links.ts'
import type { Field } from '../model/fields.ts'
import { useRecordTypes } from '../model/record-types.ts'
import { titleQuery } from '../records/titles.ts'
import type { Choice } from './ChoiceList.vue'

/** Records that a field may point at: those that are called so, or the newest. Undefined while they are looked for. */
export function useFoundRecords(field: Ref<Field>, search: Ref<string>): ComputedRef<readonly Choice[] | undefined> {
  const { data: types } = useRecordTypes()
  const targets = computed(() => targetsOf(field.value))
  const { data } = useQuery({
    queryKey: computed(() => ['find', ...targets.value, search.value.trim()]),
    enabled: computed(() => targets.value.length > 0),
    queryFn: ({ signal }) => findRecords(targets.value, search.value.trim(), signal),
    staleTime: 10_000,
  })
  return computed(() =>
    data.value?.map(({ entityTypeId, id, title, subtitle }) => {
      const kind = types.value?.find((type) => type.entityTypeId === entityTypeId)?.title
      return {
        value: String(linkValue(field.value, { entityTypeId, id })),
        label: title,
        description: [targets.value.length > 1 ? kind : '', subtitle].filter(Boolean).join(' · '),
      }
    }),
  )
}

/** What the records of a field's values are called; what is not known yet, or not to be seen, is missing. */
export function useLinkedTitles(
  field: Ref<Field>,
  values: Ref<readonly string[]>,
): ComputedRef<ReadonlyMap<string, string>> {
  const linked = computed(() =>
    values.value.flatMap((value) => linkedIds(field.value, value).map((record) => ({ value, ...record }))),
  )
  const titles = useQueries({
    queries: computed(() => linked.value.map(({ entityTypeId, id }) => titleQuery(entityTypeId, id))),
  })
  return computed(
    () =>
      new Map(
        linked.value.flatMap(({ value }, index) => {
          const title = titles.value[index]?.data
          return title ? [[value, title] as const] : []
        }),
      ),
  )
}

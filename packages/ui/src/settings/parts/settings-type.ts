import { computed, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import { pathOf, type RecordType, typeOfPath } from '../../model/record-types.ts'

/** `/settings/stages/type/1220/` */
export const settingsPath = (page: string, type: RecordType): string =>
  `/settings/${page}/${pathOf(type).replace(/^\/crm\//, '')}/`

/** The type that the page's address names, or the first of these. */
export function useSettingsType(types: ComputedRef<readonly RecordType[]>): ComputedRef<RecordType | undefined> {
  const route = useRoute()
  return computed(() => {
    const { type } = route.params
    if (type === undefined || type === '') return types.value[0]
    return typeOfPath(types.value, Array.isArray(type) ? type.join('/') : type)
  })
}

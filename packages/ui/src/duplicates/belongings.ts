import { useI18n } from 'vue-i18n'
import { useRecordTypes } from '../model/record-types.ts'
import { titleOfMany } from '../model/type-title.ts'
import type { Belongings } from './duplicates.ts'

/** `3 activities, 2 comments, Deals: 1`: what belongs to a record, in words. */
export function useBelongings(): (belongings: Belongings) => string {
  const { t } = useI18n()
  const { data: types } = useRecordTypes()
  return ({ activities, comments, records }) => {
    const named = records.flatMap(({ entityTypeId, count }) => {
      const type = types.value?.find((each) => each.entityTypeId === entityTypeId)
      return type === undefined ? [] : [`${titleOfMany(type)}: ${count}`]
    })
    const parts = [
      ...(activities > 0 ? [t('duplicates.activities', { n: activities }, activities)] : []),
      ...(comments > 0 ? [t('duplicates.comments', { n: comments }, comments)] : []),
      ...named,
    ]
    return parts.length === 0 ? t('duplicates.nothing') : parts.join(', ')
  }
}

import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { fieldTitle } from '../model/field-title.ts'
import { type Field, useFields } from '../model/fields.ts'
import type { RecordType } from '../model/record-types.ts'
import { usableFields } from '../model/usable-fields.ts'

/** What people ask about most comes first. */
const USUAL = [
  'categoryId',
  'stageId',
  'stageSemanticId',
  'assignedById',
  'createdTime',
  'opportunity',
  'sourceId',
  'typeId',
  'companyId',
  'contactIds',
  'companyIds',
  'closedate',
  'lastActivityTime',
]

/** Open, won or lost: types without a field for it are asked by their stages. */
const semantics: Field = {
  name: 'stageSemanticId',
  type: 'string',
  title: 'Status Semantic',
  isRequired: false,
  isReadOnly: true,
  isImmutable: false,
  isMultiple: false,
  isDynamic: false,
  upperName: 'STAGE_SEMANTIC_ID',
}

export interface FilterField {
  readonly field: Field
  readonly title: string
  readonly isUsual: boolean
}

/** Every field that a type's records can be asked about: the usual ones first, the rest by their names. */
export function useFilterFields(type: Ref<RecordType>): ComputedRef<readonly FilterField[]> {
  const { t, locale } = useI18n()
  const { data: fields } = useFields(() => type.value.entityTypeId)
  return computed(() => {
    const usable = usableFields(fields.value ?? [], type.value)
    const all =
      type.value.stageField === null || usable.some(({ name }) => name === semantics.name) || usable.length === 0
        ? usable
        : [...usable, semantics]
    const place = ({ name }: Field): number => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length)
    return all
      .map((field) => ({
        field,
        title: field.name === semantics.name ? t('filters.progress') : fieldTitle(field),
        isUsual: USUAL.includes(field.name),
      }))
      .toSorted((a, b) => place(a.field) - place(b.field) || a.title.localeCompare(b.title, locale.value))
  })
}

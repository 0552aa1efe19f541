import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCurrencies } from '../kinds/currency/currencies.ts'
import { colourOf } from '../model/colours.ts'
import type { Field } from '../model/fields.ts'
import type { RecordType } from '../model/record-types.ts'
import { type Status, useStatuses } from '../model/statuses.ts'
import type { Choice } from './ChoiceList.vue'

const choiceOf = ({ STATUS_ID, NAME, COLOR }: Status, isStage: boolean): Choice => ({
  value: STATUS_ID,
  label: NAME,
  ...(isStage ? { colour: colourOf(COLOR) } : {}),
})

const STAGES: ReadonlySet<string> = new Set(['stageId', 'previousStageId'])

/** What a field with a directory, options or a fixed set of codes can be; undefined while that is on its way. */
export function useChoices(type: Ref<RecordType>, field: Ref<Field>): ComputedRef<readonly Choice[] | undefined> {
  const { t } = useI18n()
  const { data: statuses } = useStatuses()
  const { all: currencies } = useCurrencies()

  function stages(): readonly Choice[] {
    const { pipelines } = type.value
    return pipelines.flatMap(({ name, stageDirectory }) =>
      (statuses.value ?? [])
        .filter(({ ENTITY_ID }) => ENTITY_ID === stageDirectory)
        .map((each) => ({ ...choiceOf(each, true), ...(pipelines.length > 1 ? { group: name } : {}) })),
    )
  }

  return computed(() => {
    const { name, type: kind, items, statusType, settings } = field.value
    if (name === 'stageSemanticId')
      return ['P', 'S', 'F'].map((value) => ({ value, label: t(`filters.semantics.${value}`) }))
    if (kind === 'enumeration') return (items ?? []).map(({ ID, VALUE }) => ({ value: ID, label: VALUE }))
    if (kind === 'crm_category')
      return type.value.pipelines.map(({ id, name: label }) => ({ value: String(id), label }))
    if (kind === 'crm_currency')
      return currencies.value.map(({ id, name: label }) => ({ value: id, label, description: id }))
    if (statuses.value === undefined) return undefined
    if (STAGES.has(name)) return stages()
    const directory = statusType ?? (settings as Readonly<Record<string, unknown>> | undefined)?.ENTITY_TYPE
    return statuses.value.filter(({ ENTITY_ID }) => ENTITY_ID === directory).map((each) => choiceOf(each, false))
  })
}

import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { date, money, number } from '../model/format.ts'
import type { Field } from '../model/fields.ts'
import { usePeople } from '../model/people.ts'
import type { RecordType } from '../model/record-types.ts'
import { type Condition, ME } from './condition.ts'
import { isLink, wayOf } from './field-ops.ts'
import { useLinkedTitles } from './found-records.ts'
import { useChoices } from './use-choices.ts'

/** How many of several are named; of the rest is said how many there are. */
const NAMED = 2

/** What a condition asks for, in words: `Won, In progress`, `from €1,000`, `this month`. */
export function useConditionText(
  type: Ref<RecordType>,
  field: Ref<Field>,
  condition: Ref<Condition>,
): ComputedRef<string> {
  const { t } = useI18n()
  const { data: people } = usePeople()
  const choices = useChoices(type, field)
  const linked = computed(() =>
    isLink(field.value) && (condition.value.op === 'any' || condition.value.op === 'none')
      ? condition.value.value.slice(0, NAMED)
      : [],
  )
  const titles = useLinkedTitles(field, linked)

  function nameOf(value: string): string {
    const { type: kind } = field.value
    if (kind === 'user' || kind === 'employee')
      return value === ME ? t('filters.me') : (people.value?.get(Number(value))?.name ?? `#${value}`)
    return choices.value?.find((each) => each.value === value)?.label ?? titles.value.get(value) ?? value
  }
  function names(values: readonly string[]): string {
    const told = values.slice(0, NAMED).map(nameOf).join(', ')
    return values.length > NAMED ? t('filters.more', { names: told, n: values.length - NAMED }) : told
  }
  const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)
  const end = (text: string): string =>
    isDay(text)
      ? date(text)
      : field.value.name === 'opportunity'
        ? money(Number(text), null, { whole: Number.isInteger(Number(text)) })
        : number(Number(text), 4)

  return computed(() => {
    const { op, value } = condition.value
    const [first = '', second = ''] = value
    switch (op) {
      case 'any':
        return names(value)
      case 'none':
        return t('filters.said.none', { names: names(value) })
      case 'contains':
        return `“${first}”`
      case 'equals':
        return wayOf(field.value).asked === 'number' ? `= ${end(first)}` : `= “${first}”`
      case 'range':
        if (first === '') return t('filters.said.to', { to: end(second) })
        return second === '' ? t('filters.said.from', { from: end(first) }) : `${end(first)} – ${end(second)}`
      case 'period':
        return t(`filters.period.${first}`)
      case 'last':
      case 'next':
      case 'before':
        return t(`filters.said.${op}`, { n: number(Number(first)) }, Number(first))
      case 'empty':
      case 'filled':
      case 'yes':
      case 'no':
        return t(`filters.op.${op}`)
    }
  })
}

import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { fieldTitle } from '../../model/field-title.ts'
import type { Field } from '../../model/fields.ts'
import { usePeople } from '../../model/people.ts'
import type { RecordType } from '../../model/record-types.ts'
import { useStatuses } from '../../model/statuses.ts'
import { durationOf, type Rule, useActions } from './rule.ts'

export interface RuleWords {
  /** What the rule does, in a sentence. */
  readonly told: (rule: Rule) => string
  /** When and after how long, if there is something to say. */
  readonly more: (rule: Rule) => string
}

/** Rules in words, for their cards. */
export function useRuleWords(type: ComputedRef<RecordType | undefined>, fields: () => readonly Field[]): RuleWords {
  const { t } = useI18n()
  const { data: statuses } = useStatuses()
  const { data: people } = usePeople()
  const { data: actions } = useActions(computed(() => type.value?.entityTypeId))

  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const titleOf = (name: string): string => {
    const field = fields().find((each) => each.name === name)
    return field === undefined ? name : fieldTitle(field)
  }
  const long = (seconds: number): string => {
    const { many, unit } = durationOf(seconds)
    return t(`settings.automation.many.${unit}`, { n: many }, many)
  }
  const details: Readonly<Record<string, (settings: Rule['settings']) => string>> = {
    field: ({ fields: given }) =>
      Object.keys((given ?? {}) as object)
        .map(titleOf)
        .join(', '),
    stage: ({ stageId }) => statuses.value?.find(({ STATUS_ID }) => STATUS_ID === stageId)?.NAME ?? text(stageId),
    assign: ({ users }) =>
      (Array.isArray(users) ? users : []).map((id) => people.value?.get(Number(id))?.name ?? `#${id}`).join(', '),
    activity: ({ title }) => text(title),
    mail: ({ subject }) => text(subject),
    webhook: ({ url }) => text(url),
    wait: ({ seconds, field }) => (field === undefined ? long(Number(seconds)) : titleOf(text(field))),
    robot: ({ owner, code }) =>
      actions.value?.robots.find((each) => each.owner === owner && each.code === code)?.name ?? text(code),
  }
  return {
    told: ({ kind, settings }) =>
      t(`settings.automation.told.${kind}`, { what: details[kind]?.(settings) || t('settings.none') }),
    more({ delay, conditions, trigger, active }) {
      const many = Object.keys(conditions ?? {}).length
      return [
        ...(active ? [] : [t('settings.automation.off')]),
        ...(trigger === null ? [] : [t('settings.automation.byTrigger', { code: trigger.code })]),
        ...(delay > 0 ? [t('settings.automation.after', { time: long(delay) })] : []),
        ...(many > 0 ? [t('settings.automation.if', { n: many }, many)] : []),
      ].join(' · ')
    },
  }
}

export const ruleTitle = (rule: Rule, words: RuleWords): string => rule.name || words.told(rule)

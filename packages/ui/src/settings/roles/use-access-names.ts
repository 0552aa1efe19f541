import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useDepartments } from '../departments/departments.ts'
import { usePeople } from '../../model/people.ts'

export interface AccessChoice {
  /** `U5`, `D3`, `DR3`, `AU` */
  readonly code: string
  readonly name: string
  readonly of: 'everybody' | 'person' | 'department'
}

/** Whom a role can be given to, and what they are called. */
export function useAccessChoices(): ComputedRef<readonly AccessChoice[]> {
  const { t } = useI18n()
  const { data: people } = usePeople()
  const { data: departments } = useDepartments()
  return computed(() => [
    { code: 'AU', name: t('settings.roles.everybody'), of: 'everybody' },
    ...(departments.value ?? []).flatMap(({ id, name }): AccessChoice[] => [
      { code: `DR${id}`, name: t('settings.roles.withBelow', { name }), of: 'department' },
      { code: `D${id}`, name, of: 'department' },
    ]),
    ...[...(people.value?.values() ?? [])]
      .filter(({ active }) => active)
      .map(({ id, name }): AccessChoice => ({ code: `U${id}`, name, of: 'person' })),
  ])
}

/** Names of codes that a role has; what has gone is told by its code. */
export const nameOfCode = (choices: readonly AccessChoice[], code: string): string =>
  choices.find((each) => each.code === code)?.name ?? code

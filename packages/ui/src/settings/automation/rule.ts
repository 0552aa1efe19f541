import type { IconComponent } from '@bitrix24/b24ui-nuxt'
import ActivityIcon from '@bitrix24/b24icons-vue/outline/CompleteTaskListIcon'
import AssignIcon from '@bitrix24/b24icons-vue/outline/PersonIcon'
import FieldIcon from '@bitrix24/b24icons-vue/outline/EditMIcon'
import MailIcon from '@bitrix24/b24icons-vue/outline/MailIcon'
import RobotIcon from '@bitrix24/b24icons-vue/outline/RobotIcon'
import StageIcon from '@bitrix24/b24icons-vue/outline/StagesIcon'
import WaitIcon from '@bitrix24/b24icons-vue/outline/HourglassIcon'
import WebhookIcon from '@bitrix24/b24icons-vue/outline/LinkIcon'
import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../../api/portal.ts'

export const kinds = ['field', 'stage', 'assign', 'activity', 'mail', 'webhook', 'wait', 'robot'] as const
export type RuleKind = (typeof kinds)[number]

export const icons: Readonly<Record<RuleKind, IconComponent>> = {
  field: FieldIcon,
  stage: StageIcon,
  assign: AssignIcon,
  activity: ActivityIcon,
  mail: MailIcon,
  webhook: WebhookIcon,
  wait: WaitIcon,
  robot: RobotIcon,
}

export interface Trigger {
  readonly owner: string
  readonly code: string
}

/** A rule as `portico.automation.rule.list` tells it. */
export interface Rule {
  readonly id: number
  readonly name: string
  readonly entityTypeId: number
  readonly categoryId: number | null
  readonly stageId: string | null
  /** Null: the stage starts it. */
  readonly trigger: Trigger | null
  readonly sort: number
  /** Seconds. */
  readonly delay: number
  readonly conditions: Readonly<Record<string, unknown>> | null
  readonly kind: RuleKind
  readonly settings: Readonly<Record<string, unknown>>
  readonly active: boolean
}

export interface Robot {
  readonly owner: string
  readonly code: string
  readonly name: string
  readonly description: string
  readonly application: string | null
  readonly waits: boolean
  readonly properties: readonly {
    readonly name: string
    readonly title: string
    readonly type: string
    readonly required: boolean
    readonly default: unknown
  }[]
}

export interface Actions {
  readonly kinds: readonly string[]
  readonly robots: readonly Robot[]
  readonly triggers: readonly (Trigger & { readonly name: string })[]
}

export interface Run {
  readonly id: number
  readonly ruleId: number
  readonly recordId: number
  /** Epoch seconds. */
  readonly time: number
  readonly result: 'done' | 'skipped' | 'failed'
  readonly error: string
}

export const rulesKey = (entityTypeId: number) => ['rules', entityTypeId] as const

export const useRules = (entityTypeId: ComputedRef<number | undefined>): UseQueryReturnType<readonly Rule[], Error> =>
  useQuery({
    queryKey: computed(() => rulesKey(entityTypeId.value ?? 0)),
    enabled: computed(() => entityTypeId.value !== undefined),
    queryFn: async ({ signal }) =>
      (
        await call<{ rules: readonly Rule[] }>(
          'portico.automation.rule.list',
          { entityTypeId: entityTypeId.value ?? 0 },
          signal,
        )
      ).rules,
  })

export const useActions = (entityTypeId: ComputedRef<number | undefined>): UseQueryReturnType<Actions, Error> =>
  useQuery({
    queryKey: computed(() => ['automation-actions', entityTypeId.value ?? 0]),
    enabled: computed(() => entityTypeId.value !== undefined),
    queryFn: ({ signal }): Promise<Actions> =>
      call('portico.automation.action.list', { entityTypeId: entityTypeId.value ?? 0 }, signal),
  })

/** How long, in the largest unit that says it whole. */
export const units = { minutes: 60, hours: 3600, days: 86_400 } as const
export type Unit = keyof typeof units

export function durationOf(seconds: number): { readonly many: number; readonly unit: Unit } {
  const unit = (['days', 'hours'] as const).find((each) => seconds > 0 && seconds % units[each] === 0) ?? 'minutes'
  return { many: seconds / units[unit], unit }
}

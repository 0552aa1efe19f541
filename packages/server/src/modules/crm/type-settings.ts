import type { TypeRow } from '../../records/entities.ts'
import { yesNo } from '../../schema/kind.ts'

export type YesNo = 'Y' | 'N'

/** What a smart process can switch on, in the documented order, with what it is called and whether it starts so. */
const flags = {
  isCategoriesEnabled: ['Use custom funnels and sales tunnels in the smart process', 'N'],
  isStagesEnabled: ['Use custom stages and Kanban in the smart process', 'N'],
  isBeginCloseDatesEnabled: ["Fields 'Start Date' and 'End Date'", 'N'],
  isClientEnabled: ["Field 'Client'", 'N'],
  isUseInUserfieldEnabled: ['Use in user field', 'N'],
  isLinkWithProductsEnabled: ['Link with catalog products', 'N'],
  isMycompanyEnabled: ["Field 'Your Company Details'", 'N'],
  isDocumentsEnabled: ['Document Printing', 'N'],
  isSourceEnabled: ["Fields 'Source' and 'Additional Information about Source'", 'N'],
  isObserversEnabled: ["Field 'Observers'", 'N'],
  isRecyclebinEnabled: ['Use Recycle Bin', 'N'],
  isAutomationEnabled: ['Use Automation rules and triggers in the smart process', 'N'],
  isBizProcEnabled: ['Use business process designer in the smart process', 'N'],
  isSetOpenPermissions: ['Make new funnels available to everyone', 'Y'],
} as const satisfies Record<string, readonly [title: string, preset: YesNo]>

export type TypeFlag = keyof typeof flags
export type TypeFlags = Readonly<Record<TypeFlag, YesNo>>
export const typeFlags = Object.keys(flags) as readonly TypeFlag[]
export const flagTitle = (flag: TypeFlag): string => flags[flag][0]

/** Fields of tasks and calendar events that may show a smart process (api-reference/crm/data-types.md#typelinkeduserfields). */
const linkable = [
  'CALENDAR_EVENT|UF_CRM_CAL_EVENT',
  'TASKS_TASK|UF_CRM_TASK',
  'TASKS_TASK_TEMPLATE|UF_CRM_TASK',
] as const
export type LinkedUserFields = Readonly<Record<(typeof linkable)[number], YesNo>>

interface TypeSettings extends Partial<Record<TypeFlag, YesNo>> {
  readonly linkedUserFields?: Readonly<Record<string, YesNo>>
}

const settingsOf = (type: Pick<TypeRow, 'settings'>): TypeSettings => JSON.parse(type.settings) as TypeSettings

export function flagsOf(type: Pick<TypeRow, 'settings'>): TypeFlags {
  const settings = settingsOf(type)
  return Object.fromEntries(typeFlags.map((flag) => [flag, settings[flag] ?? flags[flag][1]])) as TypeFlags
}

export function linkedUserFieldsOf(type: Pick<TypeRow, 'settings'>): LinkedUserFields {
  const linked = settingsOf(type).linkedUserFields
  return Object.fromEntries(linkable.map((name) => [name, linked?.[name] ?? 'N'])) as LinkedUserFields
}

/** `"true"` and `"false"` only, as documented: here Y means nothing (crm-type-add.md#linkeduserfields). */
export const isTrue = (input: unknown): boolean => input === true || input === 'true'

/**
 * The settings that `fields` of `crm.type.add` and `crm.type.update` ask for; what they don't name stays. Links to
 * user fields count only while the smart process may be used in user fields.
 */
export function changeSettings(before: Pick<TypeRow, 'settings'>, fields: Readonly<Record<string, unknown>>): string {
  const was = flagsOf(before)
  const now = Object.fromEntries(
    typeFlags.map((flag) => {
      const input = fields[flag]
      return [flag, input === undefined || input === null ? was[flag] : yesNo(input) === true ? 'Y' : 'N']
    }),
  ) as TypeFlags
  const given = fields.linkedUserFields
  const asked = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : undefined
  const kept = linkedUserFieldsOf(before)
  const linkedUserFields = Object.fromEntries(
    linkable.map((name) => {
      const on = asked === undefined ? kept[name] === 'Y' : isTrue(asked[name])
      return [name, now.isUseInUserfieldEnabled === 'Y' && on ? 'Y' : 'N']
    }),
  )
  return JSON.stringify({ ...now, linkedUserFields })
}

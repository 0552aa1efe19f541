import type { IconComponent } from '@bitrix24/b24ui-nuxt'
import ActivityIcon from '@bitrix24/b24icons-vue/outline/SmartActivityIcon'
import MailIcon from '@bitrix24/b24icons-vue/outline/MailIcon'
import MailSendIcon from '@bitrix24/b24icons-vue/outline/MailSendIcon'
import MeetingIcon from '@bitrix24/b24icons-vue/outline/GroupIcon'
import PhoneInIcon from '@bitrix24/b24icons-vue/outline/PhoneInIcon'
import PhoneOutIcon from '@bitrix24/b24icons-vue/outline/PhoneOutIcon'
import TaskIcon from '@bitrix24/b24icons-vue/outline/TaskIcon'
import TodoIcon from '@bitrix24/b24icons-vue/outline/CircleCheckIcon'
import { call } from '../api/portal.ts'
import { i18n, say } from '../i18n/index.ts'
import { type ActivityData, CALL, EMAIL, type Entry, INCOMING, MEETING, TASK, textIn, TODO } from './entries.ts'

export const activityOf = (entry: Entry): ActivityData => entry.data as unknown as ActivityData

export function iconOf({ typeId, direction, providerId }: ActivityData): IconComponent {
  if (typeId === CALL) return direction === INCOMING ? PhoneInIcon : PhoneOutIcon
  if (typeId === EMAIL) return direction === INCOMING ? MailIcon : MailSendIcon
  if (typeId === MEETING) return MeetingIcon
  if (typeId === TASK) return TaskIcon
  return providerId === TODO ? TodoIcon : ActivityIcon
}

/** What kind of activity it is, in words. */
export function kindText({ typeId, direction, providerId, completed }: ActivityData): string {
  if (typeId === CALL) return say(direction === INCOMING ? 'timeline.callIn' : 'timeline.callOut')
  if (typeId === EMAIL)
    return say(
      direction === INCOMING ? 'timeline.mailIn' : completed === 'Y' ? 'timeline.mailOut' : 'timeline.mailPlanned',
    )
  if (typeId === MEETING) return say('timeline.meeting')
  if (typeId === TASK) return say('timeline.task')
  return say(providerId === TODO ? 'timeline.todo' : 'timeline.activity')
}

/** What it is called; a configurable one says it in its layout. */
export const titleOf = (data: ActivityData): string =>
  textIn(data.layout?.header.title, i18n.global.locale.value) || data.subject || kindText(data)

const settingOf = ({ settings }: ActivityData, name: string): unknown =>
  Array.isArray(settings) ? undefined : (settings as Readonly<Record<string, unknown>>)[name]

/** The colours that to-dos can have (`colorId` 1 to 7), strong enough to be seen on light and dark. */
export const COLOURS: readonly string[] = ['#2f80ed', '#0f9d8a', '#27963f', '#b98a00', '#e06a1b', '#d6409f', '#7c5cdb']
export const colourIdOf = (data: ActivityData): string => String(settingOf(data, 'COLOR') ?? '')
export const colourOf = (data: ActivityData): string | undefined => COLOURS[Number(colourIdOf(data)) - 1]

/** How a call went, where it was logged here. */
export const callResults = ['reached', 'noAnswer', 'busy', 'message', 'wrongNumber'] as const
export type CallResult = (typeof callResults)[number]
export const callResultOf = (data: ActivityData): CallResult | undefined =>
  callResults.find((each) => each === settingOf(data, 'CALL_RESULT'))

/** Seconds from its start to its end, where both say something. */
export function lengthOf({ startTime, endTime }: ActivityData): number {
  const seconds = (new Date(endTime ?? '').getTime() - new Date(startTime ?? '').getTime()) / 1000
  return seconds > 0 ? seconds : 0
}

/** Marks an activity as done, or takes that back. */
export const complete = ({ id }: Entry, isDone: boolean): Promise<unknown> =>
  call('crm.activity.update', { id, fields: { COMPLETED: isDone ? 'Y' : 'N' } })

/** Moves the deadline; of calls and meetings that is when they begin. */
export const postpone = ({ id }: Entry, deadline: string): Promise<unknown> =>
  call('crm.activity.update', { id, fields: { DEADLINE: deadline } })

import type { Change } from '../../../records/change.ts'
import { nextDate, shifted } from '../../../schema/recurrence.ts'
import type { Zone } from '../../../schema/time.ts'
import { dayOf } from '../rules/defaults.ts'
import { parsed } from './params.ts'
import type { Recurring } from './recurring.ts'

/** The moment at which a day begins. */
export const startOf = (day: string, zone: Zone): number => zone.toEpoch(Date.parse(`${day}T00:00:00Z`) / 1000)

/** When a template is used next: today or later, once a day at most; null when it isn't any more. */
export function nextExecution(kind: Recurring, change: Change): number | null {
  if (change.value('active') !== 'Y') return null
  const { zone } = change.portal
  const limit = change.value('isLimit')
  const most = change.value('limitRepeat')
  if (limit === 'T' && most !== null && Number(change.value('counterRepeat') ?? 0) >= Number(most)) return null
  const recurrence = kind.recurrence(parsed(change.value('params')), String(change.value('startDate')))
  if (recurrence === undefined) return null
  const today = dayOf(change.now, zone)
  const last = change.value('lastExecution')
  const free = typeof last === 'number' ? shifted(dayOf(last, zone), 'day', 1) : today
  const day = nextDate(recurrence, free > today ? free : today)
  const end = change.value('limitDate')
  if (day === undefined || (limit === 'D' && typeof end === 'string' && day > end)) return null
  return startOf(day, zone)
}

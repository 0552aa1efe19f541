import {
  type CalendarDate,
  parseAbsolute,
  toCalendarDate,
  today,
  toZoned,
  type ZonedDateTime,
} from '@internationalized/date'
import { boot } from '../api/boot.ts'
import { i18n, say } from '../i18n/index.ts'
import { date } from '../model/format.ts'

/** A moment in the portal's zone. */
export const zoned = (time: string | number): ZonedDateTime => parseAbsolute(new Date(time).toISOString(), boot.zone)

const dayOf = (time: string): CalendarDate => toCalendarDate(zoned(time))

/** `2026-11-21`: what entries of one day have in common. */
export const dayKey = (time: string): string => dayOf(time).toString()

/** `Today`, `Yesterday`, `Thursday, 19 November`; with the year, where it is another one. */
export function dayTitle(time: string): string {
  const day = dayOf(time)
  const now = today(boot.zone)
  if (day.compare(now) === 0) return say('timeline.today')
  if (day.compare(now.subtract({ days: 1 })) === 0) return say('timeline.yesterday')
  if (day.compare(now.add({ days: 1 })) === 0) return say('timeline.tomorrow')
  return new Intl.DateTimeFormat(i18n.global.locale.value, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(day.year === now.year ? {} : { year: 'numeric' }),
    timeZone: boot.zone,
  }).format(new Date(time))
}

/** `14:05`, in the portal's zone. */
export const timeOfDay = (time: string): string =>
  new Intl.DateTimeFormat(i18n.global.locale.value, { timeStyle: 'short', timeZone: boot.zone }).format(new Date(time))

/** `Today, 14:05`; `21 Nov, 14:05`. */
export function momentText(time: string): string {
  const day = dayOf(time)
  const now = today(boot.zone)
  const near = Math.abs(day.compare(now)) <= 1
  const written = near
    ? dayTitle(time)
    : day.year === now.year
      ? new Intl.DateTimeFormat(i18n.global.locale.value, {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          timeZone: boot.zone,
        }).format(new Date(time))
      : date(time)
  return `${written}, ${timeOfDay(time)}`
}

export type Urgency = 'overdue' | 'today' | 'later' | 'none'

/** How a deadline stands to now. */
export function urgencyOf(deadline: string | null, now: number): Urgency {
  if (deadline === null) return 'none'
  if (new Date(deadline).getTime() < now) return 'overdue'
  return dayOf(deadline).compare(today(boot.zone)) === 0 ? 'today' : 'later'
}

const MORNING = 9

/** What deadlines are usually put to. */
export type Preset = 'inAnHour' | 'thisEvening' | 'tomorrow' | 'inThreeDays' | 'nextMonday' | 'inAWeek'

const at = (day: CalendarDate, hour: number): ZonedDateTime => toZoned(day, boot.zone).set({ hour })

/** The moment of a preset, in ISO 8601; whole hours and quarters, as people speak of them. */
export function presetMoment(preset: Preset, now = Date.now()): string {
  const moment = zoned(now)
  const day = toCalendarDate(moment)
  switch (preset) {
    case 'inAnHour': {
      const later = moment.add({ hours: 1 })
      return later.set({ minute: Math.ceil(later.minute / 15) * 15, second: 0, millisecond: 0 }).toAbsoluteString()
    }
    case 'thisEvening':
      return at(day, 18).toAbsoluteString()
    case 'tomorrow':
      return at(day.add({ days: 1 }), MORNING).toAbsoluteString()
    case 'inThreeDays':
      return at(day.add({ days: 3 }), MORNING).toAbsoluteString()
    case 'nextMonday': {
      const weekday = day.toDate('UTC').getUTCDay()
      return at(day.add({ days: (8 - weekday) % 7 || 7 }), MORNING).toAbsoluteString()
    }
    case 'inAWeek':
      return at(day.add({ days: 7 }), MORNING).toAbsoluteString()
  }
}

/** The presets that are still to come. */
export const presetsAt = (now = Date.now()): Preset[] =>
  (['inAnHour', 'thisEvening', 'tomorrow', 'inThreeDays', 'nextMonday', 'inAWeek'] as const).filter(
    (preset) => preset !== 'thisEvening' || new Date(presetMoment(preset, now)).getTime() > now + 3_600_000,
  )

/** `15 min`, `1 h 5 min`. */
export function durationText(seconds: number): string {
  const minutes = Math.max(Math.round(seconds / 60), 1)
  const hours = Math.floor(minutes / 60)
  return hours === 0
    ? say('timeline.minutes', { n: minutes })
    : minutes % 60 === 0
      ? say('timeline.wholeHours', { hours })
      : say('timeline.hours', { hours, minutes: minutes % 60 })
}

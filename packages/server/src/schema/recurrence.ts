/**
 * Calendars of what repeats (recurring deals and invoices). Days are `YYYY-MM-DD` and belong to no zone; nothing here
 * knows what day it is.
 */

export type Unit = 'day' | 'week' | 'month' | 'year'
export const units: readonly Unit[] = ['day', 'week', 'month', 'year']

/** A day of a month: its number, or the number of a weekday (Monday is 1) in it. What a month doesn't have is its last. */
export type DayOfMonth =
  { readonly day: number; readonly workingOnly?: boolean } | { readonly ordinal: number; readonly weekday: number }

/** When something repeats. Intervals are 1 and more. */
export type Pattern =
  | { readonly every: 'day'; readonly interval: number; readonly workingOnly?: boolean }
  /** Weeks begin on Monday, which is 1. */
  | { readonly every: 'week'; readonly interval: number; readonly weekdays: readonly number[] }
  | { readonly every: 'month'; readonly interval: number; readonly on: DayOfMonth }
  /** `month`: January is 1. */
  | { readonly every: 'year'; readonly interval: number; readonly month: number; readonly on: DayOfMonth }
  /** On its first day alone. */
  | { readonly every: 'never' }

export interface Recurrence {
  /** No date is earlier, and intervals count from here. */
  readonly start: string
  readonly pattern: Pattern
}

const DAY = 86_400_000
/** The days that four digits of a year can name. */
const FIRST = Date.UTC(1000, 0, 1) / DAY
const LAST = Date.UTC(9999, 11, 31) / DAY

const numberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY
const textOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

/** Months since the year 0. */
const monthOf = (day: number): number => {
  const date = new Date(day * DAY)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
const firstOf = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY
const lengthOf = (month: number): number => firstOf(month + 1) - firstOf(month)
const dayOfMonth = (day: number): number => day - firstOf(monthOf(day)) + 1

/** 1970-01-01 was a Thursday. Monday is 0. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7
const weekOf = (day: number): number => Math.floor((day + 3) / 7)
const mondayOf = (week: number): number => week * 7 - 3

/** How many working days there have been before this one; at a weekend, before the next Monday. */
const workingDays = (day: number): number => weekOf(day) * 5 + Math.min(weekdayOf(day), 5)
const workingDay = (count: number): number => mondayOf(Math.floor(count / 5)) + (((count % 5) + 5) % 5)

/** `2026-01-31` and a month is `2026-02-28`: days that don't exist become the last of their month. */
export function shifted(date: string, unit: Unit, count: number): string {
  const day = numberOf(date)
  if (unit === 'day' || unit === 'week') return bounded(day + count * (unit === 'week' ? 7 : 1))
  const month = monthOf(day) + count * (unit === 'year' ? 12 : 1)
  return bounded(firstOf(month) + Math.min(dayOfMonth(day), lengthOf(month)) - 1)
}

const bounded = (day: number): string => textOf(Math.max(FIRST, Math.min(day, LAST)))

/** The day of a month that is meant. */
function within(month: number, on: DayOfMonth): number {
  const first = firstOf(month)
  const last = first + lengthOf(month) - 1
  if ('ordinal' in on) {
    const earliest = first + ((on.weekday - 1 - weekdayOf(first) + 7) % 7)
    const latest = earliest + Math.floor((last - earliest) / 7) * 7
    return Math.min(earliest + (on.ordinal - 1) * 7, latest)
  }
  if (on.workingOnly !== true) return Math.min(first + on.day - 1, last)
  const latest = workingDay(workingDays(last + 1) - 1)
  return Math.min(workingDay(workingDays(first) + on.day - 1), latest)
}

/** The first step of at least `from`, of those that begin at `start`. */
const stepped = (start: number, interval: number, from: number): number =>
  start + Math.max(0, Math.ceil((from - start) / interval)) * interval

function firstFrom(pattern: Pattern, start: number, from: number): number | undefined {
  switch (pattern.every) {
    case 'never':
      return from <= start ? start : undefined
    case 'day':
      return pattern.workingOnly === true
        ? workingDay(stepped(workingDays(start), pattern.interval, workingDays(from)))
        : stepped(start, pattern.interval, from)
    case 'week': {
      const weekdays = pattern.weekdays.toSorted((a, b) => a - b)
      // The week of that day, if it is one of those that count, may have no such weekday left.
      const week = stepped(weekOf(start), pattern.interval, weekOf(from))
      for (const each of [week, week + pattern.interval])
        for (const weekday of weekdays) {
          const day = mondayOf(each) + weekday - 1
          if (day >= from) return day
        }
      return undefined
    }
    case 'month':
      return firstMonthly(monthOf(start), pattern.interval, pattern.on, from)
    case 'year': {
      const first = monthOf(start) - (monthOf(start) % 12) + pattern.month - 1
      return firstMonthly(first, pattern.interval * 12, pattern.on, from)
    }
  }
}

function firstMonthly(first: number, interval: number, on: DayOfMonth, from: number): number {
  const month = stepped(first, interval, monthOf(from))
  const day = within(month, on)
  return day >= from ? day : within(month + interval, on)
}

/**
 * The first date of a recurrence that is not before `from`; undefined when there is none in the years that dates can
 * name.
 */
export function nextDate({ start, pattern }: Recurrence, from: string): string | undefined {
  const begin = numberOf(start)
  const day = firstFrom(pattern, begin, Math.max(begin, numberOf(from)))
  return day === undefined || day > LAST ? undefined : textOf(day)
}

/** The pattern that repeats the start itself: the same weekday, the same day of the month. */
export function patternOf(unit: Unit, interval: number, start: string): Pattern {
  const day = numberOf(start)
  switch (unit) {
    case 'day':
      return { every: 'day', interval }
    case 'week':
      return { every: 'week', interval, weekdays: [weekdayOf(day) + 1] }
    case 'month':
      return { every: 'month', interval, on: { day: dayOfMonth(day) } }
    case 'year':
      return { every: 'year', interval, month: (monthOf(day) % 12) + 1, on: { day: dayOfMonth(day) } }
  }
}

/** What a date says of itself: weekday (Monday is 1), day of the month, month (January is 1). */
export function partsOf(date: string): { weekday: number; day: number; month: number } {
  const day = numberOf(date)
  return { weekday: weekdayOf(day) + 1, day: dayOfMonth(day), month: (monthOf(day) % 12) + 1 }
}

import { formatDateTime, type Zone } from './time.ts'

/** What time is divided into. Weeks begin on Monday, as ISO 8601 has it. */
export const periodUnits = ['day', 'week', 'month', 'quarter', 'year'] as const
export type PeriodUnit = (typeof periodUnits)[number]

export const isPeriodUnit = (text: string): text is PeriodUnit => (periodUnits as readonly string[]).includes(text)

const DAY = 86_400
const shortest: Readonly<Record<PeriodUnit, number>> = {
  day: 23 * 3600,
  week: 7 * DAY - 3600,
  month: 28 * DAY - 3600,
  quarter: 90 * DAY - 3600,
  year: 365 * DAY - 3600,
}

/** At least so many periods lie between two moments, or a few less: enough to refuse what would be far too many. */
export const periodsBetween = (unit: PeriodUnit, from: number, to: number): number =>
  Math.ceil(Math.max(to - from, 0) / shortest[unit]) + 1

/** The first day, as `YYYY-MM-DD`, of the period that a day belongs to. */
export function firstDay(unit: PeriodUnit, date: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  switch (unit) {
    case 'day':
      return date
    case 'week': {
      const moment = new Date(Date.UTC(year, month - 1, day))
      return textOf(new Date(moment.getTime() - ((moment.getUTCDay() + 6) % 7) * DAY * 1000))
    }
    case 'month':
      return `${date.slice(0, 7)}-01`
    case 'quarter':
      return `${date.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`
    case 'year':
      return `${date.slice(0, 4)}-01-01`
  }
}

/** The first day of the period behind the one that begins on a day. */
function nextDay(unit: PeriodUnit, first: string): string {
  const [year = 0, month = 1, day = 1] = first.split('-').map(Number)
  switch (unit) {
    case 'day':
      return textOf(new Date(Date.UTC(year, month - 1, day + 1)))
    case 'week':
      return textOf(new Date(Date.UTC(year, month - 1, day + 7)))
    case 'month':
      return textOf(new Date(Date.UTC(year, month, 1)))
    case 'quarter':
      return textOf(new Date(Date.UTC(year, month + 2, 1)))
    case 'year':
      return textOf(new Date(Date.UTC(year + 1, 0, 1)))
  }
}

const textOf = (moment: Date): string => moment.toISOString().slice(0, 10)

export interface Period {
  /** `YYYY-MM-DD`, on the calendar of the zone. */
  readonly first: string
  /** Epoch seconds. */
  readonly start: number
}

/**
 * The periods that cover the time between two moments, by the clocks of a zone: each begins at its first midnight
 * there, whatever the clocks do on that day.
 */
export function periodsOf(unit: PeriodUnit, from: number, to: number, zone: Zone): Period[] {
  const periods: Period[] = []
  let first = firstDay(unit, formatDateTime(from, zone).slice(0, 10))
  for (;;) {
    const start = zone.toEpoch(Date.parse(`${first}T00:00:00Z`) / 1000)
    if (start > to) return periods
    periods.push({ first, start })
    first = nextDay(unit, first)
  }
}

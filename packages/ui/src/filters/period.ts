/**
 * Stretches of the calendar by name. They are kept as names, so that "this month" of a saved filter is always the
 * present one. Days are those of the portal's zone, as `2026-11-21`.
 */
export const periods = [
  'today',
  'yesterday',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  'tomorrow',
  'next-week',
  'next-month',
] as const
export type Period = (typeof periods)[number]

const DAY = 86_400_000

/** The day that it is in a zone. */
export const dayIn = (zone: string, now: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)

const textOf = (date: Date): string => date.toISOString().slice(0, 10)
export const addDays = (day: string, days: number): string => textOf(new Date(Date.parse(day) + days * DAY))

/** The first day of a month, counted from that of `day`. */
function monthFrom(
  day: string,
  months: number,
  { year = Number(day.slice(0, 4)), month = Number(day.slice(5, 7)) } = {},
) {
  return textOf(new Date(Date.UTC(year, month - 1 + months, 1)))
}

const spans: Readonly<Record<string, (today: string, at: number) => [string, string]>> = {
  day: (today, at) => [addDays(today, at), addDays(today, at)],
  // Weeks begin on Monday (ISO 8601).
  week(today, at) {
    const monday = addDays(today, at * 7 - ((new Date(Date.parse(today)).getUTCDay() + 6) % 7))
    return [monday, addDays(monday, 6)]
  },
  month: (today, at) => [monthFrom(today, at), addDays(monthFrom(today, at + 1), -1)],
  quarter(today, at) {
    const month = Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1
    return [monthFrom(today, at * 3, { month }), addDays(monthFrom(today, at * 3 + 3, { month }), -1)]
  },
  year(today, at) {
    const year = Number(today.slice(0, 4)) + at
    return [`${year}-01-01`, `${year}-12-31`]
  },
}
const steps: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 }
const days: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 }

/** The first and the last day of a period; undefined for a name that is none. */
export function daysOf(period: string, today: string): [string, string] | undefined {
  const day = days[period]
  if (day !== undefined) return spans.day?.(today, day)
  const [step = '', span = ''] = period.split('-')
  const at = steps[step]
  return at === undefined ? undefined : spans[span]?.(today, at)
}

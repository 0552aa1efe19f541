import { boot } from '../api/boot.ts'
import { i18n } from '../i18n/index.ts'

const DAY = 86_400_000
const known = new Map<string, Intl.DateTimeFormat | Intl.RelativeTimeFormat>()

function format<T extends Intl.DateTimeFormat | Intl.RelativeTimeFormat>(name: string, make: (locale: string) => T): T {
  const locale = i18n.global.locale.value
  const key = `${locale} ${name}`
  const found = known.get(key) as T | undefined
  if (found !== undefined) return found
  const made = make(locale)
  known.set(key, made)
  return made
}

/** The day of a moment in the portal's zone, as the number of days since 1970. */
function dayOf(moment: number): number {
  const parts = format('day', () => new Intl.DateTimeFormat('en-CA', { timeZone: boot.zone })).format(moment)
  return Date.parse(parts) / DAY
}

const clock = (moment: number): string =>
  format('clock', (locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: boot.zone })).format(
    moment,
  )

/** `12 Oct`; of other years with the year. */
export function shortDate(value: string | null | undefined, now = Date.now()): string {
  const moment = Date.parse(value ?? '')
  if (Number.isNaN(moment)) return ''
  const year = (at: number): string =>
    format('year', () => new Intl.DateTimeFormat('en-CA', { year: 'numeric', timeZone: boot.zone })).format(at)
  const isThisYear = year(moment) === year(now)
  return format(
    `short ${isThisYear}`,
    (locale) =>
      new Intl.DateTimeFormat(locale, {
        day: 'numeric',
        month: 'short',
        timeZone: boot.zone,
        ...(isThisYear ? {} : { year: 'numeric' }),
      }),
  ).format(moment)
}

/** `today, 15:00`, `yesterday`, `12 Oct`: when something is due. */
export function dueText(deadline: string, now = Date.now()): string {
  const moment = Date.parse(deadline)
  if (Number.isNaN(moment)) return ''
  const days = dayOf(moment) - dayOf(now)
  if (Math.abs(days) > 1) return shortDate(deadline, now)
  const day = format('relative', (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(
    days,
    'day',
  )
  return days < 0 ? day : `${day}, ${clock(moment)}`
}

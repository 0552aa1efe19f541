import { i18n } from '../i18n/index.ts'
import { boot } from '../api/boot.ts'

/** The language that numbers and dates are written in. */
const locale = (): string => i18n.global.locale.value

const known = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>()
function format<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: (locale: string) => T,
): T {
  const name = `${locale()} ${key}`
  const found = known.get(name) as T | undefined
  if (found !== undefined) return found
  const made = make(locale())
  known.set(name, made)
  return made
}

/** `€12,300.00`; `whole`: without hundredths, for sums at a glance. */
export function money(amount: number, currencyId: string | null | undefined, { whole = false } = {}): string {
  const digits = whole ? { maximumFractionDigits: 0 } : {}
  const isKnown = currencyId != null && /^[A-Z]{3}$/.test(currencyId)
  return format(`money ${currencyId} ${whole}`, (language) =>
    isKnown
      ? new Intl.NumberFormat(language, { style: 'currency', currency: currencyId, ...digits })
      : new Intl.NumberFormat(language, { minimumFractionDigits: whole ? 0 : 2, maximumFractionDigits: whole ? 0 : 2 }),
  ).format(amount)
}

export const number = (value: number, digits = 0): string =>
  format(`number ${digits}`, (language) => new Intl.NumberFormat(language, { maximumFractionDigits: digits })).format(
    value,
  )

export const percent = (value: number): string =>
  format(
    'percent',
    (language) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }),
  ).format(value)

/** Whole days have no zone: `2026-11-21` is that day everywhere. */
export function date(value: string | null | undefined): string {
  if (!value) return ''
  const day = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00|$)/.exec(value)?.[1]
  const moment = new Date(day === undefined ? value : `${day}T00:00:00Z`)
  if (Number.isNaN(moment.getTime())) return value
  const timeZone = day === undefined ? boot.zone : 'UTC'
  return format(
    `date ${timeZone}`,
    (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone }),
  ).format(moment)
}

/** A moment, in the portal's zone. */
export function dateTime(value: string | null | undefined): string {
  if (!value) return ''
  const moment = new Date(value)
  if (Number.isNaN(moment.getTime())) return value
  return format(
    'moment',
    (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: boot.zone }),
  ).format(moment)
}

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** `3 hours ago`, `yesterday`; beyond a week the date. */
export function ago(value: string | null | undefined, now = Date.now()): string {
  if (!value) return ''
  const seconds = (new Date(value).getTime() - now) / 1000
  if (Number.isNaN(seconds)) return value
  if (Math.abs(seconds) > 7 * 86_400) return date(value)
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? (['minute', 60] as const)
  return format('relative', (language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' })).format(
    Math.round(seconds / size),
    unit,
  )
}

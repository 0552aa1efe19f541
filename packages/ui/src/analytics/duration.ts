import { i18n } from '../i18n/index.ts'

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** `3.5 days`, `40 min.`: so long as somebody would say it. */
export function duration(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? (['minute', 60] as const)
  const amount = seconds / size
  return new Intl.NumberFormat(i18n.global.locale.value, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: amount < 10 && unit !== 'minute' ? 1 : 0,
  }).format(amount)
}

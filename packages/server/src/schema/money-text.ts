import { formatDecimal } from './decimal.ts'

/** How a currency is written: `#` in `formatString` stands for the number. */
export interface MoneyFormat {
  readonly formatString: string
  readonly decPoint: string
  readonly thousandsSep: string
  /** Digits behind the point. */
  readonly decimals: number
  /** Leaves the point out where only zeros would follow. */
  readonly hideZero: boolean
}

/** Hundredths of a currency as people write them: `1,234.50 €`. */
export function moneyText(hundredths: number, format: MoneyFormat): string {
  const scale = Math.min(format.decimals, 2)
  // Rounded half away from zero, as everywhere with money.
  const unit = 10 ** (2 - scale)
  const units = Math.sign(hundredths) * Math.floor((Math.abs(hundredths) + unit / 2) / unit)
  const [whole = '', cents = ''] = formatDecimal(units, scale).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, () => format.thousandsSep)
  const fraction = cents.padEnd(Math.min(format.decimals, 20), '0')
  const shown =
    fraction === '' || (format.hideZero && /^0+$/.test(fraction)) ? grouped : grouped + format.decPoint + fraction
  return format.formatString.replace('#', () => shown)
}

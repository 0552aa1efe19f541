import { i18n } from '../i18n/index.ts'

/** How the person's language writes decimals: `{ decimal: ',', group: '.' }`. */
function marks(): { decimal: string; group: string } {
  const parts = new Intl.NumberFormat(i18n.global.locale.value).formatToParts(12_345.6)
  const of = (type: string, otherwise: string): string => parts.find((part) => part.type === type)?.value ?? otherwise
  return { decimal: of('decimal', '.'), group: of('group', ',') }
}

/** A number as the person edits it: their decimal mark, no groups. */
export const typed = (value: unknown): string =>
  value === null || value === undefined || value === '' ? '' : String(value).replace('.', marks().decimal)

/**
 * What a person has typed, as a decimal with a point; undefined: no number. `1.234,50`, `1,234.50`, `1 234.5` and
 * `12,5` are read by their own marks first, and by the language only where both readings are possible.
 */
export function readDecimal(text: string): string | undefined {
  let digits = text.trim().replace(/[\s\u00a0\u202f'’]/g, '')
  if (digits === '') return ''
  const { decimal, group } = marks()
  const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'))
  if (last >= 0) {
    const mark = digits[last] as string
    const other = mark === ',' ? '.' : ','
    const isMixed = digits.includes(other)
    const many = digits.split(mark).length > 2
    // `1,234` is a thousand where the comma groups; `12,34` can only be a fraction.
    const groups =
      !isMixed && (many || (mark === group && mark !== decimal && /^-?\d{1,3}(?:[.,]\d{3})+$/.test(digits)))
    digits = groups ? digits.replaceAll(mark, '') : digits.replaceAll(other, '').replace(mark, '.')
  }
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(digits) ? digits.replace(/^\+/, '') : undefined
}

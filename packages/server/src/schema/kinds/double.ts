import type { Field } from '../entity.ts'
import { formatDecimal, parseDecimal } from '../decimal.ts'
import { InvalidValue, isBlank, orderedOps, textOf, type Kind } from '../kind.ts'
import { bound, numberDefault, size, type Setting } from '../setting.ts'
import { checkBounds } from '../value-checks.ts'

const MAX = 1e15
const MAX_PRECISION = 12

function decode(input: unknown, { settings }: Field): number | null {
  if (isBlank(input)) return null
  const precision = Math.min(Math.max(Number(settings?.PRECISION ?? 2), 0), MAX_PRECISION)
  const text = textOf(input).trim()
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) throw new InvalidValue('a number is expected')
  const value = Number(text)
  if (!Number.isFinite(value) || Math.abs(value) > MAX) throw new InvalidValue('the number is out of range')
  // Rounded by its decimal digits: 1.005 is 1.01, whatever the nearest binary fraction thinks.
  const units = parseDecimal(text, precision)
  return units === undefined ? Number(value.toFixed(precision)) : Number(formatDecimal(units, precision))
}

/** A number of a user field; `settings.PRECISION` rounds it (2 unless set). */
export const double: Kind = {
  name: 'double',
  type: { legacy: 'double', item: 'double' },
  column: 'real',
  decode(input, field) {
    const value = decode(input, field)
    if (value !== null) checkBounds(value, field)
    return value
  },
  legacy: (value) => (value === null ? null : plain(Number(value))),
  item: (value) => value,
  ops: orderedOps,
  // Rounded like the values, so that what was written is found as it was written; bounds don't matter here.
  operand: decode,
  sum: { as: 'real' },
  json: { type: 'number' },
}

/** Digits without an exponent, which readers of decimals don't expect. */
function plain(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(MAX_PRECISION).replace(/\.?0+$/, '') : text
}

export const doubleSettings: readonly Setting[] = [
  size('PRECISION', 2, 0, 'Precision'),
  size('SIZE', 20, 1),
  bound('MIN_VALUE'),
  bound('MAX_VALUE'),
  numberDefault,
]

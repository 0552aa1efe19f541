import { formatDecimal, parseDecimal } from '../decimal.ts'
import { InvalidValue, isBlank, orderedOps, type Kind } from '../kind.ts'

/** Within 15 significant digits a double holds the amount exactly, so no digit changes on any road. */
const MAX_UNITS = 999_999_999_999_999n

function decode(input: unknown): number | null {
  if (isBlank(input)) return null
  const units = parseDecimal(input, 2)
  if (units === undefined) throw new InvalidValue('a number is expected')
  if (units > MAX_UNITS || units < -MAX_UNITS) throw new InvalidValue('the number is out of range')
  return Number(units)
}

/** Amounts with two decimals, stored as whole hundredths: `"19999.99"` in UPPER_CASE rows, a number in camelCase ones. */
export const amount: Kind = {
  name: 'amount',
  type: { legacy: 'double', item: 'double' },
  column: 'integer',
  decode: (input) => decode(input) ?? 0,
  legacy: (value) => formatDecimal(value ?? 0, 2),
  item: (value) => Number(value ?? 0) / 100,
  text: (value, { money }) => money(Number(value ?? 0)),
  ops: orderedOps,
  operand: decode,
  sum: { as: 'units', scale: 2, currency: 'record' },
  json: { type: 'number' },
}

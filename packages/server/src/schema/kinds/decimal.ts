import { decimalToNumberText, formatDecimal, parseDecimal } from '../decimal.ts'
import { InvalidValue, isBlank, orderedOps, type Kind } from '../kind.ts'

/** Within 15 significant digits a double holds the number exactly, so no digit changes on any road. */
const MAX_UNITS = 999_999_999_999_999n

/** An exact number with so many decimals, stored as a whole number of its smallest unit; null where there is none. */
export function decimal(scale: number): Kind {
  const decode = (input: unknown): number | null => {
    if (isBlank(input)) return null
    const units = parseDecimal(input, scale)
    if (units === undefined) throw new InvalidValue('a number is expected')
    if (units > MAX_UNITS || units < -MAX_UNITS) throw new InvalidValue('the number is out of range')
    return Number(units)
  }
  return {
    name: 'decimal',
    type: { legacy: 'double', item: 'double' },
    column: 'integer',
    decode,
    legacy: (value) => (value === null ? null : formatDecimal(value, scale)),
    item: (value) => (value === null ? null : Number(decimalToNumberText(value, scale))),
    ops: orderedOps,
    sum: { as: 'units', scale },
    json: { type: 'number' },
  }
}

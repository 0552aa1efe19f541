import type { Kind } from '../kind.ts'
import { size, wholeBound, wholeDefault, type Setting } from '../setting.ts'
import { checkBounds } from '../value-checks.ts'
import { integer } from './integer.ts'

/** A whole number of a user field, within the bounds of its settings. */
export const userInteger: Kind = {
  ...integer,
  decode(input, field, context) {
    const value = integer.decode(input, field, context)
    if (typeof value === 'number') checkBounds(value, field)
    return value
  },
  sum: { as: 'units', scale: 0 },
  // A filter may ask for what no record can have.
  operand: (input, field, context) => integer.decode(input, field, context) as number | null,
}

export const integerSettings: readonly Setting[] = [
  size('SIZE', 20, 1),
  wholeBound('MIN_VALUE'),
  wholeBound('MAX_VALUE'),
  wholeDefault,
]

import { exactOps, InvalidValue, isBlank, yesNo, type Kind } from '../kind.ts'

/** A yes/no user field: `"1"`/`"0"` in UPPER_CASE rows, `Y`/`N` in camelCase ones; filters take 1/0. */
export const boolean: Kind = {
  name: 'boolean',
  type: { legacy: 'boolean', item: 'boolean' },
  column: 'integer',
  takesFalse: true,
  decode(input) {
    if (isBlank(input)) return null
    const value = yesNo(input)
    if (value === undefined) throw new InvalidValue('yes or no is expected')
    return value ? 1 : 0
  },
  legacy: (value) => (value === null ? null : String(value)),
  item: (value) => (value === null ? null : value ? 'Y' : 'N'),
  ops: exactOps,
  json: { type: 'string', enum: ['Y', 'N'] },
}

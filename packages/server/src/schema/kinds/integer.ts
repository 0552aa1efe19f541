import { integerOf, isBlank, orderedOps, type Kind } from '../kind.ts'

/** Whole numbers: strings in UPPER_CASE rows, numbers in camelCase ones. */
export const integer: Kind = {
  name: 'integer',
  type: { legacy: 'integer', item: 'integer' },
  column: 'integer',
  decode: (input) => (isBlank(input) ? null : integerOf(input)),
  legacy: (value) => (value === null ? null : String(value)),
  item: (value) => value,
  ops: orderedOps,
  json: { type: 'integer' },
}

import { InvalidValue, isBlank, orderedOps, textOf, type Kind } from '../kind.ts'

/** A number of a user field; `settings.PRECISION` rounds it (2 unless set). */
export const double: Kind = {
  name: 'double',
  type: { legacy: 'double', item: 'double' },
  column: 'real',
  decode(input, field) {
    if (isBlank(input)) return null
    const text = textOf(input).trim()
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) throw new InvalidValue('a number is expected')
    const precision = Number(field.settings?.PRECISION ?? 2)
    const value = Number(text)
    if (!Number.isFinite(value) || Math.abs(value) > 1e15) throw new InvalidValue('the number is out of range')
    return Number(value.toFixed(Math.min(Math.max(precision, 0), 12)))
  },
  legacy: (value) => (value === null ? null : String(value)),
  item: (value) => value,
  ops: orderedOps,
  json: { type: 'number' },
}

import { InvalidValue, isBlank, textOf, textOps, type Kind } from '../kind.ts'

/**
 * One line of text. Clearing stores `""`, never set stays NULL: UPPER_CASE rows show the difference.
 * `settings.max` bounds the length in characters (255 unless declared).
 */
export const string: Kind = {
  name: 'string',
  type: { legacy: 'string', item: 'string' },
  column: 'text',
  decode(input, field) {
    if (isBlank(input)) return input === '' ? '' : null
    const value = textOf(input)
    const max = field.max ?? 255
    if (value.length > max) throw new InvalidValue(`the text is longer than ${max} characters`)
    return value
  },
  legacy: (value) => value,
  item: (value) => value,
  ops: textOps,
  empty: '',
  json: { type: 'string' },
}

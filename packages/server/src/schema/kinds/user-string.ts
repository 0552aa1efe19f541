import { InvalidValue, type Kind } from '../kind.ts'
import { Pattern, PatternError } from '../pattern.ts'
import { line, setting, size, type Setting } from '../setting.ts'
import { checkText } from '../value-checks.ts'
import { text } from './text.ts'

/** The text of a user field: bounded by its settings only. */
export const userString: Kind = {
  ...text,
  name: 'string',
  type: { legacy: 'string', item: 'string' },
  decode(input, field, context) {
    const value = text.decode(input, field, context)
    if (typeof value === 'string' && value !== '') checkText(value, field)
    return value
  },
  // A filter may ask for what no record can have.
  operand: (input, field, context) => text.decode(input, field, context) as string | null,
}

/** A pattern that can't be run is refused when it is set, not when the first value meets it. */
function readPattern(input: unknown): string {
  const source = typeof input === 'string' ? input.trim() : ''
  try {
    // The empty pattern matches everything.
    return new Pattern(source).source
  } catch (cause) {
    if (cause instanceof PatternError) throw new InvalidValue(cause.message)
    throw cause
  }
}

export const stringSettings: readonly Setting[] = [
  size('SIZE', 20, 1),
  size('ROWS', 1, 1, 'Rows'),
  setting('REGEXP', '', readPattern, undefined),
  size('MIN_LENGTH', 0, 0),
  size('MAX_LENGTH', 0, 0),
  line('DEFAULT_VALUE', '', 'Default Value'),
]

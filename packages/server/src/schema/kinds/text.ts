import { InvalidValue, isBlank, textOf, textOps, type Kind } from '../kind.ts'
import { string } from './string.ts'

/** The longest text that a field takes, in UTF-16 units. */
const MAX = 1_000_000

/** Long text; `crm.*.fields` calls it `string`, `crm.item.fields` calls it `text`. */
export const text: Kind = {
  ...string,
  name: 'text',
  type: { legacy: 'string', item: 'text' },
  decode(input) {
    if (isBlank(input)) return input === '' ? '' : null
    const value = textOf(input)
    if (value.length > MAX) throw new InvalidValue(`the text is longer than ${MAX} characters`)
    return value
  },
  ops: textOps,
}

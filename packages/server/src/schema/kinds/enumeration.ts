import { integer } from './integer.ts'
import { exactOps, InvalidValue, integerOf, isBlank, type Kind } from '../kind.ts'

/** One of the options of a user field, by the option's id. */
export const enumeration: Kind = {
  ...integer,
  name: 'enumeration',
  type: { legacy: 'enumeration', item: 'enumeration' },
  decode(input) {
    if (isBlank(input) || input === false) return null
    const id = integerOf(input)
    if (id < 0) throw new InvalidValue('an id of an option is expected')
    return id || null
  },
  ops: exactOps,
  empty: 0,
  references: (value, field) =>
    value && field.userFieldId ? { to: 'option', fieldId: field.userFieldId, id: Number(value) } : undefined,
}

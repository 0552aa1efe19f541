import { integer } from './integer.ts'
import { exactOps, InvalidValue, integerOf, isBlank, type Kind } from '../kind.ts'
import { choice, flagSetting, line, size, type Setting } from '../setting.ts'

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

export const enumerationSettings: readonly Setting[] = [
  choice('DISPLAY', ['LIST', 'UI', 'CHECKBOX', 'DIALOG'], 'Display'),
  size('LIST_HEIGHT', 1, 1, 'List Height'),
  line('CAPTION_NO_VALUE'),
  flagSetting('SHOW_NO_VALUE', 'Y'),
]

import { exactOps, InvalidValue, integerOf, isBlank, type Kind } from '../kind.ts'
import { choice, flagSetting, line, size, type Setting } from '../setting.ts'

/**
 * Something in an information block, by id. Blocks themselves are outside the CRM: the id is kept as given, so that
 * what other systems put there comes back unchanged.
 */
export const blockItem = (name: string, type: string): Kind => ({
  name,
  type: { legacy: type, item: type },
  column: 'integer',
  decode(input) {
    if (isBlank(input) || input === false) return null
    const id = integerOf(input)
    if (id < 0) throw new InvalidValue('an id is expected')
    return id || null
  },
  legacy: (value) => (value === null ? null : String(value)),
  item: (value) => value,
  ops: exactOps,
  empty: 0,
  json: { type: 'integer' },
})

export const blockSettings: readonly Setting[] = [
  choice('DISPLAY', ['LIST', 'UI', 'CHECKBOX', 'DIALOG'], 'Display'),
  size('LIST_HEIGHT', 1, 1, 'List Height'),
  line('IBLOCK_TYPE_ID', '', 'Information Block Type'),
  line('IBLOCK_ID', '0', 'Information Block'),
  line('DEFAULT_VALUE', '', 'Default Value'),
  flagSetting('ACTIVE_FILTER', 'N', 'Active Items Only'),
]

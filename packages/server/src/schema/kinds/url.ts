import type { Kind } from '../kind.ts'
import { flagSetting, line, size, type Setting } from '../setting.ts'
import { userString } from './user-string.ts'

/** A link of a user field, kept as written. */
export const url: Kind = { ...userString, name: 'url', type: { legacy: 'url', item: 'url' } }

export const urlSettings: readonly Setting[] = [
  flagSetting('POPUP', 'Y'),
  size('SIZE', 20, 1),
  size('MIN_LENGTH', 0, 0),
  size('MAX_LENGTH', 0, 0),
  line('DEFAULT_VALUE', '', 'Default Value'),
  size('ROWS', 1, 1),
]

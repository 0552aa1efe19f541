import { flagSetting, type Setting } from '../setting.ts'
import { text } from './text.ts'
import type { Kind } from '../kind.ts'

/** An address of a user field: `"text|lat;lng|id"`, kept as written. */
export const address: Kind = { ...text, name: 'address', type: { legacy: 'address', item: 'address' } }

export const addressSettings: readonly Setting[] = [flagSetting('SHOW_MAP', 'Y')]

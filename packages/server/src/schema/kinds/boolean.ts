import { exactOps, InvalidValue, isBlank, yesNo, type Kind } from '../kind.ts'
import { choice, setting, type Setting } from '../setting.ts'

/** A yes/no user field: `"1"`/`"0"` in UPPER_CASE rows, `Y`/`N` in camelCase ones; filters take 1/0. */
export const boolean: Kind = {
  name: 'boolean',
  type: { legacy: 'boolean', item: 'boolean' },
  column: 'integer',
  decode(input) {
    if (isBlank(input)) return null
    const value = yesNo(input)
    if (value === undefined) throw new InvalidValue('yes or no is expected')
    return value ? 1 : 0
  },
  legacy: (value) => (value === null ? null : String(value)),
  item: (value) => (value === null ? null : value ? 'Y' : 'N'),
  text: (value) => (value ? 'Yes' : 'No'),
  ops: exactOps,
  json: { type: 'string', enum: ['Y', 'N'] },
}

const isScalar = (input: unknown): boolean => typeof input === 'string' || typeof input === 'number'

const texts = (input: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(typeof input === 'object' && input !== null ? input : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )

export const booleanSettings: readonly Setting[] = [
  setting(
    'DEFAULT_VALUE',
    0,
    // ">= 1 → 1, <= 0 → 0" (crm-lead-userfield-add.md); words are understood as well.
    (input) => ((yesNo(input) ?? (isScalar(input) && Number(input) >= 1)) ? 1 : 0),
    { type: 'int', title: 'Default Value' },
  ),
  choice('DISPLAY', ['CHECKBOX', 'RADIO', 'DROPDOWN'], 'Display'),
  setting(
    'LABEL',
    ['', ''],
    (input) => {
      const [no = '', yes = ''] = Object.values(typeof input === 'string' ? ['', input] : texts(input))
      return [no, yes]
    },
    undefined,
  ),
  // By language. A new field takes its own labels.
  setting('LABEL_CHECKBOX', {}, (input) => (typeof input === 'string' ? input : texts(input)), undefined),
]

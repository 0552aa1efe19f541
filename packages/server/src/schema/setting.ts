import { InvalidValue, integerOf, isBlank, textOf, yesNo } from './kind.ts'

export type Settings = Readonly<Record<string, unknown>>

/** One key of a user field's `SETTINGS`. */
export interface Setting {
  readonly key: string
  /** Its description in `crm.userfield.settings.fields`; the others are taken and answered, but not told there. */
  readonly told?: { readonly type: string; readonly title: string }
  readonly preset: unknown
  /** From the wire to what is stored and answered. Throws {@link InvalidValue} where a wrong value would do harm. */
  read(input: unknown): unknown
}

type Told = Setting['told']
const make = (key: string, preset: unknown, read: Setting['read'], told: Told): Setting => ({
  key,
  preset,
  read,
  ...(told === undefined ? {} : { told }),
})
const told = (type: string, title: string | undefined): Told => (title === undefined ? undefined : { type, title })

/** Looks only: a number that is out of range becomes the preset, as the documentation promises for ROWS and its like. */
export function size(key: string, preset: number, min: number, title?: string): Setting {
  const read = (input: unknown): number => {
    const value = typeof input === 'number' || (typeof input === 'string' && input.trim() !== '') ? Number(input) : NaN
    return Number.isInteger(value) && value >= min && value <= 1_000_000_000 ? value + 0 : preset
  }
  return make(key, preset, read, told('int', title))
}

/** A bound of values; 0 is none. */
export const wholeBound = (key: string): Setting =>
  make(key, 0, (input) => (isBlank(input) ? 0 : integerOf(input)), undefined)
export const bound = (key: string): Setting => make(key, 0, (input) => numberOf(input) ?? 0, undefined)

export const line = (key: string, preset = '', title?: string): Setting =>
  make(key, preset, (input) => (isBlank(input) ? '' : textOf(input)), told('string', title))

export const flagSetting = (key: string, preset: 'Y' | 'N', title?: string): Setting =>
  make(key, preset, (input) => ((yesNo(input) ?? preset === 'Y') ? 'Y' : 'N'), told('char', title))

/** One of several words; any other is the first. */
export const choice = (key: string, words: readonly string[], title?: string): Setting =>
  make(
    key,
    words[0],
    (input) => words.find((word) => typeof input === 'string' && word === input.toUpperCase()) ?? words[0],
    told('string', title),
  )

export const wholeDefault = make(
  'DEFAULT_VALUE',
  null,
  (input) => (isBlank(input) ? null : integerOf(input)),
  told('int', 'Default Value'),
)
export const numberDefault = make('DEFAULT_VALUE', null, numberOf, told('double', 'Default Value'))

/** `{TYPE: NONE|NOW|FIXED, VALUE}` of dates; a bare date is a fixed one. */
export const momentDefault = make(
  'DEFAULT_VALUE',
  { TYPE: 'NONE', VALUE: '' },
  (input) => {
    if (isBlank(input)) return { TYPE: 'NONE', VALUE: '' }
    if (typeof input !== 'object' || input === null) return { TYPE: 'FIXED', VALUE: textOf(input) }
    const { TYPE: type, VALUE: value } = input as Settings
    if (type === 'NOW') return { TYPE: 'NOW', VALUE: '' }
    return type === 'FIXED'
      ? { TYPE: 'FIXED', VALUE: isBlank(value) ? '' : textOf(value) }
      : { TYPE: 'NONE', VALUE: '' }
  },
  told('object', 'Default Value'),
)

/** A setting with a rule of its own. */
export const setting = make

function numberOf(input: unknown): number | null {
  if (isBlank(input)) return null
  const text = textOf(input).trim()
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) || !Number.isFinite(Number(text)))
    throw new InvalidValue('a number is expected')
  return Number(text)
}

/** Settings from the wire over those that are stored: what isn't given keeps its value, unknown keys are dropped. */
export function readSettings(settings: readonly Setting[], input: unknown, before: Settings): Settings {
  const given = typeof input === 'object' && input !== null ? (input as Settings) : {}
  return Object.fromEntries(
    settings.map(({ key, preset, read }) => [
      key,
      Object.hasOwn(given, key) ? read(given[key]) : Object.hasOwn(before, key) ? before[key] : preset,
    ]),
  )
}

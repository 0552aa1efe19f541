import { field, type FieldDeclaration } from '../../../schema/entity.ts'
import { InvalidValue, integerOf, isBlank, type Kind, textOf, yesNo } from '../../../schema/kind.ts'
import { string } from '../../../schema/kinds/string.ts'
import { type Unit, units } from '../../../schema/recurrence.ts'

/** PARAMS of a setting, by their documented keys, as they are kept. */
export type Params = Readonly<Record<string, string | number | null | readonly number[]>>

export interface Param {
  readonly type: string
  readonly title: string
  /** What it is where nothing is said. */
  readonly absent: string | number | null
  read(input: unknown): string | number | readonly number[]
  /** What the wire shows, where that isn't what is kept. */
  show?(kept: Params[string]): unknown
}

/** Thousands of years would be too many to count with. */
const MOST = 9999

export const whole = (title: string, { least = 0, most = MOST, absent = 0 as number | null } = {}): Param => ({
  type: 'integer',
  title,
  absent,
  read(input) {
    const value = integerOf(input)
    if (value < least || value > most) throw new InvalidValue(`${title}: a number from ${least} to ${most} is expected`)
    return value
  },
})

export const oneOf = (title: string, words: readonly string[]): Param => ({
  type: 'string',
  title,
  absent: null,
  read(input) {
    const word = textOf(input).trim().toLowerCase()
    if (!words.includes(word)) throw new InvalidValue(`${title}: one of ${words.join(', ')} is expected`)
    return word
  },
})

export const unit = (title: string): Param => oneOf(title, units)

export const yes = (title: string): Param => ({
  type: 'char',
  title,
  absent: 'N',
  read(input) {
    const value = yesNo(input)
    if (value === undefined) throw new InvalidValue(`${title}: Y or N is expected`)
    return value ? 'Y' : 'N'
  },
})

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Names of weekdays, one or several; kept by their numbers. */
export const weekdays = (title: string): Param => ({
  type: 'string',
  title,
  absent: null,
  read(input) {
    const given = Array.isArray(input) ? (input as unknown[]) : [input]
    const found = given.map((each) => {
      const text = textOf(each).trim()
      const at = DAYS.findIndex((name) => name.toLowerCase() === text.toLowerCase())
      const number = at < 0 && /^[1-7]$/.test(text) ? Number(text) : at + 1
      if (number < 1) throw new InvalidValue(`${title}: the name of a weekday is expected`)
      return number
    })
    return [...new Set(found)].toSorted((a, b) => a - b)
  },
  show(kept) {
    const names = (Array.isArray(kept) ? (kept as number[]) : []).map((number) => DAYS[number - 1] ?? null)
    return names.length > 1 ? names : (names[0] ?? null)
  },
})

export const parsed = (kept: unknown): Params => (typeof kept === 'string' ? (JSON.parse(kept) as Params) : {})

/** A map of parameters, kept as JSON. What a request doesn't name stays; unknown keys are ignored like unknown fields. */
export function paramsField(
  title: string,
  keys: Readonly<Record<string, Param>>,
  aliases: Readonly<Record<string, string>> = {},
): (name: string) => FieldDeclaration & { name: string } {
  const kind: Kind = {
    ...string,
    name: 'recurring-params',
    type: { legacy: 'recurring_params', item: 'recurring_params' },
    decode(input) {
      if (isBlank(input) || input === false) return '{}'
      if (typeof input !== 'object' || input === null) throw new InvalidValue('a map is expected')
      const found: Record<string, Params[string]> = {}
      for (const [given, value] of Object.entries(input)) {
        const name = aliases[given.toUpperCase()] ?? given.toUpperCase()
        const param = keys[name]
        if (param === undefined) continue
        found[name] = isBlank(value) ? param.absent : param.read(value)
      }
      return JSON.stringify(found)
    },
    legacy(value) {
      const kept = parsed(value)
      return Object.fromEntries(
        Object.entries(keys).map(([name, { absent, show }]) => {
          const own = kept[name] ?? absent
          return [name, show === undefined ? own : show(own)]
        }),
      )
    },
    ops: new Set(),
    json: { type: 'object' },
  }
  const definition = Object.fromEntries(
    Object.entries(keys).map(([name, { type, title: told }]) => [
      name,
      {
        type,
        isRequired: false,
        isReadOnly: false,
        isImmutable: false,
        isMultiple: false,
        isDynamic: false,
        title: told,
      },
    ]),
  )
  return (name) => ({ ...field(kind, title)(name), told: { definition } })
}

/** A unit that a parameter names. */
export const unitIn = (params: Params, name: string): Unit | undefined => units.find((each) => each === params[name])
export const numberIn = (params: Params, name: string): number | undefined => {
  const value = params[name]
  return typeof value === 'number' ? value : undefined
}

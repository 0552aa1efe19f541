import type { Field } from './entity.ts'
import { InvalidValue } from './kind.ts'
import { Pattern } from './pattern.ts'
import type { Settings } from './setting.ts'

/** The longest text that is checked against a pattern, in UTF-16 units. */
const MAX_CHECKED = 10_000

/** Patterns by the settings that hold them; `null` is none. */
const patterns = new WeakMap<Settings, Pattern | null>()

function patternOf(settings: Settings): Pattern | null {
  let pattern = patterns.get(settings)
  if (pattern === undefined) {
    const { REGEXP: source } = settings
    pattern = typeof source === 'string' && source !== '' ? new Pattern(source) : null
    patterns.set(settings, pattern)
  }
  return pattern
}

/** Refuses a text that its field's MIN_LENGTH, MAX_LENGTH or REGEXP don't allow; lengths of 0 are no bounds. */
export function checkText(value: string, { settings }: Field): void {
  if (settings === undefined) return
  const min = Number(settings.MIN_LENGTH ?? 0)
  const max = Number(settings.MAX_LENGTH ?? 0)
  const length = min > 0 || max > 0 ? [...value].length : 0
  if (min > 0 && length < min) throw new InvalidValue(`the text is shorter than ${min} characters`)
  if (max > 0 && length > max) throw new InvalidValue(`the text is longer than ${max} characters`)
  const pattern = patternOf(settings)
  if (pattern === null) return
  if (value.length > MAX_CHECKED) throw new InvalidValue(`the text is longer than ${MAX_CHECKED} characters`)
  if (!pattern.test(value)) throw new InvalidValue('the text does not match the pattern of the field')
}

/** Refuses a number outside of its field's MIN_VALUE and MAX_VALUE; 0 is no bound. */
export function checkBounds(value: number, { settings }: Field): void {
  if (settings === undefined) return
  const min = Number(settings.MIN_VALUE ?? 0)
  const max = Number(settings.MAX_VALUE ?? 0)
  if (min !== 0 && value < min) throw new InvalidValue(`the number is less than ${min}`)
  if (max !== 0 && value > max) throw new InvalidValue(`the number is greater than ${max}`)
}

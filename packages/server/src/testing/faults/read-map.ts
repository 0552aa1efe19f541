import { nearest } from '../../config/nearest.ts'
import { isMap } from '../../methods/method.ts'
import { ControlError } from '../control-error.ts'
import { epochOf, type Moment } from '../test-sources.ts'

/** Reads what tests have written, key by key, and passes nothing over. All of it throws ControlError. */
export class MapReader {
  readonly #what: string
  readonly #given: Readonly<Record<string, unknown>>

  /** @param what as errors call it */
  constructor(what: string, given: unknown, known: readonly string[]) {
    if (!isMap(given)) throw new ControlError(`${what} is a map`)
    this.#what = what
    this.#given = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null))
    for (const key of Object.keys(this.#given))
      if (!known.includes(key)) throw new ControlError(`${what} has no "${key}"${hint(key, known)}`)
  }

  has(key: string): boolean {
    return this.#given[key] !== undefined
  }

  get(key: string): unknown {
    return this.#given[key]
  }

  fail(key: string, expected: string): never {
    throw new ControlError(
      `"${key}" of ${this.#what}: ${expected} is expected, not ${JSON.stringify(this.#given[key])}`,
    )
  }

  number(key: string, { least, most }: { least: number; most: number }): number | undefined {
    const value = this.#given[key]
    if (value === undefined) return undefined
    if (typeof value !== 'number' || !(value >= least && value <= most))
      this.fail(key, `a number from ${least} to ${most}`)
    return value
  }

  integer(key: string, bounds: { least: number; most: number }): number | undefined {
    const value = this.number(key, bounds)
    if (value !== undefined && !Number.isInteger(value)) this.fail(key, 'a whole number')
    return value
  }

  flag(key: string): boolean {
    const value = this.#given[key]
    if (value !== undefined && typeof value !== 'boolean') this.fail(key, 'true or false')
    return value === true
  }

  text(key: string): string | undefined {
    const value = this.#given[key]
    if (value !== undefined && (typeof value !== 'string' || value === '')) this.fail(key, 'a text')
    return value as string | undefined
  }

  oneOf<T extends string | number>(key: string, choices: readonly T[]): T | undefined {
    const value = this.#given[key]
    if (value === undefined) return undefined
    const found = choices.find((each) => each === value)
    if (found === undefined) this.fail(key, choices.map((each) => JSON.stringify(each)).join(' or '))
    return found
  }

  /** One or several. */
  list<T extends string | number>(
    key: string,
    isOne: (value: unknown) => value is T,
    expected: string,
  ): T[] | undefined {
    const value = this.#given[key]
    if (value === undefined) return undefined
    const several: unknown[] = Array.isArray(value) ? value : [value]
    if (several.length === 0 || !several.every(isOne)) this.fail(key, expected)
    return several
  }

  /** Epoch seconds. */
  moment(key: string): number | undefined {
    const value = this.#given[key]
    if (value === undefined) return undefined
    try {
      return epochOf(value as Moment)
    } catch {
      return this.fail(key, 'a moment (epoch seconds, or a text such as 2026-03-01T09:00:00Z)')
    }
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** What was probably meant, or everything that there is where that is not much. */
export function hint(word: string, known: readonly string[]): string {
  const meant = nearest(word, known)
  if (meant !== undefined) return `: did you mean ${meant}?`
  return known.length <= 20 ? `: there are ${known.join(', ')}` : ''
}

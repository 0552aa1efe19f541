import { nearest } from '../../config/nearest.ts'
import type { Asked } from './asked.ts'
import type { Exchange, Recording } from './format.ts'
import { fit, type Fit } from './matching.ts'
import { placeholderIn } from './placeholders.ts'

/** What a request is answered with, or why it cannot be. */
export type Answering = { readonly exchange: Exchange; readonly answer: unknown } | { readonly missed: string }

interface Candidate extends Fit {
  readonly exchange: Exchange
  /** The lower, the better it suits. */
  readonly rank: number
}

/**
 * Answers requests out of a recording. A placeholder of a recorded request is any value of its kind: from then on it
 * is that value in answers. Equal requests are answered in the order in which they were recorded, and the last answer
 * again and again.
 */
export class Replaying {
  readonly #byMethod = new Map<string, Exchange[]>()
  readonly #methods: readonly string[]
  readonly #any: ReadonlySet<string>
  readonly #used = new Set<number>()
  readonly #bound = new Map<string | number, string | number>()
  readonly #placeholderOf = new Map<string, string | number>()

  constructor({ exchanges }: Recording, any: readonly string[] = []) {
    this.#any = new Set(any.map((name) => name.toLowerCase()))
    for (const each of exchanges) {
      const key = keyOf(each)
      this.#byMethod.set(key, [...(this.#byMethod.get(key) ?? []), each])
    }
    this.#methods = [...new Set(exchanges.map(({ method }) => method))]
  }

  /** Numbers of the exchanges that nobody has asked for. */
  unused(): number[] {
    return [...this.#byMethod.values()]
      .flat()
      .filter(({ seq }) => !this.#used.has(seq))
      .map(({ seq }) => seq)
      .toSorted((one, other) => one - other)
  }

  answer(asked: Asked): Answering {
    const same = this.#byMethod.get(keyOf(asked)) ?? []
    if (same.length === 0) return { missed: this.#unknownMethod(asked) }
    const candidates: Candidate[] = []
    let closest: { readonly exchange: Exchange; readonly differences: readonly string[] } | undefined
    for (const exchange of same) {
      const found = fit(exchange, asked, this.#any)
      if (found.differences.length === 0) candidates.push({ ...found, exchange, rank: this.#rank(found, exchange) })
      else if (closest === undefined || found.differences.length < closest.differences.length)
        closest = { exchange, differences: found.differences }
    }
    const best = Math.min(...candidates.map(({ rank }) => rank))
    const suitable = candidates.filter(({ rank }) => rank === best)
    // Of those that have answered already, the last one goes on.
    const chosen = best % 2 === 0 ? suitable[0] : suitable.at(-1)
    if (chosen === undefined)
      return {
        missed: `${asked.method} was not recorded with these parameters. The nearest is request ${closest?.exchange.seq}: ${tellSome(closest?.differences ?? [])}`,
      }
    for (const [placeholder, value] of chosen.bound) this.#bind(placeholder, value)
    this.#used.add(chosen.exchange.seq)
    return { exchange: chosen.exchange, answer: this.restored(chosen.exchange.answer) }
  }

  /** A recorded value with what its placeholders stand for by now. */
  restored(value: unknown): unknown {
    if (typeof value === 'string' || typeof value === 'number') {
      const bound = this.#bound.get(value)
      if (bound === undefined) return value
      return typeof value === 'string' ? String(bound) : Number.isFinite(Number(bound)) ? Number(bound) : bound
    }
    if (Array.isArray(value)) return value.map((each) => this.restored(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [String(this.#bound.get(key) ?? key), this.restored(member)]),
    )
  }

  /**
   * Even: not used yet. Best is what says nothing new; then what gives a new meaning to a placeholder that had none;
   * what has answered already comes before one whose placeholders would have to mean the same, or something else.
   */
  #rank({ bound }: Fit, { seq }: Exchange): number {
    let worst = 0
    for (const [placeholder, value] of bound) {
      const known = this.#bound.get(placeholder)
      const other = this.#placeholderOf.get(nameOf(placeholder, value))
      if (known !== undefined) worst = Math.max(worst, String(known) === String(value) ? 0 : 3)
      else worst = Math.max(worst, other === undefined ? 1 : 2)
    }
    const isUsed = this.#used.has(seq)
    if (worst <= 1) return isUsed ? 3 : worst * 2
    return isUsed ? 9 : worst * 2 + 2
  }

  #bind(placeholder: string | number, value: string | number): void {
    this.#bound.set(placeholder, value)
    this.#placeholderOf.set(nameOf(placeholder, value), placeholder)
  }

  #unknownMethod({ method }: Asked): string {
    const meant = nearest(method, this.#methods)
    return `${method} was not recorded${meant === undefined || meant === method ? '' : `; ${meant} was`}`
  }
}

const nameOf = (placeholder: string | number, value: string | number): string =>
  `${placeholderIn(placeholder)?.kind} ${value}`

const keyOf = ({ api, method, xml }: Pick<Asked, 'api' | 'method'> & { readonly xml?: boolean }): string =>
  `${api}${xml === true ? ' xml' : ''} ${method.toLowerCase()}`

const tellSome = (differences: readonly string[]): string =>
  differences.length <= 3
    ? differences.join('; ')
    : `${differences.slice(0, 3).join('; ')}; and ${differences.length - 3} more`

import type { TestSources } from '../test-sources.ts'
import { type FaultReport, type FaultRule, isEventFault } from './fault-rule.ts'
import { matcher } from './pattern.ts'

const DIGITS = 10

/** A rule at work: what it has been about so far, and whether its occasion has come. */
export class Occasion<R extends FaultRule = FaultRule> {
  readonly id: number
  readonly rule: R
  /** Whether its methods, or events, are these. */
  readonly means: (name: string) => boolean
  readonly #sources: TestSources
  #matched = 0
  #struck = 0

  constructor(id: number, rule: R, sources: TestSources) {
    this.id = id
    this.rule = rule
    this.means = matcher(several(isEventFault(rule) ? rule.events : (rule.methods ?? '*')))
    this.#sources = sources
  }

  get isOver(): boolean {
    const { times, until } = this.rule
    return (
      (times !== undefined && this.#struck >= times) || (until !== undefined && this.#sources.now() >= Number(until))
    )
  }

  /** It is about this one: whether it strikes. */
  strikes(): boolean {
    if (this.isOver) return false
    const { skip = 0, probability = 1 } = this.rule
    this.#matched++
    if (this.#matched <= skip || (probability < 1 && this.#drawn() >= probability)) return false
    this.#struck++
    return true
  }

  /** From 0 to 1: of this rule, whatever else is drawn. */
  #drawn(): number {
    return Number.parseInt(this.#sources.token(DIGITS, `fault ${this.id}`), 36) / 36 ** DIGITS
  }

  get report(): FaultReport {
    return { id: this.id, rule: this.rule, matched: this.#matched, struck: this.#struck }
  }
}

const several = (given: string | readonly string[]): readonly string[] => (typeof given === 'string' ? [given] : given)

import type { DeliveryFate, SeenDelivery } from '../../methods/test-hooks.ts'
import type { TestSources } from '../test-sources.ts'
import type { EventFault } from './fault-rule.ts'
import type { Occasion } from './occasion.ts'
import { matcher } from './pattern.ts'

/** Seconds of the portal's clock after which one that waits to be overtaken waits no more. */
const OVERTAKEN_WITHIN = 60

/** What becomes of events on their way. Each is decided upon once, before it is sent the first time. */
export class EventFaults {
  readonly #sources: TestSources
  /** Those that were put off: when they come again, they go. */
  readonly #late = new Set<number>()
  /** Those that are to be overtaken, by the addresses of their handlers. */
  readonly #held = new Map<string, Pick<SeenDelivery, 'id' | 'seq'>>()

  constructor(sources: TestSources) {
    this.#sources = sources
  }

  fateOf(seen: SeenDelivery, rules: readonly Occasion<EventFault>[]): DeliveryFate | undefined {
    const held = this.#held.get(seen.url)
    if (held?.id === seen.id) {
      // Nothing has come that could have overtaken it.
      this.#held.delete(seen.url)
      return undefined
    }
    if (this.#late.delete(seen.id)) return undefined
    for (const occasion of seen.attempts > 0 ? [] : rules) {
      const { rule } = occasion
      if (!occasion.means(seen.event) || !isFor(rule, seen) || (rule.reorder === true && held !== undefined)) continue
      if (!occasion.strikes()) continue
      if (rule.drop === true) return { dropped: `a fault of this portal for tests (${occasion.id})` }
      if (rule.duplicate !== undefined) return { repeats: rule.duplicate, ...this.#recalled(seen) }
      const now = this.#sources.now()
      if (rule.delay !== undefined) {
        this.#late.add(seen.id)
        return { later: { until: now + rule.delay, overtaken: false } }
      }
      this.#held.set(seen.url, { id: seen.id, seq: seen.seq })
      return { later: { until: now + OVERTAKEN_WITHIN, overtaken: true } }
    }
    return this.#recalled(seen)
  }

  /** This one is sent: whoever waits for that goes next. */
  #recalled({ url }: SeenDelivery): DeliveryFate {
    const held = this.#held.get(url)
    if (held === undefined) return {}
    this.#held.delete(url)
    this.#late.add(held.id)
    return { recalled: [held] }
  }

  /** Ids mean others now. */
  forget(): void {
    this.#late.clear()
    this.#held.clear()
  }
}

const isFor = ({ handler }: EventFault, { url }: SeenDelivery): boolean =>
  handler === undefined || matcher([handler])(url)

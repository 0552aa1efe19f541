import type { Claimed } from './queue.ts'

/** Requests to one host at once; fewer while it fails. */
const AT_ONCE = 8
const WHILE_FAILING = 2
const FAILING = 3
/** Deliveries that one server takes for a host in advance: what it will have sent within a second. */
const MOST_AHEAD = 256
const AHEAD = 1000

/**
 * One host, as this server sees it: what is to be sent to it, how much at once, and how quickly it answers. A slow or
 * dead one holds its own few requests and nothing else.
 */
export class Host {
  readonly name: string
  /** Nothing more is to be had for it, as far as is known. */
  drained = false
  #queue: Claimed[] = []
  readonly #lanes = new Set<string>()
  #failures = 0
  /** Milliseconds. */
  #latency = 100

  constructor(name: string) {
    this.name = name
  }

  get idle(): boolean {
    return this.#queue.length === 0 && this.#lanes.size === 0
  }

  /** How many more it is worth to take now; nothing until half of what was taken has been sent. */
  get wanted(): number {
    const most = this.#atOnce
    const ahead = Math.ceil((most * AHEAD) / Math.max(this.#latency, 1))
    const window = this.#failures > 0 ? most : Math.min(Math.max(ahead, most), MOST_AHEAD)
    const taken = this.#queue.length + this.#lanes.size
    return taken > window / 2 ? 0 : window - taken
  }

  get #atOnce(): number {
    return this.#failures >= FAILING ? WHILE_FAILING : AT_ONCE
  }

  add(delivery: Claimed): void {
    this.#queue.push(delivery)
  }

  /** The next that may be sent now: one of each lane at a time. */
  next(): Claimed | undefined {
    if (this.#lanes.size >= this.#atOnce) return undefined
    const at = this.#queue.findIndex(({ lane }) => !this.#lanes.has(lane))
    if (at < 0) return undefined
    const [delivery] = this.#queue.splice(at, 1)
    if (delivery !== undefined) this.#lanes.add(delivery.lane)
    return delivery
  }

  /** An attempt has ended. @param milliseconds how long it took */
  ended({ lane }: Claimed, answered: boolean, milliseconds: number): void {
    this.#lanes.delete(lane)
    this.#failures = answered ? 0 : this.#failures + 1
    this.#latency = this.#latency * 0.8 + milliseconds * 0.2
  }

  /** What follows in a lane whose first has failed: it is sent after that. */
  skip(lane: string): void {
    this.#queue = this.#queue.filter((each) => each.lane !== lane)
  }

  /** Everything that has not been begun. */
  empty(): Claimed[] {
    return this.#queue.splice(0)
  }
}

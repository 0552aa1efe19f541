import { Bell } from './bell.ts'

/** Requests that a server remembers. */
const KEPT = 1_000

/** One request as it is remembered: who asked for what and how it went; neither what was sent nor any secret. */
export interface LoggedRequest {
  /** Epoch seconds of its end. */
  readonly time: number
  readonly id: string
  readonly method: string
  readonly version: 2 | 3
  /** Of HTTP. */
  readonly status: number
  /** Empty where there was none. */
  readonly error: string
  /** Milliseconds, and what they were spent on. */
  readonly duration: number
  readonly stages: Readonly<Record<string, number>>
  /** 0: nobody that is known. */
  readonly userId: number
  /** `webhook:3`, `app:local.…`, `person:1`; empty where nothing was proved. */
  readonly credential: string
  readonly address: string
  /** Bytes of the parameters as they were sent, and of the answer. */
  readonly received: number
  sent: number
}

/**
 * The name under which a request for no method of the portal is remembered: what has no dot, or more than names have,
 * may be a part of a webhook's path that somebody has typed wrongly.
 */
export const unknownName = (method: string): string =>
  method.length <= 100 && /^[a-z\d_-]+(\.[a-z\d_-]+)+$/i.test(method) ? method : '?'

/**
 * The last requests of this process, in memory alone. To remember one is to put an object into a ring: it must cost
 * nothing beside the request itself.
 */
export class RequestLog {
  /** Names this process among several of one portal, and among those that come after it. */
  readonly server: string
  readonly bell = new Bell()
  readonly #ring: (LoggedRequest | undefined)[] = Array.from({ length: KEPT })
  #count = 0

  constructor(server: string) {
    this.server = server
  }

  /** How many there have been. */
  get count(): number {
    return this.#count
  }

  add(request: LoggedRequest): void {
    this.#ring[this.#count++ % KEPT] = request
    this.bell.ring()
  }

  /** Those that are still remembered of the ones behind the first `count`, the oldest first, with their numbers. */
  *after(count: number): Generator<readonly [number: number, request: LoggedRequest]> {
    for (let number = Math.max(count, this.#count - KEPT); number < this.#count; number++) {
      const request = this.#ring[number % KEPT]
      if (request !== undefined) yield [number + 1, request]
    }
  }
}

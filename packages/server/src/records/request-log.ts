import { Bell } from './bell.ts'
import { type RequestDetails, sizeOf } from './request-details.ts'

/** Requests that a server remembers. */
const KEPT = 1_000
/** Bytes that the details of all of them take; the oldest are forgotten first. */
const MOST_BYTES = 24_000_000

/**
 * One request as it is remembered: who asked for what and how it went; never a secret. What exactly was sent and
 * answered is kept only while an administrator wants it ({@link RequestLog.keepDetails}).
 */
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
  /** What was asked of the database for it (store/store.ts, {@link Session.statements}). */
  readonly statements: number
  /** 0: nobody that is known. */
  readonly userId: number
  /** `webhook:3`, `app:local.…`, `person:1`; empty where nothing was proved. */
  readonly credential: string
  readonly address: string
  /** Bytes of the parameters as they were sent, and of the answer. */
  readonly received: number
  sent: number
  details?: RequestDetails | undefined
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
  /** Epoch seconds. */
  #until = 0
  #bytes = 0
  /** Requests before this one have no details any more. */
  #firstWithDetails = 0

  constructor(server: string) {
    this.server = server
  }

  /** Epoch seconds until which details are kept; in the past where they are not, Infinity where they always are. */
  get detailsUntil(): number {
    return this.#until
  }

  /** Keeps what exactly is asked and answered, until then. */
  keepDetails(until: number): void {
    this.#until = until
  }

  /** Whether details of what happens now are kept: asked with every request, so it must cost nothing. */
  wantsDetails(now: number): boolean {
    return now < this.#until
  }

  /** How many there have been. */
  get count(): number {
    return this.#count
  }

  add(request: LoggedRequest): void {
    const place = this.#count++ % KEPT
    if (this.#bytes > 0) this.#forget(place)
    this.#ring[place] = request
    if (request.details !== undefined) this.#weigh(request.details)
    this.bell.ring()
  }

  #weigh(details: RequestDetails): void {
    this.#bytes += sizeOf(details)
    let number = Math.max(this.#firstWithDetails, this.#count - KEPT)
    // The one that has just come is kept, however large.
    for (; this.#bytes > MOST_BYTES && number < this.#count - 1; number++) this.#forget(number % KEPT)
    this.#firstWithDetails = number
  }

  #forget(place: number): void {
    const request = this.#ring[place]
    if (request?.details === undefined) return
    this.#bytes -= sizeOf(request.details)
    request.details = undefined
  }

  /** Forgets all requests. Those that come go on to be counted from where they were. */
  forget(): void {
    this.forgetDetails()
    this.#ring.fill(undefined)
  }

  /** Forgets all details at once; the requests stay remembered without them. */
  forgetDetails(): void {
    for (const place of this.#ring.keys()) this.#forget(place)
  }

  /** Bytes that details take, about. */
  get detailBytes(): number {
    return this.#bytes
  }

  find(id: string): readonly [number: number, request: LoggedRequest] | undefined {
    for (const found of this.after(0)) if (found[1].id === id) return found
    return undefined
  }

  /** Those that are still remembered of the ones behind the first `count`, the oldest first, with their numbers. */
  *after(count: number): Generator<readonly [number: number, request: LoggedRequest]> {
    for (let number = Math.max(count, this.#count - KEPT); number < this.#count; number++) {
      const request = this.#ring[number % KEPT]
      if (request !== undefined) yield [number + 1, request]
    }
  }
}

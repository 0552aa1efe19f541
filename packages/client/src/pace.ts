import { Bucket } from './bucket.ts'
import { isMap } from './json.ts'
import type { ClientOptions, Time, Wait } from './options.ts'
import { sleep } from './time.ts'

/** The cloud's limits (`limits.md`). */
const CLOUD = { perSecond: 2, burst: 50 }
/** Seconds of one method in ten minutes. A portal of one's own blocks at 420 where nobody has set another number. */
const OPERATING = 420
/** A call may take long, and others are on their way. */
const MARGIN = 0.9
const LONGEST = 600_000

interface Account {
  readonly operating: number
  /** By this machine's clock, in milliseconds. */
  readonly resetAt: number
}

/**
 * Keeps a client within the limits of a portal: requests a second, and seconds of each method.
 *
 * Where it finds out by itself (`auto`) a Portico is called at full speed until it answers that it has limits.
 */
export class Pace {
  readonly #bucket: Bucket | undefined
  readonly #isAuto: boolean
  readonly #onWait: ((wait: Wait) => void) | undefined
  readonly #accounts = new Map<string, Account>()
  /** Whether the portal is known to have limits: undefined before the first answer. */
  #isLimited: boolean | undefined

  constructor(pace: ClientOptions['pace'] = 'auto', onWait?: (wait: Wait) => void) {
    this.#isAuto = pace === 'auto'
    this.#bucket = pace === 'off' ? undefined : new Bucket(pace === 'auto' ? CLOUD : pace)
    this.#onWait = onWait
  }

  /** @param methods what the request calls: several in a batch */
  async before(method: string, methods: readonly string[], signal?: AbortSignal): Promise<void> {
    if (this.#bucket === undefined || this.#isFree()) return
    const blocked = Math.max(0, ...methods.map((each) => this.#blockedFor(each)))
    if (blocked > 0) {
      this.#onWait?.({ method, why: 'operating', milliseconds: blocked })
      await sleep(blocked, signal)
    }
    const expected = this.#bucket.expected()
    if (expected > 0) this.#onWait?.({ method, why: 'rate', milliseconds: expected })
    await this.#bucket.take(signal)
  }

  /** Learns from an answer whom it speaks to, and what the methods have taken. */
  after(method: string, body: unknown, isPortico: boolean): void {
    if (this.#isLimited === undefined && isPortico) {
      this.#isLimited = false
      if (this.#isAuto) this.#bucket?.release()
    }
    if (this.#bucket === undefined || !isMap(body)) return
    if (isMap(body.time)) this.#learn(method, body.time as Partial<Time>)
  }

  /** Learns from what a batch says of its commands. */
  afterCommand(method: string, time: unknown): void {
    if (this.#bucket !== undefined && isMap(time)) this.#learn(method, time as Partial<Time>)
  }

  /** The portal has refused for its limits. @returns milliseconds after which to come again, if the portal's are known */
  refused(method: string, code: string, retryAfter: number | undefined): number | undefined {
    this.#isLimited = true
    if (code.toUpperCase() === 'OPERATION_TIME_LIMIT') {
      const known = (this.#accounts.get(method.toLowerCase())?.resetAt ?? 0) - Date.now()
      if (known > 0) return Math.min(known, LONGEST)
      return (retryAfter ?? 60) * 1000
    }
    // One second lowers the portal's level.
    this.#bucket?.overflow((retryAfter ?? 1) * 1000)
    return retryAfter === undefined ? undefined : retryAfter * 1000
  }

  #isFree(): boolean {
    return this.#isAuto && this.#isLimited === false
  }

  #blockedFor(method: string): number {
    const account = this.#accounts.get(method.toLowerCase())
    if (account === undefined || account.operating < OPERATING * MARGIN) return 0
    return Math.min(Math.max(0, account.resetAt - Date.now()), LONGEST)
  }

  #learn(method: string, { operating, operating_reset_at, finish }: Partial<Time>): void {
    if (typeof operating !== 'number' || typeof operating_reset_at !== 'number') return
    // The portal's clock may be another: what counts is how long it still takes.
    const left = operating_reset_at - (typeof finish === 'number' ? finish : Date.now() / 1000)
    this.#accounts.set(method.toLowerCase(), { operating, resetAt: Date.now() + left * 1000 })
  }
}

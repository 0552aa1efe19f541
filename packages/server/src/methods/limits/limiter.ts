import type { Session } from '../../store/store.ts'
import { ApiError } from '../errors.ts'
import { OperatingLimit } from './operating-limit.ts'
import { type Operating, OperatingTime } from './operating-time.ts'
import type { Limits } from './profiles.ts'
import { RequestRate } from './request-rate.ts'

/** A refusal that ends by itself, after so many seconds: what the Retry-After header says, which nobody documents. */
export class LimitError extends ApiError {
  readonly retryAfter: number
  constructor(code: string, status: number, description: string, retryAfter: number) {
    super(code, status, description)
    this.retryAfter = retryAfter
  }
}

/** Who calls what, for the accounts of execution time. */
interface Use {
  readonly client: string
  readonly method: string
  readonly now: number
}

/** The portal's limits, as far as it has any (limits.md). */
export class Limiter {
  readonly #rate: RequestRate | undefined
  readonly #operating: OperatingLimit | undefined
  readonly #duration: number | null
  readonly #shown = new OperatingTime()

  constructor({ rate, operating, duration }: Limits) {
    this.#rate = rate === null ? undefined : new RequestRate(rate)
    this.#operating = operating === null ? undefined : new OperatingLimit(operating)
    this.#duration = duration
  }

  /** Before anything of a request is looked at, its credential included. A batch is one request. */
  async enter(session: Session, address: string, now: number): Promise<void> {
    const wait = (await this.#rate?.enter(session, address, now)) ?? 0
    if (wait > 0) throw new LimitError('QUERY_LIMIT_EXCEEDED', 503, 'Too many requests', wait)
  }

  /** Before each call of a method, those of a batch too. */
  async before(session: Session, { client, method, now }: Use): Promise<void> {
    if ((await this.#operating?.isReached(session, client, method, now)) === true)
      throw new LimitError('OPERATION_TIME_LIMIT', 429, 'Method is blocked due to operation time limit.', 60)
  }

  /** After each call: what the answer's `time` tells. */
  async after(session: Session, { client, method, now }: Use, seconds: number): Promise<Operating> {
    if (this.#operating === undefined) return this.#shown.add(client, method, now, seconds)
    return this.#operating.add(session, client, method, now, seconds)
  }

  /**
   * The answer of a request, or the error of a gateway that has waited long enough; `interrupt` then keeps what the
   * request has not begun from being begun.
   */
  async within<T>(body: Promise<T>, interrupt: (cause: ApiError) => void): Promise<T> {
    const duration = this.#duration
    if (duration === null) return body
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        const cause = new ApiError('ERROR_UNEXPECTED_ANSWER', 504, 'Server returned an unexpected response')
        interrupt(cause)
        reject(cause)
      }, duration * 1000)
    })
    try {
      return await Promise.race([body, late])
    } finally {
      clearTimeout(timer)
    }
  }

  async tend(session: Session, now: number): Promise<void> {
    await this.#rate?.tend(session, now)
    await this.#operating?.tend(session, now)
    await session.settled()
  }
}

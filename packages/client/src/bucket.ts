import { onAbort, reasonOf } from './time.ts'

interface Waiting {
  readonly go: () => void
}

/**
 * A leaky bucket as the portal keeps one (`limits.md`, "Request Rate Limits"): a request raises the level by one, every
 * second lowers it. Requests that it has no room for wait in the order in which they came.
 */
export class Bucket {
  readonly #perSecond: number
  readonly #room: number
  #level = 0
  #at = 0
  /** Nothing goes before this moment. */
  #closedUntil = 0
  readonly #queue: Waiting[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }) {
    if (!(perSecond > 0 && burst >= 1)) throw new RangeError('pace: perSecond and burst are numbers above 0')
    this.#perSecond = perSecond
    // The portal lowers its level once a second, in steps, so that it may be that much above ours.
    this.#room = Math.max(1, burst - perSecond)
  }

  /** Milliseconds until the next request could go, if none waited. */
  wait(now = Date.now()): number {
    this.#leak(now)
    const full = Math.max(0, ((this.#level + 1 - this.#room) / this.#perSecond) * 1000)
    return Math.ceil(Math.max(full, this.#closedUntil - now))
  }

  /** How long a request that came now would wait behind the others, in milliseconds. */
  expected(): number {
    const behind = (this.#queue.length / this.#perSecond) * 1000
    return this.wait() + behind
  }

  /** Comes back when the request may be sent, or throws the signal's reason. */
  take(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(reasonOf(signal))
    if (this.#queue.length === 0 && this.wait() === 0) {
      this.#level += 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const forget = onAbort(signal, () => {
        const place = this.#queue.indexOf(waiting)
        if (place >= 0) this.#queue.splice(place, 1)
        reject(reasonOf(signal))
      })
      const waiting: Waiting = {
        go: () => {
          forget()
          resolve()
        },
      }
      this.#queue.push(waiting)
      this.#schedule()
    })
  }

  /** The portal has refused: its bucket is full, whatever ours says, as others may use it too. */
  overflow(closedFor: number): void {
    const now = Date.now()
    this.#leak(now)
    this.#level = Math.max(this.#level, this.#room)
    this.#closedUntil = Math.max(this.#closedUntil, now + closedFor)
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#schedule()
  }

  /** Lets everything go that waits: there are no limits after all. */
  release(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const { go } of this.#queue.splice(0)) go()
  }

  #leak(now: number): void {
    // A clock that was turned back neither fills nor empties the bucket.
    const passed = Math.max(0, now - this.#at) / 1000
    this.#level = Math.max(0, this.#level - passed * this.#perSecond)
    this.#at = now
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#queue.length === 0) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      while (this.#queue.length > 0 && this.wait() === 0) {
        this.#level += 1
        this.#queue.shift()?.go()
      }
      this.#schedule()
    }, this.wait())
  }
}

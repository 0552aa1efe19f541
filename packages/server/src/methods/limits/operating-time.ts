/** What a client has used of a method within the last ten minutes. */
export interface Operating {
  /** Seconds. */
  readonly operating: number
  /** Epoch seconds at which the oldest minute stops counting. */
  readonly resetAt: number
}

/** How long a minute's seconds count, from the first call in it, in seconds (limits.md, "Resource Intensity Limits"). */
export const WINDOW = 600

export interface Basket {
  readonly first: number
  seconds: number
}

/** The sum of what still counts. */
export function sumOf(baskets: Iterable<Basket>, now: number): Operating {
  let operating = 0
  let oldest = now
  for (const { first, seconds } of baskets) {
    if (first + WINDOW <= now) continue
    operating += seconds
    oldest = Math.min(oldest, first)
  }
  return { operating, resetAt: Math.floor(oldest) + WINDOW }
}

const MAX_ACCOUNTS = 10_000

/** Execution seconds per client and method, in memory: for portals without limits, which only show them. */
export class OperatingTime {
  /** Baskets by their minute. */
  readonly #accounts = new Map<string, Map<number, Basket>>()

  add(client: string, method: string, now: number, seconds: number): Operating {
    const key = `${client} ${method}`
    let baskets = this.#accounts.get(key)
    if (baskets === undefined) {
      if (this.#accounts.size >= MAX_ACCOUNTS) this.#accounts.clear()
      this.#accounts.set(key, (baskets = new Map()))
    }
    const minute = Math.floor(now / 60)
    for (const [old, { first }] of baskets) if (first + WINDOW <= now) baskets.delete(old)
    const basket = baskets.get(minute)
    if (basket === undefined) baskets.set(minute, { first: now, seconds })
    else basket.seconds += seconds
    return sumOf(baskets.values(), now)
  }
}

interface Account {
  /** Start of the minute, in epoch minutes, to seconds spent in it. */
  readonly baskets: Map<number, number>
  /** When the first call of the oldest basket came. */
  readonly firsts: Map<number, number>
}

const WINDOW = 10
const MAX_ACCOUNTS = 10_000

/** Execution seconds per client and method over ten one-minute baskets (settings/performance/limits.md). */
export class OperatingTime {
  readonly #accounts = new Map<string, Account>()

  add(client: string, method: string, now: number, seconds: number): { operating: number; resetAt: number } {
    const key = `${client} ${method}`
    let account = this.#accounts.get(key)
    if (account === undefined) {
      if (this.#accounts.size >= MAX_ACCOUNTS) this.#accounts.clear()
      this.#accounts.set(key, (account = { baskets: new Map(), firsts: new Map() }))
    }
    const minute = Math.floor(now / 60)
    for (const old of account.baskets.keys())
      if (old <= minute - WINDOW) {
        account.baskets.delete(old)
        account.firsts.delete(old)
      }
    account.baskets.set(minute, (account.baskets.get(minute) ?? 0) + seconds)
    if (!account.firsts.has(minute)) account.firsts.set(minute, now)
    let operating = 0
    let oldest = now
    for (const [basket, spent] of account.baskets) {
      operating += spent
      oldest = Math.min(oldest, account.firsts.get(basket) ?? now)
    }
    return { operating, resetAt: Math.floor(oldest) + WINDOW * 60 }
  }
}

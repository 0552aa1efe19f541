import { sql } from '../../store/sql.ts'
import type { Session } from '../../store/store.ts'
import type { Limits } from './profiles.ts'

const MAX_REFUSED = 10_000

/**
 * A leaky bucket for each address: a request raises its level by one, every second lowers it, and a request that would
 * raise it above the threshold is refused and does not count (limits.md, "Request Rate Limits"). The level is in the
 * database, so that several servers count together.
 */
export class RequestRate {
  readonly #burst: number
  readonly #perSecond: number
  /** Addresses and the second in which they were refused: nothing that others do can let them in before the next one. */
  readonly #refused = new Map<string, number>()

  constructor({ burst, perSecond }: NonNullable<Limits['rate']>) {
    this.#burst = burst
    this.#perSecond = perSecond
  }

  /** Counts a request; answers after how many seconds to come again, or 0 where it may go on. */
  async enter(session: Session, address: string, now: number): Promise<number> {
    const second = Math.floor(now)
    if (this.#refused.get(address) === second) return 1
    // A clock that is behind another server's neither lowers the level nor turns the time back.
    const passed = sql`(case when excluded.second > rate_bucket.second then excluded.second - rate_bucket.second else 0 end)`
    const level = sql`(rate_bucket.level - ${this.#perSecond} * ${passed})`
    const entered = await session.transaction((tx) =>
      tx.change(
        sql`insert into rate_bucket (address, level, second) values (${address}, 1, ${second})
            on conflict (address) do update set
              level = case when ${level} > 0 then ${level} + 1 else 1 end,
              second = rate_bucket.second + ${passed}
            where ${level} + 1 <= ${this.#burst}`,
      ),
    )
    if (entered > 0) return 0
    if (this.#refused.size >= MAX_REFUSED) this.#refused.clear()
    this.#refused.set(address, second)
    return 1
  }

  /** Forgets addresses whose buckets have run empty. */
  async tend(session: Session, now: number): Promise<void> {
    const empty = Math.floor(now) - Math.ceil(this.#burst / this.#perSecond)
    await session.transaction((tx) => tx.change(sql`delete from rate_bucket where second < ${empty}`))
  }
}

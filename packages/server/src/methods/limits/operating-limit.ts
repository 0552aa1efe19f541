import { sql } from '../../store/sql.ts'
import type { Reader, Session } from '../../store/store.ts'
import { type Basket, type Operating, sumOf, WINDOW } from './operating-time.ts'

/** Execution seconds per client and method in the database, where they are limited: several servers count together. */
export class OperatingLimit {
  readonly #most: number

  /** @param most seconds within ten minutes; the call that passes it still ends, and the next one is refused */
  constructor(most: number) {
    this.#most = most
  }

  /** Whether a call must be refused, by what earlier ones have used. */
  async isReached(reader: Reader, client: string, method: string, now: number): Promise<boolean> {
    return (await this.#used(reader, client, method, now)).operating > this.#most
  }

  async add(session: Session, client: string, method: string, now: number, seconds: number): Promise<Operating> {
    const minute = Math.floor(now / 60)
    await session.transaction((tx) =>
      tx.change(
        sql`insert into operating_basket (client, method, minute, seconds, first) values (${client}, ${method}, ${minute}, ${seconds}, ${now})
            on conflict (client, method, minute) do update set seconds = operating_basket.seconds + excluded.seconds`,
      ),
    )
    return this.#used(session, client, method, now)
  }

  /** Forgets what counts no more. */
  async tend(session: Session, now: number): Promise<void> {
    const over = Math.floor((now - WINDOW) / 60) - 1
    await session.transaction((tx) => tx.change(sql`delete from operating_basket where minute < ${over}`))
  }

  async #used(reader: Reader, client: string, method: string, now: number): Promise<Operating> {
    const rows = await reader.find<Basket>(
      sql`select seconds, first from operating_basket where client = ${client} and method = ${method}`,
    )
    return sumOf(
      rows.map(({ seconds, first }) => ({ seconds: Number(seconds), first: Number(first) })),
      now,
    )
  }
}

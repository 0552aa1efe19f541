import type { RunningPortal } from '../compose.ts'
import { sql } from '../store/sql.ts'
import { ControlError } from './control-error.ts'
import type { TestSources } from './test-sources.ts'

/** Moments at which something is done on the way; beyond it, something asks to be done again and again. */
const MOST_MOMENTS = 20_000

/** The passing of time: what is due is done at its moment, in its order, however fast the time is made to pass. */
export class Passage {
  readonly #running: RunningPortal
  readonly #sources: TestSources

  constructor(running: RunningPortal, sources: TestSources) {
    this.#running = running
    this.#sources = sources
  }

  /** Under a clock that stands still, nothing happens by itself. */
  async follow(): Promise<void> {
    const { runner, deliveries } = this.#running
    const held = this.#sources.isVirtual
    await Promise.all([runner.hold(held), deliveries.hold(held)])
  }

  /** Runs the jobs and sends the events that are due, and what follows from them; answers how many. */
  async settle(): Promise<number> {
    const { runner, deliveries } = this.#running
    for (let done = 0; ;) {
      const now = (await runner.run()) + (await deliveries.run())
      done += now
      if (now === 0) return done
    }
  }

  /**
   * Lets time pass until `to`, in epoch seconds: jobs and deliveries that become due on the way run at their moments.
   * Answers how many.
   */
  async advanceTo(to: number): Promise<number> {
    let done = await this.settle()
    for (let moments = 0; ; moments++) {
      const due = await this.#nextDue()
      if (due === undefined || due > to) break
      if (moments >= MOST_MOMENTS)
        throw new ControlError(`something is due at more than ${MOST_MOMENTS} moments until then`)
      this.#sources.moveTo(due)
      done += await this.settle()
    }
    this.#sources.moveTo(to)
    done += await this.settle()
    await this.#running.tend()
    return done
  }

  async #nextDue(): Promise<number | undefined> {
    const session = this.#running.portal.store.session()
    const now = Math.floor(this.#sources.now())
    const [row] = await session.find<{ due: number | null }>(
      sql`select min(due) as due from (select min(due) as due from job where due > ${now} union all select min(due) as due from event_delivery where state = 'waiting' and due > ${now}) as waiting`,
    )
    return row === undefined || row.due === null ? undefined : Number(row.due)
  }
}

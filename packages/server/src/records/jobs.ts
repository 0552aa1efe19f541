import { sql } from '../store/sql.ts'
import type { Transaction } from '../store/store.ts'
import { job } from '../store/tables.ts'
import type { Context } from './context.ts'

/** Work that waits for its time, or only for the commit: stored with what caused it, so that a killed process loses none. */
export interface NewJob {
  /** Which handler runs it. */
  readonly kind: string
  /** What it belongs to, for `cancel`: e.g. `deal:7`. */
  readonly key?: string
  /** Epoch seconds. */
  readonly due: number
  /** Whose rights it has. */
  readonly userId: number
  readonly payload: Readonly<Record<string, unknown>>
}

export interface Job extends Required<NewJob> {
  readonly id: number
  /** How often it has failed. */
  readonly attempts: number
}

export interface JobContext extends Context {
  readonly job: Job
  /**
   * Ends the job in a transaction of its own work, so that the work is done exactly once. False: another server that
   * took this one for dead has ended it already, and the work must not be done again.
   */
  finish(tx: Transaction): Promise<boolean>
  /** Calls a method with the rights of the job's person; throws what it refuses. */
  call(method: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>
}

/** Does the work. What it throws is kept with the job, which is tried again, later and later. */
export type JobHandler = (context: JobContext) => Promise<void>

/** Wakes the runner of this process; others look by themselves. */
export class Jobs {
  #wake: () => void = () => {}

  /** Stores a job in the transaction of what causes it. */
  async schedule(tx: Transaction, { kind, key = '', due, userId, payload }: NewJob): Promise<number> {
    const id = await tx.nextId(job)
    tx.insert(job, {
      id,
      kind,
      key,
      due: Math.floor(due),
      user_id: userId,
      payload: JSON.stringify(payload),
      attempts: 0,
      claimed: null,
      error: null,
    })
    tx.afterCommit(() => this.#wake())
    return id
  }

  /** Forgets the jobs of a kind that belong to a key; one that is being run ends by itself. */
  async cancel(tx: Transaction, kind: string, key: string): Promise<void> {
    await tx.change(sql`delete from job where kind = ${kind} and key = ${key}`)
  }

  onSchedule(wake: () => void): void {
    this.#wake = wake
  }
}

import { ApiError } from '../methods/errors.ts'
import type { Portal } from '../records/context.ts'
import type { Job, JobContext, JobHandler } from '../records/jobs.ts'
import type { Logger } from '../records/logger.ts'
import type { Pipeline } from '../pipeline.ts'
import { sql } from '../store/sql.ts'
import type { Session } from '../store/store.ts'

interface JobRow {
  readonly id: number
  readonly kind: string
  readonly key: string
  readonly due: number
  readonly user_id: number
  readonly payload: string
  readonly attempts: number
  readonly claimed: number | null
}

/** How often a runner looks for jobs that others have stored, or whose time has come, in milliseconds. */
const LOOK_EVERY = 1_000
/** Seconds after which a job whose server has died is another's. */
const CLAIM_LASTS = 300
const AT_ONCE = 20
/** Seconds until a failed job is tried again, by how often it has failed; after the last it is kept as failed. */
const RETRY_AFTER = [5, 30, 120, 600, 3_600, 21_600]

/** Runs jobs after the commit of what caused them, each by one server, in the order of their time. */
export class JobRunner {
  readonly #portal: Portal
  readonly #pipeline: Pipeline
  readonly #handlers: ReadonlyMap<string, JobHandler>
  readonly #log: Logger
  #timer: NodeJS.Timeout | undefined
  #running: Promise<number> | undefined
  #again = false
  #stopped = false
  #held = false

  constructor(given: { portal: Portal; pipeline: Pipeline; handlers: ReadonlyMap<string, JobHandler>; log: Logger }) {
    this.#portal = given.portal
    this.#pipeline = given.pipeline
    this.#handlers = given.handlers
    this.#log = given.log
  }

  start(): void {
    this.#portal.jobs.onSchedule(() => this.#look())
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running?.catch(() => {})
  }

  /** While it is held, only `run()` runs anything; what is under way ends. */
  async hold(held: boolean): Promise<void> {
    this.#held = held
    if (held) await this.#running?.catch(() => {})
    else this.#look()
  }

  #look(): void {
    if (this.#stopped || this.#held) return
    this.#again = true
    if (this.#running !== undefined) return
    // Not within the commit that woke it.
    setImmediate(() => {
      if (this.#running !== undefined || this.#stopped) return
      this.#running = this.run()
      this.#running
        .catch((cause: unknown) => this.#log.error({ err: cause }, 'jobs could not be run'))
        .finally(() => {
          this.#running = undefined
        })
    })
  }

  /**
   * Runs what is due now, and what follows from that; answers how many jobs were tried. Jobs of one key run one after
   * another, others beside each other: a dead address holds nobody else up.
   */
  async run(): Promise<number> {
    const session = this.#portal.store.session()
    const lanes = new Map<string, Promise<void>>()
    let tried = 0
    do {
      this.#again = false
      for (;;) {
        const jobs = await this.#claim(session, AT_ONCE - lanes.size)
        for (const job of jobs) {
          const lane = job.key === '' ? String(job.id) : `${job.kind} ${job.key}`
          const before = lanes.get(lane) ?? Promise.resolve()
          const running: Promise<void> = before
            .then(() => this.#try(job))
            // The database is gone; the claim runs out, and another server or a later look takes the job.
            .catch((cause: unknown) => this.#log.error({ err: cause, job: job.id }, 'a job was given up'))
            .finally(() => {
              if (lanes.get(lane) === running) lanes.delete(lane)
            })
          lanes.set(lane, running)
        }
        tried += jobs.length
        if (lanes.size === 0) break
        await Promise.race(lanes.values())
      }
    } while (this.#again && !this.#stopped)
    return tried
  }

  /** Takes the jobs whose time has come. Of several servers that want the same, one gets it. */
  async #claim(session: Session, most: number): Promise<JobRow[]> {
    const now = Math.floor(this.#portal.sources.now())
    const free = sql`due <= ${now} and (claimed is null or claimed < ${now - CLAIM_LASTS})`
    const [any] = await session.find<{ id: number }>(sql`select id from job where ${free} limit 1`)
    if (any === undefined || this.#stopped || most <= 0) return []
    const jobs = await session.transaction(async (tx) => {
      const rows = await tx.find<JobRow>(sql`select * from job where ${free} order by due, id limit ${most}`)
      const mine: JobRow[] = []
      for (const row of rows)
        if ((await tx.change(sql`update job set claimed = ${now} where id = ${row.id} and ${free}`)) === 1)
          mine.push(row)
      return mine
    })
    await session.settled()
    return jobs
  }

  /** What a job throws is kept with it. */
  async #try(row: JobRow): Promise<void> {
    const session = this.#portal.store.session()
    const job: Job = {
      id: Number(row.id),
      kind: row.kind,
      key: row.key,
      due: Number(row.due),
      userId: Number(row.user_id),
      payload: JSON.parse(row.payload) as Job['payload'],
      attempts: Number(row.attempts),
    }
    try {
      await this.#run(job)
      await session.transaction((tx) => tx.change(sql`delete from job where id = ${job.id}`))
    } catch (cause) {
      this.#log.warn({ err: cause, job: job.id, kind: job.kind }, 'a job failed')
      const wait = RETRY_AFTER[job.attempts]
      const due = wait === undefined ? null : Math.floor(this.#portal.sources.now()) + wait
      const error =
        cause instanceof ApiError ? cause.description : cause instanceof Error ? cause.message : String(cause)
      await session.transaction((tx) =>
        tx.change(
          sql`update job set claimed = null, attempts = ${job.attempts + 1}, due = ${due}, error = ${error.slice(0, 1000)} where id = ${job.id}`,
        ),
      )
    }
    await session.settled()
  }

  async #run(job: Job): Promise<void> {
    const handler = this.#handlers.get(job.kind)
    if (handler === undefined) throw new Error(`nobody runs jobs of the kind ${job.kind}`)
    await this.#pipeline.inside(
      job.userId,
      async (dispatch, session) => {
        const person = await this.#portal.people.find(session, job.userId)
        if (person === undefined) throw new Error(`there is no person ${job.userId}`)
        const context: JobContext = {
          portal: this.#portal,
          session,
          person,
          now: this.#portal.sources.now(),
          job,
          async finish(tx) {
            return (await tx.change(sql`delete from job where id = ${job.id}`)) > 0
          },
          async call(method, parameters) {
            const outcome = await dispatch(method, parameters)
            if (outcome.error !== undefined) throw outcome.error
            return outcome.result
          },
        }
        await handler(context)
      },
      { automatic: true },
    )
  }
}

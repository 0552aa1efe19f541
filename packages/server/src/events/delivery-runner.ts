import { fanOut } from '../modules/event/fan-out.ts'
import type { TestHooks } from '../methods/test-hooks.ts'
import type { Portal } from '../records/context.ts'
import type { Logger } from '../records/logger.ts'
import { sql } from '../store/sql.ts'
import type { Session } from '../store/store.ts'
import { Host } from './host.ts'
import { type Attempt, claim, type Claimed, type PutOff, rearrange, record, release, waitingHosts } from './queue.ts'
import { Sender } from './sender.ts'

/** How often it is looked for what others have stored, or whose time has come, in milliseconds. */
const LOOK_EVERY = 1_000
/** Milliseconds in which what ends is written together. */
const TOGETHER = 10
/** Events that are handed out in one transaction. */
const BATCH = 200
/** Requests of this server at once, to all hosts. */
const AT_ONCE = 512
/** Milliseconds that the end of the server waits for what is being sent. */
const LAST_WAIT = 3_000

/**
 * Sends events. After a commit it hands out what the outbox holds to whoever is bound, and sends that: at least once,
 * in order per handler and object, a few requests per host at once. Any number of servers do so on one database.
 *
 * It stands beside the JobRunner because a queue of deliveries is another thing: their order must hold over servers and
 * over retries, what waits for one host must not stand before what waits for another, and they come by thousands, so
 * that they are taken and written by hundreds.
 */
export class DeliveryRunner {
  readonly #portal: Portal
  readonly #log: Logger
  readonly #hooks: TestHooks | undefined
  readonly #sender: Sender
  /** Another one for each start: what a dead server had taken is not taken for its successor's. */
  readonly #name: string
  readonly #hosts = new Map<string, Host>()
  #attempts: Attempt[] = []
  /** What tests have changed the order of, since it was last written. */
  #putOff: PutOff[] = []
  #recalled: Pick<Claimed, 'id' | 'seq'>[] = []
  #active = 0
  #tried = 0
  #timer: NodeJS.Timeout | undefined
  #running: Promise<number> | undefined
  #stopped = false
  #held = false
  /** Nobody listens, and until when that is believed; by performance.now(). */
  #unheardUntil = 0
  #again = false
  #hostsKnownUntil = 0
  #signal: (() => void) | undefined
  #signalling: NodeJS.Timeout | undefined

  constructor({ portal, log, hooks }: { portal: Portal; log: Logger; hooks?: TestHooks | undefined }) {
    this.#portal = portal
    this.#log = log
    this.#hooks = hooks
    this.#sender = new Sender(portal, log)
    this.#name = portal.sources.token(16)
  }

  start(): void {
    this.#portal.deliveries.listen({
      happened: () => {
        if (performance.now() >= this.#unheardUntil) this.#look()
      },
      wake: () => {
        this.#unheardUntil = 0
        this.#look()
      },
    })
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY)
    this.#timer.unref()
    this.#look()
  }

  /** Ends what is being sent, for a while, and gives back the rest. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    this.#portal.deliveries.listen({ happened: () => {}, wake: () => {} })
    const unsent = [...this.#hosts.values()].flatMap((host) => host.empty()).map(({ id }) => id)
    this.#awake()
    const session = this.#portal.store.session()
    try {
      let end: NodeJS.Timeout | undefined
      const enough = new Promise<void>((done) => (end = setTimeout(done, LAST_WAIT)))
      await Promise.race([this.#running?.catch(() => {}), enough])
      clearTimeout(end)
      await this.#write(session)
      await release(session, unsent, this.#name)
    } catch (cause) {
      this.#log.warn({ err: cause }, 'deliveries could not be given back')
    }
  }

  /** While it is held, only `run()` sends anything; what is being sent is ended. */
  async hold(held: boolean): Promise<void> {
    this.#held = held
    if (held) await this.#running?.catch(() => {})
    else this.#look()
  }

  #look(): void {
    if (this.#held) return
    this.#again = true
    this.#soon()
    if (this.#stopped || this.#running !== undefined) return
    // Not within the commit that woke it.
    setImmediate(() => {
      if (this.#stopped || this.#running !== undefined) return
      this.#running = this.run()
      this.#running
        .catch((cause: unknown) => this.#log.error({ err: cause }, 'events could not be delivered'))
        .finally(() => (this.#running = undefined))
    })
  }

  /** Hands out and sends until nothing more is due, and answers how many attempts were made. */
  async run(): Promise<number> {
    const session = this.#portal.store.session()
    const before = this.#tried
    this.#again = true
    this.#hostsKnownUntil = 0
    for (;;) {
      if (this.#again) {
        this.#again = false
        await this.#handOut(session)
      }
      await this.#take(session)
      if (this.#active === 0 && this.#attempts.length === 0 && this.#putOff.length === 0) {
        if (this.#again && !this.#stopped) continue
        return this.#tried - before
      }
      await new Promise<void>((awake) => {
        this.#signal = awake
        if (this.#active === 0) awake()
        // What has ended while this loop was busy has woken nobody.
        else if (this.#attempts.length > 0 || this.#putOff.length > 0 || this.#again) this.#soon()
      })
      await this.#write(session)
    }
  }

  /** Wakes the loop, in a moment: what ends until then is written at once. */
  #soon(): void {
    this.#signalling ??= setTimeout(() => this.#awake(), TOGETHER)
  }

  #awake(): void {
    clearTimeout(this.#signalling)
    this.#signalling = undefined
    this.#signal?.()
    this.#signal = undefined
  }

  async #handOut(session: Session): Promise<void> {
    while (!this.#stopped) {
      const [any] = await session.find<{ id: number }>(sql`select id from outbox limit 1`)
      if (any === undefined) return
      const { taken, queued, unheard } = await session.transaction((tx) => fanOut(this.#portal, tx, BATCH))
      await session.settled()
      this.#unheardUntil = unheard ? performance.now() + LOOK_EVERY : 0
      if (queued > 0) this.#hostsKnownUntil = 0
      if (taken === 0) return
      // What is sent meanwhile must not wait for the rest of a large import.
      if (queued > 0) {
        this.#again = true
        return
      }
    }
  }

  /** Takes more for every host that can do with it. */
  async #take(session: Session): Promise<void> {
    if (this.#stopped) return
    if (performance.now() >= this.#hostsKnownUntil) {
      const names = await waitingHosts(session)
      this.#hostsKnownUntil = performance.now() + LOOK_EVERY
      for (const [name, host] of this.#hosts) if (host.idle && !names.includes(name)) this.#hosts.delete(name)
      for (const name of names) {
        const host = this.#hosts.get(name)
        if (host === undefined) this.#hosts.set(name, new Host(name))
        else host.drained = false
      }
    }
    const wanted = new Map<string, number>()
    for (const host of this.#hosts.values()) if (!host.drained && host.wanted > 0) wanted.set(host.name, host.wanted)
    if (wanted.size === 0) return
    const now = Math.floor(this.#portal.sources.now())
    const taken = await claim(session, { wanted, claim: this.#name, now })
    const counts = new Map<string, number>()
    for (const delivery of taken) {
      counts.set(delivery.host, (counts.get(delivery.host) ?? 0) + 1)
      this.#hosts.get(delivery.host)?.add(delivery)
    }
    for (const [name, most] of wanted) {
      const host = this.#hosts.get(name)
      if (host !== undefined) host.drained = (counts.get(name) ?? 0) < most
    }
    this.#send()
  }

  #send(): void {
    for (const host of this.#hosts.values())
      for (;;) {
        if (this.#active >= AT_ONCE) return
        const delivery = host.next()
        if (delivery === undefined) break
        this.#active++
        void this.#try(host, delivery)
      }
  }

  async #try(host: Host, delivery: Claimed): Promise<void> {
    const begun = performance.now()
    const fate = this.#hooks?.deliver?.(delivery)
    if (fate?.later !== undefined) return this.#later(host, { delivery, ...fate.later })
    const attempt =
      fate?.dropped === undefined ? await this.#sender.send(delivery) : this.#dropped(delivery, fate.dropped)
    const took = performance.now() - begun
    if (attempt?.outcome === 'delivered')
      for (let repeats = fate?.repeats ?? 0; repeats > 0; repeats--) {
        const again = await this.#sender.send(delivery)
        if (again === undefined) break
        this.#attempts.push({ ...again, outcome: 'repeated' })
      }
    if (fate?.recalled !== undefined) this.#recalled.push(...fate.recalled)
    this.#active--
    if (attempt === undefined) {
      // It could not be sent in time: it is another server's by now, or soon.
      host.ended(delivery, true, took)
      host.skip(delivery.lane)
    } else {
      this.#tried++
      host.ended(delivery, attempt.status > 0 && attempt.outcome === 'delivered', took)
      if (typeof attempt.outcome !== 'string') host.skip(delivery.lane)
      this.#attempts.push(attempt)
    }
    this.#send()
    if (this.#active === 0) this.#awake()
    else this.#soon()
  }

  /** As it is not sent now, nothing is that follows it. */
  #later(host: Host, putOff: PutOff): void {
    this.#active--
    host.ended(putOff.delivery, true, 0)
    host.skip(putOff.delivery.lane)
    this.#putOff.push(putOff)
    this.#soon()
  }

  async #rearrange(session: Session): Promise<readonly PutOff[]> {
    const putOff = this.#putOff
    const recalled = this.#recalled
    this.#putOff = []
    this.#recalled = []
    try {
      const now = Math.floor(this.#portal.sources.now())
      await rearrange(session, { putOff, recalled, claim: this.#name, now })
    } catch (cause) {
      this.#putOff.unshift(...putOff)
      this.#recalled.unshift(...recalled)
      throw cause
    }
    return putOff
  }

  #dropped(delivery: Claimed, error: string): Attempt {
    const time = Math.floor(this.#portal.sources.now())
    return { delivery, time, duration: 0, status: 0, answer: '', error, outcome: 'dropped' }
  }

  async #write(session: Session): Promise<void> {
    const attempts = this.#attempts
    this.#attempts = []
    try {
      await record(session, { attempts, claim: this.#name, now: Math.floor(this.#portal.sources.now()) })
    } catch (cause) {
      // Until it is written, it is not known to anybody.
      this.#attempts.unshift(...attempts)
      throw cause
    }
    const moved = await this.#rearrange(session)
    for (const { delivery } of [...attempts, ...moved]) {
      const host = this.#hosts.get(delivery.host)
      if (host !== undefined) host.drained = false
    }
  }
}

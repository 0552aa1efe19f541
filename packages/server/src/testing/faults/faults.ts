import type { RunningPortal } from '../../compose.ts'
import type { SeenRequest } from '../../http/test-serving.ts'
import { ApiError, apiError } from '../../methods/errors.ts'
import { type Limits, type Profile, profiles } from '../../methods/limits/profiles.ts'
import type { Outcome } from '../../methods/method.ts'
import type { DeliveryFate, SeenAsk, SeenCall, SeenDelivery } from '../../methods/test-hooks.ts'
import { documentedMethods } from '../../modules/documented-methods.ts'
import { eventNames } from '../../modules/event/names.ts'
import { sql } from '../../store/sql.ts'
import type { Control } from '../control.ts'
import { ControlError } from '../control-error.ts'
import type { TestPart } from '../test-part.ts'
import type { TestSources } from '../test-sources.ts'
import { Connections, cutShort } from './connection.ts'
import { EventFaults } from './event-faults.ts'
import { faultControls } from './fault-controls.ts'
import { type CallFault, type EventFault, type FaultReport, type FaultRule, isEventFault } from './fault-rule.ts'
import { Occasion } from './occasion.ts'
import { Patience } from './patience.ts'
import { type Asker, asksWhose, NOTHING, type Plan, planOf, TOKEN_ENDPOINT } from './plan.ts'
import { type Known, readFault } from './read-fault.ts'
import { FAULT_HEADER, readHeader } from './read-header.ts'
import { endToken, ownerOfToken, tokenControls } from './tokens.ts'

/** What was there when everything began, and is there again after a reset. */
interface Beginning {
  readonly rules: readonly FaultRule[]
  readonly limits: Profile | Limits
}

/** What goes wrong in a portal for tests, by rules: with calls, with their connections, with events on their way. */
export class Faults implements TestPart {
  readonly #sources: TestSources
  readonly #patience = new Patience()
  readonly #connections = new Connections()
  readonly #events: EventFaults
  /** Of requests over HTTP that are being answered. */
  readonly #plans = new Map<string, Plan>()
  /** Who has sent the requests whose commands may be struck; how many calls of each are at work. */
  readonly #askers = new Map<string, { asker: Asker; uses: number }>()
  #running: RunningPortal | undefined
  #rules: readonly Occasion[] = []
  #lastId = 0
  #limits: Profile | Limits
  #beginning: Beginning

  constructor({ sources, limits }: { sources: TestSources; limits: Profile | Limits }) {
    this.#sources = sources
    this.#limits = limits
    this.#events = new EventFaults(sources)
    this.#beginning = { rules: [], limits }
  }

  attach(running: RunningPortal): void {
    this.#running = running
  }

  get running(): RunningPortal {
    if (this.#running === undefined) throw new Error('the portal is not open')
    return this.#running
  }

  get controls(): readonly Control[] {
    return [...faultControls(this), ...tokenControls(() => this.running)]
  }

  get reports(): FaultReport[] {
    return this.#rules.map(({ report }) => report)
  }

  get limits(): Limits {
    return typeof this.#limits === 'string' ? profiles[this.#limits] : this.#limits
  }

  /** @throws {ControlError} for what is no rule */
  read(given: unknown, what?: string): FaultRule {
    return readFault(given, this.#known, what)
  }

  add(rule: FaultRule): number {
    this.#rules = [...this.#rules, new Occasion(++this.#lastId, rule, this.#sources)]
    return this.#lastId
  }

  /** @returns how many there were; one of them by its id, or all */
  clear(id?: number): number {
    const before = this.#rules.length
    this.#rules = id === undefined ? [] : this.#rules.filter((each) => each.id !== id)
    return before - this.#rules.length
  }

  /** From now on these limits hold, and nothing counts that was before. */
  async limit(limits: Profile | Limits): Promise<void> {
    const session = this.running.portal.store.session()
    await session.transaction(async (tx) => {
      await tx.change(sql`delete from rate_bucket`)
      await tx.change(sql`delete from operating_basket`)
    })
    await session.settled()
    this.#limits = limits
    this.running.limit(limits)
  }

  begin(): void {
    this.#beginning = { rules: this.#rules.map(({ rule }) => rule), limits: this.#limits }
  }

  reset(): void {
    this.clear()
    this.#lastId = 0
    for (const rule of this.#beginning.rules) this.add(rule)
    this.#limits = this.#beginning.limits
    this.#running?.limit(this.#limits)
    this.close()
  }

  restored(): void {
    this.#events.forget()
  }

  close(): void {
    this.#patience.breakOff()
    this.#connections.letGo()
  }

  deliver(seen: SeenDelivery): DeliveryFate | undefined {
    return this.#events.fateOf(seen, this.#ofEvents)
  }

  /** Around what came over HTTP: its connection, and for the rest the plan that `ask` follows. */
  async request<T>(seen: SeenRequest, run: () => Promise<T>): Promise<T | undefined> {
    const header = seen.incoming.headers[FAULT_HEADER]?.toString()
    if (header === undefined && this.#ofCalls.length === 0) return run()
    const asker = await this.#askerOf(seen.claim, seen.method === TOKEN_ENDPOINT ? seen.credential : undefined)
    const plan = this.#planFor(seen, asker, header)
    const { connection } = plan
    const mark = plan.marks.join(', ')
    if (mark !== '' && !seen.response.headersSent) seen.response.setHeader(FAULT_HEADER, mark)
    if (connection?.when === 'before') {
      this.#log(seen, asker, connection.rule)
      if (await this.#patience.wait(plan.before)) await this.#connections.strike(connection.rule, seen)
      else seen.response.socket?.destroy()
      return undefined
    }
    this.#plans.set(seen.id, plan)
    try {
      const answered = await this.#speaking(seen.id, asker, () =>
        seen.method === TOKEN_ENDPOINT ? this.#follow(plan, asker, run) : run(),
      )
      if (connection === undefined) return answered
      if (connection.rule.cut === true) {
        cutShort(seen.response)
        return answered
      }
      await this.#connections.strike(connection.rule, seen)
      return undefined
    } finally {
      this.#plans.delete(seen.id)
    }
  }

  /** Around a request from its credential to what is durable, also of those that came another way. */
  async ask(seen: SeenAsk, run: () => Promise<Outcome>): Promise<Outcome> {
    const known = this.#plans.get(seen.id)
    if (known !== undefined) return this.#follow(known, this.#askers.get(seen.id)?.asker, run)
    if (this.#ofCalls.length === 0) return run()
    const asker = await this.#askerOf(seen.claim)
    const plan = planOf({ ...seen, asker }, this.#ofCalls, { mayBreak: false, mayEndTokens: true })
    return this.#speaking(seen.id, asker, () => this.#follow(plan, asker, run))
  }

  /** A command of a batch is a call of its own; requests themselves have been seen to, and nothing else is struck. */
  async call({ method, version, requestId, isNested }: SeenCall, run: () => Promise<Outcome>): Promise<Outcome> {
    const asker = this.#askers.get(requestId)?.asker
    if (!isNested || asker === undefined) return run()
    const plan = planOf({ method, version, asker }, this.#ofCalls, { mayBreak: false, mayEndTokens: false })
    try {
      return await this.#follow(plan, asker, run)
    } catch (cause) {
      if (cause instanceof ApiError) return { error: cause, time: {} }
      throw cause
    }
  }

  get #ofCalls(): readonly Occasion<CallFault>[] {
    return this.#rules.filter((each): each is Occasion<CallFault> => !isEventFault(each.rule))
  }

  get #ofEvents(): readonly Occasion<EventFault>[] {
    return this.#rules.filter((each): each is Occasion<EventFault> => isEventFault(each.rule))
  }

  get #known(): Known {
    const { registry } = this.running
    return {
      *methods() {
        for (const { name } of registry.all) yield name
        for (const { name } of registry.allV3) yield name
        yield TOKEN_ENDPOINT
        // What only the cloud has: to read all that is known of methods takes a while, and is seldom needed.
        for (const { name } of documentedMethods()) yield name
      },
      events: () => eventNames([]),
    }
  }

  #planFor({ method, version }: SeenRequest, asker: Asker, header: string | undefined): Plan {
    try {
      const own = header === undefined ? undefined : readHeader(header)
      return planOf({ method, version, asker }, this.#ofCalls, { own, mayBreak: true, mayEndTokens: true })
    } catch (cause) {
      if (!(cause instanceof ControlError)) throw cause
      return { ...NOTHING, ending: { when: 'before', error: new ApiError('INVALID_FAULT', 400, cause.message) } }
    }
  }

  /** @throws {ApiError} where that is what it answers */
  async #follow<T>(plan: Plan, asker: Asker | undefined, run: () => Promise<T>): Promise<T> {
    const { before, after, ending, tokens } = plan
    if (tokens !== undefined && asker?.token !== undefined) await endToken(this.running, asker.token, tokens)
    await this.#wait(before)
    if (ending?.when === 'before') throw ending.error
    const answered = await run()
    await this.#wait(after)
    if (ending !== undefined) throw ending.error
    return answered
  }

  async #wait(seconds: number): Promise<void> {
    if (!(await this.#patience.wait(seconds))) throw apiError('unexpected', 'The portal has been reset')
  }

  async #speaking<T>(id: string, asker: Asker, run: () => Promise<T>): Promise<T> {
    const known = this.#askers.get(id) ?? { asker, uses: 0 }
    this.#askers.set(id, known)
    known.uses++
    try {
      return await run()
    } finally {
      if (--known.uses === 0) this.#askers.delete(id)
    }
  }

  /** @param clientId of an application that asks for tokens */
  async #askerOf(claim: SeenAsk['claim'], clientId?: string): Promise<Asker> {
    if (claim === undefined) return { clientId, isSession: false }
    if ('code' in claim)
      return { webhook: `${claim.userId}/${claim.code}`, userId: claim.userId, clientId, isSession: false }
    const isAsked = asksWhose(this.#ofCalls)
    if ('token' in claim) {
      const owner = isAsked ? await ownerOfToken(this.running, claim.token) : undefined
      return { token: claim.token, ...owner, isSession: false }
    }
    const { portal, sessions } = this.running
    const found = isAsked ? await sessions.find(portal.store.session(), claim.session) : undefined
    return { userId: found?.userId, isSession: true }
  }

  /** What never reached the portal is told among its requests all the same. */
  #log({ id, method, version }: SeenRequest, { userId = 0 }: Asker, rule: CallFault): void {
    const { portal, registry } = this.running
    const [kind = ''] = Object.keys(rule).filter((key) => /^(timeout|reset|garbage|redirect)$/.test(key))
    portal.requests.add({
      time: portal.sources.now(),
      id,
      method: registry.find(method, version)?.name ?? method,
      version,
      status: rule.garbage ?? (rule.redirect === undefined ? 0 : 302),
      error: `fault: ${kind}`,
      duration: 0,
      stages: {},
      statements: 0,
      userId,
      credential: '',
      address: '',
      received: 0,
      sent: 0,
    })
  }
}

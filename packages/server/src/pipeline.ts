import type { Logger } from './records/logger.ts'
import type { Claim, Credentials } from './auth/credentials.ts'
import { isGranted } from './auth/scopes.ts'
import { WebhookUse } from './auth/webhooks.ts'
import type { FileLinks } from './auth/file-links.ts'
import { apiError, ApiError, inWords } from './methods/errors.ts'
import { envelope } from './methods/envelope.ts'
import { once, requireKey } from './methods/idempotency.ts'
import {
  argument,
  BareAnswer,
  type Call,
  type Credential,
  FileAnswer,
  Listing,
  type Outcome,
} from './methods/method.ts'
import type { Registry } from './methods/registry.ts'
import type { TestHooks } from './methods/test-hooks.ts'
import type { Limiter } from './methods/limits/limiter.ts'
import { type Operating, WINDOW } from './methods/limits/operating-time.ts'
import { errorsV3, styleV3 } from './methods/v3/errors.ts'
import type { Visitor } from './records/audit.ts'
import type { Portal } from './records/context.ts'
import { rehearsing } from './records/rehearsal.ts'
import { detailsOf, keptParameters, type OverHttp } from './records/request-details.ts'
import { type LoggedRequest, unknownName } from './records/request-log.ts'
import { Failure } from './records/failure.ts'
import { formatDateTime } from './schema/time.ts'
import { JoinedSession } from './store/joined-session.ts'
import { MarkedSession } from './store/marked-session.ts'
import type { Origin, Session } from './store/store.ts'

export interface Request {
  readonly id: string
  readonly method: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly claim: Claim
  /** `https://host`, for links in answers. */
  readonly origin: string
  readonly visitor?: Visitor | undefined
  /** 3: by the methods and in the words of REST 3.0. */
  readonly version?: 2 | 3
  /** Whatever this call writes is written once, however often it comes under this key. */
  readonly idempotencyKey?: string | undefined
  /** Bytes of the parameters as they were sent. */
  readonly received?: number
  /** As it came, for the log of requests. */
  readonly http?: OverHttp | undefined
}

type Kept = ReturnType<typeof keptParameters>

/** What a request that has taken too long is told when it would begin something more. */
interface Flow {
  interrupted?: ApiError
  /** Its method waits for something to happen. */
  waits?: true
}

/** Somebody who has been let in, for as long as one request of theirs lasts. */
export interface Caller {
  readonly credential: Credential
  readonly person: Call['person']
  /** One call, with its own transactions; what it has written is durable when it is answered. */
  call(method: string, parameters: Readonly<Record<string, unknown>>, options?: { version?: 2 | 3 }): Promise<Outcome>
  /** The same, and everything that it has written is undone: the answer tells what would have come of it. */
  rehearse(
    method: string,
    parameters: Readonly<Record<string, unknown>>,
    options?: { version?: 2 | 3 },
  ): Promise<Outcome>
}

/** Durations of the stages of one request in milliseconds, for the Server-Timing header. */
export type Stages = Readonly<Record<string, number>>

/**
 * The one way of every call, whatever transport it came by:
 * authenticate → find → run (decode, rights, records, encode) → settle. Nothing is answered before it is durable.
 */
export class Pipeline {
  readonly #portal: Portal
  readonly #registry: Registry
  readonly #credentials: Credentials
  readonly #links: FileLinks
  #limiter: Limiter
  readonly #log: Logger
  readonly #webhookUse = new WebhookUse()
  readonly #hooks: TestHooks | undefined

  constructor(given: {
    portal: Portal
    registry: Registry
    credentials: Credentials
    links: FileLinks
    limiter: Limiter
    log: Logger
    hooks?: TestHooks | undefined
  }) {
    this.#portal = given.portal
    this.#registry = given.registry
    this.#credentials = given.credentials
    this.#links = given.links
    this.#log = given.log
    this.#limiter = given.limiter
    this.#hooks = given.hooks
  }

  /** From now on these limits hold, and nothing counts that was before. */
  limit(limiter: Limiter): void {
    this.#limiter = limiter
  }

  /** The database is another one now: what was written to the one before is not in it. */
  forget(): void {
    this.#webhookUse.forget()
  }

  /** Answers with what came of it, and with what is remembered of it: whoever sends it writes down how much that was. */
  async handle(request: Request): Promise<{ outcome: Outcome; stages: Stages; logged: LoggedRequest }> {
    const session = this.#portal.store.session()
    const started = performance.now()
    const stages: Record<string, number> = {}
    let mark = started
    const lap = (stage: string): void => {
      const now = performance.now()
      stages[stage] = now - mark
      mark = now
    }
    const flow: Flow = {}
    const kept = this.#keptOf(request)
    let credential: Credential | undefined
    const answer = async (): Promise<Outcome> => {
      credential = await this.#credentials.authenticate(session, request.claim)
      const person = await this.#personOf(session, credential)
      lap('auth')
      const known = credential
      const run = (within: Session): Promise<Outcome> =>
        this.#dispatcher(request, within, known, person, flow)(request.method, request.parameters)
      const answered = await this.#once(request, known, session, run)
      lap('run')
      await session.settled()
      lap('commit')
      return answered
    }
    let outcome: Outcome
    try {
      const { visitor } = request
      if (visitor !== undefined) await this.#limiter.enter(session, visitor.address, this.#portal.sources.now())
      outcome = await this.#limiter.within(this.#asked(request, answer), (cause) => (flow.interrupted = cause))
    } catch (cause) {
      // What was interrupted is still at work in this session.
      if (flow.interrupted === undefined) await session.settled().catch(() => {})
      outcome = { error: this.#errorOf(cause, request), time: {} }
      if (outcome.error?.status === 500) this.#portal.caches.drop()
    }
    const logged = this.#logged(request, { credential, outcome, started, stages, session, flow, kept })
    return { outcome, stages, logged }
  }

  /**
   * Lets somebody in for several calls, as one request of theirs, by the same rules as `handle`: limits first, then the
   * credential and the person. Throws ApiError.
   */
  async admit(request: Omit<Request, 'method' | 'parameters' | 'idempotencyKey'>): Promise<Caller> {
    const { store, sources } = this.#portal
    const session = store.session()
    try {
      if (request.visitor !== undefined) await this.#limiter.enter(session, request.visitor.address, sources.now())
      const credential = await this.#credentials.authenticate(session, request.claim)
      const person = await this.#personOf(session, credential)
      await session.settled()
      return {
        credential,
        person,
        call: (method, parameters, { version = 2 } = {}) =>
          this.#admitted({ ...request, method, parameters, version }, credential, person),
        rehearse: (method, parameters, { version = 2 } = {}) =>
          this.#admitted({ ...request, method, parameters, version }, credential, person, 'undo'),
      }
    } catch (cause) {
      await session.settled().catch(() => {})
      throw this.#errorOf(cause, { id: request.id, method: '' })
    }
  }

  async #admitted(request: Request, credential: Credential, person: Call['person'], undo?: 'undo'): Promise<Outcome> {
    const started = performance.now()
    const own = this.#portal.store.session()
    const flow: Flow = {}
    const kept = this.#keptOf(request)
    const run = (session: Session): Promise<Outcome> =>
      this.#dispatcher(request, session, credential, person, flow)(request.method, request.parameters)
    const answer = async (): Promise<Outcome> => {
      const answered = await (undo === undefined ? run(own) : this.#rehearsed(own, run))
      await own.settled()
      return answered
    }
    let outcome: Outcome
    try {
      outcome = await this.#limiter.within(this.#asked(request, answer), (cause) => (flow.interrupted = cause))
    } catch (cause) {
      if (flow.interrupted === undefined) await own.settled().catch(() => {})
      outcome = { error: this.#errorOf(cause, request), time: {} }
      if (outcome.error?.status === 500) this.#portal.caches.drop()
    }
    this.#logged(request, { credential, outcome, started, stages: {}, session: own, flow, kept })
    return outcome
  }

  /** Where tests let something in between, with that. */
  #asked({ id, method, version = 2, claim }: Request, answer: () => Promise<Outcome>): Promise<Outcome> {
    return this.#hooks?.ask?.({ id, method, version, claim }, answer) ?? answer()
  }

  /** Everything that the body writes is undone, files included. */
  #rehearsed(own: Session, body: (session: Session) => Promise<Outcome>): Promise<Outcome> {
    const joined = new JoinedSession(own, () => Promise.resolve())
    return rehearsing(async ({ blobs }) => {
      try {
        return await body(joined)
      } finally {
        await joined.abandon()
        await this.#portal.files.discard(blobs)
      }
    })
  }

  /** What was sent, before a method may change it; nothing where nobody wants to know. */
  #keptOf({ parameters }: Request): Kept | undefined {
    const { requests, sources } = this.#portal
    return requests.wantsDetails(sources.now()) ? keptParameters(parameters) : undefined
  }

  /** What is remembered of a request. */
  #logged(
    request: Request,
    what: {
      credential: Credential | undefined
      outcome: Outcome
      started: number
      stages: Stages
      session: Session
      flow: Flow
      kept: Kept | undefined
    },
  ): LoggedRequest {
    const { credential, outcome, started, stages, session, flow, kept } = what
    const method = this.#registry.find(request.method, request.version)?.name ?? unknownName(request.method)
    const logged: LoggedRequest = {
      time: this.#portal.sources.now(),
      id: request.id,
      method,
      version: request.version ?? 2,
      status: outcome.error?.status ?? 200,
      error: String(outcome.error?.code ?? ''),
      duration: performance.now() - started,
      stages,
      statements: session.statements,
      userId: credential?.userId ?? 0,
      credential: credential?.id ?? '',
      address: request.visitor?.address ?? '',
      received: request.received ?? 0,
      sent: 0,
      details: kept === undefined ? undefined : detailsIn({ ...request, method }, outcome, kept),
    }
    if (flow.waits !== true || outcome.error !== undefined) this.#portal.requests.add(logged)
    return logged
  }

  /** A call without a key runs as it is; one with a key runs once (methods/idempotency.ts). */
  #once(
    { method, parameters, version = 2, idempotencyKey: key }: Request,
    { id: client, userId }: Credential,
    session: Session,
    run: (session: Session) => Promise<Outcome>,
  ): Promise<Outcome> {
    if (key === undefined) return run(session)
    requireKey(key, version)
    const now = this.#portal.sources.now()
    const { caches } = this.#portal
    return once({ session, caches }, { key, client, userId, version, method, parameters, now }, run)
  }

  /** Whoever a credential speaks for, if they are still there; they are seen at work. */
  async #personOf(session: Session, credential: Credential): Promise<Call['person']> {
    const person = await this.#portal.people.find(session, credential.userId)
    if (person === undefined || !person.active) throw apiError('userBlocked')
    await this.#isThere(person.id, credential)
    return person
  }

  /** Nobody is kept from working because that they work could not be written. */
  async #isThere(personId: number, { kind, id }: Credential): Promise<void> {
    const { people, store, sources } = this.#portal
    try {
      await people.seen(store, personId, sources.now())
      if (kind === 'webhook') await this.#webhookUse.seen(store, id, sources.now())
    } catch (cause) {
      this.#log.warn({ err: cause }, 'who is at work could not be written')
    }
  }

  /** Calls from inside the program, such as demo data: no credential is asked for, the person's rights hold. */
  async inside<T>(
    personId: number,
    body: (dispatch: Call['dispatch'], session: Session) => Promise<T>,
    origin?: Origin,
    /** Whoever gives one settles it. */
    given?: Session,
  ): Promise<T> {
    const own = given ?? this.#portal.store.session()
    const session = origin === undefined ? own : new MarkedSession(own, origin)
    const person = await this.#portal.people.find(session, personId)
    if (person === undefined) throw new Error(`there is no person ${personId}`)
    const credential: Credential = { kind: 'session', id: `person:${personId}`, userId: personId, scopes: undefined }
    const request: Request = { id: 'inside', method: '', parameters: {}, claim: undefined, origin: '' }
    // Jobs outlive the employment of those whose they are; what they do with that person's rights does not.
    const dispatch: Call['dispatch'] = person.active
      ? this.#dispatcher(request, session, credential, person)
      : async () => ({ error: apiError('userBlocked'), time: {} })
    const value = await body(dispatch, session)
    await session.settled()
    return value
  }

  #dispatcher(
    request: Request,
    session: Session,
    credential: Credential,
    person: Call['person'],
    flow: Flow = {},
  ): Call['dispatch'] {
    const encode = {
      zone: this.#portal.zone,
      fileUrls: this.#links.maker(request.origin, credential, this.#portal.sources.now()),
    }
    let dispatch: Call['dispatch']
    /** Of a batch, for its commands. */
    let around: string | undefined
    const run: Call['dispatch'] = async (name, raw) => {
      const start = this.#portal.sources.now()
      const begun = this.#portal.sources.elapsed()
      try {
        if (flow.interrupted !== undefined) throw flow.interrupted
        const { version = 2 } = request
        const found = this.#registry.find(name, version)
        if (found === undefined) throw version === 3 ? errorsV3.unknownMethod(name) : apiError('unknownMethod')
        if (!isGranted(credential.scopes, found.scope, found.orScopes))
          throw version === 3
            ? errorsV3.scope()
            : apiError(credential.kind === 'webhook' ? 'webhookScope' : 'tokenScope')
        const connector = connectorOf(raw) ?? around
        if (found.name === 'batch') around = connector
        const call: Call = {
          portal: this.#portal,
          session: connector === undefined ? session : new MarkedSession(session, { connector }),
          person,
          now: start,
          visitor: request.visitor,
          asked: { method: found.name, parameters: raw },
          credential,
          encode,
          raw,
          methods: this.#registry,
          dispatch,
        }
        const use = { client: credential.id, method: found.name, now: start }
        if (found.waits === true) flow.waits = true
        const isCounted = found.name !== 'batch' && found.waits !== true && request.visitor !== undefined
        const accounts = (): Session => (session instanceof JoinedSession ? session.aside : session)
        if (isCounted) await this.#limiter.before(accounts(), use)
        const value = await found.run(call)
        if (found.name === 'batch') around = undefined
        const duration = (this.#portal.sources.elapsed() - begun) / 1000
        const operating = isCounted
          ? await this.#limiter.after(accounts(), use, duration)
          : { operating: 0, resetAt: Math.floor(start) + WINDOW }
        const time = this.#time(start, duration, operating)
        if (value instanceof FileAnswer) return { file: value.file, time }
        if (value instanceof BareAnswer) return { result: value.document, bare: true, time }
        return value instanceof Listing
          ? {
              result: value.result,
              total: value.total,
              ...(value.next === undefined ? {} : { next: value.next }),
              time,
            }
          : { result: value, time }
      } catch (cause) {
        return { error: this.#errorOf(cause, { ...request, method: name }), time: {} }
      }
    }
    const hooks = this.#hooks
    if (hooks === undefined) return (dispatch = run)
    const statements = (): number => session.statements
    let depth = 0
    dispatch = async (name, raw) => {
      const { id: requestId, version = 2 } = request
      const method = this.#registry.find(name, version)?.name ?? name
      const isNested = depth++ > 0
      try {
        return await hooks.call({ method, parameters: raw, version, credential, requestId, isNested, statements }, () =>
          run(name, raw),
        )
      } finally {
        depth--
      }
    }
    return dispatch
  }

  /** All eight keys, always: some SDKs read them on every success. */
  #time(start: number, duration: number, account: Operating): Outcome['time'] {
    const finish = start + duration
    return {
      start,
      finish,
      duration,
      processing: duration,
      date_start: formatDateTime(Math.floor(start), this.#portal.zone),
      date_finish: formatDateTime(Math.floor(finish), this.#portal.zone),
      operating_reset_at: account.resetAt,
      operating: account.operating,
    }
  }

  /** Known errors as they are; an unknown cause is logged with its request and answered as a plain 500. */
  #errorOf(cause: unknown, request: Pick<Request, 'id' | 'method' | 'version'>): ApiError {
    if (cause instanceof ApiError) return cause
    // A method that forgot to put a refusal into its family's words still answers a refusal.
    if (cause instanceof Failure && request.version === 3) return inWords(styleV3, 'write', cause)
    if (cause instanceof Failure)
      return new ApiError(
        cause.reason.why === 'access-denied' ? 'ACCESS_DENIED' : 'ERROR_CORE',
        400,
        cause.reason.why === 'rule' ? cause.reason.text : 'Access denied',
      )
    this.#log.error({ err: cause, request: request.id, method: request.method }, 'unexpected error')
    return apiError('unexpected')
  }
}

/** Of files, what is told is that they were sent. */
function detailsIn({ method, http }: Request, outcome: Outcome, parameters: Kept): LoggedRequest['details'] {
  const { file } = outcome
  const answer = file === undefined ? envelope(outcome) : { file: { name: file.name, size: file.size } }
  return detailsOf({ method, http, parameters, answer })
}

/** The source of a change, as its author calls it (api-reference/events/offline-events.md, "How to avoid cycles"). */
function connectorOf(raw: Readonly<Record<string, unknown>>): string | undefined {
  const connector = argument(raw, 'auth_connector')
  return typeof connector === 'string' && connector !== '' ? connector : undefined
}

import type { Logger } from './records/logger.ts'
import type { Claim, Credentials } from './auth/credentials.ts'
import { isGranted } from './auth/scopes.ts'
import type { FileLinks } from './auth/file-links.ts'
import { apiError, ApiError } from './methods/errors.ts'
import { type Call, type Credential, Listing, type Outcome } from './methods/method.ts'
import type { Registry } from './methods/registry.ts'
import { OperatingTime } from './methods/operating-time.ts'
import type { Visitor } from './records/audit.ts'
import type { Portal } from './records/context.ts'
import { Failure } from './records/failure.ts'
import { formatDateTime } from './schema/time.ts'
import type { Session } from './store/store.ts'

export interface Request {
  readonly id: string
  readonly method: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly claim: Claim
  /** `https://host`, for links in answers. */
  readonly origin: string
  readonly visitor?: Visitor | undefined
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
  readonly #operating: OperatingTime
  readonly #log: Logger

  constructor(given: { portal: Portal; registry: Registry; credentials: Credentials; links: FileLinks; log: Logger }) {
    this.#portal = given.portal
    this.#registry = given.registry
    this.#credentials = given.credentials
    this.#links = given.links
    this.#log = given.log
    this.#operating = new OperatingTime()
  }

  async handle(request: Request): Promise<{ outcome: Outcome; stages: Stages }> {
    const session = this.#portal.store.session()
    const started = performance.now()
    const stages: Record<string, number> = {}
    let mark = started
    const lap = (stage: string): void => {
      const now = performance.now()
      stages[stage] = now - mark
      mark = now
    }
    let outcome: Outcome
    try {
      const credential = await this.#credentials.authenticate(session, request.claim)
      const person = await this.#portal.people.find(session, credential.userId)
      if (person === undefined || !person.active) throw apiError('userBlocked')
      lap('auth')
      const dispatch = this.#dispatcher(request, session, credential, person)
      outcome = await dispatch(request.method, request.parameters)
      lap('run')
      await session.settled()
      lap('commit')
    } catch (cause) {
      await session.settled().catch(() => {})
      outcome = { error: this.#errorOf(cause, request), time: {} }
      if (outcome.error?.status === 500) this.#portal.caches.drop()
    }
    return { outcome, stages }
  }

  /** Calls from inside the program, such as demo data: no credential is asked for, the person's rights hold. */
  async inside<T>(personId: number, body: (dispatch: Call['dispatch'], session: Session) => Promise<T>): Promise<T> {
    const session = this.#portal.store.session()
    const person = await this.#portal.people.find(session, personId)
    if (person === undefined) throw new Error(`there is no person ${personId}`)
    const credential: Credential = { kind: 'session', id: `person:${personId}`, userId: personId, scopes: undefined }
    const request: Request = { id: 'inside', method: '', parameters: {}, claim: undefined, origin: '' }
    const value = await body(this.#dispatcher(request, session, credential, person), session)
    await session.settled()
    return value
  }

  #dispatcher(request: Request, session: Session, credential: Credential, person: Call['person']): Call['dispatch'] {
    const encode = {
      zone: this.#portal.zone,
      fileUrls: this.#links.maker(request.origin, credential, this.#portal.sources.now()),
    }
    const dispatch: Call['dispatch'] = async (name, raw) => {
      const start = this.#portal.sources.now()
      const begun = performance.now()
      try {
        const found = this.#registry.find(name)
        if (found === undefined) throw apiError('unknownMethod')
        if (!isGranted(credential.scopes, found.scope, found.orScopes))
          throw apiError(credential.kind === 'webhook' ? 'webhookScope' : 'tokenScope')
        const call: Call = {
          portal: this.#portal,
          session,
          person,
          now: start,
          visitor: request.visitor,
          credential,
          encode,
          raw,
          methods: this.#registry,
          dispatch,
        }
        const value = await found.run(call)
        const duration = (performance.now() - begun) / 1000
        const operating =
          found.name === 'batch'
            ? { operating: 0, resetAt: Math.floor(start) + 600 }
            : this.#operating.add(credential.id, found.name, start, duration)
        const time = this.#time(start, duration, operating)
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
    return dispatch
  }

  /** All eight keys, always: some SDKs read them on every success. */
  #time(start: number, duration: number, account: { operating: number; resetAt: number }): Outcome['time'] {
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
  #errorOf(cause: unknown, request: Pick<Request, 'id' | 'method'>): ApiError {
    if (cause instanceof ApiError) return cause
    // A method that forgot to put a refusal into its family's words still answers a refusal.
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

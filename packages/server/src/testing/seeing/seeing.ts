import type { RunningPortal } from '../../compose.ts'
import type { SeenRequest } from '../../http/test-serving.ts'
import { envelope } from '../../methods/envelope.ts'
import type { Outcome } from '../../methods/method.ts'
import type { SeenCall } from '../../methods/test-hooks.ts'
import { detailsOf, keptParameters, type OverHttp } from '../../records/request-details.ts'
import { listenedTo, type Remark } from '../../records/remarks.ts'
import type { LoggedRequest } from '../../records/request-log.ts'
import type { Control } from '../control.ts'
import type { TestPart } from '../test-part.ts'
import { type KeptCall, Calls } from './calls.ts'
import { Connections } from './connections.ts'
import { OWN_AGENT } from './own-agent.ts'
import { seeingControls } from './seeing-controls.ts'
import { rules } from './warnings/rules.ts'
import type { Rule, Warning } from './warnings/warning.ts'

/** What the portal does by itself: jobs, seeds, demo data. Nobody has called it. */
const INSIDE = 'inside'

/** A request over HTTP that is under way. */
interface UnderWay {
  readonly http: OverHttp
  readonly isOwn: boolean
  /** Its call that stands for it, once that has ended. */
  call?: KeptCall
}

/** What a portal for tests has seen: every call of a method, what was passed over in it, and what that means. */
export class Seeing implements TestPart {
  readonly calls = new Calls()
  readonly controls: readonly Control[]
  readonly #sources: { now(): number; elapsed(): number }
  readonly #connections = new Connections()
  readonly #underWay = new Map<string, UnderWay>()
  #running: RunningPortal | undefined
  #rules: readonly Rule[] | undefined
  #requests = 0

  constructor(sources: { now(): number; elapsed(): number }) {
    this.#sources = sources
    this.controls = seeingControls(this)
  }

  attach(running: RunningPortal): void {
    this.#running = running
  }

  get running(): RunningPortal | undefined {
    return this.#running
  }

  /** Requests over HTTP that were answered, those of the test itself left out. */
  get requests(): number {
    return this.#requests
  }

  warnings(): Warning[] {
    return this.#judges().flatMap((rule) => rule.found())
  }

  /** The catalogue of methods is read when something is judged for the first time. */
  #judges(): readonly Rule[] {
    return (this.#rules ??= rules(() => this.#running?.registry))
  }

  async call(seen: SeenCall, run: () => Promise<Outcome>): Promise<Outcome> {
    if (seen.requestId === INSIDE) return run()
    const number = this.calls.begin()
    const time = this.#sources.now()
    const begun = this.#sources.elapsed()
    const before = seen.statements()
    const sent = keptParameters(seen.parameters)
    const remarks: Remark[] = []
    const outcome = await listenedTo(remarks, run)
    const request = this.#underWay.get(seen.requestId)
    const { method, version, credential, requestId, isNested } = seen
    const kept = keptCall(
      { method, version, requestId, isNested, outcome, sent, http: request?.http },
      {
        number,
        userId: credential.userId,
        credential: credential.id,
        isOwn: request?.isOwn ?? false,
        time,
        duration: this.#sources.elapsed() - begun,
        statements: seen.statements() - before,
      },
    )
    this.calls.add(kept)
    if (!isNested && request !== undefined) request.call = kept
    // Pages of the web CRM are the portal's own, and so are methods that no other portal has.
    if (!kept.isOwn && credential.kind !== 'session' && !method.startsWith('portico.')) this.#judge(kept, remarks)
    return outcome
  }

  #judge(kept: KeptCall, remarks: readonly Remark[]): void {
    const parameters = JSON.parse(kept.parameters) as Readonly<Record<string, unknown>>
    const call = { ...kept, parameters, key: kept.parameters, remarks }
    for (const rule of this.#judges()) rule.call?.(call)
  }

  async request<T>(seen: SeenRequest, run: () => Promise<T>): Promise<T | undefined> {
    const { id, incoming, response } = seen
    const isOwn = incoming.headers['user-agent'] === OWN_AGENT
    // Those of the web CRM's pages come with the cookie of a session instead of a credential.
    const isPage = seen.credential === '' && incoming.headers.cookie !== undefined
    const request: UnderWay = { http: incoming, isOwn }
    const came = this.#connections.begin(incoming.socket)
    this.#underWay.set(id, request)
    const counts = !isOwn && !isPage && !seen.method.startsWith('portico.')
    if (counts) for (const rule of this.#judges()) rule.began?.(id, came)
    const begun = this.#sources.elapsed()
    let handled: T | undefined
    try {
      handled = await run()
      return handled
    } finally {
      this.#underWay.delete(id)
      this.#complete(
        seen,
        request,
        isHandled(handled) ? handled : undefined,
        response.headersSent ? response.statusCode : 0,
      )
      if (counts) {
        this.#requests++
        const { number = this.calls.count, method = seen.method, error = null } = request.call ?? {}
        const ended = { id, method, number, error, duration: this.#sources.elapsed() - begun }
        for (const rule of this.#judges()) rule.ended?.(ended, performance.now())
      }
    }
  }

  /** What came of a request in the end, which its call cannot know: nobody was let in, or the answer was lost. */
  #complete(seen: SeenRequest, request: UnderWay, handled: Handled | undefined, status: number): void {
    const { call } = request
    if (call !== undefined) {
      if (handled === undefined) call.isAnswered = false
      else if (handled.outcome.error !== undefined) Object.assign(call, errorOf(handled.outcome))
      return
    }
    const { id: requestId, version, parameters } = seen
    const outcome: Outcome = handled?.outcome ?? { time: {} }
    const { userId, credential, duration, statements, time } = handled?.logged ?? {
      userId: 0,
      credential: '',
      duration: 0,
      statements: 0,
      time: this.#sources.now(),
    }
    const method = handled?.logged.method ?? this.#running?.registry.find(seen.method, version)?.name ?? '?'
    request.call = keptCall(
      { method, version, requestId, isNested: false, outcome, sent: keptParameters(parameters), http: request.http },
      { number: this.calls.begin(), userId, credential, isOwn: request.isOwn, time, duration, statements },
    )
    if (handled === undefined) Object.assign(request.call, { isAnswered: false, status })
    this.calls.add(request.call)
  }

  reset(): void {
    this.calls.forget(true)
    this.#rules = undefined
    this.#requests = 0
  }

  /** Calls and warnings are forgotten; numbers go on. */
  clear(): void {
    this.calls.forget(false)
    this.#rules = undefined
    this.#requests = 0
  }

  close(): void {
    this.calls.close()
    this.#connections.close()
  }
}

/** What the pipeline has answered (pipeline.ts). */
interface Handled {
  readonly outcome: Outcome
  readonly logged: LoggedRequest
}

const isHandled = (value: unknown): value is Handled =>
  typeof value === 'object' && value !== null && 'outcome' in value && 'logged' in value

const errorOf = ({ error }: Outcome): Pick<KeptCall, 'status' | 'error' | 'errorDescription'> => ({
  status: error?.status ?? 200,
  error: error === undefined ? null : String(error.code),
  errorDescription: error?.description ?? null,
})

/** A call as it is kept: without secrets, and as text that nobody can change any more. */
function keptCall(
  of: Pick<SeenCall, 'method' | 'version' | 'requestId' | 'isNested'> & {
    readonly outcome: Outcome
    readonly sent: ReturnType<typeof keptParameters>
    readonly http: OverHttp | undefined
  },
  more: Pick<KeptCall, 'number' | 'userId' | 'credential' | 'isOwn' | 'time' | 'duration' | 'statements'>,
): KeptCall {
  const { method, version, requestId, isNested, outcome, sent, http } = of
  const { total, next, file } = outcome
  const answer = file === undefined ? envelope(outcome).result : { file: { name: file.name, size: file.size } }
  const details = detailsOf({ method, http, parameters: sent, answer: outcome.bare === true ? outcome.result : answer })
  return {
    number: more.number,
    method,
    version,
    parameters: details.parameters,
    ...errorOf(outcome),
    result: details.answer,
    ...(total === undefined ? {} : { total }),
    ...(next === undefined ? {} : { next }),
    userId: more.userId,
    credential: more.credential,
    requestId,
    isNested,
    isOwn: more.isOwn,
    isAnswered: true,
    time: more.time,
    duration: more.duration,
    statements: more.statements,
    verb: details.verb,
    contentType: details.contentType,
    userAgent: details.userAgent,
    isCut: details.isCut,
  }
}

import { ApiError } from '../../methods/errors.ts'
import { type Call, method, need, take } from '../../methods/method.ts'
import { audit } from '../../records/audit.ts'
import type { LoggedRequest, RequestLog } from '../../records/request-log.ts'
import { requireOperator } from '../event/arguments.ts'
import { KEEP_UNTIL } from './log-details.ts'

const MOST = 1_000
/** Where everything that is kept of them is wanted: one may be 200,000 characters. */
const MOST_IN_FULL = 50
/** Seconds that a call waits at most; the proxies of this world wait for thirty. */
const LONGEST = 25
/** Milliseconds in which more may come, and in which the first has its answer. */
const TOGETHER = 20
/** Minutes for which what exactly is asked may be kept. */
const MOST_MINUTES = 480

type Test = (request: LoggedRequest) => boolean

/** `crm.*`: a star stands for any text; case does not count. */
function namePattern(text: string): RegExp {
  const parts = text.slice(0, 200).split(/\*+/)
  return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')).join('.*')}$`, 'i')
}

/** `400`, `4xx`. */
const statusPattern = (text: string): RegExp => new RegExp(`^${text.replace(/[^\dx]/gi, '').replace(/x/gi, '\\d')}$`)

interface Wanted {
  readonly method: string | undefined
  readonly status: string | undefined
  readonly errors: boolean
  readonly credential: string | undefined
  readonly text: string | undefined
}

function testOf(wanted: Wanted): Test {
  const named = wanted.method ? namePattern(wanted.method) : undefined
  const answered = wanted.status ? statusPattern(wanted.status) : undefined
  const asking = wanted.credential ? namePattern(wanted.credential) : undefined
  const words = (wanted.text ?? '').slice(0, 200).toLowerCase()
  return (request) =>
    (named === undefined || named.test(request.method)) &&
    (answered === undefined || answered.test(String(request.status))) &&
    (!wanted.errors || request.status >= 400) &&
    (asking === undefined || asking.test(request.credential)) &&
    (words === '' || holds(request, words))
}

/** In what was sent and answered, too, where that is kept. */
function holds({ id, method: name, error, address, credential, details }: LoggedRequest, words: string): boolean {
  const { parameters = '', answer = '', userAgent = '' } = details ?? {}
  return [id, name, error, address, credential, userAgent, parameters, answer].some((each) =>
    each.toLowerCase().includes(words),
  )
}

const shown = ([number, request]: readonly [number, LoggedRequest]): Record<string, unknown> => ({
  NUMBER: number,
  TIME: new Date(request.time * 1000).toISOString(),
  ID: request.id,
  METHOD: request.method,
  VERSION: request.version,
  STATUS: request.status,
  ERROR: request.error,
  DURATION: rounded(request.duration),
  STAGES: Object.fromEntries(Object.entries(request.stages).map(([name, duration]) => [name, rounded(duration)])),
  STATEMENTS: request.statements,
  USER_ID: request.userId,
  CREDENTIAL: request.credential,
  ADDRESS: request.address,
  RECEIVED: request.received,
  SENT: request.sent,
})

const rounded = (milliseconds: number): number => Math.round(milliseconds * 100) / 100

/** What has been asked behind `from` that passes the test: the first so many, or the last ones. */
function pick(log: RequestLog, from: number, test: Test, most: number, last: boolean) {
  const found = [...log.after(from)].filter(([, request]) => test(request))
  return last ? found.slice(-most) : found.slice(0, most)
}

/** For whoever asks for it: that there are details, and until when more are kept. */
const withDetails = (found: readonly [number, LoggedRequest]): Record<string, unknown> => ({
  ...shown(found),
  DETAILS: found[1].details === undefined ? 'N' : 'Y',
})

const keeping = (call: Call, { detailsUntil: until }: RequestLog): Record<string, unknown> => ({
  KEPT: call.now < until ? 'Y' : 'N',
  /** Null: they always are. */
  UNTIL: call.now < until && Number.isFinite(until) ? new Date(until * 1000).toISOString() : null,
})

/** JSON that was made here, or nothing. */
const told = (text: string): unknown => (text === '' ? null : (JSON.parse(text) as unknown))

/** Everything that is kept of one. */
const inFull = (found: readonly [number, LoggedRequest]): Record<string, unknown> => {
  const { details } = found[1]
  if (details === undefined) return withDetails(found)
  return {
    ...withDetails(found),
    VERB: details.verb,
    PATH: details.path,
    CONTENT_TYPE: details.contentType,
    USER_AGENT: details.userAgent,
    PARAMETERS: told(details.parameters),
    ANSWER: told(details.answer),
    CUT: details.isCut ? 'Y' : 'N',
  }
}

/** What this server was asked last. Of several servers of one portal each answers for itself. */
export const logMethods = [
  method({
    name: 'portico.log.list',
    scope: null,
    style: 'legacy',
    waits: true,
    params: {
      after: take.map,
      limit: take.integer(50),
      method: take.text,
      status: take.text,
      errors: take.flag,
      credential: take.text,
      text: take.text,
      details: take.flag,
      full: take.flag,
      wait: take.integer(0),
    },
    async run({ after, limit, wait, details, full, ...wanted }, call) {
      requireOperator(call)
      const { requests: log } = call.portal
      const test = testOf(wanted)
      const most = Math.min(Math.max(limit ?? 50, 1), full ? MOST_IN_FULL : MOST)
      // Numbers count from the start of a server: another one has others.
      const seen = after === undefined ? undefined : Number(after[log.server])
      const isKnown = seen !== undefined && Number.isInteger(seen) && seen >= 0
      const from = isKnown ? Math.min(seen, log.count) : 0
      const until = performance.now() + Math.min(Math.max(wait ?? 0, 0), LONGEST) * 1000
      for (;;) {
        const found = pick(log, from, test, most, !isKnown)
        const left = until - performance.now()
        if (found.length > 0 || !isKnown || left <= 0 || log.bell.closed) {
          const last = found.length === most && isKnown ? (found.at(-1)?.[0] ?? log.count) : log.count
          const more = details || full ? { DETAILS: keeping(call, log) } : {}
          const row = full ? inFull : details ? withDetails : shown
          return { SERVER: log.server, LAST: last, REQUESTS: found.map(row), ...more }
        }
        await log.bell.wait(left)
        await new Promise((resolve) => setTimeout(resolve, TOGETHER))
      }
    },
  }),
  method({
    name: 'portico.log.get',
    scope: null,
    style: 'legacy',
    // Whoever looks at what was asked is not a part of it.
    waits: true,
    params: { id: need.text },
    run({ id }, call) {
      requireOperator(call)
      const { requests: log } = call.portal
      const found = log.find(id)
      if (found === undefined)
        throw new ApiError('NOT_FOUND', 400, 'Request not found: this server does not remember it, or no longer')
      return { SERVER: log.server, ...inFull(found) }
    },
  }),
  method({
    name: 'portico.log.keep',
    scope: null,
    style: 'legacy',
    // What has just been forgotten must not begin with the order to forget it; the audit log has that.
    waits: true,
    params: { minutes: need.integer, forget: take.flag },
    async run({ minutes, forget }, call) {
      requireOperator(call)
      const { portal, session, now } = call
      const { requests: log } = portal
      if (minutes < 0 || minutes > MOST_MINUTES)
        throw new ApiError('INVALID_ARG_VALUE', 400, `MINUTES must be a number from 0 to ${MOST_MINUTES}`)
      const until = minutes === 0 ? 0 : Math.floor(now) + minutes * 60
      await session.transaction(async (tx) => {
        await portal.settings.set(tx, KEEP_UNTIL, String(until))
        await audit(call, tx, {
          type: minutes === 0 ? 'REQUEST_LOG_STOP' : 'REQUEST_LOG_KEEP',
          module: 'rest',
          item: 'request log',
          description: minutes === 0 ? { forget } : { minutes },
        })
      })
      // What always keeps them goes on doing so.
      if (Number.isFinite(log.detailsUntil)) log.keepDetails(until)
      if (forget) log.forgetDetails()
      return keeping(call, log)
    },
  }),
]

import { method, take } from '../../methods/method.ts'
import type { LoggedRequest, RequestLog } from '../../records/request-log.ts'
import { requireOperator } from '../event/arguments.ts'

const MOST = 1_000
/** Seconds that a call waits at most; the proxies of this world wait for thirty. */
const LONGEST = 25
/** Milliseconds in which more may come, and in which the first has its answer. */
const TOGETHER = 20

type Test = (request: LoggedRequest) => boolean

/** `crm.*`: a star stands for any text; case does not count. */
function namePattern(text: string): RegExp {
  const parts = text.slice(0, 200).split(/\*+/)
  return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')).join('.*')}$`, 'i')
}

/** `400`, `4xx`. */
const statusPattern = (text: string): RegExp => new RegExp(`^${text.replace(/[^\dx]/gi, '').replace(/x/gi, '\\d')}$`)

function testOf({ method: name, status, errors }: { method?: string; status?: string; errors: boolean }): Test {
  const named = name === undefined || name === '' ? undefined : namePattern(name)
  const answered = status === undefined || status === '' ? undefined : statusPattern(status)
  return (request) =>
    (named === undefined || named.test(request.method)) &&
    (answered === undefined || answered.test(String(request.status))) &&
    (!errors || request.status >= 400)
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
      wait: take.integer(0),
    },
    async run({ after, limit, wait, method: name, status, errors }, call) {
      requireOperator(call)
      const { requests: log } = call.portal
      const test = testOf({
        ...(name === undefined ? {} : { method: name }),
        ...(status === undefined ? {} : { status }),
        errors,
      })
      const most = Math.min(Math.max(limit ?? 50, 1), MOST)
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
          return { SERVER: log.server, LAST: last, REQUESTS: found.map(shown) }
        }
        await log.bell.wait(left)
        await new Promise((resolve) => setTimeout(resolve, TOGETHER))
      }
    },
  }),
]

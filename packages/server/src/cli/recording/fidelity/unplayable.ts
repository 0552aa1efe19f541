import type { Exchange } from '../format.ts'
import type { Incomparable } from './report.ts'
import { isMap } from './shape.ts'
import { codeOf } from './told.ts'

const LIMITS = /^(QUERY_LIMIT_EXCEEDED|OPERATION_TIME_LIMIT|OVERLOAD_LIMIT|LIMIT_EXCEEDED)$/

const CREDENTIALS =
  /^(insufficient_scope|expired_token|invalid_token|INVALID_CREDENTIALS|NO_AUTH_FOUND|authorization_error|PAYMENT_REQUIRED|ACCESS_DENIED_REST|APPLICATION_NOT_FOUND)$/i

/** Why the recorded portal would not do what it was asked for, where that is not of what it was asked for. */
export function refusedThere(error: string | undefined): Pick<Incomparable, 'why' | 'text'> | undefined {
  if (error === undefined) return undefined
  if (LIMITS.test(error)) return { why: 'limit', text: error }
  return CREDENTIALS.test(error)
    ? { why: 'rights', text: `${error}: the recorded webhook may not do what this one may` }
    : undefined
}

/** Why a request is not sent at all. */
export function unplayable({
  status,
  answer,
  unread,
  bytes,
  method,
}: Exchange): Pick<Incomparable, 'why' | 'text'> | undefined {
  if (unread === 'large') return { why: 'unread', text: 'the request was too large to be recorded' }
  if (unread === 'malformed') return { why: 'unread', text: 'the request could not be read' }
  if (method === 'unknown') return { why: 'unread', text: 'the name of the method was not recorded' }
  if (status >= 300 && status < 400) return { why: 'moved', text: `HTTP ${status}: the portal had moved` }
  const error = isMap(answer) ? codeOf(answer.error) : undefined
  const refused = refusedThere(error)
  if (refused !== undefined) return refused
  if (status === 429 || status === 503) return { why: 'limit', text: `HTTP ${status}` }
  if (status >= 500) return { why: 'failed', text: `HTTP ${status}: that portal had failed` }
  if (answer === undefined && status < 400)
    return { why: 'file', text: `${bytes ?? 0} bytes that are no answer of a method` }
  return undefined
}

/** By the clock of the portal that answered, which only some answers tell. */
export function startOf({ answer }: Exchange): number | undefined {
  const start = isMap(answer) && isMap(answer.time) ? Number(answer.time.start) : Number.NaN
  return start > 0 && start < 1e11 ? start : undefined
}

import { LimitError, PortalError, UnexpectedAnswerError } from './errors.ts'
import { NoAnswer } from './exchange.ts'

export const RETRIES = 4
/** Refusals for limits end by themselves and have done nothing, so that they may be waited for longer. */
const LIMIT_RETRIES = 5
const FIRST = 200
const LONGEST = 30_000

/**
 * Milliseconds before try `attempt + 1`: twice as long each time, and nobody at the same moment as the others.
 *
 * @param attempt 1 for the first try that has failed
 */
export function backoff(attempt: number): number {
  const most = Math.min(FIRST * 2 ** (attempt - 1), LONGEST)
  return Math.round(most / 2 + Math.random() * (most / 2))
}

export interface Tries {
  /** Failures so far, and refusals for limits. */
  readonly failed: number
  readonly limited: number
  readonly allowed: number
}

/**
 * Whether one more try is right: there are tries left, and it cannot do a second time what was done.
 *
 * @param mayRepeat nothing happens twice: the call reads, or the portal knows its key
 */
export function isWorthAnother(cause: unknown, { failed, limited, allowed }: Tries, mayRepeat: boolean): boolean {
  if (isPacing(cause)) return limited <= allowed * LIMIT_RETRIES
  if (failed > allowed) return false
  if (cause instanceof LimitError) return true
  if (cause instanceof NoAnswer) return !cause.isFinal && (cause.wasNeverSent || mayRepeat)
  return mayRepeat && (isGateway(cause) || (cause instanceof PortalError && cause.status >= 500))
}

/** A limit that ends by itself; an overload ends when somebody ends it. */
export const isPacing = (cause: unknown): cause is LimitError =>
  cause instanceof LimitError && cause.code.toUpperCase() !== 'OVERLOAD_LIMIT'

/** Not the portal has answered but what stands before it: the call may have got through. */
export const isGateway = (cause: unknown): cause is UnexpectedAnswerError =>
  cause instanceof UnexpectedAnswerError && cause.status >= 500

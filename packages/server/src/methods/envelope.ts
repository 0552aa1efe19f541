import type { Outcome } from './method.ts'
import { ErrorV3 } from './v3/errors.ts'

/** The envelope of an outcome: `result`, `next`, `total`, `time`, or the error in the words of its version. */
export function envelope(outcome: Outcome): Record<string, unknown> {
  const { error } = outcome
  if (outcome.bare === true) return outcome.result as Record<string, unknown>
  if (error instanceof ErrorV3) {
    const { code, description: message, validation } = error
    return { error: { code, message, ...(validation.length === 0 ? {} : { validation }) } }
  }
  if (error !== undefined) return { error: error.code, error_description: error.description, ...error.extra }
  return {
    result: outcome.result ?? null,
    ...(outcome.next === undefined ? {} : { next: outcome.next }),
    ...(outcome.total === undefined ? {} : { total: outcome.total }),
    time: outcome.time,
  }
}

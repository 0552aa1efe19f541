import type { Outcome } from '../methods/method.ts'
import { ErrorV3 } from '../methods/v3/errors.ts'
import { toXml } from './xml.ts'

export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

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

export function reply(outcome: Outcome, format: 'json' | 'xml'): Reply {
  const body = envelope(outcome)
  const status = outcome.error?.status ?? 200
  return format === 'xml'
    ? { status, contentType: 'text/xml; charset=utf-8', body: toXml(body) }
    : { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) }
}

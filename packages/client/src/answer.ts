import { portalError, UnexpectedAnswerError, type PortalError } from './errors.ts'
import type { Incoming } from './exchange.ts'
import { isMap, parseJson } from './json.ts'
import type { Answer, Time } from './options.ts'

/**
 * Reads an answer of a portal: `{ result, total?, next?, time }` or `{ error, error_description }`, whatever the status
 * says, since some errors come with 200.
 */
export function readAnswer(
  method: string,
  { status, headers, text }: Incoming,
  mask: (text: string) => string,
): { readonly answer: Answer | PortalError | UnexpectedAnswerError; readonly body: unknown } {
  const unexpected = (why: string): { answer: UnexpectedAnswerError; body: undefined } => ({
    answer: new UnexpectedAnswerError(method, why, { status, text: mask(text) }),
    body: undefined,
  })
  if (status === 204) return { answer: { result: null, status, headers }, body: undefined }
  const isRedirect = status >= 300 && status < 400
  if (text.trim() === '') return unexpected(isRedirect ? ASTRAY : 'an empty answer')
  let body: unknown
  try {
    body = parseJson(text)
  } catch {
    return unexpected(isRedirect ? ASTRAY : 'the answer is not JSON')
  }
  if (!isMap(body)) return unexpected('the answer is not one of a portal')
  const error = errorOf(body, status)
  if (error !== undefined) {
    const requestId = headers.get('x-request-id') ?? undefined
    const retryAfter = secondsOf(headers.get('retry-after'))
    const { error: _code, error_description: _text, ...details } = body
    return {
      answer: portalError({ ...error, text: mask(error.text), status, method, requestId, retryAfter, details }),
      body,
    }
  }
  // `documentation` answers with a document of its own, without an envelope.
  const isBare = !('result' in body)
  if (isBare && status !== 200) return unexpected('neither a result nor an error')
  const { total, next, time } = body
  return {
    answer: {
      result: isBare ? body : body.result,
      ...(isNumber(total) ? { total: Number(total) } : {}),
      ...(isNumber(next) ? { next: Number(next) } : {}),
      ...(isMap(time) ? { time: time as unknown as Time } : {}),
      status,
      headers,
    },
    body,
  }
}

const ASTRAY = 'a redirect that leads to no portal'

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))

/** REST 3.0 has an object for an error, the versions before have two texts; the code may be empty, or a number. */
function errorOf(body: Record<string, unknown>, status: number): { code: string; text: string } | undefined {
  const { error } = body
  if (isMap(error)) return { code: String(error.code ?? ''), text: String(error.message ?? '') }
  if (error === undefined || (error === null && status < 400)) return undefined
  // A result beside an empty `error` is a result.
  if (error === '' && status < 400 && 'result' in body) return undefined
  return { code: String(error ?? ''), text: String(body.error_description ?? '') }
}

/** Retry-After: seconds, or a date. */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined
  const seconds = /^\d+(?:\.\d+)?$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}

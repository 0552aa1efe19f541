/** What every error of this client has: the method that was called. */
export interface Called {
  readonly method: string
}

interface Refusal {
  readonly code: string
  readonly text: string
  readonly status: number
  readonly method: string
  readonly requestId?: string | undefined
  readonly retryAfter?: number | undefined
  /** What the answer says beside the code and the text. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
}

/**
 * The portal answered with an error.
 *
 * `code` is the portal's own (`NOT_FOUND`; older CRM methods give an empty one, and only `text` tells), `status` the
 * HTTP status, `retryAfter` seconds. Inside a batch, where commands have no status of their own, it is the one that is
 * documented for the code, or 400.
 */
export class PortalError extends Error {
  override readonly name: string = 'PortalError'
  readonly code: string
  readonly text: string
  readonly status: number
  readonly method: string
  readonly requestId?: string
  readonly retryAfter?: number
  readonly details: Readonly<Record<string, unknown>>

  constructor(refusal: Refusal) {
    const { code, text, status, method, requestId, retryAfter, details } = refusal
    super(`${method}: ${[code, text].filter((part) => part !== '').join(': ') || 'an error'} (HTTP ${status})`)
    this.code = code
    this.text = text
    this.status = status
    this.method = method
    this.details = details ?? {}
    if (requestId !== undefined) this.requestId = requestId
    if (retryAfter !== undefined) this.retryAfter = retryAfter
  }
}

/** The credential is missing, wrong, expired or not enough; or the tokens could not be refreshed. */
export class CredentialError extends PortalError {
  override readonly name = 'CredentialError'
}

/** The portal spares itself: nothing of the call was done, and it may be made again after `retryAfter` seconds. */
export class LimitError extends PortalError {
  override readonly name = 'LimitError'
}

/** Nothing was done: the call never arrived, or it was one that only reads. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  readonly method: string
  constructor(method: string, text: string, options?: { cause?: unknown }) {
    super(`${method}: ${text}`, options)
    this.method = method
  }
}

/** A write was sent and no answer came: it may have been done. Look before you repeat it. */
export class LostAnswerError extends Error {
  override readonly name = 'LostAnswerError'
  readonly method: string
  constructor(method: string, text: string, options?: { cause?: unknown }) {
    super(`${method}: ${text}; it may have been done`, options)
    this.method = method
  }
}

/** Something answered, but not as a portal does: a page, half a document, a redirect to nowhere. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError'
  readonly method: string
  /** HTTP status. */
  readonly status: number
  /** The beginning of what was answered. */
  readonly text: string
  constructor(method: string, why: string, { status, text }: { status: number; text: string }) {
    super(`${method}: ${why} (HTTP ${status})`)
    this.method = method
    this.status = status
    this.text = text.slice(0, 1000)
  }
}

/**
 * The documented codes that speak of the caller, not of the call (`_includes/system-errors.md`,
 * `settings/oauth/error-codes.md`), with their statuses; in lower case.
 */
const credentialCodes: Readonly<Record<string, number>> = {
  no_auth_found: 401,
  expired_token: 401,
  invalid_token: 401,
  authorization_error: 401,
  application_not_found: 401,
  error_oauth: 401,
  not_installed: 401,
  payment_required: 401,
  method_confirm_waiting: 401,
  method_confirm_denied: 403,
  invalid_credentials: 401,
  insufficient_scope: 403,
  user_access_error: 403,
  wrong_auth_type: 403,
  allowed_only_intranet_user: 403,
  invalid_client: 401,
  wrong_client: 401,
  invalid_grant: 400,
}

const limitCodes: Readonly<Record<string, number>> = {
  query_limit_exceeded: 503,
  operation_time_limit: 429,
  overload_limit: 503,
}

const otherStatuses: Readonly<Record<string, number>> = {
  error_method_not_found: 404,
  error_batch_method_not_allowed: 405,
  access_denied: 403,
  internal_server_error: 500,
  error_unexpected_answer: 500,
}

/** The status that is documented for a code, for answers without one. */
export function documentedStatus(code: string): number {
  const name = code.toLowerCase()
  return credentialCodes[name] ?? limitCodes[name] ?? otherStatuses[name] ?? 400
}

export const isLimitCode = (code: string): boolean => Object.hasOwn(limitCodes, code.toLowerCase())

/** The error of the class that its code or status belongs to. */
export function portalError(refusal: Refusal): PortalError {
  const code = refusal.code.toLowerCase()
  if (Object.hasOwn(limitCodes, code) || refusal.status === 429) return new LimitError(refusal)
  if (Object.hasOwn(credentialCodes, code) || refusal.status === 401 || refusal.status === 403)
    return new CredentialError(refusal)
  return new PortalError(refusal)
}

import { apiError, ApiError, errorNames } from '../../methods/errors.ts'
import { LimitError } from '../../methods/limits/limiter.ts'
import { ErrorV3, errorsV3, required } from '../../methods/v3/errors.ts'

type Documented = readonly [code: string, status: number, text: string]

/**
 * What the cloud answers beside what this portal itself ever has reason to (error-codes.md, _includes/system-errors.md,
 * api-reference/scopes/confirmation.md), and the codes that many methods share.
 */
const further: readonly Documented[] = [
  ['invalid_token', 401, 'Unable to get application by token'],
  ['ERROR_OAUTH', 401, 'Application not installed'],
  ['NOT_INSTALLED', 401, 'Application not installed'],
  ['PAYMENT_REQUIRED', 401, 'Subscription has been ended'],
  ['METHOD_CONFIRM_WAITING', 401, 'Waiting for confirmation'],
  ['METHOD_CONFIRM_DENIED', 403, 'Method call denied'],
  ['user_access_error', 403, 'The user does not have access to the application'],
  ['ACCESS_DENIED', 403, 'REST API is available only on commercial plans'],
  ['WRONG_AUTH_TYPE', 403, 'Current authorization type is denied for this method Application context required'],
  ['allowed_only_intranet_user', 403, 'Action allowed only for intranet users'],
  ['ACCESS_ERROR', 403, "You don't have access to this method"],
  ['ERROR_MANIFEST_IS_NOT_AVAILABLE', 404, 'Manifest is not available'],
  ['ERROR_UNEXPECTED_ANSWER', 500, 'Server returned an unexpected response'],
  ['PORTAL_DELETED', 500, 'Portal was deleted'],
  ['ERROR_CORE', 400, 'Internal error'],
  ['ERROR_ARGUMENT', 400, 'Argument is null or empty'],
  ['INVALID_ARG_VALUE', 400, 'Invalid argument value'],
  ['NOT_FOUND', 400, 'Item not found'],
  ['ERROR_ENTITY_NOT_FOUND', 400, 'Entity not found'],
]

/** Refusals that end by themselves, after so many seconds; an overload ends when somebody ends it. */
const limits: readonly (readonly [...Documented, retryAfter: number])[] = [
  ['QUERY_LIMIT_EXCEEDED', 503, 'Too many requests', 1],
  ['OPERATION_TIME_LIMIT', 429, 'Method is blocked due to operation time limit.', 60],
]
const overload: Documented = ['OVERLOAD_LIMIT', 503, 'REST API is blocked due to overload']

/** Of the authorisation server (settings/oauth/error-codes.md), with the statuses that SDKs expect. */
const oauth: readonly Documented[] = [
  ['invalid_request', 400, 'No "refresh_token" parameter found'],
  ['unsupported_grant_type', 400, 'The grant type is unknown'],
  ['invalid_grant', 400, 'The refresh token is invalid or has expired'],
  ['invalid_client', 401, 'The client credentials are invalid'],
  ['wrong_client', 200, 'Wrong client'],
  ['invalid_scope', 403, 'The requested scope is beyond what the application has been given'],
  ['insufficient_scope', 403, 'The requested scope is beyond what the application has been given'],
  ['PAYMENT_REQUIRED', 401, 'Payment required'],
]

/** Of REST 3.0, as they are when something is wrong with `id`. */
const ofV3 = (method: string): readonly ErrorV3[] => [
  errorsV3.validation([required('id')]),
  errorsV3.object([required('id')]),
  errorsV3.json(),
  errorsV3.filter('id'),
  errorsV3.select('id'),
  errorsV3.order('id'),
  errorsV3.pagination('id'),
  errorsV3.unknownProperty('id', method),
  errorsV3.unknownOperator('id'),
  errorsV3.unknownField('id'),
  errorsV3.notFound('id'),
  errorsV3.accessDenied(),
  errorsV3.scope(),
  errorsV3.unknownMethod(method),
  errorsV3.keyReused(),
  errorsV3.invalidKey(),
]

/** What REST 3.0 says in its own words; the other errors of the system are the same in both. */
const sameInV3: Readonly<Record<string, (method: string) => ErrorV3>> = {
  ERROR_METHOD_NOT_FOUND: errorsV3.unknownMethod,
  insufficient_scope: errorsV3.scope,
  ACCESS_DENIED: errorsV3.accessDenied,
}

/** What is struck, as far as the words of an error depend on it. */
export interface Struck {
  readonly method: string
  readonly version: 2 | 3
  readonly isWebhook: boolean
}

/** An error that no documentation knows. */
export interface OwnError {
  readonly code: string | number
  /** Of HTTP; 400 where nothing is said. */
  readonly status?: number
  readonly text?: string
  /** Seconds in a Retry-After header. */
  readonly retryAfter?: number
}

const all = new Map<string, Documented>()
for (const name of errorNames) {
  const { code, status, description } = apiError(name)
  if (!all.has(String(code))) all.set(String(code), [String(code), status, description])
}
for (const each of [...further, overload]) all.set(each[0], each)

/** Every code that is an error by itself. */
export const systemErrorCodes: readonly string[] = [
  ...new Set([
    ...all.keys(),
    ...limits.map(([code]) => code),
    ...oauth.map(([code]) => code),
    ...ofV3('').map(({ code }) => String(code)),
  ]),
]

/** The documented error with this code, in the words of whoever is called; undefined where there is none. */
export function systemError(code: string, { method, version, isWebhook }: Struck): ApiError | undefined {
  const authorising = oauth.find(([each]) => each === code)
  if (method === 'oauth.token' && authorising !== undefined) return plain(authorising)
  const inV3 = ofV3(method).find((each) => each.code === code)
  if (inV3 !== undefined) return version === 3 ? inV3 : new ApiError(code, inV3.status, inV3.description)
  if (version === 3 && Object.hasOwn(sameInV3, code)) return sameInV3[code]?.(method)
  if (code === 'insufficient_scope') return apiError(isWebhook ? 'webhookScope' : 'tokenScope')
  const limit = limits.find(([each]) => each === code)
  if (limit !== undefined) return new LimitError(...limit)
  const found = all.get(code) ?? authorising
  return found === undefined ? undefined : plain(found)
}

/** An error of a test's own, in the form of the version that is called. */
export function ownError({ code, status = 400, text = '', retryAfter }: OwnError, { version }: Struck): ApiError {
  if (retryAfter !== undefined) return new LimitError(String(code), status, text, retryAfter)
  return version === 3 ? new ErrorV3(String(code), status, text) : new ApiError(code, status, text)
}

const plain = ([code, status, text]: Documented): ApiError => new ApiError(code, status, text)

import { Failure } from '../records/failure.ts'
import type { Field } from '../schema/entity.ts'

/** An error as the wire shows it. Codes keep the documented case; legacy CRM errors have the empty code. */
export class ApiError extends Error {
  /** Where the documentation shows a bare 0, so does the wire. */
  readonly code: string | number
  readonly status: number
  readonly description: string
  /** What the answer tells beside the code and the text. */
  readonly extra: Readonly<Record<string, unknown>>

  constructor(
    code: string | number,
    status: number,
    description: string,
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code} ${description}`)
    this.code = code
    this.status = status
    this.description = description
    this.extra = extra
  }
}

const table = {
  httpsRequired: ['INVALID_REQUEST', 400, 'Https required'],
  malformed: ['INVALID_REQUEST', 400, 'The request body could not be read'],
  tooLarge: ['INVALID_REQUEST', 413, 'The request is too large'],
  noAuth: ['NO_AUTH_FOUND', 401, 'Wrong authorization data'],
  expiredToken: ['expired_token', 401, 'The access token provided has expired'],
  invalidCredentials: ['INVALID_CREDENTIALS', 401, 'Invalid request credentials'],
  applicationNotFound: ['APPLICATION_NOT_FOUND', 401, 'Application not found'],
  userBlocked: ['authorization_error', 401, 'Unable to authorize user'],
  webhookScope: [
    'insufficient_scope',
    403,
    'The request requires higher privileges than provided by the webhook token',
  ],
  tokenScope: ['insufficient_scope', 403, 'The request requires higher privileges than provided by the access token'],
  unknownMethod: ['ERROR_METHOD_NOT_FOUND', 404, 'Method not found!'],
  unexpected: ['INTERNAL_SERVER_ERROR', 500, 'Internal server error'],
  batchLength: ['ERROR_BATCH_LENGTH_EXCEEDED', 400, 'Max batch length exceeded'],
  batchMethod: ['ERROR_BATCH_METHOD_NOT_ALLOWED', 405, 'Method is not allowed for batch usage'],
  unknownType: ['NOT_FOUND', 400, 'Smart process not found'],
  typeNotSupported: ['ENTITY_TYPE_NOT_SUPPORTED', 400, 'Entity type is not supported'],
  fileNotFound: ['ERROR_NOT_FOUND', 404, 'The file was not found, or the link has expired'],
} as const satisfies Record<string, readonly [string, number, string]>

export type ErrorName = keyof typeof table

export const errorNames = Object.keys(table) as readonly ErrorName[]

/** The system's own errors, by name, from the one table. */
export const apiError = (name: ErrorName, description?: string): ApiError => {
  const [code, status, text] = table[name]
  return new ApiError(code, status, description ?? text)
}

/** Errors of UPPER_CASE methods: HTTP 400, empty code, and the text tells. */
export const legacyError = (text: string): ApiError => new ApiError('', 400, text)

/** Errors of a family of methods: what use cases refuse, in that family's words. */
export interface ErrorStyle {
  readonly accessDenied: (action: 'read' | 'write') => ApiError
  readonly notFound: () => ApiError
  readonly invalid: (field: Field, detail: string) => ApiError
  readonly required: (fields: readonly Field[]) => ApiError
  readonly notAList: (field: Field, got: string) => ApiError
  readonly rule: (text: string) => ApiError
  /** A parameter of the call itself is missing or of the wrong shape. */
  readonly parameter: (
    name: string,
    expected: 'map' | 'list' | 'integer' | 'text' | 'flag',
    missing: boolean,
  ) => ApiError
}

/** `error: ""` with HTTP 400, in these words (php dispatches on them). */
export const legacyStyle: ErrorStyle = {
  accessDenied: () => legacyError('Access denied.'),
  notFound: () => legacyError('Not found'),
  // The documented texts differ by kind: e-mails have a code of their own (crm-contact-add.md).
  invalid: (field, detail) =>
    detail.includes('invalid address')
      ? new ApiError('ERROR_CORE', 400, `The field ${field.title} contains an invalid address`)
      : legacyError(`Invalid value for the "${field.title}" field: ${detail}.`),
  required: (fields) => legacyError(fields.map((field) => `The field "${field.title}" is required.`).join(', ')),
  notAList: (field) => legacyError(`Invalid value for the "${field.title}" field: a list is expected.`),
  rule: (text) => legacyError(text),
  parameter: (name, expected) =>
    expected === 'integer'
      ? legacyError('ID is not defined or invalid.')
      : legacyError(`Parameter '${name}' must be array.`),
}

/** `crm.item.*` and its siblings. */
export const itemStyle: ErrorStyle = {
  accessDenied: (action) =>
    new ApiError(
      'ACCESS_DENIED',
      400,
      action === 'read' ? 'You do not have permission to view this item' : 'Access denied',
    ),
  notFound: () => new ApiError('NOT_FOUND', 400, 'Item not found'),
  invalid: (field, detail) =>
    new ApiError('CRM_FIELD_ERROR_VALUE_NOT_VALID', 400, `Invalid value for field "${field.name}": ${detail}`),
  required: (fields) =>
    new ApiError(
      'CRM_FIELD_ERROR_REQUIRED',
      400,
      fields.map((field) => `Required field "${field.name}" is not filled`).join(', '),
    ),
  notAList: (_field, got) =>
    new ApiError('100', 400, `Expected iterable value for multiple field, but got ${got} instead`),
  rule: (text) => new ApiError('ERROR_CORE', 400, text),
  parameter: (name, expected, missing) =>
    missing
      ? new ApiError('100', 400, `Could not find value for parameter {${name}}`)
      : new ApiError(
          '100',
          400,
          `Invalid value {${name}} to match with parameter {${name}}. Should be value of type ${typeWords[expected]}.`,
        ),
}
const typeWords = { map: 'array', list: 'array', integer: 'int', text: 'string', flag: 'bool' } as const

/** Runs a use case and puts its refusals into a family's words. */
export async function inStyle<T>(style: ErrorStyle, action: 'read' | 'write', body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause
    throw inWords(style, action, cause)
  }
}

/** A refusal in a family's words. */
export function inWords(style: ErrorStyle, action: 'read' | 'write', { reason }: Failure): ApiError {
  switch (reason.why) {
    case 'access-denied':
      return style.accessDenied(action)
    case 'not-found':
      return style.notFound()
    case 'invalid':
      return style.invalid(reason.field, reason.detail)
    case 'required':
      return style.required(reason.fields)
    case 'not-a-list':
      return style.notAList(reason.field, reason.got)
    case 'rule':
      return style.rule(reason.text)
  }
}

import { ApiError, type ErrorStyle } from '../errors.ts'

/** What is wrong with one field of a request. */
export interface Fault {
  readonly field: string
  readonly message: string
}

/** An error of REST 3.0: `{error: {code, message, validation}}`, and not two texts side by side (api-reference/rest-v3.md). */
export class ErrorV3 extends ApiError {
  readonly validation: readonly Fault[]

  constructor(code: string, status: number, message: string, validation: readonly Fault[] = []) {
    super(code, status, message)
    this.validation = validation
  }
}

const PREFIX = 'BITRIX_REST_V3_EXCEPTION_'

/** What was sent, as errors quote it: not more than a line of it. */
export function quoted(input: unknown): string {
  const text = typeof input === 'string' ? input : (JSON.stringify(input) ?? '')
  return `\`${text.slice(0, 300)}\``
}

const of = (code: string, status: number, message: string, validation?: readonly Fault[]): ErrorV3 =>
  new ErrorV3(`${PREFIX}${code}`, status, message, validation)

/** The errors of REST 3.0 in one table, in the words of its pages. */
export const errorsV3 = {
  validation: (faults: readonly Fault[]) =>
    of('VALIDATION_REQUESTVALIDATIONEXCEPTION', 400, 'Error during request object validation', faults),
  /** Of what is to be stored, where the one above is of the request itself. */
  object: (faults: readonly Fault[]) => of('VALIDATION_DTOVALIDATIONEXCEPTION', 400, 'Object validation error', faults),
  json: () => of('INVALIDJSONEXCEPTION', 400, 'Unable to recognize the request body as JSON'),
  filter: (expression: unknown) =>
    of('INVALIDFILTEREXCEPTION', 400, `Unable to recognize filter expression ${quoted(expression)}`),
  select: (expression: unknown) =>
    of('INVALIDSELECTEXCEPTION', 400, `Unable to recognize select expression ${quoted(expression)}`),
  order: (expression: unknown) =>
    of('INVALIDORDEREXCEPTION', 400, `Unable to recognize sorting parameter ${quoted(expression)}`),
  pagination: (expression: unknown) =>
    of('INVALIDPAGINATIONEXCEPTION', 400, `Cannot recognize pagination parameter ${quoted(expression)}`),
  unknownProperty: (field: string, dto: string) =>
    of('UNKNOWNDTOPROPERTYEXCEPTION', 400, `Unknown field ${quoted(field)} for entity \`${dto}\``),
  unknownOperator: (operator: unknown) =>
    of('UNKNOWNFILTEROPERATOREXCEPTION', 400, `Unknown filter operator ${quoted(operator)}`),
  unknownField: (name: string) =>
    new ErrorV3('BITRIX_REST_V3_REALISATION_EXCEPTION_FIELDNOTFOUNDEXCEPTION', 400, `Field ${quoted(name)} not found`),
  notFound: (id: number | string) => of('ENTITYNOTFOUNDEXCEPTION', 400, `Entry with ID = \`${id}\` not found`),
  accessDenied: () => of('ACCESSDENIEDEXCEPTION', 403, 'Access denied'),
  scope: () => of('INSUFFICIENTSCOPEEXCEPTION', 403, 'Insufficient access rights: required scope is missing'),
  /** The status isn't documented; SDKs know the code. */
  unknownMethod: (name: string) => of('METHODNOTFOUNDEXCEPTION', 404, `Method ${quoted(name)} not found`),
  keyReused: () =>
    of('IDEMPOTENCYKEYREUSEDEXCEPTION', 422, 'The idempotency key was already used with a different request'),
  invalidKey: () =>
    of('INVALIDIDEMPOTENCYKEYEXCEPTION', 400, 'The idempotency key must be 1 to 255 printable ASCII characters'),
} as const

export const required = (field: string): Fault => ({
  field,
  message: `Required field \`${field}\` is not specified`,
})

export const ofType = (field: string, type: string): Fault => ({
  field,
  message: `Field \`${field}\` requires data type \`${type}\` for this request`,
})

/** What use cases refuse, in the words of REST 3.0. */
export const styleV3: ErrorStyle = {
  accessDenied: errorsV3.accessDenied,
  notFound: () => of('ENTITYNOTFOUNDEXCEPTION', 400, 'Entry not found'),
  invalid: (field, detail) => errorsV3.object([{ field: field.name, message: detail }]),
  required: (fields) =>
    errorsV3.object(fields.map(({ name }) => ({ field: name, message: `Mandatory field "${name}" is not filled` }))),
  notAList: (field) => errorsV3.validation([ofType(field.name, 'array')]),
  rule: (text) => errorsV3.object([{ field: '', message: text }]),
  parameter: (name, expected, missing) =>
    errorsV3.validation([missing ? required(name) : ofType(name, typeNames[expected])]),
}

/** As descriptions of fields and errors call the types of values. */
export const typeNames = {
  map: 'array',
  list: 'array',
  integer: 'int',
  text: 'string',
  flag: 'bool',
  any: 'mixed',
} as const

import { ApiError, type ErrorStyle } from '../../methods/errors.ts'

const core = (text: string): ApiError => new ApiError('ERROR_CORE', 400, text)

/** A refusal of an argument of user.add has a key of its own, always empty on the page (api-reference/user/user-add.md). */
export const argumentError = (text: string): ApiError => new ApiError('ERROR_ARGUMENT', 400, text, { argument: '' })

/** The words of user.add and user.update. An unknown id is refused as if it were closed (api-reference/user/user-update.md). */
export const personWords: ErrorStyle = {
  accessDenied: () => core('access_denied'),
  notFound: () => core('access_denied'),
  invalid: (field, detail) => core(`Invalid value for the "${field.title}" field: ${detail}.`),
  required: (fields) => core(fields.map((field) => `The field "${field.title}" is required.`).join(', ')),
  notAList: (field) => core(`Invalid value for the "${field.title}" field: a list is expected.`),
  rule: core,
  parameter: () => core('access_denied'),
}

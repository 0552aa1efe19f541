import { ApiError, type ErrorStyle, itemStyle } from '../../../methods/errors.ts'
import { InvalidValue, integerOf } from '../../../schema/kind.ts'

/** The document generator's own words for what is refused; most have the code 0. */
export const plain = (text: string): ApiError => new ApiError('0', 400, text)

export const accessDenied = (): ApiError => new ApiError('DOCGEN_ACCESS_ERROR', 400, 'Access denied')

const required: ErrorStyle['required'] = (fields) =>
  plain(`Empty required fields: ${fields.map(({ name }) => name).join(', ')}`)

export const templateWords: ErrorStyle = {
  ...itemStyle,
  required,
  accessDenied: () => new ApiError('', 400, 'You do not have permissions to modify templates'),
  notFound: () => plain('Template not found'),
}

export const numeratorWords: ErrorStyle = {
  ...templateWords,
  notFound: () => new ApiError('100', 400, 'Could not construct parameter {numerator}'),
}

export const documentWords: ErrorStyle = {
  ...itemStyle,
  required,
  accessDenied,
  notFound: () => plain('Document not found'),
}

/** The id of an object; who gives none gets the text that the documentation prints, grammar and all. */
export function idOf(input: unknown, className: string): number {
  try {
    const id = integerOf(input)
    if (id > 0) return id
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
  }
  throw new ApiError('100', 400, `Bitrix\\${className} constructor must be is public`)
}

import { ApiError } from '../../../methods/errors.ts'
import { isMap, type Map as Fields, mapOf } from '../../../methods/method.ts'
import { isBlank, integerOf, InvalidValue, textOf, yesNo } from '../../../schema/kind.ts'
import { described } from './robot-row.ts'

/** A refusal of a robot's description (api-reference/bizproc/bizproc-robot/bizproc-robot-add.md). */
export const invalid = (text: string): ApiError => new ApiError('ERROR_ACTIVITY_VALIDATION_FAILURE', 400, text)

/** The columns that a request gives. */
export type RobotColumns = Record<string, string | number | null>

const present = (fields: Fields, name: string): boolean => fields[name] !== undefined && fields[name] !== null
const plain = (input: unknown): string => (typeof input === 'string' ? input.trim() : '')

export function codeOf(input: unknown): string {
  const code = typeof input === 'number' ? String(input) : plain(input)
  if (code === '') throw invalid('Empty activity code!')
  if (!/^[A-Za-z0-9._-]+$/.test(code)) throw invalid('Wrong activity code!')
  return code
}

function handlerOf(input: unknown): string {
  const url = plain(input)
  const target = URL.canParse(url) ? new URL(url) : undefined
  if (target === undefined) throw new ApiError('ERROR_WRONG_HANDLER_URL', 400, 'Wrong handler URL')
  if (target.protocol !== 'http:' && target.protocol !== 'https:')
    throw new ApiError('ERROR_UNSUPPORTED_PROTOCOL', 400, 'Unsupported handler protocol')
  return url
}

/** A text, or texts by language. */
const isText = (input: unknown): boolean =>
  typeof input === 'string'
    ? input.trim() !== ''
    : isMap(input) && Object.values(input).some((each) => typeof each === 'string' && each.trim() !== '')

function propertiesOf(input: unknown): string {
  if (isBlank(input) || (Array.isArray(input) && input.length === 0)) return '{}'
  if (!isMap(input)) throw invalid('Wrong properties array!')
  for (const [key, property] of Object.entries(input)) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) throw invalid(`Wrong property key ${key}!`)
    if (!isMap(property)) throw invalid('Wrong properties array!')
    if (!isText(described(property, 'Name'))) throw invalid(`Empty property NAME ${key}!`)
  }
  return JSON.stringify(input)
}

function filterOf(input: unknown): string {
  if (isBlank(input) || (Array.isArray(input) && input.length === 0)) return '{}'
  if (!isMap(input)) throw invalid('Wrong activity FILTER!')
  const sides: Record<string, unknown[]> = {}
  for (const [key, rules] of Object.entries(input)) {
    if (key !== 'INCLUDE' && key !== 'EXCLUDE') throw invalid('Wrong activity FILTER!')
    if (!Array.isArray(rules) && !isMap(rules)) throw invalid('Wrong activity FILTER!')
    const list: unknown[] = Object.values(rules)
    sides[key] = list.map((rule) => {
      if (typeof rule === 'string' && rule !== '') return rule
      const parts: unknown[] = typeof rule === 'object' && rule !== null ? Object.values(rule) : []
      if (parts.length === 0 || parts.length > 3 || !parts.every((part) => typeof part === 'string'))
        throw invalid('Wrong activity FILTER!')
      return parts
    })
  }
  return JSON.stringify(sides)
}

function documentTypeOf(input: unknown): string {
  if (isBlank(input)) return '[]'
  const parts: unknown[] = typeof input === 'object' && input !== null ? Object.values(input) : []
  if (parts.length !== 3 || !parts.every((part) => typeof part === 'string' && part !== ''))
    throw invalid('Wrong activity DOCUMENT_TYPE!')
  return JSON.stringify(parts)
}

const flag = (input: unknown): string => (isBlank(input) ? '' : yesNo(input) === true ? 'Y' : 'N')

function userOf(input: unknown): number | null {
  try {
    return isBlank(input) ? null : integerOf(input)
  } catch (cause) {
    if (cause instanceof InvalidValue) return null
    throw cause
  }
}

/** How each field of a request is read into its column; throws the documented refusal. */
const readers: Readonly<Record<string, (input: unknown) => string | number | null>> = {
  HANDLER: handlerOf,
  AUTH_USER_ID: userOf,
  NAME(input) {
    if (!isText(input)) throw invalid('Empty activity NAME!')
    return JSON.stringify(input)
  },
  DESCRIPTION: (input) => JSON.stringify(isText(input) ? input : ''),
  PROPERTIES: propertiesOf,
  RETURN_PROPERTIES: propertiesOf,
  FILTER: filterOf,
  DOCUMENT_TYPE: documentTypeOf,
  USE_SUBSCRIPTION: flag,
  USE_PLACEMENT: flag,
  PLACEMENT_HANDLER: (input) => (isBlank(input) ? '' : handlerOf(textOf(input))),
}

/** Names in any case, as parameters are. */
export const upperCase = (fields: unknown): Fields => {
  try {
    return Object.fromEntries(Object.entries(mapOf(fields)).map(([name, value]) => [name.toUpperCase(), value]))
  } catch (cause) {
    if (cause instanceof InvalidValue) return {}
    throw cause
  }
}

/** A whole robot: what is left out is empty. */
export function newRobot(fields: Fields): RobotColumns {
  if (yesNo(fields.USE_PLACEMENT) === true && plain(fields.PLACEMENT_HANDLER) === '')
    throw new ApiError('ERROR_WRONG_HANDLER_URL', 400, 'Wrong handler URL')
  return Object.fromEntries(Object.entries(readers).map(([name, read]) => [name.toLowerCase(), read(fields[name])]))
}

/** What of a robot is to change. */
export function robotChanges(fields: Fields): RobotColumns {
  const given = Object.entries(readers).filter(([name]) => present(fields, name))
  if (given.length === 0) throw invalid('No fields to update')
  return Object.fromEntries(given.map(([name, read]) => [name.toLowerCase(), read(fields[name])]))
}

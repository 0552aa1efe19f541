import { ApiError, legacyError } from '../../../methods/errors.ts'
import { argument, type Map } from '../../../methods/method.ts'
import { integerOf, InvalidValue, isBlank } from '../../../schema/kind.ts'

/** A whole number that a request gives under a name in any case; undefined where it gives none, or something else. */
export function numberIn(given: Map, name: string): number | undefined {
  const input = argument(given, name)
  if (isBlank(input)) return undefined
  try {
    return integerOf(input)
  } catch (cause) {
    if (cause instanceof InvalidValue) return undefined
    throw cause
  }
}

export const notDefined = (name: string): ApiError => legacyError(`${name} is not defined or invalid.`)

/** An id that must be given; one of some, where only those will do. */
export function idIn(given: Map, name: string, allowed?: readonly number[]): number {
  const id = numberIn(given, name)
  if (id === undefined || id <= 0 || allowed?.includes(id) === false) throw notDefined(name)
  return id
}

/** Lists are refused with a code of their own (api-reference/crm/requisites/universal/crm-requisite-list.md). */
export const listDenied = (): ApiError => new ApiError(0, 400, 'Access denied.')

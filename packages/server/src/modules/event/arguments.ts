import { emptyArgument, requireHandler, textOrNothing, wrongArgument } from '../../methods/application-arguments.ts'
import { requireEveryScope } from '../../methods/application.ts'
import { ApiError } from '../../methods/errors.ts'
import type { Call } from '../../methods/method.ts'
import { InvalidValue, isBlank, integerOf } from '../../schema/kind.ts'

/** What is the portal's and not an application's, which has event.bind: for administrators themselves. */
export function requireAdministrator(call: Call): void {
  if (!call.person.admin) throw denied('')
  if (call.credential.kind === 'token')
    throw new ApiError('WRONG_AUTH_TYPE', 403, 'Current authorization type is denied for this method')
  requireEveryScope(call)
}

/** What is told to the operator of the portal, on the command line: nothing of an application's. */
export function requireOperator(call: Call): void {
  if (!call.person.admin) throw denied('')
  if (call.credential.applicationId !== undefined)
    throw new ApiError('WRONG_AUTH_TYPE', 403, 'Current authorization type is denied for this method')
  requireEveryScope(call)
}

export const denied = (text: string): ApiError => new ApiError('ACCESS_DENIED', 403, `Access denied!${text}`)

export function requiredText(name: string, input: unknown): string {
  const text = textOrNothing(name, input)
  if (text === '') throw emptyArgument(name)
  return text
}

/** A whole number, or `preset` where nothing is given. */
export function integerOr<T>(name: string, input: unknown, preset: T): number | T {
  if (isBlank(input)) return preset
  try {
    return integerOf(input)
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw wrongArgument(name, `The value of an argument '${name}' must be of type integer`)
  }
}

/** Where events are sent. */
export function handlerOf(name: string, input: unknown): string {
  if (isBlank(input)) throw emptyArgument(name)
  return requireHandler(typeof input === 'string' ? input.trim() : '', 'Unsupported event handler protocol')
}

/** `event_type`: whether it is `offline`. */
export function offlineOf(input: unknown): boolean {
  const text = textOrNothing('EVENT_TYPE', input).toLowerCase()
  if (text === '' || text === 'online') return false
  if (text === 'offline') return true
  throw wrongArgument('EVENT_TYPE', "The value of an argument 'EVENT_TYPE' must be online or offline")
}

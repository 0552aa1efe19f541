import { ApiError } from '../../methods/errors.ts'
import type { Call } from '../../methods/method.ts'
import { type Application, applicationOfCall } from '../../records/applications.ts'
import { InvalidValue, isBlank, integerOf } from '../../schema/kind.ts'

const MAX_URL = 2000
const MAX_NAME = 255

/** The registered application that calls. Webhooks, people and tokens of no application are refused. */
export async function callingApplication(call: Call): Promise<Application> {
  const application = await applicationOfCall(call, call.credential)
  if (application !== undefined) return application
  throw new ApiError(
    'WRONG_AUTH_TYPE',
    403,
    'Current authorization type is denied for this method Application context required',
  )
}

export const denied = (text: string): ApiError => new ApiError('ACCESS_DENIED', 403, `Access denied!${text}`)

/** The same for offline events, which are for administrators. */
export async function administratorsApplication(call: Call): Promise<Application> {
  const application = await callingApplication(call)
  if (!call.person.admin) throw denied('')
  return application
}

export const wrongArgument = (name: string, text: string): ApiError =>
  new ApiError('ERROR_ARGUMENT', 400, text, { argument: name })

/** A short text; empty where there is none. */
export function textOrNothing(name: string, input: unknown): string {
  if (isBlank(input)) return ''
  if (typeof input !== 'string' && typeof input !== 'number')
    throw wrongArgument(name, `The value of an argument '${name}' must be of type string`)
  const text = String(input).trim()
  if (text.length > MAX_NAME) throw wrongArgument(name, `The value of an argument '${name}' is too long`)
  return text
}

export function requiredText(name: string, input: unknown): string {
  const text = textOrNothing(name, input)
  if (text === '') throw wrongArgument(name, `Argument '${name}' is null or empty`)
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

/** An address that could be called at all; whether it may be is asked when it is. */
export function handlerOf(name: string, input: unknown): string {
  if (isBlank(input)) throw wrongArgument(name, `Argument '${name}' is null or empty`)
  const text = typeof input === 'string' ? input.trim() : ''
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || text.length > MAX_URL || url.host === '' || url.username !== '' || url.password !== '')
    throw new ApiError('ERROR_WRONG_HANDLER_URL', 400, 'Wrong handler URL')
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new ApiError('ERROR_UNSUPPORTED_PROTOCOL', 400, 'Unsupported event handler protocol')
  return text
}

/** `event_type`: whether it is `offline`. */
export function offlineOf(input: unknown): boolean {
  const text = textOrNothing('EVENT_TYPE', input).toLowerCase()
  if (text === '' || text === 'online') return false
  if (text === 'offline') return true
  throw wrongArgument('EVENT_TYPE', "The value of an argument 'EVENT_TYPE' must be online or offline")
}

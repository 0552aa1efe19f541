import { type Application, applicationOfCall } from '../records/applications.ts'
import { isBlank } from '../schema/kind.ts'
import { ApiError } from './errors.ts'
import type { Call } from './method.ts'

const MAX_URL = 2000
/** The longest text of what applications register, unless it is said otherwise. */
const MAX_TEXT = 255

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

/** The same for what administrators alone may do. */
export async function administratorsApplication(call: Call): Promise<Application> {
  const application = await callingApplication(call)
  if (!call.person.admin) throw new ApiError('ACCESS_DENIED', 403, 'Access denied!')
  return application
}

export const wrongArgument = (name: string, text: string): ApiError =>
  new ApiError('ERROR_ARGUMENT', 400, text, { argument: name })

export const emptyArgument = (name: string): ApiError => wrongArgument(name, `Argument '${name}' is null or empty`)

/** A text that may be left out; lists and maps are none. */
export function textOrNothing(name: string, input: unknown, longest: number = MAX_TEXT): string {
  if (isBlank(input)) return ''
  if (typeof input !== 'string' && typeof input !== 'number')
    throw wrongArgument(name, `The value of an argument '${name}' must be of type string`)
  const text = String(input).replaceAll('\u0000', '').trim()
  if (text.length > longest) throw wrongArgument(name, `The value of an argument '${name}' is too long`)
  return text
}

/** An address that could be called at all, or shown; whether it may be is asked when it is. */
export function requireHandler(text: string, unsupported: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || text.length > MAX_URL || url.host === '' || url.username !== '' || url.password !== '')
    throw new ApiError('ERROR_WRONG_HANDLER_URL', 400, 'Wrong handler URL')
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new ApiError('ERROR_UNSUPPORTED_PROTOCOL', 400, unsupported)
  return text
}

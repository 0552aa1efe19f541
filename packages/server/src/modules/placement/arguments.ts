import { ApiError } from '../../methods/errors.ts'
import type { Call } from '../../methods/method.ts'
import { isBlank } from '../../schema/kind.ts'
import { applicationOfCall, type Application } from '../../records/applications.ts'

/** Longest texts of what applications register. */
const MAX_TEXT = 255
const MAX_DESCRIPTION = 2000
const MAX_URL = 2000

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

/** A text that must be given. */
export function requiredText(name: string, input: unknown): string {
  if (isBlank(input)) throw wrongArgument(name, `Argument '${name}' is null or empty`)
  if (typeof input !== 'string') throw wrongArgument(name, `The value of an argument '${name}' must be of type string`)
  const text = input.trim()
  if (text === '') throw wrongArgument(name, `Argument '${name}' is null or empty`)
  return text
}

/** A text that may be left out; lists and maps are none. */
export function textOrNothing(name: string, input: unknown, longest: number = MAX_TEXT): string {
  if (isBlank(input)) return ''
  if (typeof input !== 'string' && typeof input !== 'number')
    throw wrongArgument(name, `The value of an argument '${name}' must be of type string`)
  const text = String(input).replaceAll('\u0000', '').trim()
  if (text.length > longest) throw wrongArgument(name, `The value of an argument '${name}' is too long`)
  return text
}

export const descriptionOrNothing = (name: string, input: unknown): string =>
  textOrNothing(name, input, MAX_DESCRIPTION)

/** The address of a page that is shown in a frame (api-reference/widgets/index.md, "Common mistakes"). */
export function handlerOf(name: string, input: unknown): string {
  const text = requiredText(name, input)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || text.length > MAX_URL || url.host === '' || url.username !== '' || url.password !== '')
    throw new ApiError('ERROR_WRONG_HANDLER_URL', 400, 'Wrong handler URL')
  if (!/^https?:$/.test(url.protocol)) throw new ApiError('ERROR_UNSUPPORTED_PROTOCOL', 400, 'Unsupported protocol')
  return text
}

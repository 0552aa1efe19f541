import { emptyArgument, requireHandler, textOrNothing, wrongArgument } from '../../methods/application-arguments.ts'
import { isBlank } from '../../schema/kind.ts'

const MAX_DESCRIPTION = 2000

/** A text that must be given. */
export function requiredText(name: string, input: unknown): string {
  if (isBlank(input)) throw emptyArgument(name)
  if (typeof input !== 'string') throw wrongArgument(name, `The value of an argument '${name}' must be of type string`)
  const text = input.trim()
  if (text === '') throw emptyArgument(name)
  return text
}

export const descriptionOrNothing = (name: string, input: unknown): string =>
  textOrNothing(name, input, MAX_DESCRIPTION)

/** The address of a page that is shown in a frame (api-reference/widgets/index.md, "Common mistakes"). */
export const handlerOf = (name: string, input: unknown): string =>
  requireHandler(requiredText(name, input), 'Unsupported protocol')

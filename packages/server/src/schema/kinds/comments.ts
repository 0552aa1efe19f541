import { bbCodeFromHtml } from '../bb-code.ts'
import { text } from './text.ts'
import type { Kind } from '../kind.ts'

/** Comments take HTML and keep BB-code, so that no page ever has to trust stored markup. */
export const comments: Kind = {
  ...text,
  name: 'comments',
  decode(input, field, context) {
    const value = text.decode(input, field, context)
    return typeof value === 'string' ? bbCodeFromHtml(value) : value
  },
}

import { randomBytes } from 'node:crypto'
import type { Sources } from './records/context.ts'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** The real clock and real chance. */
export const realSources: Sources = {
  now: () => Date.now() / 1000,
  token(length) {
    let token = ''
    // Bytes beyond a multiple of 36 are thrown away, or some letters would be likelier than others.
    while (token.length < length)
      for (const byte of randomBytes(length)) if (byte < 252 && token.length < length) token += ALPHABET[byte % 36]
    return token
  },
}

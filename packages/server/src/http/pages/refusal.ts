import { LONGEST, SHORTEST } from '../../auth/password-rules.ts'
import { en } from './words/en.ts'
import type { Words } from './words/index.ts'

/** Why a password is not taken, as the rules say it (auth/password-rules.ts), in the visitor's language. */
export function refusalIn(words: Words, text: string): string {
  const own = en.password.refusals
  const said = words.password.refusals
  if (text === own.short(SHORTEST)) return said.short(SHORTEST)
  if (text === own.long(LONGEST)) return said.long(LONGEST)
  if (text === own.own) return said.own
  return text === own.common ? said.common : text
}

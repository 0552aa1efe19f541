import { isUtf8 } from 'node:buffer'
import { ParamsError } from './params-error.ts'

// With the u flag a surrogate matches only when it stands alone: a pair is one code point.
const loneSurrogate = /\p{Surrogate}/u

/**
 * Passes text through if it can be stored and sent back unchanged.
 * Throws `nul-byte` (PostgreSQL has no place for U+0000) or `bad-encoding` (a lone surrogate has no UTF-8 form).
 */
export function checkText(text: string): string {
  if (text.includes('\0')) throw new ParamsError('nul-byte', 'Parameters must not contain a NUL character')
  if (loneSurrogate.test(text)) throw new ParamsError('bad-encoding', 'Parameters must be valid Unicode text')
  return text
}

/** Bytes as text. Throws `bad-encoding` where Node would put U+FFFD. */
export function strictUtf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new ParamsError('bad-encoding', 'Parameters must be valid UTF-8')
  return bytes.toString('utf8')
}

/** A whole body as text, without the byte order mark that some clients put first. Throws `bad-encoding`. */
export function bodyText(body: Buffer): string {
  const text = strictUtf8(body)
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

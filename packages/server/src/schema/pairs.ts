import { ParamsError } from './params-error.ts'
import { checkText, strictUtf8 } from './wire-text.ts'
import { buildTree, defaultMaxKeys, tooMany } from './tree.ts'
import type { Tree, TreeLimits } from './tree.ts'

/**
 * The decoded pairs of a query string or an `application/x-www-form-urlencoded` body, in order. `+` and `%20` are
 * spaces, empty parts are skipped, a key without `=` has the value `''`, and a malformed `%` stays as it is.
 * Throws `bad-encoding`, `nul-byte`, and `too-many` when there are more than `maxPairs`.
 */
export function parsePairs(text: string, maxPairs: number = defaultMaxKeys): [string, string][] {
  checkText(text)
  if (text.includes('%00')) throw new ParamsError('nul-byte', 'Parameters must not contain a NUL character')
  const pairs: [string, string][] = []
  for (let start = 0; start < text.length;) {
    let end = text.indexOf('&', start)
    if (end === -1) end = text.length
    if (end > start) {
      if (pairs.length === maxPairs) throw tooMany(maxPairs)
      const part = text.slice(start, end)
      const equals = part.indexOf('=')
      pairs.push(equals === -1 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))])
    }
    start = end + 1
  }
  return pairs
}

/** A query string as a tree: of a URL, or what follows the `?` in a command of a batch. */
export function parseQuery(text: string, limits: TreeLimits = {}): Tree {
  return buildTree(parsePairs(text, limits.maxKeys), limits)
}

// Beyond this length replacing sign by sign would cost 100 ns each: seconds, for a body of nothing but `+`.
const maxShortLength = 256

function decode(encoded: string): string {
  const hasPlus = encoded.includes('+')
  if (!hasPlus && !encoded.includes('%')) return encoded
  if (encoded.length > maxShortLength) return decodeBytes(encoded)
  try {
    return decodeURIComponent(hasPlus ? encoded.replaceAll('+', ' ') : encoded)
  } catch {
    // Either a `%` without two digits, which PHP keeps, or bytes that are not UTF-8.
    return decodeBytes(encoded)
  }
}

function decodeBytes(encoded: string): string {
  const bytes = Buffer.from(encoded, 'utf8')
  let length = 0
  for (let i = 0; i < bytes.length; i++) {
    let byte = bytes[i] as number
    if (byte === 0x2b) {
      byte = 0x20
    } else if (byte === 0x25) {
      const high = hexDigit(bytes[i + 1])
      const low = hexDigit(bytes[i + 2])
      if (high !== -1 && low !== -1) {
        byte = high * 16 + low
        i += 2
      }
    }
    bytes[length++] = byte
  }
  return strictUtf8(bytes.subarray(0, length))
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

import { isNumber, isSafeNumber } from 'lossless-json'
import { ParamsError } from '../schema/params-error.ts'
import { checkText } from '../schema/wire-text.ts'
import { defaultMaxDepth, defaultMaxKeys, emptyTree, tooDeep, tooMany } from '../schema/tree.ts'
import type { TreeLimits } from '../schema/tree.ts'

/**
 * A JSON text as arrays and prototype-less maps. A number that a double would change comes out as a string with the
 * digits that were sent. Throws `malformed-json`, `too-deep`, `too-many`, `nul-byte` and `bad-encoding`.
 */
export function parseJson(text: string, limits: TreeLimits = {}): unknown {
  const guarded = guard(text, limits.maxDepth ?? defaultMaxDepth, limits.maxKeys ?? defaultMaxKeys)
  let value: unknown
  try {
    value = JSON.parse(guarded)
  } catch (error) {
    if (error instanceof RangeError) throw new ParamsError('too-deep', 'The JSON text is nested too deeply')
    throw new ParamsError('malformed-json', 'The request body is not valid JSON')
  }
  // The body was valid UTF-8, so only an escape can bring in a NUL or half a surrogate pair.
  return adopt(value, text.includes('\\u'))
}

/**
 * One pass over the raw text before anything is built from it: bounds depth and size, and puts quotes around the
 * numbers that `JSON.parse` would change. The parser of lossless-json is not used for that because it joins strings
 * letter by letter: 40 MB of base64 would cost eight seconds and a gigabyte.
 */
function guard(text: string, maxDepth: number, maxKeys: number): string {
  let depth = 0
  let keys = 0
  let numbers = 0
  let quoted = ''
  let copied = 0
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === quote) {
      i = stringEnd(text, i)
      if (i === -1) break
    } else if (char === openBrace || char === openBracket) {
      if (++depth > maxDepth) throw tooDeep(maxDepth)
      if (++keys > maxKeys) throw tooMany(maxKeys)
    } else if (char === closeBrace || char === closeBracket) {
      depth--
    } else if (char === comma) {
      if (++keys > maxKeys) throw tooMany(maxKeys)
    } else if (char === minus || (char >= zero && char <= nine)) {
      // Valid JSON has no more numbers than keys; without this check malformed text could be slow to refuse.
      if (++numbers > maxKeys + 1) throw tooMany(maxKeys)
      const end = numberEnd(text, i)
      if (isLossy(text, i, end)) {
        quoted += `${text.slice(copied, i)}"${text.slice(i, end)}"`
        copied = end
      }
      i = end - 1
    }
  }
  return copied === 0 ? text : quoted + text.slice(copied)
}

/** Index of the quote that closes the string opened at `start`, or -1. */
function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes++
    if (backslashes % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
  return -1
}

function numberEnd(text: string, start: number): number {
  let end = start + 1
  while (isNumberChar(text.charCodeAt(end))) end++
  return end
}

function isNumberChar(char: number): boolean {
  return (char >= zero && char <= nine) || char === dot || char === minus || char === plus || (char | 0x20) === lowerE
}

function isLossy(text: string, start: number, end: number): boolean {
  const token = text.slice(start, end)
  // Up to 15 digits always survive; an exponent may over- or underflow.
  if (token.length <= 15 && !/e/i.test(token)) return false
  if (!isNumber(token) || isSafeNumber(token)) return false
  // A number in the place of a key is malformed and has to stay so.
  while (text.charCodeAt(end) <= 0x20) end++
  return text.charCodeAt(end) !== colon
}

/** Moves parsed JSON into prototype-less maps. Recursion is safe: `guard` has bounded the depth. */
function adopt(value: unknown, hasEscapes: boolean): unknown {
  if (typeof value === 'string') return hasEscapes ? checkText(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = adopt(value[i], hasEscapes)
    return value
  }
  const map = emptyTree()
  for (const [key, member] of Object.entries(value)) {
    if (hasEscapes) checkText(key)
    map[key] = adopt(member, hasEscapes)
  }
  return map
}

const quote = 0x22
const plus = 0x2b
const comma = 0x2c
const minus = 0x2d
const dot = 0x2e
const zero = 0x30
const nine = 0x39
const colon = 0x3a
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const lowerE = 0x65
const openBrace = 0x7b
const closeBrace = 0x7d

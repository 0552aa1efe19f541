import { isNumber, isSafeNumber } from 'lossless-json'

/** A text between double quotes, or what could be a number. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g

/**
 * JSON, also with single quotes around its texts: `{'NAME':'Ivan'}` is how the documented commands for bash are
 * written, in double quotes of the shell.
 * @throws {SyntaxError} for anything else, and for a number that would lose digits
 */
export function readJson(text: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    if (!text.includes("'")) throw cause
    return parse(withDoubleQuotes(text))
  }
}

function parse(text: string): unknown {
  const value: unknown = JSON.parse(text)
  for (const [token] of text.matchAll(tokens))
    if (!token.startsWith('"') && isNumber(token) && !isSafeNumber(token))
      throw new SyntaxError(`the number ${token} would lose digits: put quotes around it`)
  return value
}

/** The same text with every single-quoted part in double quotes; what is wrong with it otherwise stays wrong. */
function withDoubleQuotes(text: string): string {
  let made = ''
  for (let at = 0; at < text.length;) {
    const quote = text[at]
    if (quote !== "'" && quote !== '"') {
      made += quote
      at += 1
      continue
    }
    const end = endOfText(text, at)
    const inner = text.slice(at + 1, end)
    made += quote === '"' ? text.slice(at, end + 1) : `"${escaped(inner)}"`
    at = end + 1
  }
  return made
}

/** Where the quote stands that closes the text which opens at `start`. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === text[start]) return at
  }
  throw new SyntaxError(`the text that opens at position ${start + 1} is not closed`)
}

/** Single quotes need no escape any more, double quotes and line breaks do. */
const escaped = (inner: string): string =>
  inner.replace(/\\[^]|["\u0000-\u001f]/g, (sign) =>
    sign === "\\'" ? "'" : sign.startsWith('\\') ? sign : JSON.stringify(sign).slice(1, -1),
  )

/** Texts, signs, and everything between them: numbers and the three words. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/**
 * A JSON text as OpenIntegrations shows it: one space for each depth, double quotes, letters as they are. The text is
 * laid out anew and not built anew, so that no number loses a digit and no key its place.
 * @param text valid JSON
 */
export function pretty(text: string): string {
  let made = ''
  let depth = 0
  let last = ''
  const line = (): string => `\n${' '.repeat(depth)}`
  for (const [token] of text.matchAll(tokens)) {
    if (token === '}' || token === ']') {
      depth -= 1
      made += last === '{' || last === '[' ? token : `${line()}${token}`
    } else {
      if (last === '{' || last === '[' || last === ',') made += line()
      made += token === ':' ? ': ' : token.startsWith('"') && token.includes('\\') ? plain(token) : token
      if (token === '{' || token === '[') depth += 1
    }
    last = token
  }
  return made
}

/** `"\u0418"` is shown as the letter that it means. */
const plain = (token: string): string => JSON.stringify(JSON.parse(token))

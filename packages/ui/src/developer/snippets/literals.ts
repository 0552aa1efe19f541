/** Values as the languages of snippets write them. */

const pad = (depth: number, step: number): string => ' '.repeat(depth * step)

interface Style {
  readonly step: number
  readonly text: (text: string) => string
  readonly words: readonly [none: string, yes: string, no: string]
  readonly list: readonly [open: string, close: string]
  readonly map: readonly [open: string, close: string]
  readonly key: (key: string) => string
  /** What an empty map is. */
  readonly empty: string
}

function written(value: unknown, style: Style, depth: number): string {
  const [none, yes, no] = style.words
  if (value === null || value === undefined) return none
  if (typeof value === 'boolean') return value ? yes : no
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return style.text(value)
  const isList = Array.isArray(value)
  const [open, close] = isList ? style.list : style.map
  const parts = isList
    ? value.map((each) => written(each, style, depth + 1))
    : Object.entries(value as object).map(([key, each]) => `${style.key(key)}${written(each, style, depth + 1)}`)
  if (parts.length === 0) return isList ? `${open}${close}` : style.empty
  const line = `${open}${parts.join(', ')}${close}`
  // Lists of plain values stand in one line, as people write them.
  if (isList && !line.includes('\n') && line.length <= 60) return line
  const inside = pad(depth + 1, style.step)
  return `${open}\n${parts.map((part) => `${inside}${part},\n`).join('')}${pad(depth, style.step)}${close}`
}

/** Between single quotes, where a backslash makes the next sign a plain one. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`
/** JSON's rules hold in JavaScript and Python as well, but for two separators of lines in old engines. */
const doubled = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)
const single = (text: string): string =>
  /[\n\r\t\\\u0000-\u001f\u2028\u2029]/.test(text) ? doubled(text) : quoted(text)

const typescript: Style = {
  step: 2,
  text: single,
  words: ['null', 'true', 'false'],
  list: ['[', ']'],
  map: ['{', '}'],
  // `__proto__: …` would set something else.
  key: (key) => `${key === '__proto__' ? "['__proto__']" : /^[A-Za-z_$][\w$]*$/.test(key) ? key : single(key)}: `,
  empty: '{}',
}

const python: Style = {
  step: 4,
  text: doubled,
  words: ['None', 'True', 'False'],
  list: ['[', ']'],
  map: ['{', '}'],
  key: (key) => `${doubled(key)}: `,
  empty: '{}',
}

const php: Style = {
  step: 4,
  text: quoted,
  words: ['null', 'true', 'false'],
  list: ['[', ']'],
  map: ['[', ']'],
  key: (key) => `${quoted(key)} => `,
  empty: '[]',
}

export const typescriptOf = (value: unknown, depth = 0): string => written(value, typescript, depth)
export const pythonOf = (value: unknown, depth = 0): string => written(value, python, depth)
export const phpOf = (value: unknown, depth = 0): string => written(value, php, depth)

/** One word of a shell, whatever is in it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`

import type { DialectName } from './sql.ts'

/**
 * Case-insensitive search that means the same on both databases. PostgreSQL has ILIKE. SQLite's LIKE folds ASCII
 * only, so other alphabets become a GLOB with both cases of each letter in a class: `[иИ][вВ]…`.
 */
export interface TextPattern {
  readonly operator: 'like' | 'glob'
  readonly pattern: string
}

/** `wildcards`: the operand's own `%` match anything (LIKE operators); else the operand is literal, found anywhere. */
export function textPattern(operand: string, wildcards: boolean, dialect: DialectName): TextPattern {
  const parts = wildcards ? operand.split('%') : ['', operand, '']
  // eslint-disable-next-line no-control-regex -- "is it ASCII" is the question
  const ascii = /^[\u0000-\u007f]*$/.test(operand)
  if (dialect === 'postgres' || ascii)
    return { operator: 'like', pattern: parts.map((part) => part.replace(/[\\%_]/g, '\\$&')).join('%') }
  return { operator: 'glob', pattern: parts.map((part) => [...part].map(globClass).join('')).join('*') }
}

function globClass(char: string): string {
  const cases = [...new Set([char.toLowerCase(), char.toUpperCase(), char])].filter((each) => [...each].length === 1)
  if (cases.length > 1) return `[${cases.join('')}]`
  return /[*?[\]]/.test(char) ? `[${char}]` : char
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it, and so does one that begins with
 * apostrophes and then such a sign, so that an import finds every text as it was. Negative numbers can't be formulas.
 *
 * The rule is that of `portico export` (packages/server/src/cli/transfer/engine/formula.ts). It stands here again, as
 * pages take no code from the server; a test holds the two together.
 */
const DANGEROUS = /^'*[=+\-@\t\r\n＝＋－＠]/
const NEGATIVE = /^-\d+([.,]\d+)?$/

export const escapeFormula = (text: string): string =>
  DANGEROUS.test(text) && !NEGATIVE.test(text) ? `'${text}` : text

export const separators = { comma: ',', semicolon: ';', tab: '\t' } as const
export type Separator = keyof typeof separators

/** What spreadsheets expect in a language: where the comma parts decimals, the semicolon parts cells. */
export const usualSeparator = (decimalMark: string): Separator => (decimalMark === ',' ? 'semicolon' : 'comma')

/** One line (RFC 4180), with its end. */
export function csvLine(cells: readonly string[], separator: Separator): string {
  const sign = separators[separator]
  const line = cells.map((cell) => {
    const text = escapeFormula(cell)
    return text.includes(sign) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  })
  return `${line.join(sign)}\r\n`
}

/** Spreadsheets read a file as UTF-8 if it begins so. */
export const BOM = '\uFEFF'

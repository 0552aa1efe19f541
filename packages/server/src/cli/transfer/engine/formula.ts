/**
 * Texts that a spreadsheet would take for a formula get an apostrophe before them, and lose it again when they are
 * read. A text that begins with apostrophes and then such a sign gets one more, so that every text comes back as it
 * was, whatever it is. Negative numbers cannot be formulas, and stay as they are.
 */
const SIGNS = '=+\\-@\\t\\r\\n＝＋－＠'
const DANGEROUS = new RegExp(`^'*[${SIGNS}]`)
const ESCAPED = new RegExp(`^'+[${SIGNS}]`)
const NEGATIVE = /^-\d+([.,]\d+)?$/

export const escapeFormula = (text: string): string =>
  DANGEROUS.test(text) && !NEGATIVE.test(text) ? `'${text}` : text

export const unescapeFormula = (text: string): string => (ESCAPED.test(text) ? text.slice(1) : text)

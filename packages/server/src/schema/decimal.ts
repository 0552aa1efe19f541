/**
 * Amounts with a fixed number of decimals, held as integers of the smallest unit: 199.90 with scale 2 is 19990n. They
 * are read from text and printed as text, so no digit is ever changed by a binary fraction. An amount has at most
 * eighteen digits, decimals included, and so fits a 64-bit column.
 */

const MAX_DIGITS = 18
const TOO_LARGE = 10n ** BigInt(MAX_DIGITS)

/** Stands for itself as a bigint; as a string or number, it must be an integer, as database drivers return it. */
export type Units = bigint | number | string

/**
 * Reads an amount from a number or from its text: sign, decimals after a point, an exponent, and spaces around it are
 * understood; a comma, grouped thousands (`1 000,50`) or anything else is not. Decimals beyond the scale are
 * rounded, a half away from zero. Returns units, or undefined when it isn't a number or has too many digits.
 */
export function parseDecimal(input: unknown, scale: number): bigint | undefined {
  checkScale(scale)
  if (typeof input !== 'string' && typeof input !== 'number') return undefined
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,9}))?$/i.exec(String(input).trim())
  if (found === null) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = found
  if (whole === '' && fraction === '') return undefined

  const digits = (whole + fraction).replace(/^0+/, '')
  if (digits === '') return 0n
  // How many of the digits, zeros appended where they run out, make up whole units.
  const kept = digits.length - fraction.length + Number(exponent) + scale
  if (kept < 0) return 0n
  if (kept > MAX_DIGITS) return undefined
  const next = digits.charAt(kept)
  const units = BigInt(digits.slice(0, kept).padEnd(kept, '0')) + (next >= '5' ? 1n : 0n)
  if (units >= TOO_LARGE) return undefined
  return sign === '-' ? -units : units
}

/**
 * Prints an amount with all its decimals, as legacy rows carry it: `19999.90`, `0.00`, `-0.50`.
 * Throws RangeError when the units aren't an integer.
 */
export function formatDecimal(units: Units, scale: number): string {
  checkScale(scale)
  const found = /^(-?)0*(\d+)$/.exec(String(units))
  const digits = found?.[2]
  if (found === null || digits === undefined) throw new RangeError(`Not an integer number of units: ${units}`)
  const sign = digits === '0' ? '' : found[1]
  if (scale === 0) return `${sign}${digits}`
  const padded = digits.padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

/**
 * Prints an amount as the shortest JSON number, as item rows carry it: `19999.9`, `12500`, `-0.5`. The text is to be
 * put into the answer as it is. Throws RangeError when the units aren't an integer.
 */
export function decimalToNumberText(units: Units, scale: number): string {
  const text = formatDecimal(units, scale)
  if (scale === 0) return text
  let end = text.length
  while (text.charAt(end - 1) === '0') end--
  return text.slice(0, text.charAt(end - 1) === '.' ? end - 1 : end)
}

function checkScale(scale: number): void {
  if (!Number.isInteger(scale) || scale < 0 || scale > MAX_DIGITS) throw new RangeError(`Invalid scale: ${scale}`)
}

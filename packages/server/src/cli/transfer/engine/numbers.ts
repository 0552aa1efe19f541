/** Spaces that people and spreadsheets put between thousands. */
const SPACES = /(?<=\d)[\u0020\u00a0\u202f\u2009'’](?=\d{3}(?:\D|$))/g

/** A number as the wire has it, `1234.5`; undefined for what is none. `decimal` is what stands before the fraction. */
export function readNumber(text: string, decimal: '.' | ','): string | undefined {
  const plain = text.trim().replace(SPACES, '')
  const group = decimal === '.' ? ',' : '.'
  const grouped = new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})+(\\${decimal}\\d+)?$`)
  // `1,234` may be a thousand or a fraction: groups alone are believed only beside a fraction, or twice.
  const sure = grouped.test(plain) && (plain.includes(decimal) || plain.split(group).length > 2)
  const number = (sure ? plain.replaceAll(group, '') : plain).replace(decimal, '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(number) || (decimal === ',' && !sure && plain.includes('.') && !isPlain(plain)))
    return undefined
  return number.replace(/^\+/, '')
}

/** `1234.56` in a file whose fractions follow a comma is a number all the same, unless it looks like thousands. */
const isPlain = (text: string): boolean => /^[+-]?\d+\.\d+$/.test(text) && !/^[+-]?\d{1,3}\.\d{3}$/.test(text)

export function readInteger(text: string): string | undefined {
  const plain = text.trim().replace(SPACES, '')
  return /^[+-]?\d{1,15}$/.test(plain) ? String(Number(plain)) : undefined
}

const YES = new Set(['y', 'yes', 'true', '1', 'да', 'ja', 'oui', 'si', 'sí', 'sim', 'tak', 'так', 'on'])
const NO = new Set(['n', 'no', 'false', '0', 'нет', 'nein', 'non', 'não', 'nie', 'ні', 'off'])

export function readFlag(text: string): boolean | undefined {
  const word = text.trim().toLowerCase()
  return YES.has(word) ? true : NO.has(word) ? false : undefined
}

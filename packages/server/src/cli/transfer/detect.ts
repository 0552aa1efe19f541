/** An encoding by the name that TextDecoder knows; `isSure` where the file itself or the caller says so. */
export interface Detected {
  readonly name: string
  readonly isSure: boolean
}

const MARKS: readonly (readonly [bytes: readonly number[], name: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/**
 * The encoding of a text by its beginning: its byte order mark, UTF-8 where that is possible, UTF-16 where every other
 * byte is empty, and else the one of the two code pages of Windows that makes words of it.
 * @param given the name that the caller says; undefined is answered where there is no such encoding
 */
export function detectEncoding(head: Uint8Array, given?: string): Detected | undefined {
  if (given !== undefined) {
    try {
      return { name: new TextDecoder(given).encoding, isSure: true }
    } catch {
      return undefined
    }
  }
  const marked = MARKS.find(([bytes]) => bytes.every((byte, index) => head[index] === byte))
  if (marked !== undefined) return { name: marked[1], isSure: true }
  const empty = [0, 0]
  for (const [index, byte] of head.entries()) if (byte === 0) empty[index % 2] = (empty[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = empty
  if (Math.max(even, odd) > head.length / 5) return { name: odd > even ? 'utf-16le' : 'utf-16be', isSure: false }
  if (isUtf8(head)) return { name: 'utf-8', isSure: false }
  return { name: isCyrillic(head) ? 'windows-1251' : 'windows-1252', isSure: false }
}

function isUtf8(head: Uint8Array): boolean {
  try {
    // The sample may end inside of a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Words of Cyrillic letters are rows of high bytes; those of Western languages have single ones among ASCII. */
function isCyrillic(head: Uint8Array): boolean {
  let high = 0
  let beside = 0
  for (const [index, byte] of head.entries()) {
    if (byte < 0xc0) continue
    high++
    if ((head[index - 1] ?? 0) >= 0xc0 || (head[index + 1] ?? 0) >= 0xc0) beside++
  }
  return beside > high * 0.6
}

const DELIMITERS = [',', ';', '\t', '|'] as const

/** What the first line has most of, outside of quotation marks; a comma where it has none. */
export function detectDelimiter(sample: string): string {
  const counts = new Map<string, number>()
  let isQuoted = false
  for (const sign of sample.replace(/^\ufeff/, '')) {
    if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && (sign === '\n' || sign === '\r')) {
      if (counts.size > 0) break
    } else if (!isQuoted) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  return DELIMITERS.reduce((best, each) => ((counts.get(each) ?? 0) > (counts.get(best) ?? 0) ? each : best))
}

/** What somebody types to find a record, taken apart. */
export interface Wanted {
  /** Pieces that must all be there, in whatever order. */
  readonly words: readonly string[]
  /** A record of that number. */
  readonly id: number | undefined
  /** Runs of digits one of which a phone must hold. */
  readonly phones: readonly string[]
  /** A piece of an e-mail address, in small letters. */
  readonly email: string | undefined
}

const LONGEST = 200
const MOST_WORDS = 6
/** Fewer digits are in too many phones. */
const FEWEST_DIGITS = 4
/** So many digits of a phone's end are the same with and without the code of its country. */
const LOCAL_DIGITS = 9

/** `+49 (30) 123-456`, `0049 30 123456` and `030/123456` are one phone: what they share is looked for. */
function phonesOf(text: string): string[] {
  if (!/^\+?[\d\s()./-]+$/.test(text)) return []
  const digits = text.replace(/\D/g, '').replace(/^0+/, '')
  if (digits.length < FEWEST_DIGITS) return []
  return digits.length > LOCAL_DIGITS ? [digits, digits.slice(-LOCAL_DIGITS)] : [digits]
}

/** @param query as it was typed; anything beyond 200 characters or six words is not looked at */
export function wantedOf(query: string): Wanted {
  const text = query.slice(0, LONGEST).trim()
  const id = /^#?([1-9]\d{0,14})$/.exec(text)?.[1]
  const words = text.startsWith('#') && id !== undefined ? [] : text.split(/\s+/).filter((word) => word !== '')
  return {
    words: words.slice(0, MOST_WORDS),
    id: id === undefined ? undefined : Number(id),
    phones: text.startsWith('#') ? [] : phonesOf(text),
    email: /^\S*@\S*$/.test(text) && text.length > 2 ? text.toLowerCase() : undefined,
  }
}

/** How well a name answers: 0 is the very name, 3 has all words somewhere, undefined lacks one. */
export function rankOf(name: string, words: readonly string[]): number | undefined {
  const text = name.toLowerCase()
  const wanted = words.map((word) => word.toLowerCase())
  if (words.length === 0 || !wanted.every((word) => text.includes(word))) return undefined
  const whole = wanted.join(' ')
  if (text === whole) return 0
  if (text.startsWith(whole)) return 1
  const begins = (word: string): boolean =>
    text.startsWith(word) || /[\s\p{P}\p{S}]/u.test(text[text.indexOf(word) - 1] ?? '')
  return wanted.every(begins) ? 2 : 3
}

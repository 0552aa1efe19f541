import { hash } from 'node:crypto'
import { MASK } from '../../records/masked.ts'

/** What stands for values that are not to be told: one shape for each kind, so that types and formats survive. */
export const placeholderKinds = [
  'text',
  'digits',
  'number',
  'email',
  'phone',
  'url',
  'path',
  'ip',
  'ipv6',
  'file',
  'content',
  'date',
  'key',
  'secret',
] as const
export type PlaceholderKind = (typeof placeholderKinds)[number]

/** How many of each kind are in use. */
export type Counts = Partial<Record<PlaceholderKind, number>>

export interface Placeholder {
  readonly kind: PlaceholderKind
  /** 0 for a secret: all of them look alike. */
  readonly number: number
}

/** Numbers above it are placeholders: no id, amount or instant is as large, and doubles still hold them exactly. */
const HUGE = 9_000_000_000_000_000
const DAY = 86_400_000
/** The first day of the calendar; `Date.UTC` would read the year 1 as 1901. */
const FIRST_DAY = Date.parse('0001-01-01T00:00:00Z')
const CONTENT = /^content (\d{1,9}), (\d{1,12}) bytes$/

type Make = (number: number, value: string) => string | number

const makers: Readonly<Record<PlaceholderKind, Make>> = {
  text: (number) => `Text ${number}`,
  digits: (number) => String(HUGE + number),
  number: (number) => HUGE + number,
  email: (number) => `person${number}@example.invalid`,
  phone: (number) => `+${String(number).padStart(11, '0')}`,
  url: (number) => `https://url${number}.example.invalid/`,
  path: (number) => `/path${number}`,
  ip: (number) => `240.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
  ipv6: (number) => `2001:db8::${number.toString(16)}`,
  file: (number, value) => `file${number}${extensionOf(value)}`,
  content: (number, value) =>
    Buffer.from(`content ${number}, ${Math.floor((value.length * 3) / 4)} bytes`).toString('base64'),
  date: (number, value) => datePlaceholder(number, value),
  key: (number) => `key ${number}`,
  secret: () => MASK,
}

const patterns: readonly (readonly [PlaceholderKind, RegExp, 10 | 16])[] = [
  ['text', /^Text (\d{1,9})$/, 10],
  ['email', /^person(\d{1,9})@example\.invalid$/, 10],
  ['phone', /^\+(\d{11})$/, 10],
  ['url', /^https:\/\/url(\d{1,9})\.example\.invalid\/$/, 10],
  ['path', /^\/path(\d{1,9})$/, 10],
  ['ipv6', /^2001:db8::([\da-f]{1,8})$/, 16],
  ['file', /^file(\d{1,9})(?:\.[a-z\d]{1,5})?$/, 10],
  ['key', /^key (\d{1,9})$/, 10],
]

/** What a value of a recording stands for, or undefined where it is what was said. */
export function placeholderIn(value: unknown): Placeholder | undefined {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value > HUGE ? { kind: 'number', number: value - HUGE } : undefined
  if (typeof value !== 'string' || value === '') return undefined
  if (value === MASK) return { kind: 'secret', number: 0 }
  for (const [kind, pattern, radix] of patterns) {
    const found = pattern.exec(value)?.[1]
    // Phones of real people do not begin with zeros behind the plus.
    if (found !== undefined && (kind !== 'phone' || found.startsWith('00')))
      return { kind, number: Number.parseInt(found, radix) }
  }
  return digitsIn(value) ?? addressIn(value) ?? dateIn(value) ?? contentIn(value)
}

function digitsIn(value: string): Placeholder | undefined {
  if (!/^900\d{13}$/.test(value)) return undefined
  return { kind: 'digits', number: Number(value) - HUGE }
}

function addressIn(value: string): Placeholder | undefined {
  const [, a, b, c] = /^240\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(value) ?? []
  return a === undefined ? undefined : { kind: 'ip', number: Number(a) * 65_536 + Number(b) * 256 + Number(c) }
}

function dateIn(value: string): Placeholder | undefined {
  const iso = /^(00\d\d-\d\d-\d\d)(?![\d-])/.exec(value)?.[1]
  const [, day, month, year] = /^(\d\d)\.(\d\d)\.(00\d\d)(?!\d)/.exec(value) ?? []
  const at = Date.parse(`${iso ?? `${year}-${month}-${day}`}T00:00:00Z`)
  return Number.isNaN(at) ? undefined : { kind: 'date', number: Math.round((at - FIRST_DAY) / DAY) }
}

function contentIn(value: string): Placeholder | undefined {
  // What every one of them begins with.
  if (!value.startsWith('Y29udGVudC') || value.length > 64) return undefined
  const found = CONTENT.exec(Buffer.from(value, 'base64').toString('latin1'))?.[1]
  return found === undefined ? undefined : { kind: 'content', number: Number(found) }
}

/** In the form of the date that it stands for: its day is another, its time of day and its zone are none. */
function datePlaceholder(number: number, value: string): string {
  // After 36,000 people they share birthdays.
  const day = new Date(FIRST_DAY + (number % 36_000) * DAY).toISOString().slice(0, 10)
  const time = value.replace(/^[\d.-]{10}/, '').replace(/\d/g, '0')
  return /^\d\d\./.test(value) ? `${day.split('-').toReversed().join('.')}${time}` : `${day}${time}`
}

const EXTENSIONS = new Set(
  'avi bmp csv doc docx eml gif htm html ico ics jpeg jpg json md mov mp3 mp4 odp ods odt ogg pdf png ppt pptx rar rtf svg tar tiff txt vcf wav webm webp xls xlsx xml zip'.split(
    ' ',
  ),
)

/** `.pdf`; nothing where it is no extension that everybody knows. */
export function extensionOf(name: string): string {
  const [, extension = ''] = /\.([a-z\d]{1,5})$/i.exec(name) ?? []
  return EXTENSIONS.has(extension.toLowerCase()) ? `.${extension.toLowerCase()}` : ''
}

/**
 * The placeholders of one recording: the same value has the same one. Which value one stands for is known here alone,
 * and as long as this lives: numbers are given in the order in which values come, so that nothing can be worked out.
 */
export class Pseudonyms {
  readonly #known = new Map<string, string | number>()
  readonly #counts: Record<PlaceholderKind, number>

  /** @param counts of a recording that goes on: what its placeholders stood for is forgotten, they are not given again */
  constructor(counts: Counts = {}) {
    this.#counts = Object.fromEntries(placeholderKinds.map((kind) => [kind, counts[kind] ?? 0])) as Record<
      PlaceholderKind,
      number
    >
  }

  /** What stands for a value from now on. */
  of(kind: PlaceholderKind, value: string): string | number {
    if (kind === 'secret') return MASK
    // A file is not kept in memory to be known again.
    const key = `${kind} ${value.length > 100 ? hash('sha256', value, 'base64') : value}`
    let known = this.#known.get(key)
    if (known === undefined) {
      known = makers[kind](++this.#counts[kind], value)
      this.#known.set(key, known)
    }
    return known
  }
}

/** How many placeholders of each kind a recorded value knows, added to what is counted already. */
export function countPlaceholders(value: unknown, counts: Counts): void {
  const found = placeholderIn(value)
  if (found !== undefined) counts[found.kind] = Math.max(counts[found.kind] ?? 0, found.number)
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    countPlaceholders(key, counts)
    countPlaceholders(member, counts)
  }
}

/**
 * Dates and times of the wire. A moment is held as whole epoch seconds, a date as `YYYY-MM-DD`; both are read and
 * printed in the zone of the server, never in the zone of a user (`api-reference/data-types.md`).
 */

const DAY = 86_400

/** Wall-clock seconds (seconds since 1970-01-01T00:00:00 on the local clock) that a four-digit year can print. */
const FIRST = Date.UTC(1000, 0, 1) / 1000
const LAST = Date.UTC(10_000, 0, 1) / 1000 - 1

/** Days whose offsets one zone remembers: some 27 years, about a megabyte. */
const DAYS_KEPT = 10_000

/** Printed moments that one zone remembers; a power of two. */
const TEXTS_KEPT = 1024

const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))

/** What the clocks of a zone did on one UTC day: `before` until the moment `turn`, `after` from it on. */
type ZoneDay = { before: number; after: number; turn: number }

/** An IANA time zone. Offsets are whole minutes, given in seconds east of UTC. */
export class Zone {
  readonly name: string
  readonly #format: Intl.DateTimeFormat
  readonly #days = new Map<number, ZoneDay>()
  readonly #moments = Array.from({ length: TEXTS_KEPT }, () => Number.NaN)
  readonly #texts = Array.from({ length: TEXTS_KEPT }, () => '')

  /** Throws RangeError when the name is not an IANA zone. */
  constructor(name: string) {
    // Newer engines take "+03:00" for a zone, older ones don't: refused everywhere, so that a database moves freely.
    if (/^[+-]/.test(name)) throw new RangeError(`Invalid time zone specified: ${name}`)
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
    this.name = name
  }

  /** The offset in force at a moment. Throws RangeError for a moment outside of what `Date` can hold. */
  offsetAt(epoch: number): number {
    const number = Math.floor(epoch / DAY)
    const day = this.#days.get(number) ?? this.#learn(number)
    return epoch < day.turn ? day.before : day.after
  }

  /**
   * The moment at which a clock in the zone shows the given wall-clock seconds. A time shown twice (clocks went back)
   * is the earlier of the two moments; a time never shown (clocks went forward) moves on by the length of the gap.
   */
  toEpoch(local: number): number {
    // No offset reaches a whole day, so these two are in force on either side of any change of clocks near by.
    const before = this.offsetAt(local - DAY)
    const after = this.offsetAt(local + DAY)
    if (before === after || this.offsetAt(local - before) === before) return local - before
    return this.offsetAt(local - after) === after ? local - after : local - before
  }

  /** What `print` makes of a moment, kept for a while: rows of one page show the same few moments again and again. */
  printed(epoch: number, print: (epoch: number, zone: Zone) => string): string {
    const place = epoch & (TEXTS_KEPT - 1)
    if (this.#moments[place] === epoch) return this.#texts[place] ?? ''
    const text = print(epoch, this)
    this.#moments[place] = epoch
    this.#texts[place] = text
    return text
  }

  #learn(number: number): ZoneDay {
    const start = number * DAY
    const end = start + DAY - 1
    const before = this.#read(start)
    const after = this.#read(end)
    let turn = Infinity
    if (before !== after) {
      let low = start
      turn = end
      while (turn - low > 1) {
        const middle = Math.floor((low + turn) / 2)
        if (this.#read(middle) === before) low = middle
        else turn = middle
      }
    }
    if (this.#days.size >= DAYS_KEPT) this.#days.clear()
    const day = { before, after, turn }
    this.#days.set(number, day)
    return day
  }

  /**
   * Before standard time, offsets had seconds (`GMT+00:53:28`), which the wire can't print. They are dropped for
   * reading and for printing alike, so that what was printed reads back as the same moment.
   */
  #read(epoch: number): number {
    const found = /GMT([+-])(\d\d):(\d\d)/.exec(this.#format.format(epoch * 1000))
    if (found === null) return 0
    const size = Number(found[2]) * 3600 + Number(found[3]) * 60
    return found[1] === '-' ? 0 - size : size
  }
}

/** A zone by its IANA name, such as `Europe/Berlin`; RangeError when there is none. */
export function createZone(name: string): Zone {
  return new Zone(name)
}

/**
 * Reads a moment in any of the accepted spellings: an ISO date or date and time (with an offset, `Z` or neither, with a
 * `T` or a space, seconds and their fraction optional), the site format `DD.MM.YYYY[ HH:MM[:SS]]`, a unix timestamp
 * as an integer or as a string of at least nine digits. What has no offset is on the clock of `zone`.
 *
 * Returns epoch seconds (a fraction is cut off), or undefined for anything else, for a day or an hour that doesn't
 * exist, and for years outside 1000–9999. An empty value is undefined too: whether it clears is up to the caller.
 */
export function parseDateTime(input: unknown, zone: Zone): number | undefined {
  const written = readWritten(input)
  if (written === undefined) return readUnix(input, zone)
  const { local, offset } = written
  const epoch = offset === undefined ? zone.toEpoch(local) : local - offset
  return isPrintable(epoch, zone) ? epoch : undefined
}

/**
 * Reads a date from the same spellings as {@link parseDateTime}. Of a date and time the date counts as it is written,
 * whatever the offset; of a unix timestamp, the date in `zone`. Returns `YYYY-MM-DD` or undefined.
 */
export function parseDate(input: unknown, zone: Zone): string | undefined {
  const written = readWritten(input)
  if (written !== undefined) return dateText(Math.floor(written.local / DAY))
  const epoch = readUnix(input, zone)
  return epoch === undefined ? undefined : dateText(Math.floor((epoch + zone.offsetAt(epoch)) / DAY))
}

/**
 * Prints a moment as `YYYY-MM-DDTHH:MM:SS+03:00`: always with a numeric offset, as clients parse it by PHP's DATE_ATOM.
 * Throws RangeError outside the years 1000–9999.
 */
export function formatDateTime(seconds: number, zone: Zone): string {
  return zone.printed(Math.floor(seconds), printDateTime)
}

function printDateTime(seconds: number, zone: Zone): string {
  const offset = zone.offsetAt(seconds)
  const local = seconds + offset
  if (local < FIRST || local > LAST) throw new RangeError(`The year of ${seconds} has not four digits`)
  const day = Math.floor(local / DAY)
  return `${dateText(day)}T${clockText(local - day * DAY)}${offsetText(offset)}`
}

/**
 * Prints a stored `YYYY-MM-DD` as date and time. Answers of the original show midnight UTC on the server's clock
 * (`2001-11-11T02:00:00+02:00`), which west of UTC would fall on the day before; there it is the local midnight, so
 * that the date part is the stored date everywhere. Throws RangeError when `date` isn't a date.
 */
export function formatDate(date: string, zone: Zone): string {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date)
  const midnight = found === null ? undefined : midnightOf(found[1], found[2], found[3])
  if (midnight === undefined) throw new RangeError(`Not a date: ${date}`)
  const east = zone.offsetAt(midnight)
  if (east >= 0) return `${date}T${clockText(east)}${offsetText(east)}`
  // Where clocks skip midnight, this is the offset before the skip: still the right moment, on the right date.
  return `${date}T00:00:00${offsetText(midnight - zone.toEpoch(midnight))}`
}

/** A date and time as written: wall-clock seconds, and the offset in seconds if one was given. */
type Written = { local: number; offset: number | undefined }

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:(Z)|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)?)?$/i
const SITE = /^(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?$/

function readWritten(input: unknown): Written | undefined {
  if (typeof input !== 'string') return undefined
  const text = input.trim()
  const iso = ISO.exec(text)
  if (iso !== null) {
    const local = localOf(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6])
    return local === undefined ? undefined : { local, offset: offsetOf(iso[7], iso[8], iso[9], iso[10]) }
  }
  const site = SITE.exec(text)
  if (site === null) return undefined
  const local = localOf(site[3], site[2], site[1], site[4], site[5], site[6])
  return local === undefined ? undefined : { local, offset: undefined }
}

function readUnix(input: unknown, zone: Zone): number | undefined {
  // A short string of digits is more likely a year or a compact date than a second of the early seventies.
  const epoch = typeof input === 'string' && /^\d{9,12}$/.test(input.trim()) ? Number(input) : input
  return typeof epoch === 'number' && Number.isInteger(epoch) && isPrintable(epoch, zone) ? epoch : undefined
}

function isPrintable(epoch: number, zone: Zone): boolean {
  if (epoch < FIRST - DAY || epoch > LAST + DAY) return false
  const local = epoch + zone.offsetAt(epoch)
  return local >= FIRST && local <= LAST
}

type Digits = string | undefined

function localOf(
  year: Digits,
  month: Digits,
  day: Digits,
  hour: Digits = '0',
  minute: Digits = '0',
  second: Digits = '0',
): number | undefined {
  const midnight = midnightOf(year, month, day)
  if (midnight === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return midnight + Number(hour) * 3600 + Number(minute) * 60 + Number(second)
}

function midnightOf(year: Digits, month: Digits, day: Digits): number | undefined {
  const y = Number(year)
  const m = Number(month)
  const d = Number(day)
  if (y < 1000 || m < 1 || m > 12 || d < 1) return undefined
  const midnight = Date.UTC(y, m - 1, d) / 1000
  // Date.UTC carries the 31st of February over into March: a day too far ends past the first of the next month.
  return midnight < Date.UTC(y, m, 1) / 1000 ? midnight : undefined
}

function offsetOf(utc: Digits, sign: Digits, hours: Digits, minutes: Digits = '0'): number | undefined {
  if (utc !== undefined) return 0
  if (sign === undefined) return undefined
  const size = Number(hours) * 3600 + Number(minutes) * 60
  return sign === '-' ? -size : size
}

/** `YYYY-MM-DD` of a day counted from 1970-01-01, in years that begin in March so that the leap day comes last. */
function dateText(day: number): string {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  return `${year}-${TWO_DIGITS[month]}-${TWO_DIGITS[dayOfMonth]}`
}

/** `HH:MM:SS` of a second of the day. */
function clockText(second: number): string {
  const hour = Math.floor(second / 3600)
  const minute = Math.floor(second / 60) % 60
  return `${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second % 60]}`
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / 60
  return `${offset < 0 ? '-' : '+'}${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}`
}

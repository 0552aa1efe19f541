/** A day and, where it is written, a time of it; `zone` is the offset as it was written. */
interface Moment {
  readonly day: string
  readonly time: string | undefined
  readonly zone: string
}

/** How dates may be written besides ISO 8601 and `DD.MM.YYYY`; made by {@link dateFormat}. */
export interface DateFormat {
  readonly name: string
  readonly pattern: RegExp
  readonly parts: readonly string[]
}

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(\\d{4})',
  YY: '(\\d{2})',
  MM: '(\\d{1,2})',
  M: '(\\d{1,2})',
  DD: '(\\d{1,2})',
  D: '(\\d{1,2})',
  HH: '(\\d{1,2})',
  H: '(\\d{1,2})',
  hh: '(\\d{1,2})',
  h: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2})',
  A: '([AaPp]\\.?[Mm]\\.?)',
}

/** A format such as `MM/DD/YYYY` or `D.M.YY HH:mm`; undefined for one that names no day, month and year. */
export function dateFormat(name: string): DateFormat | undefined {
  const parts: string[] = []
  const pattern = name.replace(/YYYY|YY|MM|M|DD|D|HH|H|hh|h|mm|ss|A|[^A-Za-z]|[A-Za-z]/g, (token) => {
    const group = TOKENS[token]
    if (group === undefined) return token === ' ' ? '\\s+' : token.replace(/[^\w\s]/g, '\\$&')
    parts.push(token)
    return group
  })
  const has = (letter: string): boolean => parts.some((part) => part.startsWith(letter))
  if (!has('Y') || !has('M') || !has('D') || new Set(parts).size < parts.length) return undefined
  return { name, pattern: new RegExp(`^${pattern}$`), parts }
}

/** What every file may hold without being asked: nothing here can be read in two ways. */
const STANDARD: readonly DateFormat[] = [
  'YYYY-MM-DD',
  'YYYY-MM-DD HH:mm',
  'YYYY-MM-DD HH:mm:ss',
  'YYYY/MM/DD',
  'YYYY/MM/DD HH:mm',
  'YYYY/MM/DD HH:mm:ss',
  'DD.MM.YYYY',
  'DD.MM.YYYY HH:mm',
  'DD.MM.YYYY HH:mm:ss',
].flatMap((name) => dateFormat(name) ?? [])

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/

const two = (value: number): string => String(value).padStart(2, '0')

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const isTime = (hour: number, minute: number, second: number): boolean => hour < 24 && minute < 60 && second < 60

function read(text: string, { pattern, parts }: DateFormat): Moment | undefined {
  const found = pattern.exec(text)
  if (found === null) return undefined
  const values = new Map(parts.map((part, index) => [part, found[index + 1] ?? '']))
  const number = (...names: string[]): number | undefined => {
    const value = names.map((name) => values.get(name)).find((each) => each !== undefined)
    return value === undefined ? undefined : Number(value)
  }
  const short = number('YY')
  // As spreadsheets have it: 30 is 1930, 29 is 2029.
  const year = number('YYYY') ?? (short === undefined ? 0 : short < 30 ? 2000 + short : 1900 + short)
  const [month, day] = [number('MM', 'M') ?? 0, number('DD', 'D') ?? 0]
  let hour = number('HH', 'H', 'hh', 'h')
  const [minute, second] = [number('mm') ?? 0, number('ss') ?? 0]
  const half = values.get('A')?.[0]?.toLowerCase()
  if (half !== undefined && hour !== undefined) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (half === 'p' ? 12 : 0)
  }
  if (!isDay(year, month, day) || !isTime(hour ?? 0, minute, second)) return undefined
  return {
    day: `${year}-${two(month)}-${two(day)}`,
    time: hour === undefined ? undefined : `${two(hour)}:${two(minute)}:${two(second)}`,
    zone: '',
  }
}

function readIso(text: string): Moment | undefined {
  const [, day = '', time, zone = ''] = ISO.exec(text) ?? []
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const [hour = 0, minute = 0, second = 0] = (time ?? '').split(':').map(Number)
  if (day === '' || !isDay(year, month, date) || !isTime(hour, minute, second)) return undefined
  return { day, time: time === undefined ? undefined : time.length === 5 ? `${time}:00` : time, zone }
}

function moment(text: string, formats: readonly DateFormat[]): Moment | undefined {
  const written = text.trim()
  const iso = readIso(written)
  if (iso !== undefined) return iso
  for (const format of [...formats, ...STANDARD]) {
    const found = read(written, format)
    if (found !== undefined) return found
  }
  return undefined
}

/** `2026-03-31`, or undefined for what is no day. */
export const readDate = (text: string, formats: readonly DateFormat[]): string | undefined => moment(text, formats)?.day

/** `2026-03-31T14:30:00+02:00`, without an offset where none is written: that is on the clock of the portal. */
export function readDateTime(text: string, formats: readonly DateFormat[]): string | undefined {
  const found = moment(text, formats)
  return found === undefined ? undefined : `${found.day}T${found.time ?? '00:00:00'}${found.zone}`
}

/** Whether it may be a day whose order of day and month nobody has told us. */
export const isSlashed = (text: string): boolean => /^\s*\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b/.test(text)

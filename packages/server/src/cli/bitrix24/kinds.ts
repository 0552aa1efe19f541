import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { readJson } from './lenient-json.ts'
import { mistake } from './mistake.ts'

/** What an option's value may come from besides the line itself. */
export interface Inputs {
  /** The directory that relative paths start from. */
  readonly cwd: string
  /** All of standard input; it can be read once. */
  stdin(): Promise<Buffer>
}

/** How the text of an option becomes what is sent. */
export interface Kind {
  /** Stands for the value in the help. */
  readonly placeholder: string
  /** @param flag the option's name with its dashes, for the words of a refusal */
  read(text: string, flag: string, inputs: Inputs): unknown
}

/** As it stands: ids, words, addresses. Numbers go out as texts, too. */
export const word: Kind = { placeholder: 'TEXT', read: (text) => text }
export const id: Kind = { ...word, placeholder: 'ID' }

/** A text for people: `\n` is a line break, and `\\n` the two signs; what looks like JSON is left alone. */
export const text: Kind = {
  placeholder: 'TEXT',
  read: (given) => (isJson(given) ? given : given.replace(/\\?\\[nrvf]/g, (sign) => breaks[sign] ?? sign.slice(1))),
}
const breaks: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\v': '\v', '\\f': '\f' }

/** A secret that need not stand in the line, where other users of the machine can read it. */
export const secret: Kind = {
  placeholder: 'TEXT|@FILE|-',
  read: async (given, flag, inputs) =>
    given === '-' || given.startsWith('@') ? String(await bytesOf(given, flag, inputs)).trim() : given,
}

export const map: Kind = {
  placeholder: 'JSON|FILE|@FILE|-',
  async read(given, flag, inputs) {
    const value = await jsonOf(given, flag, inputs)
    if (!isMap(value)) throw mistake(`${flag} must be a JSON object such as {"TITLE":"MegaClient"}`)
    return value
  },
}

/** A list; a single value becomes a list of one. */
export const list: Kind = {
  placeholder: 'JSON|FILE|@FILE|-',
  async read(given, flag, inputs) {
    if (!isJson(given) && !isSource(given, inputs)) return [given]
    const value = await jsonOf(given, flag, inputs)
    return Array.isArray(value) ? value : [value]
  },
}

/** Only what `calendar.event.get` knows of, in its form: dates without time, sections as a list. */
export const calendarFilter: Kind = {
  ...map,
  async read(given, flag, inputs) {
    const filter = (await map.read(given, flag, inputs)) as Record<string, unknown>
    const kept: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(filter)) {
      if (key === 'section') kept[key] = Array.isArray(value) ? value : [value]
      if (key === 'from' || key === 'to') kept[key] = day.read(String(value), `"${key}" of ${flag}`, inputs)
    }
    return kept
  },
}

/** For what is worked out here, and not sent. */
export const truth: Kind = {
  placeholder: 'true|false',
  read(given, flag) {
    if (/^(true|yes|y|on|1)$/i.test(given)) return true
    if (/^(false|no|n|off|0)$/i.test(given)) return false
    throw mistake(`${flag} "${given}" is neither true nor false`)
  },
}

/** Portals are told of truths by a letter. */
export const letter: Kind = { ...truth, read: (...given) => (truth.read(...given) === true ? 'Y' : 'N') }
/** `--fire true` is `ACTIVE: 'N'`. */
export const oppositeLetter: Kind = { ...truth, read: (...given) => (truth.read(...given) === true ? 'N' : 'Y') }

/** Year, month, day and, perhaps, the time and its zone; `20240131` and `20240131235959` are read, too. */
const dates = /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i

function dateOf(given: string, flag: string): { day: string; time: string; zone: string } {
  const found = dates.exec(given.trim())
  const [, year, month, date, hour = '00', minute = '00', second = '00', zone = ''] = found ?? []
  const day = `${year}-${month}-${date}`
  const time = `${hour}:${minute}:${second}`
  // A 31st of February would become the 2nd of March.
  const instant = new Date(`${day}T${time}Z`)
  if (found === null || Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(`${day}T${time}`))
    throw mistake(`${flag} "${given}" is no date: expected 2024-01-31 or 2024-01-31T23:59:59`)
  return { day, time, zone: zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2') }
}

export const day: Kind = { placeholder: 'DATE', read: (given, flag) => dateOf(given, flag).day }

/** A time as the clock on the wall shows it. */
export const moment: Kind = {
  placeholder: 'DATETIME',
  read(given, flag) {
    const { day, time } = dateOf(given, flag)
    return `${day}T${time}`
  },
}

/** A time with the zone UTC, which one without a zone is taken to be in. */
export const utcMoment: Kind = {
  placeholder: 'DATETIME',
  read(given, flag) {
    const { day, time, zone } = dateOf(given, flag)
    return `${new Date(`${day}T${time}${zone || 'Z'}`).toISOString().slice(0, 19)}Z`
  },
}

/** The bytes of a file, or of a text in base64. */
export const bytes: Kind = {
  placeholder: 'FILE|@FILE|-|BASE64',
  async read(given, flag, inputs) {
    if (isSource(given, inputs)) return bytesOf(given, flag, inputs)
    if (/^[\w+/]{4,}={0,2}$/.test(given) && given.length % 4 === 0) return Buffer.from(given, 'base64')
    throw mistake(`${flag} "${shortened(given)}" is neither a file nor base64`)
  },
}

export const base64: Kind = {
  ...bytes,
  read: async (...given) => ((await bytes.read(...given)) as Buffer).toString('base64'),
}

/** `{"name":"path"}` as pairs of a name and the file's base64. */
export const files: Kind = {
  ...map,
  async read(given, flag, inputs) {
    const paths = Object.entries((await map.read(given, flag, inputs)) as Record<string, unknown>)
    return Promise.all(
      paths.map(async ([name, path]) => [name, await base64.read(String(path), `"${name}" of ${flag}`, inputs)]),
    )
  },
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isJson = (given: string): boolean => /^\s*[{[]/.test(given)

/** Whether the text only says where the value stands. */
const isSource = (given: string, { cwd }: Inputs): boolean =>
  given === '-' || given.startsWith('@') || isFile(resolve(cwd, given))

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    // Not there, or no path at all: JSON is too long for one.
    return false
  }
}

async function jsonOf(given: string, flag: string, inputs: Inputs): Promise<unknown> {
  if (/^\s*https?:\/\//i.test(given))
    throw mistake(
      `${flag} is an address: nothing is downloaded from here; fetch it first, and pipe it in with ${flag} -`,
    )
  const source = isSource(given, inputs)
  try {
    return readJson(source ? String(await bytesOf(given, flag, inputs)).replace(/^\uFEFF/, '') : given)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    const what = source ? `in ${given === '-' ? 'standard input' : given} ` : `"${shortened(given)}" `
    throw mistake(`${flag} ${what}is neither JSON nor a file: ${cause.message}`)
  }
}

async function bytesOf(source: string, flag: string, inputs: Inputs): Promise<Buffer> {
  if (source === '-') return inputs.stdin()
  const named = resolve(inputs.cwd, source)
  const path = isFile(named) ? named : resolve(inputs.cwd, source.replace(/^@/, ''))
  try {
    return readFileSync(path)
  } catch (cause) {
    throw mistake(`${flag}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

const shortened = (given: string): string => (given.length > 60 ? `${given.slice(0, 57)}…` : given)

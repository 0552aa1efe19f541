import { ConfigError } from '../../config/options.ts'
import { givenMap } from '../call/given-values.ts'
import type { Program } from '../command.ts'
import { type Reading } from './engine/cells.ts'
import { dateFormat } from './engine/dates.ts'
import { isHistory } from './engine/field.ts'
import { type Mapper } from './engine/mapping.ts'
import { type Cell, type Presets } from './engine/read-row.ts'
import type { ImportOptions, Policy } from './options.ts'

/** How a file is imported: what a journal keeps, so that an import is gone on with as it was begun. */
export interface Settings {
  readonly format: 'csv' | 'ndjson' | null
  readonly map: Readonly<Record<string, string>>
  readonly ignoreUnknown: boolean
  readonly defaults: Readonly<Record<string, unknown>>
  readonly set: readonly string[]
  readonly duplicates: Policy | null
  readonly match: readonly string[]
  readonly overwrite: boolean
  readonly mark: boolean
  readonly batch: number
  readonly delimiter: string | null
  readonly encoding: string | null
  readonly separator: string
  readonly decimal: '.' | ','
  readonly dateFormat: readonly string[]
  readonly formulas: boolean
  readonly keepHistory: boolean
  readonly files: string | null
  readonly errors: string | null
}

const standard: Settings = {
  format: null,
  map: {},
  ignoreUnknown: false,
  defaults: {},
  set: [],
  duplicates: null,
  match: [],
  overwrite: false,
  mark: false,
  batch: 50,
  delimiter: null,
  encoding: null,
  separator: ';',
  decimal: '.',
  dateFormat: [],
  formulas: true,
  keepHistory: false,
  files: null,
  errors: null,
}

/** What the line says, with the files that it names read. Throws ConfigError. */
export async function settingsOf(options: ImportOptions, program: Program): Promise<Settings> {
  const fromFile = options.mapFile === undefined ? {} : await givenMap('--map-file', `@${options.mapFile}`, program)
  const map: Record<string, string> = {}
  for (const [column, field] of Object.entries(fromFile)) {
    if (typeof field !== 'string' && field !== null)
      throw new ConfigError('--map-file', null, `--map-file: "${column}" is neither a field nor null`)
    map[column] = field ?? ''
  }
  for (const text of options.map) {
    // The last sign: names of columns may hold one, names of fields do not.
    const at = text.lastIndexOf('=')
    if (at <= 0) throw new ConfigError('--map', text, `--map "${text}" is refused: expected COLUMN=FIELD`)
    map[text.slice(0, at)] = text.slice(at + 1)
  }
  for (const name of options.dateFormat)
    if (dateFormat(name) === undefined)
      throw new ConfigError(
        '--date-format',
        name,
        `--date-format "${name}" is refused: expected a day, a month and a year, such as MM/DD/YYYY`,
      )
  if (options.duplicates !== undefined && options.duplicates !== 'add' && options.match.length === 0)
    throw new ConfigError(
      '--duplicates',
      null,
      `--duplicates ${options.duplicates} needs --match: by what are records the same?`,
    )
  if (options.overwrite && options.duplicates !== 'merge')
    throw new ConfigError('--overwrite', null, '--overwrite belongs to --duplicates merge')
  return {
    ...standard,
    format: options.format ?? null,
    map,
    ignoreUnknown: options.ignoreUnknown,
    defaults: options.defaults === undefined ? {} : await givenMap('--defaults', options.defaults, program),
    set: options.set,
    duplicates: options.duplicates ?? null,
    match: options.match,
    overwrite: options.overwrite,
    mark: options.mark,
    // A file is as large as many rows.
    batch: options.files === undefined ? options.batch : 1,
    delimiter: options.delimiter ?? null,
    encoding: options.encoding ?? null,
    separator: options.separator,
    decimal: options.decimal,
    dateFormat: options.dateFormat,
    formulas: options.formulas,
    keepHistory: options.keepHistory,
    files: options.files ?? null,
    errors: options.errors ?? null,
  }
}

/** The settings that an import was begun with; what the line says besides must be the same. Throws ConfigError. */
export function settingsToGoOn(given: Settings, begun: Readonly<Record<string, unknown>>): Settings {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  const other = (Object.keys(standard) as (keyof Settings)[]).filter(
    (key) => !same(given[key], standard[key]) && !same(given[key], begun[key]),
  )
  if (other.length > 0)
    throw new ConfigError(
      '--resume',
      null,
      `this import was begun with another ${other.map(flagOf).join(', ')}: go on as it was begun, or begin anew with --restart`,
    )
  return { ...standard, ...begun }
}

const flagOf = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

export const policyOf = ({ duplicates, match }: Settings): Policy => duplicates ?? (match.length > 0 ? 'skip' : 'add')

export const readingOf = ({ separator, decimal, dateFormat: names, files }: Settings): Reading => ({
  separator,
  decimal,
  dates: names.flatMap((name) => dateFormat(name) ?? []),
  files: files !== null,
})

/** The values of --defaults and --set under their fields. Throws ConfigError. */
export function presetsOf({ defaults, set, keepHistory }: Settings, mapper: Mapper): Presets {
  const column = (option: string, name: string): Cell['column'] => {
    const found = mapper.names.find(name)
    if (found === undefined)
      throw new ConfigError(option, name, `${option}: there is no field "${name}"${mapper.names.near(name)}`)
    if (found.field.readOnly && !(keepHistory && isHistory(found.field)))
      throw new ConfigError(option, name, `${option}: ${found.field.key} is read-only`)
    return { name: `${option} ${name}`, ...found }
  }
  return {
    defaults: Object.entries(defaults).map(([name, value]) => ({ column: column('--defaults', name), value })),
    sets: set.map((text) => {
      const at = text.indexOf('=')
      if (at <= 0) throw new ConfigError('--set', text, `--set "${text}" is refused: expected FIELD=value`)
      return { column: column('--set', text.slice(0, at)), value: text.slice(at + 1) }
    }),
  }
}

import { nearest } from '../../../config/nearest.ts'
import { type FieldInfo, isHistory, isMultifield, plainName } from './field.ts'

/** A column of a file, and the field that it fills. */
export interface Column {
  readonly name: string
  readonly field: FieldInfo
  /** The kind of contact point that it holds: `PHONE[MOBILE]`. */
  readonly kind?: string | undefined
  /** Read-only: it serves to find records, and is never written. */
  readonly matchOnly?: boolean | undefined
}

/** Why a column is left out. `unknown` ones are left out only when that is asked for. */
export type LeftOut = 'asked' | 'read-only' | 'unknown' | 'empty'

export interface MappingOptions {
  /** Names of columns, and the fields that they fill; an empty name leaves a column out. */
  readonly map?: Readonly<Record<string, string>>
  readonly ignoreUnknown?: boolean
  /** Creation dates and authors are brought along. */
  readonly keepHistory?: boolean
  /** Fields that records are found by, read-only ones too. */
  readonly match?: readonly string[]
}

/** A mapping that cannot be made; each problem is a sentence. */
export class MappingError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** `; did you mean X?`, or nothing. */
function suggestion(name: string, known: readonly string[]): string {
  const found = nearest(name, known)
  return found === undefined ? '' : `; did you mean ${found}?`
}

const KIND = /^(.+?)\s*(?:\[([A-Za-z0-9_]+)\])$/

interface Found {
  readonly field: FieldInfo
  readonly kind?: string | undefined
}

/** Fields by every name that somebody may call them. */
export class FieldNames {
  readonly #fields: readonly FieldInfo[]
  readonly #byKey: ReadonlyMap<string, FieldInfo>
  readonly #byPlain: ReadonlyMap<string, FieldInfo>

  constructor(fields: readonly FieldInfo[]) {
    this.#fields = fields
    this.#byKey = new Map(fields.map((field) => [field.key, field]))
    // The first of two that differ in case alone is the one that is declared first.
    this.#byPlain = new Map(fields.toReversed().map((field) => [plainName(field.key), field]))
  }

  /**
   * By the code, in any case; by a title; `PHONE[WORK]` and `PHONE_WORK` for one kind of contact point. Throws
   * {@link MappingError} for a title that several fields have.
   */
  find(name: string): Found | undefined {
    const written = name.trim()
    const field = this.#byKey.get(written) ?? this.#byPlain.get(plainName(written)) ?? this.#byTitle(written)
    if (field !== undefined) return { field }
    const [, base, kind] = KIND.exec(written) ?? []
    if (base !== undefined) {
      const owner = this.#byPlain.get(plainName(base)) ?? this.#byTitle(base)
      return owner !== undefined && isMultifield(owner) ? { field: owner, kind: kind?.toUpperCase() } : undefined
    }
    const [, first = '', rest] = /^([A-Za-z]+)[_ ]([A-Za-z0-9_]+)$/.exec(written) ?? []
    const owner = this.#byPlain.get(plainName(first))
    return owner !== undefined && isMultifield(owner) ? { field: owner, kind: rest?.toUpperCase() } : undefined
  }

  /** `; did you mean STATUS_ID?` */
  near(name: string): string {
    return suggestion(name, [...this.#fields.map(({ key }) => key), ...this.#fields.flatMap(({ titles }) => titles)])
  }

  #byTitle(name: string): FieldInfo | undefined {
    const wanted = name.trim().toLowerCase()
    const titled = this.#fields.filter(({ titles }) => titles.some((title) => title.toLowerCase() === wanted))
    // Of fields of one title, the one that can be written.
    const [only, ...others] = titled.length > 1 ? titled.filter(({ readOnly }) => !readOnly) : titled
    if (others.length > 0)
      throw new MappingError([
        `"${name}" is the title of several fields (${titled.map(({ key }) => key).join(', ')}): say --map '${name}=CODE'`,
      ])
    return only ?? titled[0]
  }
}

/** Finds the fields of columns, one at a time, since the columns of NDJSON show up with its rows. */
export class Mapper {
  readonly names: FieldNames
  readonly #options: MappingOptions
  readonly #map: ReadonlyMap<string, string>
  readonly #match: ReadonlySet<string>

  constructor(fields: readonly FieldInfo[], options: MappingOptions) {
    this.names = new FieldNames(fields)
    this.#options = options
    this.#map = new Map(
      Object.entries(options.map ?? {}).map(([column, field]) => [column.trim().toLowerCase(), field]),
    )
    this.#match = new Set(options.match ?? [])
  }

  /** The field of a column, or why it is left out. Throws {@link MappingError}. */
  column(name: string): Column | LeftOut {
    const mapped = this.#map.get(name.trim().toLowerCase())
    if (mapped?.trim() === '') return 'asked'
    if (mapped === undefined && name.trim() === '') return 'empty'
    const found = this.names.find(mapped ?? name)
    if (found === undefined) {
      if (mapped !== undefined)
        throw new MappingError([`--map: there is no field "${mapped}"${this.names.near(mapped)}`])
      if (this.#options.ignoreUnknown === true) return 'unknown'
      throw new MappingError([
        `column "${name}" is no field${this.names.near(name)} (--map '${name}=FIELD' names one, --map '${name}=' leaves it out)`,
      ])
    }
    const { field, kind } = found
    const column: Column = kind === undefined ? { name, field } : { name, field, kind }
    if (!field.readOnly || (this.#options.keepHistory === true && isHistory(field))) return column
    if (this.#match.has(field.key)) return { ...column, matchOnly: true }
    if (mapped !== undefined) throw new MappingError([`--map: ${field.key} is read-only`])
    return 'read-only'
  }

  /** All columns of a header, in their order. Throws {@link MappingError} with everything that is wrong. */
  header(names: readonly string[]): (Column | LeftOut)[] {
    const problems: string[] = []
    const columns = names.map((name) => {
      try {
        return this.column(name)
      } catch (cause) {
        if (!(cause instanceof MappingError)) throw cause
        problems.push(...cause.problems)
        return 'unknown' as const
      }
    })
    const known = new Set(names.map((name) => name.trim().toLowerCase()))
    for (const column of Object.keys(this.#options.map ?? {}))
      if (!known.has(column.trim().toLowerCase()))
        problems.push(`--map: there is no column "${column}"${suggestion(column, names)}`)
    problems.push(...twice(columns))
    if (problems.length > 0) throw new MappingError(problems)
    return columns
  }
}

/** A field that takes one value cannot be filled from two columns. */
function twice(columns: readonly (Column | LeftOut)[]): string[] {
  const seen = new Map<string, string>()
  return columns.flatMap((column) => {
    if (typeof column === 'string') return []
    const { key, multiple } = column.field
    const first = seen.get(key)
    seen.set(key, column.name)
    return first === undefined || multiple ? [] : [`columns "${first}" and "${column.name}" both fill ${key}`]
  })
}

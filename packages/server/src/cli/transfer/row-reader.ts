import { CellFault, isFileValue, type Reading } from './engine/cells.ts'
import type { Facts } from './engine/facts.ts'
import type { FieldInfo } from './engine/field.ts'
import { type Column, type LeftOut, type Mapper, MappingError } from './engine/mapping.ts'
import { type Cell, csvCells, type Presets, type ReadRow, readRow, type RowFault } from './engine/read-row.ts'
import { ERROR_COLUMNS } from './error-file.ts'
import type { Files } from './files.ts'
import type { RawRow } from './source.ts'

const ours = new Set<string>(ERROR_COLUMNS)

/** The columns of a header. Those that an error file has added are no columns of the input. */
export function headerColumns(header: readonly string[], mapper: Mapper): (Column | LeftOut)[] {
  const isErrorFile = ERROR_COLUMNS.every((name) => header.includes(name))
  const own = header.filter((name) => !(isErrorFile && ours.has(name)))
  const columns = mapper.header(own)
  let at = 0
  return header.map((name) => (isErrorFile && ours.has(name) ? 'asked' : (columns[at++] ?? 'unknown')))
}

/** The fields that a header fills. */
export const fieldsIn = (columns: readonly (Column | LeftOut)[]): FieldInfo[] =>
  columns.flatMap((column) => (typeof column === 'string' ? [] : [column.field]))

/** Reads rows of a file, one at a time: no more than one is ever held. */
export class RowReader {
  readonly #columns: readonly (Column | LeftOut)[]
  readonly #mapper: Mapper
  readonly #given: { facts: Facts; reading: Reading; presets: Presets; formulas: boolean; files: Files | undefined }
  /** Columns of NDJSON, as they turn up. */
  readonly #keys = new Map<string, Column | LeftOut | MappingError>()

  constructor(
    mapper: Mapper,
    columns: readonly (Column | LeftOut)[],
    given: { facts: Facts; reading: Reading; presets: Presets; formulas: boolean; files: Files | undefined },
  ) {
    this.#mapper = mapper
    this.#columns = columns
    this.#given = given
  }

  async read(raw: RawRow): Promise<ReadRow> {
    const { line, fault } = raw
    if (fault !== undefined) return unreadable(line, { line, column: '', value: '', ...fault })
    const faults: RowFault[] = []
    const cells = raw.cells === undefined ? this.#cellsOf(raw, faults) : csvCells(raw.cells, this.#columns, this.#given)
    const row = readRow({ line, cells }, this.#given)
    faults.push(...(await this.#fileFaults(row)))
    return faults.length === 0 ? row : { ...row, faults: [...faults, ...row.faults] }
  }

  #cellsOf({ record = {}, line }: RawRow, faults: RowFault[]): Cell[] {
    return Object.entries(record).flatMap(([name, value]) => {
      if (ours.has(name)) return []
      // The contact points of items stand together.
      if (name === 'fm' && Array.isArray(value)) return this.#points(value)
      const column = this.#column(name)
      if (typeof column === 'string') return []
      if (!(column instanceof MappingError)) return [{ column, value }]
      faults.push({ line, column: name, value: '', code: 'UNKNOWN_COLUMN', reason: column.problems.join('; ') })
      return []
    })
  }

  #points(values: readonly unknown[]): Cell[] {
    return [...new Set(values.map(typeOf))].flatMap((type) => {
      const column = type === undefined ? undefined : this.#column(type)
      if (column === undefined || typeof column === 'string' || column instanceof MappingError) return []
      return [{ column, value: values.filter((value) => typeOf(value) === type) }]
    })
  }

  #column(name: string): Column | LeftOut | MappingError {
    let column = this.#keys.get(name)
    if (column === undefined) {
      try {
        column = this.#mapper.column(name)
      } catch (cause) {
        if (!(cause instanceof MappingError)) throw cause
        column = cause
      }
      // Rows of a foreign file may have any number of names.
      if (this.#keys.size < 10_000) this.#keys.set(name, column)
    }
    return column
  }

  async #fileFaults({ fields, line }: ReadRow): Promise<RowFault[]> {
    const { files } = this.#given
    if (files === undefined) return []
    const faults: RowFault[] = []
    for (const [column, value] of Object.entries(fields))
      for (const each of Array.isArray(value) ? value : [value]) {
        if (!isFileValue(each)) continue
        try {
          await files.check(each.path)
        } catch (cause) {
          if (!(cause instanceof CellFault)) throw cause
          faults.push({ line, column, value: `@${each.path}`, code: 'FILE', reason: cause.message })
        }
      }
    return faults
  }
}

const typeOf = (value: unknown): string | undefined => {
  const type =
    typeof value === 'object' && value !== null
      ? ((value as Record<string, unknown>).typeId ?? (value as Record<string, unknown>).TYPE_ID)
      : undefined
  return typeof type === 'string' ? type.toUpperCase() : undefined
}

const unreadable = (line: number, fault: RowFault): ReadRow => ({
  line,
  fields: {},
  points: [],
  finding: {},
  links: [],
  faults: [fault],
  missing: [],
})

import { CellFault, isLinkValue, type LinkValue, readCell, type Reading, readOne } from './cells.ts'
import { pointFields, pointsOf, readPoints, type ContactPoint } from './contact-points.ts'
import { allStages, choose, type Facts, isStage, stageDirectory } from './facts.ts'
import { type FieldInfo, isFile, isMultifield, isRow } from './field.ts'
import type { Column } from './mapping.ts'
import { unescapeFormula } from './formula.ts'

/** What is wrong with a row, at one of its cells. */
export interface RowFault {
  readonly line: number
  readonly column: string
  readonly value: string
  readonly code: string
  /** Continues the sentence "the value …". */
  readonly reason: string
}

/** A cell of a row: its column, and its text or its JSON value. */
export interface Cell {
  readonly column: Column
  readonly value: unknown
}

/** A link that the portal has to be asked about. `place` is its place in the list of a field that takes several. */
export interface LinkUse {
  readonly column: string
  readonly key: string
  readonly place: number | undefined
  readonly link: LinkValue
}

/** A row as a write of the API takes it. */
export interface ReadRow {
  readonly line: number
  /** Without contact points; values that stand for files are still to be read, and those for links to be looked up. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly points: readonly ContactPoint[]
  /** Values of read-only fields, which only find records. */
  readonly finding: Readonly<Record<string, unknown>>
  readonly links: readonly LinkUse[]
  readonly faults: readonly RowFault[]
  /** Faults of a row that becomes a new record: what it lacks. */
  readonly missing: readonly RowFault[]
}

/** Values that rows get beside those of their columns. */
export interface Presets {
  /** Where a row has no value. */
  readonly defaults: readonly Cell[]
  /** Whatever a row has. */
  readonly sets: readonly Cell[]
}

export const noPresets: Presets = { defaults: [], sets: [] }
const MAX_SHOWN = 80

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

/** Reads the cells of a row and checks them against the fields and what else is known of the portal. */
export function readRow(
  { line, cells }: { readonly line: number; readonly cells: readonly Cell[] },
  { facts, reading, presets = noPresets }: { facts: Facts; reading: Reading; presets?: Presets },
): ReadRow {
  const faults: RowFault[] = []
  const fields: Record<string, unknown> = {}
  const finding: Record<string, unknown> = {}
  const points: ContactPoint[] = []
  const columns = new Map<string, string>()

  const take = ({ column, value }: Cell): void => {
    const { field, kind } = column
    try {
      if (isMultifield(field)) {
        const found = readContact(value, field, reading, kind)
        if (found.length === 0) return
        points.push(...found)
      } else {
        const read = readValue(value, field, facts, reading)
        if (read === undefined) return
        const into = column.matchOnly === true ? finding : fields
        const before = into[field.key]
        into[field.key] = Array.isArray(before) && Array.isArray(read) ? [...before, ...read] : read
      }
      columns.set(field.key, column.name)
    } catch (cause) {
      if (!(cause instanceof CellFault)) throw cause
      columns.set(field.key, column.name)
      faults.push({ line, column: column.name, value: shown(value), code: cause.code, reason: cause.message })
    }
  }

  const overridden = new Set(presets.sets.map(({ column }) => column.field.key))
  for (const cell of cells) if (!overridden.has(cell.column.field.key)) take(cell)
  if (columns.size === 0)
    faults.push({ line, column: '', value: '', code: 'EMPTY', reason: 'has no value in any column that is imported' })
  for (const cell of presets.sets) take(cell)
  for (const cell of presets.defaults) if (!columns.has(cell.column.field.key)) take(cell)

  faults.push(...settleStage(fields, facts, columns, line))
  return {
    line,
    fields,
    points,
    finding,
    links: linksOf(fields, columns),
    faults,
    missing: missingOf(facts, columns, line),
  }
}

function readContact(
  value: unknown,
  { key }: FieldInfo,
  { separator }: Reading,
  kind: string | undefined,
): ContactPoint[] {
  if (typeof value === 'string') return readPoints(value, key, separator, kind)
  return pointsOf(value, key)
}

/** A cell of CSV is a text; the values of NDJSON have types, and lists are lists. */
function readValue(value: unknown, field: FieldInfo, facts: Facts, reading: Reading): unknown {
  if (typeof value === 'string') return readCell(value, field, facts, reading)
  if (value === null || value === undefined) return undefined
  if (Array.isArray(value)) {
    if (!field.multiple && !isFile(field)) throw new CellFault('is a list, and the field takes one value')
    const list = value
      .map((each: unknown) => readItem(each, field, facts, reading))
      .filter((each) => each !== undefined)
    return list.length === 0 ? undefined : list
  }
  // `false` is how some portals write "nothing" in fields that are no flags.
  if (value === false && !/^(boolean|char)$/.test(field.type)) return undefined
  const read = readItem(value, field, facts, reading)
  return field.multiple && read !== undefined ? [read] : read
}

function readItem(value: unknown, field: FieldInfo, facts: Facts, reading: Reading): unknown {
  if (value === null || value === undefined || value === '') return undefined
  if (isRow(value)) {
    if (isFile(field) && !('fileData' in value))
      throw new CellFault('is a file, which is taken only as @PATH with --files DIRECTORY', 'FILE')
    return value
  }
  if (Array.isArray(value)) return value
  // Fractions of JSON follow a point, whatever the file's texts do.
  return typeof value === 'number'
    ? readOne(String(value), field, facts, { ...reading, decimal: '.' })
    : readOne(typeof value === 'boolean' ? (value ? 'Y' : 'N') : String(value), field, facts, reading)
}

/** A stage belongs to the pipeline of its row, and so is read when that is known. */
function settleStage(
  fields: Record<string, unknown>,
  facts: Facts,
  columns: ReadonlyMap<string, string>,
  line: number,
): RowFault[] {
  const stage = facts.fields.find(isStage)
  const written = stage === undefined ? undefined : fields[stage.key]
  if (stage === undefined || typeof written !== 'string' || facts.statuses === undefined) return []
  const category = Object.entries(fields).find(([key]) => /^category_?id$/i.test(key))?.[1]
  const preset = facts.categories?.find(({ isDefault }) => isDefault)?.id ?? 0
  const directory = stageDirectory(facts, category === undefined ? preset : Number(category))
  const inPipeline = directory === undefined ? undefined : facts.statuses.get(directory)
  const choices = inPipeline ?? allStages(facts)
  if (choices.length === 0) return []
  // Without a pipeline, a stage of another one says which.
  const found = choose(choices, written) ?? (category === undefined ? choose(allStages(facts), written) : undefined)
  if (found !== undefined) {
    fields[stage.key] = found.code
    return []
  }
  const names = choices.map(({ code }) => code)
  const reason = `is no stage${category === undefined ? '' : ` of pipeline ${shown(category)}`}: ${names.join(', ')}`
  return [{ line, column: columns.get(stage.key) ?? stage.key, value: written, code: 'UNKNOWN_CODE', reason }]
}

function linksOf(fields: Readonly<Record<string, unknown>>, columns: ReadonlyMap<string, string>): LinkUse[] {
  return Object.entries(fields).flatMap(([key, value]): LinkUse[] => {
    const column = columns.get(key) ?? key
    if (isLinkValue(value)) return [{ column, key, place: undefined, link: value }]
    if (!Array.isArray(value)) return []
    return value.flatMap((each, place) => (isLinkValue(each) ? [{ column, key, place, link: each }] : []))
  })
}

const missingOf = ({ fields }: Facts, columns: ReadonlyMap<string, string>, line: number): RowFault[] =>
  fields
    .filter(({ key, required, readOnly }) => required && !readOnly && !columns.has(key))
    .map(({ key }) => ({ line, column: key, value: '', code: 'REQUIRED', reason: 'is required and missing' }))

/** The parameters of a write. Links must have been settled, and files read. */
export function writeFields(
  { fields, points }: Pick<ReadRow, 'fields' | 'points'>,
  { dialect }: Pick<Facts, 'dialect'>,
): Record<string, unknown> {
  const plain = (value: unknown): unknown => (isLinkValue(value) ? (value.id ?? '') : value)
  return {
    ...Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [key, Array.isArray(value) ? value.map(plain) : plain(value)]),
    ),
    ...pointFields(points, dialect),
  }
}

/** The cells of a line of CSV under their columns. What an export has escaped is as it was again. */
export function csvCells(
  values: readonly string[],
  columns: readonly (Column | string)[],
  { formulas }: { readonly formulas: boolean },
): Cell[] {
  return values.flatMap((value, index) => {
    const column = columns[index]
    if (column === undefined || typeof column === 'string') return []
    return [{ column, value: formulas ? unescapeFormula(value) : value }]
  })
}

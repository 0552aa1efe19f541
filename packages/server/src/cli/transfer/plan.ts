import { type ContactPoint, pointFields, pointsOfRow } from './engine/contact-points.ts'
import { keysOf, type Known, mergeOf, notShown, type Rule } from './engine/duplicates.ts'
import type { Facts } from './engine/facts.ts'
import { type FieldInfo, isMultifield } from './engine/field.ts'
import { type ReadRow, type RowFault, writeFields } from './engine/read-row.ts'
import type { Files } from './files.ts'
import type { Lookups } from './lookups.ts'
import type { Policy } from './options.ts'
import type { Call, Subject } from './subject.ts'

/** A row of the file, and what was read of it. */
export interface Numbered {
  readonly row: number
  readonly read: ReadRow
}

/** One write, and the rows that it is for: with `merge`, several rows may be one record. */
export interface Planned extends Call {
  readonly do: 'add' | 'merge'
  readonly rows: readonly number[]
  /** Of a merge. */
  readonly id?: string
}

export interface Plan {
  readonly commands: readonly Planned[]
  /** Rows that need no write: their records are there, or have everything already. */
  readonly skipped: readonly { readonly row: number; readonly of: string }[]
  readonly merged: readonly number[]
  readonly refused: readonly { readonly row: number; readonly faults: readonly RowFault[] }[]
}

export interface Planning {
  readonly subject: Subject
  readonly facts: Facts
  readonly lookups: Lookups
  readonly rules: readonly Rule[]
  readonly policy: Policy
  readonly overwrite: boolean
  readonly keepHistory: boolean
  /** Written into ORIGINATOR_ID, with the row's number in ORIGIN_ID. */
  readonly mark: string | undefined
  /** Where cells may name files of. */
  readonly files: Files | undefined
}

interface Target {
  readonly id: string | undefined
  /** What the record has, or will have before the next row of it. */
  known: Known
  fields: Readonly<Record<string, unknown>>
  points: readonly ContactPoint[]
  readonly rows: Numbered[]
}

/** Decides what becomes of some rows. Asks the portal, and writes nothing. */
export async function planRows(rows: readonly Numbered[], planning: Planning): Promise<Plan> {
  const { lookups, rules, policy } = planning
  const lost = await lookups.settleLinks(rows.map(({ read }) => read).filter(isGood))
  const refused: { row: number; faults: RowFault[] }[] = []
  const good: Numbered[] = []
  for (const each of rows) {
    const faults = [...each.read.faults, ...(lost.get(each.read) ?? [])]
    // What a bad row lacks is told with the rest.
    if (faults.length > 0) refused.push({ row: each.row, faults: [...faults, ...each.read.missing] })
    else good.push(each)
  }
  if (policy === 'add' || rules.length === 0) {
    const whole = good.filter(({ row, read }) => isWhole(row, read, refused))
    return { commands: whole.map((each) => addition(fresh(each), planning)), skipped: [], merged: [], refused }
  }
  return planUnique(good, refused, planning)
}

const isGood = ({ faults }: ReadRow): boolean => faults.length === 0

function isWhole(row: number, { missing }: ReadRow, refused: { row: number; faults: RowFault[] }[]): boolean {
  if (missing.length > 0) refused.push({ row, faults: [...missing] })
  return missing.length === 0
}

const fresh = (each: Numbered): Target => ({
  id: undefined,
  known: { fields: each.read.fields, points: each.read.points },
  fields: each.read.fields,
  points: each.read.points,
  rows: [each],
})

async function planUnique(
  rows: readonly Numbered[],
  refused: { row: number; faults: RowFault[] }[],
  planning: Planning,
): Promise<Plan> {
  const { lookups, rules, policy } = planning
  const about = new Map(planning.facts.fields.map((field) => [field.key, field]))
  const existing = await lookups.existing(
    rows.map(({ read }) => read),
    rules,
  )
  const records = policy === 'merge' ? await recordsOf([...new Set(existing.values())], rows, planning) : undefined
  const targets: Target[] = []
  const byId = new Map<string, Target>()
  const byKey = new Map<string, Target>()
  const skipped: { row: number; of: string }[] = []

  for (const each of rows) {
    const { row, read } = each
    const id = existing.get(read)
    const keys = rules.flatMap((rule, index) => keysOf(read, rule).map((key) => `${index} ${key}`))
    const before = keys.map((key) => byKey.get(key)).find((target) => target !== undefined)
    const sameAs =
      id === undefined ? before : (byId.get(id) ?? (records === undefined ? undefined : known(id, records)))
    const twin = id === undefined ? before && `line ${before.rows[0]?.read.line}` : `record ${id}`
    if (twin === undefined) {
      if (!isWhole(row, read, refused)) continue
      const target = fresh(each)
      targets.push(target)
      for (const key of keys) byKey.set(key, target)
    } else if (policy === 'fail') {
      const reason = `is the same as ${twin}`
      refused.push({ row, faults: [{ line: read.line, column: '', value: '', code: 'DUPLICATE', reason }] })
    } else if (policy === 'skip' || sameAs === undefined) skipped.push({ row, of: twin })
    else {
      if (!targets.includes(sameAs)) targets.push(sameAs)
      if (id !== undefined) byId.set(id, sameAs)
      for (const key of keys) if (!byKey.has(key)) byKey.set(key, sameAs)
      absorb(sameAs, each, about, planning.overwrite)
    }
  }
  const idle = targets.filter((target) => target.id !== undefined && isIdle(target))
  return {
    commands: targets
      .filter((target) => !idle.includes(target))
      .map((target) => (target.id === undefined ? addition(target, planning) : change(target, target.id, planning))),
    skipped,
    merged: idle.flatMap((target) => target.rows.map(({ row }) => row)),
    refused,
  }
}

/** The records that rows are merged into, with the fields that the rows have. */
async function recordsOf(
  ids: readonly string[],
  rows: readonly Numbered[],
  { lookups, facts }: Planning,
): Promise<ReadonlyMap<string, Known>> {
  const keys = new Set(rows.flatMap(({ read }) => Object.keys(read.fields)))
  const points = facts.fields.filter(isMultifield)
  const written = facts.fields.filter(({ key }) => keys.has(key))
  const found = await lookups.records(ids, [...written, ...points])
  return new Map(
    [...found].map(([id, row]) => {
      const unknown = written.filter(({ key }) => !(key in row)).map(({ key }) => [key, notShown])
      return [
        id,
        {
          fields: { ...row, ...Object.fromEntries(unknown) },
          points: points.flatMap((field) => pointsOfRow(row, field)),
        },
      ]
    }),
  )
}

function known(id: string, records: ReadonlyMap<string, Known>): Target | undefined {
  const record = records.get(id)
  return record && { id, known: record, fields: {}, points: [], rows: [] }
}

/** Puts a row into a record that it is the same as, on top of the rows before it. */
function absorb(target: Target, each: Numbered, about: ReadonlyMap<string, FieldInfo>, overwrite: boolean): void {
  const { fields, points } = mergeOf(target.known, each.read, { overwrite, about })
  target.known = {
    fields: { ...target.known.fields, ...fields },
    points: [...target.known.points, ...points],
  }
  target.fields = { ...target.fields, ...fields }
  target.points = [...target.points, ...points]
  target.rows.push(each)
}

const isIdle = ({ fields, points }: Target): boolean => Object.keys(fields).length === 0 && points.length === 0

function addition({ fields, points, rows }: Target, { subject, facts, keepHistory, mark }: Planning): Planned {
  const [first] = rows
  const marked = mark === undefined ? {} : markOf(subject, mark, first?.row ?? 0)
  const call = subject.add({ ...writeFields({ fields, points }, facts), ...marked }, keepHistory)
  return { ...call, do: 'add', rows: rows.map(({ row }) => row) }
}

export const markKeys = ({ dialect }: Pick<Subject, 'dialect'>): readonly [string, string] =>
  dialect === 'item' ? ['originatorId', 'originId'] : ['ORIGINATOR_ID', 'ORIGIN_ID']

function markOf(subject: Subject, mark: string, row: number): Record<string, string> {
  const [originator, origin] = markKeys(subject)
  return { [originator]: mark, [origin]: String(row) }
}

function change({ fields, points, rows }: Target, id: string, { subject, facts }: Planning): Planned {
  const call = subject.update(id, {
    ...writeFields({ fields, points: [] }, facts),
    ...added(pointFields(points, facts.dialect)),
  })
  return { ...call, do: 'merge', rows: rows.map(({ row }) => row), id }
}

/** Keys that are no ids add (tutorials/crm/how-to-edit-crm-objects/how-to-change-email-or-phone.md). */
const added = (fields: Readonly<Record<string, unknown[]>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, values]) => [
      key,
      Object.fromEntries(values.map((value, index) => [`n${index}`, value])),
    ]),
  )

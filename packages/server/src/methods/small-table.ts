import { Entity, type Field } from '../schema/entity.ts'
import type { FilterOp } from '../schema/filter.ts'
import type { Scalar } from '../schema/kind.ts'
import type { Wire } from '../schema/wire.ts'
import type { Order } from '../store/entity-query.ts'
import type { Test } from '../store/entity-test.ts'
import { readFilter, readOrder } from './conditions.ts'
import type { Call, Map } from './method.ts'

/**
 * Small tables (directories, currencies, smart processes) are described like entities, so that their lists have the
 * same names, filters and errors as those of records; but they are read whole and sifted in memory.
 */
export type SmallRow = Readonly<Record<string, Scalar>>

export const smallTable = (name: string, title: string, fields: Record<string, (name: string) => Field>): Entity =>
  new Entity({ name, title, table: name, entityTypeId: 0, fields })

/** A row in a dialect: these fields, or all that live in columns. Rows may have an order that descriptions don't. */
export function encodeSmallRow(
  table: Entity,
  row: SmallRow,
  wire: Wire,
  call: Call,
  names?: readonly string[],
): Record<string, unknown> {
  const encoded: Record<string, unknown> = {}
  for (const field of names?.map((name) => table.field(name)) ?? table.columns) {
    const key = wire.key(field)
    if (key !== undefined) encoded[key] = wire.value(row[field.name] ?? null, field, call.encode)
  }
  return encoded
}

/** Fields as sent, under the table's own names: `TITLE` is `title`. What the table doesn't know keeps its key. */
export const named = (table: Entity, fields: Map): Map =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [(table.byName.get(key) ?? table.loosely(key))?.name ?? key, value]),
  )

/** The rows that a list call asks for, in its order; equal ones keep the order in which they are given. */
export function sift<R extends SmallRow>(
  table: Entity,
  wire: Wire,
  rows: readonly R[],
  { filter, order }: { filter?: unknown; order: unknown },
  call: Call,
): R[] {
  const test = readFilter(table, wire, filter, { zone: call.portal.zone })
  const terms = readOrder(table, wire, order)
  const found = rows.filter((row) => test === undefined || passes(row, test))
  return terms.length === 0 ? found : found.sort((a, b) => compareRows(a, b, terms))
}

function compareRows(a: SmallRow, b: SmallRow, terms: readonly Order[]): number {
  for (const { field, direction } of terms) {
    const by = compare(a[field.name] ?? null, b[field.name] ?? null, field, true)
    if (by !== 0) return direction === 'ASC' ? by : -by
  }
  return 0
}

/** As the databases do it: nothing comes before everything, numbers by size, texts for people without regard to case. */
function compare(a: Scalar, b: Scalar, field: Field, folded: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  if (field.kind.column !== 'text') return Number(a) - Number(b)
  const [left, right] = folded ? [fold(a), fold(b)] : [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

const fold = (value: Scalar): string => String(value ?? '').toLowerCase()

function passes(row: SmallRow, test: Test): boolean {
  switch (test.is) {
    case 'constant':
      return test.value
    case 'group':
      if (test.members.length === 0) return true
      return test.logic === 'AND'
        ? test.members.every((member) => passes(row, member))
        : test.members.some((member) => passes(row, member))
    case 'empty': {
      const value = row[test.field.name] ?? null
      return (value === null || value === test.field.kind.empty) !== test.negate
    }
    case 'compare': {
      const opposite = opposites[test.op]
      const value = row[test.field.name] ?? null
      const holds = value !== null && meets(value, test.field, opposite ?? test.op, test.values)
      return opposite === undefined ? holds : !holds
    }
    case 'among':
      throw new Error(`${test.shape} is not in memory`)
  }
}

const opposites: Partial<Record<FilterOp, FilterOp>> = {
  ne: 'eq',
  notIn: 'in',
  notContains: 'contains',
  notLike: 'like',
  notBetween: 'between',
}

function meets(value: Scalar, field: Field, op: FilterOp, operands: readonly Scalar[]): boolean {
  const [first = null, second = null] = operands
  const by = (operand: Scalar): number => compare(value, operand, field, false)
  switch (op) {
    case 'in':
      return operands.some((operand) => by(operand) === 0)
    case 'gt':
      return by(first) > 0
    case 'gte':
      return by(first) >= 0
    case 'lt':
      return by(first) < 0
    case 'lte':
      return by(first) <= 0
    case 'between':
      return by(first) >= 0 && by(second) <= 0
    case 'contains':
    case 'search':
      return operands.some((operand) => fold(value).includes(fold(operand)))
    case 'like':
      return operands.some((operand) => isLike(fold(value), fold(operand)))
    default:
      return by(first) === 0
  }
}

/** `%` stands for any text. Parts are looked for from left to right, so that no pattern can take long. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('%')
  const [head = '', tail = ''] = [parts[0], parts.at(-1)]
  if (parts.length === 1) return text === head
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false
  let from = head.length
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return from <= text.length - tail.length
}

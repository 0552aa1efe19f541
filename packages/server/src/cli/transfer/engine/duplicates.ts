import { isLinkValue } from './cells.ts'
import { type ContactPoint, plainPoint, pointsOfRow } from './contact-points.ts'
import { type FieldInfo, isMultifield, linkTarget } from './field.ts'
import { type FieldNames, MappingError } from './mapping.ts'
import type { ReadRow } from './read-row.ts'

/** Fields that tell a record when all of them are alike. */
export type Rule = readonly FieldInfo[]
/** What a row says, for comparing and merging. */
export type Said = Pick<ReadRow, 'fields' | 'finding' | 'points'>
type Row = Readonly<Record<string, unknown>>

/**
 * Reads `PHONE,EMAIL,NAME+LAST_NAME`: records are the same when one of the rules holds.
 * Throws {@link MappingError}.
 */
export function readRules(given: readonly string[], names: FieldNames): Rule[] {
  const written = given.flatMap((each) => each.split(',')).map((each) => each.trim())
  return written.filter(Boolean).map((rule) => {
    const fields = rule.split('+').map((name) => {
      const found = names.find(name)
      if (found === undefined) throw new MappingError([`--match: there is no field "${name}"${names.near(name)}`])
      return found.field
    })
    for (const field of fields) {
      if (isMultifield(field) && fields.length > 1)
        throw new MappingError([`--match: ${field.key} stands for itself and cannot be one of several`])
      if (isMultifield(field) && field.key !== 'PHONE' && field.key !== 'EMAIL')
        throw new MappingError([
          `--match: only PHONE and EMAIL of the contact points can be looked for, not ${field.key}`,
        ])
      if (field.multiple && !isMultifield(field)) throw new MappingError([`--match: ${field.key} holds several values`])
    }
    return fields
  })
}

const NUMBERS = /^(double|float|integer|int|money)$/

/** What two spellings of one value have in common; empty for no value. */
function plainValue(value: unknown, { type }: FieldInfo): string {
  const text = isLinkValue(value)
    ? (value.id ?? '')
    : typeof value === 'string' || typeof value === 'number'
      ? String(value).trim()
      : ''
  if (text === '') return ''
  if (type === 'date') return text.slice(0, 10)
  if (type === 'datetime' && !Number.isNaN(Date.parse(text))) return String(Date.parse(text))
  return NUMBERS.test(type) && Number.isFinite(Number(text)) ? String(Number(text)) : text.toLowerCase()
}

/** The keys of a row under a rule: two records with a key in common are the same. */
export function keysOf({ fields, finding, points }: Said, rule: Rule): string[] {
  const [first] = rule
  if (first === undefined) return []
  if (isMultifield(first)) return plainPoints(points, first)
  return combined(rule.map((field) => plainValue(fields[field.key] ?? finding[field.key], field)))
}

/** The same of a row that the API has given. */
export function keysOfRow(row: Row, rule: Rule): string[] {
  const [first] = rule
  if (first === undefined) return []
  if (isMultifield(first)) return plainPoints(pointsOfRow(row, first), first)
  return combined(rule.map((field) => plainValue(row[field.key], field)))
}

const plainPoints = (points: readonly ContactPoint[], { key }: FieldInfo): string[] => [
  ...new Set(points.filter(({ type }) => type === key).map(plainPoint)),
]
const combined = (values: readonly string[]): string[] => (values.includes('') ? [] : [JSON.stringify(values)])

/** Stands for the value of a field that the portal does not show: whatever it is, it is not filled. */
export const notShown = Symbol('not shown')

/** Values that a merge may fill. A sum or a link of 0 is none. */
function isNothing(value: unknown, field: FieldInfo | undefined): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true
  if (Array.isArray(value)) return value.length === 0
  const mayBeZero = field !== undefined && !NUMBERS.test(field.type) && linkTarget(field) === undefined
  return !mayBeZero && /^0(\.0+)?$/.test(typeof value === 'string' || typeof value === 'number' ? String(value) : '')
}

/** What is known of a record that a row is merged into. */
export interface Known {
  readonly fields: Row
  readonly points: readonly ContactPoint[]
}

export interface Merged {
  readonly fields: Readonly<Record<string, unknown>>
  readonly points: readonly ContactPoint[]
}

/** What a row changes in a record: empty fields get its values, and new contact points are added. */
export function mergeOf(
  known: Known,
  { fields, points }: Pick<Said, 'fields' | 'points'>,
  { overwrite, about }: { readonly overwrite: boolean; readonly about: ReadonlyMap<string, FieldInfo> },
): Merged {
  const differs = (key: string, value: unknown): boolean => {
    const field = about.get(key)
    return field === undefined || field.multiple || plainValue(known.fields[key], field) !== plainValue(value, field)
  }
  const there = new Set(known.points.map((point) => `${point.type} ${plainPoint(point)}`))
  return {
    fields: Object.fromEntries(
      Object.entries(fields).filter(
        ([key, value]) => isNothing(known.fields[key], about.get(key)) || (overwrite && differs(key, value)),
      ),
    ),
    points: points.filter((point) => {
      const name = `${point.type} ${plainPoint(point)}`
      if (there.has(name)) return false
      there.add(name)
      return true
    }),
  }
}

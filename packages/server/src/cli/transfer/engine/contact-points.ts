import type { Dialect, FieldInfo } from './field.ts'
import { isRow, multifieldTypes } from './field.ts'
import { joinList, splitList } from './list-cell.ts'

/** A phone, an e-mail, a site or a messenger. */
export interface ContactPoint {
  readonly type: string
  /** `WORK`, `MOBILE`, … */
  readonly kind: string
  readonly value: string
}

const STANDARD = 'WORK'
/** `+49 30 123456 [MOBILE]`: what stands in brackets at the end is the kind. */
const MARKED = /^(.*?)\s*\[([A-Za-z0-9_]+)\]$/s

const isType = (name: string): boolean => multifieldTypes.some((type) => type === name)
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** The values of a cell; `kind` is what its column says of those that say nothing themselves. */
export function readPoints(cell: string, type: string, separator: string, kind = STANDARD): ContactPoint[] {
  return splitList(cell, separator).flatMap((each) => {
    const [, value = '', own = kind] = MARKED.exec(each) ?? []
    return value === '' ? [{ type, kind, value: each }] : [{ type, kind: own.toUpperCase(), value }]
  })
}

/** The reverse of {@link readPoints}. */
export function writePoints(points: readonly ContactPoint[], separator: string): string {
  const one = ({ kind, value }: ContactPoint): string =>
    kind === STANDARD && !MARKED.test(value) ? value : `${value} [${kind}]`
  return joinList(points.map(one), separator)
}

/** The values of one field of a row: `PHONE: [{VALUE, VALUE_TYPE}]`, `fm: [{typeId, valueType, value}]`, or plain texts. */
export function pointsOf(input: unknown, type: string | undefined): ContactPoint[] {
  const list = Array.isArray(input) ? input : input === null || input === undefined || input === false ? [] : [input]
  return list.flatMap((each: unknown): ContactPoint[] => {
    if (!isRow(each)) {
      const value = text(each)
      return value === '' || type === undefined ? [] : [{ type, kind: STANDARD, value }]
    }
    const own = type ?? text(each.typeId ?? each.TYPE_ID).toUpperCase()
    const value = text(each.VALUE ?? each.value)
    const kind = (text(each.VALUE_TYPE ?? each.valueType) || STANDARD).toUpperCase()
    return value === '' || !isType(own) ? [] : [{ type: own, kind, value }]
  })
}

/** Points as a write takes them, by the field that they stand in. */
export function pointFields(points: readonly ContactPoint[], dialect: Dialect): Record<string, unknown[]> {
  const fields: Record<string, unknown[]> = {}
  for (const { type, kind, value } of points) {
    const key = dialect === 'item' ? 'fm' : type
    const row = dialect === 'item' ? { typeId: type, valueType: kind, value } : { VALUE: value, VALUE_TYPE: kind }
    ;(fields[key] ??= []).push(row)
  }
  return fields
}

/** Whose field it is in a row that the API has given. */
export const pointsOfRow = (row: Readonly<Record<string, unknown>>, { key, within }: FieldInfo): ContactPoint[] =>
  within === undefined ? pointsOf(row[key], key) : pointsOf(row[within], undefined).filter(({ type }) => type === key)

/** What two spellings of one phone or address have in common. */
export function plainPoint({ type, value }: Pick<ContactPoint, 'type' | 'value'>): string {
  const written = value.trim()
  if (type !== 'PHONE') return written.toLowerCase()
  const digits = (part: string): string => part.replace(/\D/g, '')
  // An extension does not count (`;12`, `ext. 12`).
  const number = digits(written.split(/[;,#]|ext|x|доб/i, 1)[0] ?? '') || digits(written)
  return number !== '' && written.startsWith('+') ? `+${number}` : number || written.toLowerCase()
}

import type { FilterOp } from './filter.ts'
import type { Field } from './entity.ts'
import type { Zone } from './time.ts'

/** What a column holds. Instants are epoch seconds, dates `YYYY-MM-DD`, amounts integers of the smallest unit. */
export type Scalar = string | number | null

/** A file that arrived with a request; the records layer stores its bytes and keeps the id. */
export interface Upload {
  readonly fileName: string
  readonly bytes: Buffer
}
export type Decoded = Scalar | Upload

/** A value that a kind refuses. `reason` is for people; the wire chooses the code. */
export class InvalidValue extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

export interface DecodeContext {
  readonly zone: Zone
}

export interface FileUrls {
  readonly show: string
  readonly download: string
  readonly machine: string
}

export interface EncodeContext {
  readonly zone: Zone
  /** Signed addresses of a stored file; they never hold the caller's credential. */
  fileUrls(fileId: number): FileUrls
}

/** What values look like to people: by whose clock, and hundredths of which currency. */
export interface TextContext {
  readonly zone: Zone
  money(hundredths: number): string
}

/** Something that a value points at and that must exist. */
export type Reference =
  | { readonly to: 'record'; readonly entityTypeId: number; readonly id: number }
  | { readonly to: 'status'; readonly directory: string; readonly id: string }
  /** `active`: only people who still work here may be newly put there. */
  | { readonly to: 'user'; readonly id: number; readonly active?: true }
  | { readonly to: 'currency'; readonly id: string }
  | { readonly to: 'option'; readonly fieldId: number; readonly id: number }

export type JsonSchema = { readonly [key: string]: unknown }

/**
 * Whole units with so many decimals, in the record's currency or in none; plain numbers; or texts like `300|USD`, which
 * have a currency of their own and at most four decimals.
 */
export type Sum =
  | { readonly as: 'units'; readonly scale: number; readonly currency?: 'record' }
  | { readonly as: 'real' }
  | { readonly as: 'text' }

/**
 * A field type, with all its answers in one place: how it is stored, read from the wire, written to both dialects,
 * filtered, described and shown. There is no `switch (field.type)` anywhere else.
 */
export interface Kind {
  /** The kind's own name, which is also its file's and its widgets' name. */
  readonly name: string
  /** The name of the type in `*.fields`; the two dialects differ (`char` and `boolean`). */
  readonly type: { readonly legacy: string; readonly item: string }
  readonly column: 'integer' | 'real' | 'text'
  /** From any spelling on the wire to the stored form. `null` is "empty". Throws {@link InvalidValue}. */
  decode(input: unknown, field: Field, context: DecodeContext): Decoded
  /** The stored form in UPPER_CASE rows, where scalars are strings. */
  legacy(value: Scalar, field: Field, context: EncodeContext): unknown
  /** The stored form in camelCase rows. */
  item(value: Scalar, field: Field, context: EncodeContext): unknown
  /** Operators that have a meaning on this kind. */
  readonly ops: ReadonlySet<FilterOp>
  /** What counts as empty beside NULL in a filter (`''`, `0`). */
  readonly empty?: string | number
  /** Reads a filter's operand, where it differs from `decode`. */
  operand?(input: unknown, field: Field, context: DecodeContext): Scalar
  references?(value: Scalar, field: Field): Reference | undefined
  /** Values are stored files: bytes arrive with the request and go when the value goes. */
  readonly holdsFile?: true
  /** `false` is a value of this kind and not a way to say "empty". */
  readonly takesFalse?: true
  /** A code of a directory: UPPER_CASE methods keep unknown ones as given. */
  readonly isCode?: true
  /** Whether a list or map on the wire is one value of a multiple field rather than several. */
  isOne?(input: unknown): boolean
  /** The entity type that a link points to. */
  readonly target?: number
  /** How a value that points at this record is stored, for kinds whose values may point at any type. */
  mention?(entityTypeId: number, id: number): Scalar
  /** How values are added up; kinds without it are no numbers. */
  readonly sum?: Sum
  /** A value as people read it, where that is not what `crm.item.*` shows. */
  text?(value: Scalar, context: TextContext): string
  readonly json: JsonSchema
}

const exact: FilterOp[] = ['eq', 'ne', 'in', 'notIn']
const ordered: FilterOp[] = [...exact, 'gt', 'gte', 'lt', 'lte', 'between', 'notBetween']
export const exactOps: ReadonlySet<FilterOp> = new Set(exact)
export const orderedOps: ReadonlySet<FilterOp> = new Set(ordered)
export const textOps: ReadonlySet<FilterOp> = new Set([
  ...ordered,
  'contains',
  'notContains',
  'like',
  'notLike',
  'search',
] as FilterOp[])

/** `""`, `null` and `undefined` clear a field on the wire: updates are partial. */
export const isBlank = (input: unknown): boolean => input === null || input === undefined || input === ''

/** Text of a scalar from the wire; lists, maps and the rest are no text. */
export function textOf(input: unknown): string {
  if (typeof input === 'string') return input
  if (typeof input === 'number' && Number.isFinite(input)) return String(input)
  if (typeof input === 'bigint') return String(input)
  if (typeof input === 'boolean') return input ? '1' : '0'
  throw new InvalidValue('a text is expected')
}

/** A whole number within what every client's integer can hold. */
export function integerOf(input: unknown): number {
  if (typeof input === 'boolean') return input ? 1 : 0
  const text = typeof input === 'number' ? String(input) : textOf(input).trim()
  if (!/^[+-]?\d{1,16}(\.0*)?$/.test(text)) throw new InvalidValue('a whole number is expected')
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new InvalidValue('the number is out of range')
  // "-0" is zero; left alone it would be another value to every comparison that tells them apart.
  return value + 0
}

/** Every spelling of yes and no that clients send (PHP drops to 1/0, Python to True/False); undefined if neither. */
export function yesNo(input: unknown): boolean | undefined {
  if (typeof input === 'boolean') return input
  switch (typeof input === 'number' ? String(input) : typeof input === 'string' ? input.toUpperCase() : undefined) {
    case 'Y':
    case '1':
    case 'TRUE':
      return true
    case 'N':
    case '0':
    case 'FALSE':
    case '':
      return false
    default:
      return undefined
  }
}

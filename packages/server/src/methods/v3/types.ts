import { InvalidValue, type JsonSchema, type Scalar } from '../../schema/kind.ts'
import { parseDateTime, type Zone } from '../../schema/time.ts'

/** A type of values in REST 3.0, with all its answers. */
interface Type {
  /** As descriptions of fields call it: a moment is an object to them (main-eventlog-field-list.md). */
  readonly shown: string
  /** As errors call it. */
  readonly wanted: string
  /** From a filter to what the column holds; undefined where it doesn't fit. A text is no number here. */
  operand(input: unknown, zone: Zone): Scalar | undefined
  readonly schema: JsonSchema
}

const text = (input: unknown): Scalar | undefined =>
  typeof input === 'string' ? input : typeof input === 'number' ? String(input) : undefined
const none = (): undefined => undefined

const types = {
  int: {
    shown: 'int',
    wanted: 'int',
    operand: (input) => (Number.isSafeInteger(input) ? (input as number) : undefined),
    schema: { type: 'integer' },
  },
  float: {
    shown: 'float',
    wanted: 'float',
    operand: (input) => (Number.isFinite(input) ? (input as number) : undefined),
    schema: { type: 'number' },
  },
  string: { shown: 'string', wanted: 'string', operand: text, schema: { type: 'string' } },
  bool: {
    shown: 'bool',
    wanted: 'bool',
    operand: (input) => (typeof input === 'boolean' ? (input ? 'Y' : 'N') : undefined),
    schema: { type: 'boolean' },
  },
  /** An ISO text on the wire, epoch seconds in its column. */
  datetime: {
    shown: 'object',
    wanted: 'DateTime',
    operand: parseDateTime,
    schema: { type: 'string', format: 'date-time' },
  },
  array: { shown: 'array', wanted: 'array', operand: none, schema: { type: 'array', items: {} } },
  object: { shown: 'object', wanted: 'object', operand: none, schema: { type: 'object' } },
} as const satisfies Record<string, Type>

export type TypeV3 = keyof typeof types
export const typeOf = (name: TypeV3): Type => types[name]

/** A filter's operand as the column holds it; throws InvalidValue with the name of the type that it should have. */
export function operandOf(name: TypeV3, input: unknown, zone: Zone): Scalar {
  const type = typeOf(name)
  const value = type.operand(input, zone)
  if (value === undefined) throw new InvalidValue(type.wanted)
  return value
}

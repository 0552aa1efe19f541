/**
 * The grammar of list filters as syntax: which operator, which field, which value, and how conditions combine. Whether
 * a field exists and what its value means is decided later, by the entity and the kind of the field.
 */

export type FilterOp =
  | 'eq'
  | 'ne'
  | 'in'
  | 'notIn'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'contains'
  | 'notContains'
  | 'like'
  | 'notLike'
  | 'between'
  | 'notBetween'
  | 'search'

/**
 * `field` is the name without its prefix, `key` the whole as written, for error texts. The value of `in` and `notIn`
 * is always an array, that of `eq` and `ne` never; an array under `contains` means any of its elements. Other
 * operators keep what was sent, with maps already turned into arrays of their values.
 */
export type Condition = { kind: 'condition'; op: FilterOp; field: string; value: unknown; key: string }
export type Group = { kind: 'group'; logic: 'AND' | 'OR'; members: FilterNode[] }
export type FilterNode = Condition | Group

/** A filter that isn't one. The message is ready for the answer of the server. */
export class FilterError extends Error {
  override name = 'FilterError'
}

const MAX_DEPTH = 32
const MAX_CONDITIONS = 1000

/**
 * The longest prefix first, so that `>=` isn't read as `>` of a field "=…". `><`, `!><` and `?` are not documented
 * for CRM but work in other lists of the API, and clients send them.
 */
const PREFIXES: readonly (readonly [prefix: string, op: FilterOp])[] = [
  ['!=%', 'notLike'],
  ['!%=', 'notLike'],
  ['!><', 'notBetween'],
  ['!=', 'ne'],
  ['!%', 'notContains'],
  ['!@', 'notIn'],
  ['!', 'ne'],
  ['><', 'between'],
  ['>=', 'gte'],
  ['<=', 'lte'],
  ['>', 'gt'],
  ['<', 'lt'],
  ['=%', 'like'],
  ['%=', 'like'],
  ['@', 'in'],
  ['=', 'eq'],
  ['%', 'contains'],
  ['?', 'search'],
]

/** Splits `!@stageId` into operator and field. A key without a prefix is `bare` and means `eq`. */
export function splitKey(key: string): { op: FilterOp; field: string; bare: boolean } {
  for (const [prefix, op] of PREFIXES) {
    if (key.startsWith(prefix)) return { op, field: key.slice(prefix.length), bare: false }
  }
  return { op: 'eq', field: key, bare: true }
}

/**
 * Reads the `filter` of a list call. Flat filters (`nested: false`, `api-reference/crm/deals/crm-deal-list.md`) are
 * one map of conditions that must all hold. Nested ones (`api-reference/crm/universal/crm-item-list.md`) may hold maps
 * under numeric keys or in lists: groups, each combined by its own `logic`. A group without conditions says nothing
 * and is left out.
 *
 * Throws FilterError when the input is neither a map nor a list, when a `logic` is neither AND nor OR, when groups are
 * nested more than 32 deep (the filter itself counted) and when there are more than 1000 conditions.
 */
export function parseFilter(input: unknown, options: { nested: boolean }): Group {
  // PHP has one type for maps and lists, and so has the wire.
  if (!isContainer(input)) throw new FilterError("Parameter 'filter' must be array.")
  const reader = { nested: options.nested, conditions: 0 }
  return readGroup(input, reader, 1)
}

type Reader = { readonly nested: boolean; conditions: number }

function readGroup(container: object, reader: Reader, depth: number): Group {
  if (depth > MAX_DEPTH) throw new FilterError(`Invalid filter: nested more than ${MAX_DEPTH} levels deep`)
  const group: Group = { kind: 'group', logic: 'AND', members: [] }
  for (const [key, value] of Object.entries(container)) {
    if (reader.nested && /^\d+$/.test(key) && isContainer(value)) {
      const inner = readGroup(value, reader, depth + 1)
      if (inner.members.length > 0) group.members.push(inner)
    } else if (reader.nested && key.toLowerCase() === 'logic') {
      group.logic = readLogic(key, value)
    } else {
      if (++reader.conditions > MAX_CONDITIONS) {
        throw new FilterError(`Invalid filter: more than ${MAX_CONDITIONS} conditions`)
      }
      group.members.push(readCondition(key, value))
    }
  }
  return group
}

function readLogic(key: string, value: unknown): Group['logic'] {
  const logic = typeof value === 'string' ? value.trim().toUpperCase() : undefined
  if (logic === 'AND' || logic === 'OR') return logic
  throw new FilterError(`Invalid filter: field '${key}' has invalid value`)
}

function readCondition(key: string, raw: unknown): Condition {
  const { op, field } = splitKey(key)
  // Form encoding and PHP turn lists into maps with arbitrary keys, which carry no meaning here.
  const value = isContainer(raw) ? Object.values(raw) : raw
  const isList = Array.isArray(value)
  if (isList && op === 'eq') return { kind: 'condition', op: 'in', field, value, key }
  if (isList && op === 'ne') return { kind: 'condition', op: 'notIn', field, value, key }
  if (!isList && (op === 'in' || op === 'notIn')) return { kind: 'condition', op, field, value: [value], key }
  return { kind: 'condition', op, field, value, key }
}

/** A list or a plain map, and not an object that stands for one value (an exact number, a file). */
function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

import type { Entity, Field } from '../schema/entity.ts'
import { type Condition, type FilterNode, FilterError, parseFilter } from '../schema/filter.ts'
import { type DecodeContext, integerOf, InvalidValue, type Scalar } from '../schema/kind.ts'
import { remark } from '../records/remarks.ts'
import { keysOf, type Wire } from '../schema/wire.ts'
import type { Order } from '../store/entity-query.ts'
import { and, type Test } from '../store/entity-test.ts'
import { ApiError, legacyError } from './errors.ts'
import { isMap, mapOf } from './method.ts'

const never: Test = { is: 'constant', value: false }
const isBlankOperand = (value: unknown, field: Field): boolean =>
  value === '' || value === null || (value === false && field.kind.takesFalse !== true)

/** A reference that batch could not resolve: an empty page, never an error and never the first page (settings/how-to-call-rest-api/batch.md). */
const isUnresolved = (value: unknown): boolean => typeof value === 'string' && value.startsWith('$result[')

/** The filter of a list method as a test on the entity; each dialect has its own grammar and its own strictness. */
export function readFilter(entity: Entity, wire: Wire, input: unknown, context: DecodeContext): Test | undefined {
  if (input === undefined || input === null || input === '') return undefined
  const nested = wire.strict
  let root: FilterNode
  try {
    root = parseFilter(input, { nested })
  } catch (cause) {
    if (!(cause instanceof FilterError)) throw cause
    throw nested ? new ApiError('INVALID_ARG_VALUE', 400, cause.message) : legacyError(cause.message)
  }
  const test = readNode(root, entity, wire, context)
  return test?.is === 'group' && test.members.length === 0 ? undefined : test
}

function readNode(node: FilterNode, entity: Entity, wire: Wire, context: DecodeContext): Test | undefined {
  if (node.kind === 'condition') return readCondition(node, entity, wire, context)
  const members = node.members
    .map((member) => readNode(member, entity, wire, context))
    .filter((test) => test !== undefined)
  return { is: 'group', logic: node.logic, members }
}

function readCondition(condition: Condition, entity: Entity, wire: Wire, context: DecodeContext): Test | undefined {
  const { strict } = wire
  const field = wire.find(entity, condition.field)
  if (field === undefined || field.disabled === true || field.place.in === 'nowhere') {
    if (strict)
      throw new ApiError(
        'INVALID_ARG_VALUE',
        400,
        `Invalid filter: field '${condition.field}' is not allowed in filter`,
      )
    // Known fields that have no column may be looked at by the method itself.
    if (field === undefined)
      remark({ about: 'filter', name: condition.field, of: entity.name, known: keysOf(entity, wire) })
    return undefined
  }
  const { value } = condition
  if (isUnresolved(value)) return never
  const equality = condition.op === 'eq' || condition.op === 'ne'
  if (equality && isBlankOperand(value, field)) return { is: 'empty', field, negate: condition.op === 'ne' }
  // Search operators have no meaning on codes and links: they compare exactly there (api-reference/crm/deals/crm-deal-list.md).
  const op =
    field.kind.ops.has(condition.op) || field.place.in !== 'column'
      ? condition.op
      : /^not|^ne$/.test(condition.op)
        ? 'ne'
        : 'eq'
  const text = op === 'contains' || op === 'notContains' || op === 'like' || op === 'notLike' || op === 'search'
  const given = Array.isArray(value) ? (value as unknown[]) : isMap(value) ? Object.values(value) : [value]
  const operands = given.filter((each) => !isUnresolved(each))
  if (operands.length < given.length && operands.length === 0) return never
  try {
    if (op === 'in' || op === 'notIn') return readMembership(field, op, operands, context)
    const values = operands.map((each) => (text ? textOperand(each) : operand(each, field, context)))
    if ((op === 'between' || op === 'notBetween') && values.length !== 2)
      throw new InvalidValue('two values are expected')
    if (values.length === 0) return never
    const effective = values.length > 1 && op === 'eq' ? 'in' : values.length > 1 && op === 'ne' ? 'notIn' : op
    return { is: 'compare', field, op: effective, values }
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    if (strict)
      throw new ApiError('INVALID_ARG_VALUE', 400, `Invalid filter: field '${condition.field}' has invalid value`)
    return never
  }
}

/** "One of these": a blank among them means "or not filled", as it does alone; SQL's IN knows no NULL. */
function readMembership(field: Field, op: 'in' | 'notIn', operands: readonly unknown[], context: DecodeContext): Test {
  const filled = operands.filter((each) => !isBlankOperand(each, field))
  const values = filled.map((each) => operand(each, field, context))
  const among: Test = { is: 'compare', field, op, values }
  if (filled.length === operands.length) return among
  const empty: Test = { is: 'empty', field, negate: op === 'notIn' }
  return op === 'notIn' ? and([among, empty]) : { is: 'group', logic: 'OR', members: [among, empty] }
}

function operand(input: unknown, field: Field, context: DecodeContext): Scalar {
  if (field.place.in === 'links') return integerOf(input)
  if (field.place.in === 'multifield' || field.place.in === 'pick') return textOperand(input)
  const value = (field.kind.operand ?? field.kind.decode).call(field.kind, input, field, context)
  if (typeof value === 'object' && value !== null) throw new InvalidValue('a plain value is expected')
  return value
}

/** SQLite's patterns end at 50,000 bytes, and a letter takes up to 12 of them. */
const MAX_PATTERN = 4000

function textOperand(input: unknown): string {
  if (typeof input === 'string' && input.length <= MAX_PATTERN) return input
  if (typeof input === 'number' || typeof input === 'boolean') return String(input)
  throw new InvalidValue('a text is expected')
}

/** The order of a list method. UPPER_CASE methods ignore what they don't know; `crm.item.list` refuses it. */
export function readOrder(entity: Entity, wire: Wire, input: unknown): Order[] {
  if (input === undefined || input === null || input === '') return []
  const { strict } = wire
  if (!isMap(input) && !Array.isArray(input)) {
    throw strict
      ? new ApiError('INVALID_ARG_VALUE', 400, `Parameter 'order' must be array.`)
      : legacyError(`Parameter 'order' must be array.`)
  }
  return Object.entries(mapOf(input)).flatMap(([key, raw]) => {
    const field = wire.find(entity, key)
    if (field === undefined || field.place.in !== 'column') {
      if (strict) throw new ApiError('INVALID_ARG_VALUE', 400, `Invalid order: field '${key}' is not allowed in order`)
      remark({ about: 'order', name: key, of: entity.name, known: keysOf(entity, wire) })
      return []
    }
    const direction = typeof raw === 'string' ? raw.trim().toUpperCase() : ''
    if (direction === 'ASC' || direction === 'DESC') return [{ field, direction }]
    if (strict)
      throw new ApiError(
        'INVALID_ARG_VALUE',
        400,
        `Invalid order: allowed sort directions are \`ASC, DESC\`. But got '${isMap(raw) || Array.isArray(raw) ? 'array' : String(raw)}' for field '${key}'`,
      )
    return [{ field, direction: 'ASC' as const }]
  })
}

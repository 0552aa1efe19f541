import { InvalidValue } from '../../schema/kind.ts'
import type { Zone } from '../../schema/time.ts'
import { type Fragment, sql } from '../../store/sql.ts'
import { isMap } from '../method.ts'
import type { Dto, Property } from './dto.ts'
import type { Cursor } from './paging.ts'
import { errorsV3, ofType } from './errors.ts'
import { operandOf } from './types.ts'

type Node =
  | { readonly property: Property; readonly operator: Operator; readonly value: unknown }
  | { readonly or: boolean; readonly negative: boolean; readonly conditions: readonly Node[] }

const comparisons = { '=': sql`=`, '>': sql`>`, '>=': sql`>=`, '<': sql`<`, '<=': sql`<=` } as const
type Operator = keyof typeof comparisons | '!=' | 'in' | 'between'
const operators: ReadonlySet<unknown> = new Set([...Object.keys(comparisons), '!=', 'in', 'between'])
const isOperator = (input: unknown): input is Operator => operators.has(input)

/** More would be no filter any more; SQLite also bounds the depth of an expression. */
const MAX_CONDITIONS = 500
const MAX_DEPTH = 20

/** A filter that was understood; its operands still need to be read by somebody's clock. */
export class FilterV3 {
  readonly #node: Node

  constructor(node: Node) {
    this.#node = node
  }

  /** A list that goes on from a cursor has that field's condition already (main-eventlog-tail.md). */
  leave({ property }: Pick<Cursor, 'property'>): void {
    if (names(this.#node).has(property.name))
      throw errorsV3.filter(`Cursor field ${property.name} cannot be used at filter.`)
  }

  /** The condition on the rows of the table `t`. */
  where(zone: Zone): Fragment {
    return condition(this.#node, zone)
  }
}

/**
 * Reads `filter`: conditions `[field, operator, value]` or `[field, value]` and groups `{logic, conditions, negative}`,
 * of which all must hold (api-reference/rest-v3.md, "Filtering").
 */
export function readFilter(input: unknown, dto: Dto): FilterV3 {
  let left = MAX_CONDITIONS
  const nodes = (list: unknown, depth: number): Node[] => {
    if (!Array.isArray(list) || depth > MAX_DEPTH) throw errorsV3.filter(list)
    return list.map((each: unknown) => node(each, depth))
  }
  const node = (each: unknown, depth: number): Node => {
    if (left-- <= 0) throw errorsV3.filter(`more than ${MAX_CONDITIONS} conditions`)
    if (!Array.isArray(each)) return group(each, depth)
    const [name, second, third] = each as readonly unknown[]
    if (typeof name !== 'string' || each.length < 2 || each.length > 3) throw errorsV3.filter(each)
    const property = filterable(name)
    if (each.length === 3) {
      if (!isOperator(second)) throw errorsV3.unknownOperator(second)
      return { property, operator: second, value: third }
    }
    return { property, operator: Array.isArray(second) ? 'in' : '=', value: second }
  }
  const group = (each: unknown, depth: number): Node => {
    if (!isMap(each)) throw errorsV3.filter(each)
    const { logic = 'and', negative = false, conditions } = each
    const word = typeof logic === 'string' ? logic.toLowerCase() : ''
    if ((word !== 'and' && word !== 'or') || typeof negative !== 'boolean') throw errorsV3.filter(each)
    return { or: word === 'or', negative, conditions: nodes(conditions, depth + 1) }
  }
  const filterable = (name: string): Property => {
    const property = dto.properties.get(name)
    if (property === undefined) throw errorsV3.unknownProperty(name, dto.name)
    if (!property.filterable || property.column === undefined) throw lacking(dto, name, 'Filterable')
    return property
  }
  const conditions = input === undefined || input === null ? [] : nodes(input, 0)
  return new FilterV3({ or: false, negative: false, conditions })
}

/** A field that can't be used so (tasks-task-update-rest-v3.md shows the words). */
export const lacking = (dto: Dto, field: string, attribute: string): Error =>
  errorsV3.validation([
    {
      field,
      message: `In DTO \`${dto.name}\`, the field \`${field}\` requires the presence of the \`${attribute}\` attribute for such a request`,
    },
  ])

const names = (node: Node): ReadonlySet<string> =>
  'conditions' in node ? new Set(node.conditions.flatMap((each) => [...names(each)])) : new Set([node.property.name])

function condition(node: Node, zone: Zone): Fragment {
  if ('conditions' in node) {
    // An empty group asks for nothing, whatever its logic.
    if (node.conditions.length === 0) return sql`1 = 1`
    const glue = node.or ? sql` or ` : sql` and `
    const whole = sql`(${sql.join(
      node.conditions.map((each) => condition(each, zone)),
      glue,
    )})`
    return node.negative ? sql`not ${whole}` : whole
  }
  const { property, operator, value } = node
  const column = sql.ref(`t.${property.column ?? ''}`)
  const read = (input: unknown): Fragment => {
    try {
      return sql`${operandOf(property.type, input, zone)}`
    } catch (cause) {
      if (!(cause instanceof InvalidValue)) throw cause
      throw errorsV3.validation([ofType(property.name, cause.reason)])
    }
  }
  const list = (): readonly unknown[] => {
    if (!Array.isArray(value)) throw errorsV3.filter([property.name, operator, value])
    return value
  }
  // `not` around a condition has to find what has no value, so that none may be unknown.
  const known = (holds: Fragment): Fragment => sql`(${column} is not null and ${holds})`
  if (operator === 'in')
    return list().length === 0 ? sql`1 = 0` : known(sql`${column} in (${sql.join(list().map(read))})`)
  if (operator === 'between') {
    const [from, to] = list()
    if (list().length !== 2) throw errorsV3.filter([property.name, operator, value])
    return known(sql`${column} between ${read(from)} and ${read(to)}`)
  }
  if (value === null && operator === '=') return sql`${column} is null`
  if (value === null && operator === '!=') return sql`${column} is not null`
  if (operator === '!=') return sql`(${column} is null or ${column} <> ${read(value)})`
  return known(sql`${column} ${comparisons[operator]} ${read(value)}`)
}

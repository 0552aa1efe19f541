import type { FilterOp } from '../schema/filter.ts'
import type { Entity, Field } from '../schema/entity.ts'
import type { Scalar } from '../schema/kind.ts'
import { type DialectName, type Fragment, Slot, sql } from './sql.ts'
import { textPattern } from './text-pattern.ts'

/** A filter after its names and operands were understood: fields of the entity, values as they are stored. */
export type Test =
  | { readonly is: 'group'; readonly logic: 'AND' | 'OR'; readonly members: readonly Test[] }
  | { readonly is: 'compare'; readonly field: Field; readonly op: FilterOp; readonly values: readonly Scalar[] }
  | { readonly is: 'empty'; readonly field: Field; readonly negate: boolean }
  | { readonly is: 'constant'; readonly value: boolean }
  /**
   * The record's id is among those that `ids` selects from another table; `values` fill its slots, `shape` names it.
   * `ids` gets a condition for each of `of`, about a table under the name of `t`.
   */
  | {
      readonly is: 'among'
      readonly shape: string
      readonly values: readonly Scalar[]
      readonly of?: readonly { readonly entity: Entity; readonly test: Test }[]
      readonly ids: (slots: readonly Operand[], conditions: readonly Fragment[]) => Fragment
    }

/** What stands for a value in a statement: its place, or, in a statement for one call, the value itself. */
export type Operand = Slot | Scalar

export const and = (members: readonly Test[]): Test => ({ is: 'group', logic: 'AND', members })

/** A test split into what compiles once (`shape`, `build`) and what changes with every call (`values`). */
export interface Prepared {
  readonly shape: string
  readonly values: Scalar[]
  readonly build: () => Fragment
}

/** SQLite takes 32,766 parameters in a statement, and a request may bring 20,000 values. */
const MAX_PADDED = 8000
/** Longer lists travel as one JSON text. */
const MAX_LISTED = 1000

/** `in (…)` lists are padded to powers of two, so that few shapes exist. */
function padded(values: readonly Scalar[]): Scalar[] {
  const size = 2 ** Math.ceil(Math.log2(Math.max(values.length, 1)))
  const last = values.at(-1) ?? null
  return [...values, ...Array.from({ length: size - values.length }, () => last)]
}

/** Joins any number of conditions. SQLite bounds the depth of an expression, and a plain chain is as deep as it is long. */
function joined(conditions: readonly Fragment[], glue: Fragment): Fragment {
  if (conditions.length <= 16) return sql`(${sql.join(conditions, glue)})`
  const middle = Math.ceil(conditions.length / 2)
  return sql`(${joined(conditions.slice(0, middle), glue)}${glue}${joined(conditions.slice(middle), glue)})`
}

/** "Is one of these", with all of them in one JSON text. */
function amongJson(column: Fragment, list: Operand, operands: readonly Scalar[], dialect: DialectName): Fragment {
  if (dialect === 'sqlite') return sql`${column} in (select value from json_each(${list}))`
  const type = operands.some((each) => typeof each === 'string')
    ? sql`text`
    : operands.every((each) => Number.isInteger(each))
      ? sql`bigint`
      : sql`double precision`
  return sql`${column} = any(array(select cast(each as ${type}) from json_array_elements_text(cast(${list} as json)) as each))`
}

export const prepareTest = (test: Test, entity: Entity, dialect: DialectName): Prepared =>
  prepare(test, entity, dialect, (value, values) => {
    values.push(value)
    return new Slot(values.length - 1)
  })

/** The condition with its values in it, about the entity's table under the name of `t`: for statements of one call. */
export const conditionOf = (test: Test | undefined, entity: Entity, dialect: DialectName): Fragment =>
  test === undefined ? sql`1 = 1` : prepare(test, entity, dialect, (value) => value).build()

function prepare(
  test: Test,
  about: Entity,
  dialect: DialectName,
  operandOf: (value: Scalar, values: Scalar[]) => Operand,
): Prepared {
  const values: Scalar[] = []
  const shape: string[] = []
  const slot = (value: Scalar): Operand => operandOf(value, values)
  const walk = (each: Test, entity: Entity): (() => Fragment) => {
    switch (each.is) {
      case 'constant':
        shape.push(each.value ? 'T' : 'F')
        return () => (each.value ? sql`1 = 1` : sql`1 = 0`)
      case 'group': {
        if (each.members.length === 0) return walk({ is: 'constant', value: true }, entity)
        shape.push(`${each.logic}(`)
        const members = each.members.map((member) => walk(member, entity))
        shape.push(')')
        const glue = each.logic === 'AND' ? sql` and ` : sql` or `
        return () =>
          joined(
            members.map((build) => build()),
            glue,
          )
      }
      case 'empty': {
        shape.push(`empty:${each.field.name}:${each.negate}`)
        return () => (each.negate ? sql`not ${emptiness(each.field, entity)}` : emptiness(each.field, entity))
      }
      case 'compare':
        return compare(entity, each.field, each.op, each.values)
      case 'among': {
        shape.push(`among:${each.shape}`)
        const slots = each.values.map(slot)
        const conditions = (each.of ?? []).map((other) => {
          shape.push(`of:${other.entity.table}(`)
          const build = walk(other.test, other.entity)
          shape.push(')')
          return build
        })
        return () =>
          sql`t.id in (${each.ids(
            slots,
            conditions.map((build) => build()),
          )})`
      }
    }
  }

  const compare = (entity: Entity, field: Field, op: FilterOp, operands: readonly Scalar[]): (() => Fragment) => {
    const many = op === 'in' || op === 'notIn'
    const negative = op === 'ne' || op === 'notIn' || op === 'notContains' || op === 'notLike' || op === 'notBetween'
    let condition: (column: Fragment) => Fragment
    if (many) {
      if (operands.length === 0) return walk({ is: 'constant', value: op === 'notIn' }, entity)
      if (operands.length > MAX_LISTED) {
        const list = slot(JSON.stringify(operands))
        shape.push(`${op}*${operands.every((each) => Number.isInteger(each))}:${field.name}`)
        condition = (column) => amongJson(column, list, operands, dialect)
      } else {
        const slots = (values.length > MAX_PADDED ? operands : padded(operands)).map(slot)
        shape.push(`${op}${slots.length}:${field.name}`)
        condition = (column) => sql`${column} in (${sql.join(slots.map((each) => sql.val(each)))})`
      }
    } else if (op === 'contains' || op === 'notContains' || op === 'search' || op === 'like' || op === 'notLike') {
      const patterns = operands.map((operand) =>
        textPattern(String(operand ?? ''), op === 'like' || op === 'notLike', dialect),
      )
      const slots = patterns.map((each) => slot(each.pattern))
      shape.push(`${op}:${patterns.map((each) => each.operator).join()}:${field.name}`)
      condition = (column) => {
        const text = field.kind.column === 'text' ? column : sql`cast(${column} as text)`
        const any = patterns.map((each, index) =>
          each.operator === 'glob'
            ? sql`${text} glob ${slots[index]}`
            : dialect === 'postgres'
              ? sql`${text} ilike ${slots[index]}`
              : sql`${text} like ${slots[index]} escape '\\'`,
        )
        return joined(any, sql` or `)
      }
    } else if (op === 'between' || op === 'notBetween') {
      const from = slot(operands[0] ?? null)
      const to = slot(operands[1] ?? null)
      shape.push(`${op}:${field.name}`)
      condition = (column) => sql`${column} between ${from} and ${to}`
    } else {
      const value = slot(operands[0] ?? null)
      shape.push(`${op}:${field.name}`)
      const operator = { eq: sql`=`, ne: sql`=`, gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` }[op]
      condition = (column) => sql`${column} ${operator} ${value}`
    }
    // A record without the value is unlike any value: the negative operators keep it.
    return () => {
      if (field.place.in === 'column') {
        const column = sql.ref(`t.${field.place.column}`)
        return negative ? sql`(${column} is null or not (${condition(column)}))` : condition(column)
      }
      const exists = existing(field, entity, condition)
      return negative ? sql`not ${exists}` : exists
    }
  }

  const build = walk(test, about)
  return { shape: shape.join(), values, build }
}

const valueColumns = { integer: 'v.integer_value', real: 'v.real_value', text: 'v.text_value' } as const

/** "Some row of the child table meets the condition". */
function existing(field: Field, entity: Entity, condition: (column: Fragment) => Fragment): Fragment {
  const { place } = field
  switch (place.in) {
    case 'values':
      return sql`exists (select 1 from field_value v where v.entity_type_id = ${entity.entityTypeId} and v.record_id = t.id and v.field = ${field.upper} and ${condition(sql.ref(valueColumns[field.kind.column]))})`
    case 'multifield':
    case 'pick':
      return place.type === undefined
        ? sql`exists (select 1 from crm_multifield m where m.entity_type_id = ${entity.entityTypeId} and m.record_id = t.id and ${condition(sql.ref('m.value'))})`
        : sql`exists (select 1 from crm_multifield m where m.entity_type_id = ${entity.entityTypeId} and m.record_id = t.id and m.type_id = ${place.type} and ${condition(sql.ref('m.value'))})`
    case 'links':
      return place.reverse
        ? sql`exists (select 1 from crm_link l where l.role = ${place.role} and l.to_id = t.id and ${condition(sql.ref('l.record_id'))})`
        : sql`exists (select 1 from crm_link l where l.entity_type_id = ${entity.entityTypeId} and l.record_id = t.id and l.role = ${place.role} and ${condition(sql.ref('l.to_id'))})`
    default:
      return sql`(1 = 0)`
  }
}

function emptiness(field: Field, entity: Entity): Fragment {
  if (field.place.in === 'column') {
    const column = sql.ref(`t.${field.place.column}`)
    return field.kind.empty === undefined
      ? sql`(${column} is null)`
      : sql`(${column} is null or ${column} = ${field.kind.empty})`
  }
  return sql`(not ${existing(field, entity, () => sql`1 = 1`)})`
}

import type { Entity, Field } from '../schema/entity.ts'
import type { Scalar } from '../schema/kind.ts'
import { prepareTest, type Test } from './entity-test.ts'
import { compile, type DialectName, type Fragment, Slot, sql, type Statement } from './sql.ts'
import type { Reader } from './store.ts'

export interface Order {
  readonly field: Field
  readonly direction: 'ASC' | 'DESC'
}

export interface Query {
  readonly entity: Entity
  readonly fields: readonly Field[]
  readonly test?: Test | undefined
  readonly order?: readonly Order[]
  readonly limit?: number
  readonly offset?: number
  /** Locks the rows until the end of the transaction. */
  readonly lock?: boolean
}

/** One stored record as it was read: values of columns and lists of children, by field. */
export interface Stored {
  readonly values: readonly unknown[]
  readonly positions: ReadonlyMap<string, number>
}

const MAX_PLANS = 2000
const plans: Record<DialectName, WeakMap<Entity, Map<string, Statement>>> = {
  sqlite: new WeakMap(),
  postgres: new WeakMap(),
}

/** Compiled once per shape of a query; a changed entity is a new value and so starts with an empty cache. */
function planned(entity: Entity, dialect: DialectName, shape: string, make: () => Fragment): Statement {
  let known = plans[dialect].get(entity)
  if (known === undefined) plans[dialect].set(entity, (known = new Map()))
  let plan = known.get(shape)
  if (plan === undefined) {
    if (known.size >= MAX_PLANS) known.clear()
    known.set(shape, (plan = compile(make(), dialect)))
  }
  return plan
}

/** Where a selection's values stand in the rows that are read for it. */
interface Layout {
  /** Stands for the names of the fields in the shapes of queries. */
  readonly number: number
  readonly sources: ReadonlyMap<string, Field>
  readonly positions: ReadonlyMap<string, number>
  /** Positions of lists, which SQLite gives as JSON texts. */
  readonly lists: readonly number[]
}

const layouts = new WeakMap<readonly Field[], Layout>()
/** A number for each list of names: short keys, because a query's is made and looked up at every call. */
const numbers = new Map<string, number>()
let lastNumber = 0

function numberOf(names: string): number {
  let number = numbers.get(names)
  if (number === undefined) {
    if (numbers.size >= MAX_PLANS) numbers.clear()
    numbers.set(names, (number = ++lastNumber))
  }
  return number
}

/** Worked out once for each list of fields: methods keep theirs, see `methods/rows.ts`. */
function layoutOf(fields: readonly Field[]): Layout {
  let layout = layouts.get(fields)
  if (layout === undefined) {
    const sources = new Map<string, Field>()
    for (const field of fields) {
      const source = sourceOf(field)
      if (source !== undefined && !sources.has(source)) sources.set(source, field)
    }
    layout = {
      number: numberOf(fields.map((field) => field.name).join()),
      sources,
      positions: new Map([...sources.keys()].map((source, index) => [source, index])),
      lists: [...sources.values()].flatMap(({ place }, index) => (place.in === 'column' ? [] : [index])),
    }
    layouts.set(fields, layout)
  }
  return layout
}

/** The selected expression that holds a field's value; several fields may share one (all multifields do). */
export function sourceOf(field: Field): string | undefined {
  const { place } = field
  switch (place.in) {
    case 'column':
      return place.column
    case 'values':
      return `values:${field.name}`
    case 'multifield':
    case 'pick':
      return 'multifields'
    case 'links':
      return `links:${place.role}`
    case 'nowhere':
      return undefined
  }
}

const valueColumns = { integer: 'integer_value', real: 'real_value', text: 'text_value' } as const

function expression(field: Field, entity: Entity, dialect: DialectName): Fragment {
  const { place } = field
  const list = (item: Fragment, from: Fragment, order: Fragment): Fragment =>
    dialect === 'postgres'
      ? sql`(select json_agg(${item} order by ${order}) from ${from})`
      : sql`(select json_group_array(${item} order by ${order}) from ${from})`
  const tuple = dialect === 'postgres' ? sql`json_build_array` : sql`json_array`
  switch (place.in) {
    case 'column':
      return sql.ref(`t.${place.column}`)
    case 'values':
      return list(
        place.ids === true
          ? sql`${tuple}(id, ${sql.ref(valueColumns[field.kind.column])})`
          : sql.ref(valueColumns[field.kind.column]),
        sql`field_value where entity_type_id = ${entity.entityTypeId} and record_id = t.id and field = ${field.upper}`,
        sql`position`,
      )
    case 'multifield':
    case 'pick':
      return list(
        sql`${tuple}(id, type_id, value_type, value)`,
        sql`crm_multifield where entity_type_id = ${entity.entityTypeId} and record_id = t.id`,
        sql`id`,
      )
    case 'links':
      return place.reverse
        ? list(sql`record_id`, sql`crm_link where role = ${place.role} and to_id = t.id`, sql`record_id`)
        : list(
            sql`to_id`,
            sql`crm_link where entity_type_id = ${entity.entityTypeId} and record_id = t.id and role = ${place.role}`,
            sql`position, id`,
          )
    case 'nowhere':
      return sql`null`
  }
}

function orderOf(order: readonly Order[], dialect: DialectName): Fragment {
  const terms = order.flatMap(({ field, direction }) => {
    if (field.place.in !== 'column') return []
    const column = sql.ref(`t.${field.place.column}`)
    // Text sorts without regard to case, and NULL comes first in ascending order, on both databases.
    const key =
      field.kind.column === 'text'
        ? dialect === 'postgres'
          ? sql`lower(${column}) collate "C"`
          : sql`${column} collate nocase`
        : column
    const nulls =
      dialect === 'sqlite' || field.name === 'id' ? sql`` : direction === 'ASC' ? sql` nulls first` : sql` nulls last`
    return [direction === 'ASC' ? sql`${key} asc${nulls}` : sql`${key} desc${nulls}`]
  })
  if (!order.some(({ field }) => field.name === 'id')) terms.push(sql`t.id asc`)
  return sql.join(terms)
}

/** Reads records; the answer's rows are positional, see {@link valueOf}. */
export async function select(reader: Reader, query: Query): Promise<Stored[]> {
  const { entity, fields, order = [] } = query
  const { dialect } = reader
  const test = query.test === undefined ? undefined : prepareTest(query.test, entity, dialect)
  const values: Scalar[] = test === undefined ? [] : [...test.values]
  const limit = query.limit === undefined ? undefined : values.push(query.limit) - 1
  const offset = query.offset === undefined || query.offset === 0 ? undefined : values.push(query.offset) - 1
  const { number, sources, positions, lists } = layoutOf(fields)
  const shape = `${number}|${test?.shape ?? ''}|${order
    .map((each) => `${each.field.name} ${each.direction}`)
    .join()}|${limit}|${offset}|${query.lock === true}`
  const statement = planned(entity, dialect, shape, () => {
    const where = test === undefined ? sql`` : sql` where ${test.build()}`
    const paging = sql`${limit === undefined ? sql`` : sql` limit ${new Slot(limit)}`}${offset === undefined ? sql`` : sql` offset ${new Slot(offset)}`}`
    const selected = sql.join([...sources.values()].map((field) => expression(field, entity, dialect)))
    const table = sql.table(entity.table)
    const ordering = sql` order by ${orderOf(order, dialect)}`
    // Deep pages find their ids first and read only those rows.
    const body =
      offset === undefined
        ? sql`select ${selected} from ${table} as t${where}${ordering}${paging}`
        : sql`select ${selected} from ${table} as t where t.id in (select t.id from ${table} as t${where}${ordering}${paging})${ordering}`
    return query.lock === true && dialect === 'postgres' ? sql`${body} for update` : body
  })
  const rows = await reader.rows(statement, values)
  return rows.map((row) => {
    for (const position of lists) {
      const list = row[position]
      if (typeof list === 'string') row[position] = JSON.parse(list)
    }
    return { values: row, positions }
  })
}

/** The exact number of records that pass a test. */
export async function countRecords(reader: Reader, entity: Entity, test: Test | undefined): Promise<number> {
  const prepared = test === undefined ? undefined : prepareTest(test, entity, reader.dialect)
  const statement = planned(entity, reader.dialect, `count|${prepared?.shape ?? ''}`, () => {
    const where = prepared === undefined ? sql`` : sql` where ${prepared.build()}`
    return sql`select count(*) from ${sql.table(entity.table)} as t${where}`
  })
  const [row] = await reader.rows(statement, prepared?.values ?? [])
  return Number(row?.[0] ?? 0)
}

/** The value of a column field of a stored record. */
export function scalarOf(stored: Stored, field: Field): Scalar {
  const source = sourceOf(field)
  const position = source === undefined ? undefined : stored.positions.get(source)
  const value = position === undefined ? null : stored.values[position]
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

/** The values of a field whose rows have ids, with those. */
export const entriesOf = (stored: Stored, field: Field): readonly (readonly [id: number, value: Scalar])[] =>
  childrenOf(stored, field) as readonly (readonly [number, Scalar])[]

/** The children of a stored record: multifield tuples, ids of links, values of a multiple field. */
export const listOf = (stored: Stored, field: Field): readonly unknown[] =>
  field.place.in === 'values' && field.place.ids === true
    ? entriesOf(stored, field).map(([, value]) => value)
    : childrenOf(stored, field)

function childrenOf(stored: Stored, field: Field): readonly unknown[] {
  const source = sourceOf(field)
  const position = source === undefined ? undefined : stored.positions.get(source)
  const value = position === undefined ? null : stored.values[position]
  return Array.isArray(value) ? value : []
}

import type { Entity, Field } from '../schema/entity.ts'
import type { Scalar } from '../schema/kind.ts'
import { conditionOf, type Test } from './entity-test.ts'
import { type DialectName, type Fragment, sql } from './sql.ts'
import type { Reader } from './store.ts'

/** What records are grouped by: a field's values, or the stretches of time that its moments or days fall into. */
export type Grouping =
  | { readonly by: 'value'; readonly field: Field }
  /** Moments, by when each stretch begins: groups are told by their number, from 0. */
  | { readonly by: 'starts'; readonly field: Field; readonly starts: readonly number[] }
  /** Days, by the first letters of their texts. */
  | { readonly by: 'prefix'; readonly field: Field; readonly length: number }

/** A number that is added up. `text`: `300|USD`, an amount and its currency in one. */
export interface Summed {
  readonly field: Field
  readonly as: 'units' | 'real' | 'text'
}

export interface Group {
  readonly values: readonly Scalar[]
  /** Of each currency that was asked for. */
  readonly currencies: readonly Scalar[]
  readonly count: number
  /** Whole units of what is stored, or the sum of reals; texts in ten-thousandths. */
  readonly sums: readonly (bigint | number)[]
}

/** Sums of 64-bit numbers overflow: their upper and lower halves do not, and databases add those up exactly. */
const HALF = 1_000_000

const columnOf = ({ name, place }: Field): Fragment => {
  if (place.in !== 'column') throw new Error(`${name} has no column`)
  return sql.ref(`t.${place.column}`)
}

/** Which stretch a moment falls into: a tree of comparisons, so that thousands of stretches take a dozen of them. */
function stretch(column: Fragment, starts: readonly number[], from = 0, to = starts.length - 1): Fragment {
  if (from >= to) return sql`${sql.lit(from)}`
  const middle = Math.ceil((from + to) / 2)
  return sql`case when ${column} < ${sql.lit(starts[middle])} then ${stretch(column, starts, from, middle - 1)} else ${stretch(column, starts, middle, to)} end`
}

function groupOf(grouping: Grouping, isPlain: boolean, dialect: DialectName): Fragment {
  const column = columnOf(grouping.field)
  switch (grouping.by) {
    case 'value':
      // SQLite would rather go through the index of what is grouped than through that of what is asked for.
      return isPlain || dialect === 'postgres' ? column : sql`+${column}`
    case 'starts':
      return sql`case when ${column} is null then null else ${stretch(column, grouping.starts)} end`
    case 'prefix':
      return sql`substr(${column}, 1, ${sql.lit(grouping.length)})`
  }
}

/** An amount and its currency in one text; an amount alone is of no currency. */
const hasCurrency = (column: Fragment): Fragment => sql`${column} like '%|___'`
const unitsOfText = (column: Fragment): Fragment =>
  sql`cast(round(cast(case when ${column} is null or ${column} = '' then '0' when ${hasCurrency(column)} then substr(${column}, 1, length(${column}) - 4) else ${column} end as numeric) * 10000) as bigint)`

/** The currency of what is added up: of a text its own, of whole units the record's. */
export const currencyOfText = (field: Field): Fragment => {
  const column = columnOf(field)
  return sql`case when ${hasCurrency(column)} then substr(${column}, length(${column}) - 2) else null end`
}

function parts({ field, as }: Summed, index: number): Fragment[] {
  const column = columnOf(field)
  if (as === 'real') return [sql`sum(${column}) as ${sql.ref(`real${index}`)}`]
  const units = as === 'text' ? unitsOfText(column) : column
  return [
    sql`sum(${units} / ${sql.lit(HALF)}) as ${sql.ref(`upper${index}`)}`,
    sql`sum(${units} % ${sql.lit(HALF)}) as ${sql.ref(`lower${index}`)}`,
  ]
}

/**
 * Counts and adds up records by groups. Runs in the database; the reader decides whether others wait for it.
 *
 * @param currencies what groups are also divided by, because it can't be added up
 * @param limit at most so many groups are answered
 */
export async function groupRecords(
  reader: Reader,
  entity: Entity,
  {
    test,
    groupings,
    currencies,
    sums,
    limit,
  }: {
    test: Test | undefined
    groupings: readonly Grouping[]
    currencies: readonly Fragment[]
    sums: readonly Summed[]
    limit: number
  },
): Promise<Group[]> {
  const isPlain = test === undefined && sums.length === 0
  const keys = [...groupings.map((grouping) => groupOf(grouping, isPlain, reader.dialect)), ...currencies]
  const selected = sql.join([
    ...keys.map((key, index) => sql`${key} as ${sql.ref(`key${index}`)}`),
    sql`count(*) as records`,
    ...sums.flatMap(parts),
  ])
  const where = test === undefined ? sql`` : sql` where ${conditionOf(test, entity, reader.dialect)}`
  const grouped =
    keys.length === 0 ? sql`` : sql` group by ${sql.join(keys.map((_key, index) => sql`${sql.lit(index + 1)}`))}`
  const rows = await reader.find<Record<string, Scalar>>(
    sql`select ${selected} from ${sql.table(entity.table)} as t${where}${grouped} limit ${sql.lit(limit)}`,
  )
  return rows.map((row) => ({
    values: groupings.map((_grouping, index) => row[`key${index}`] ?? null),
    currencies: currencies.map((_currency, index) => row[`key${groupings.length + index}`] ?? null),
    count: Number(row.records),
    sums: sums.map(({ as }, index) =>
      as === 'real'
        ? Number(row[`real${index}`] ?? 0)
        : BigInt(row[`upper${index}`] ?? 0) * BigInt(HALF) + BigInt(row[`lower${index}`] ?? 0),
    ),
  }))
}

/** The first and the last value of a column of numbers: of all records, which an index knows, or of those that pass. */
export async function rangeOf(
  reader: Reader,
  entity: Entity,
  field: Field,
  test?: Test,
): Promise<{ low: number; high: number } | undefined> {
  const table = sql.table(entity.table)
  const column = columnOf(field)
  const [row] = await reader.find<{ low: number | null; high: number | null }>(
    test === undefined
      ? sql`select (select min(${column}) from ${table} as t) as low, (select max(${column}) from ${table} as t) as high`
      : sql`select min(${column}) as low, max(${column}) as high from ${table} as t where ${conditionOf(test, entity, reader.dialect)}`,
  )
  return row?.low == null || row.high === null ? undefined : { low: Number(row.low), high: Number(row.high) }
}

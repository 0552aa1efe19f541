import { formatDecimal } from '../schema/decimal.ts'
import type { Entity, Field } from '../schema/entity.ts'
import type { Scalar } from '../schema/kind.ts'
import { firstDay, type Period, periodsBetween, periodsOf, type PeriodUnit } from '../schema/periods.ts'
import { and, type Test } from '../store/entity-test.ts'
import {
  currencyOfText,
  type Group,
  groupRecords,
  type Grouping,
  rangeOf,
  type Summed,
} from '../store/entity-totals.ts'
import { type Fragment, sql } from '../store/sql.ts'
import type { Context } from './context.ts'
import { type ExchangeRates, exchangeRates } from './exchange-rates.ts'
import { Failure } from './failure.ts'
import { totalOf } from './totals.ts'

/** A field whose values make groups; moments and days may be taken by the periods that they fall into. */
export interface GroupBy {
  readonly field: Field
  readonly unit?: PeriodUnit | undefined
}

export interface RecordGroup {
  /** As stored, or the first day of a period. */
  readonly values: readonly Scalar[]
  readonly count: number
  readonly sums: readonly number[]
}

export interface RecordTotals {
  readonly currencyId: string
  readonly groups: readonly RecordGroup[]
}

/** What one answer may hold, and into how many pieces time may be cut. */
const MOST_GROUPS = 10_000
const MOST_PERIODS = 4_000
/** Groups are read currency by currency. */
const MOST_READ = 50_000

const tooMany = (what: string): Failure =>
  new Failure({
    why: 'rule',
    text: `There are too many ${what} to be told apart: narrow the filter or group otherwise`,
  })

interface Way {
  readonly grouping: Grouping
  /** What stands in the answer. */
  readonly value: (read: Scalar) => Scalar
}

async function wayOf(context: Context, entity: Entity, test: Test | undefined, { field, unit }: GroupBy): Promise<Way> {
  if (unit === undefined) {
    // What counts as empty makes one group, however it is stored.
    const { empty } = field.kind
    return { grouping: { by: 'value', field }, value: (read) => (read === empty || read === '' ? null : read) }
  }
  if (field.kind.column === 'text') {
    const length = unit === 'year' ? 4 : unit === 'month' || unit === 'quarter' ? 7 : 10
    const whole = (read: string): string => `${read}-01-01`.slice(0, 10)
    return {
      grouping: { by: 'prefix', field, length },
      value: (read) => (typeof read === 'string' && read !== '' ? firstDay(unit, whole(read)) : null),
    }
  }
  const periods = await periodsFor(context, entity, test, field, unit)
  return {
    grouping: { by: 'starts', field, starts: periods.map(({ start }) => start) },
    value: (read) => (read === null ? null : (periods[Number(read)]?.first ?? null)),
  }
}

async function periodsFor(
  { session, portal }: Context,
  entity: Entity,
  test: Test | undefined,
  field: Field,
  unit: PeriodUnit,
): Promise<readonly Period[]> {
  // The first and the last moment of all are quickly told where there is an index, and usually do.
  const indexed = field.index === true
  let range = await rangeOf(session.unhurried, entity, field, indexed ? undefined : test)
  if (indexed && range !== undefined && periodsBetween(unit, range.low, range.high) > MOST_PERIODS)
    range = await rangeOf(session.unhurried, entity, field, test)
  if (range === undefined) return []
  if (periodsBetween(unit, range.low, range.high) > MOST_PERIODS) throw tooMany(`${unit}s`)
  return periodsOf(unit, range.low, range.high, portal.zone)
}

/**
 * Counts the records that the caller may read and that pass a test, and adds up some of their fields, in groups. Money
 * comes in the base currency: each group's amount of each currency is exchanged as a whole, to the hundredth.
 *
 * @throws Failure `access-denied`; `rule` where there are more groups than an answer holds
 */
export async function totals(
  context: Context,
  entity: Entity,
  { test: asked, groupBy, sums }: { test: Test | undefined; groupBy: readonly GroupBy[]; sums: readonly Field[] },
): Promise<RecordTotals> {
  const { portal, session } = context
  const reach = await portal.access.require(context, entity, 'read')
  const members = [asked, reach.test].filter((each) => each !== undefined)
  const test = members.length > 1 ? and(members) : members[0]
  if (groupBy.length === 0 && sums.length === 0)
    return {
      currencyId: await portal.directories.baseCurrency(session),
      groups: [{ values: [], count: await totalOf(context, entity, test, session.unhurried), sums: [] }],
    }
  const rates = await exchangeRates(session)
  const ways: Way[] = []
  for (const each of groupBy) ways.push(await wayOf(context, entity, test, each))
  const plan = new Plan(entity, sums)
  const groups = await groupRecords(session.unhurried, entity, {
    test,
    groupings: ways.map(({ grouping }) => grouping),
    currencies: plan.currencies,
    sums: plan.summed,
    limit: MOST_READ + 1,
  })
  if (groups.length > MOST_READ) throw tooMany('groups')
  const found = new Map<string, { values: readonly Scalar[]; count: number; sums: Adding[] }>()
  for (const group of groups) {
    const values = ways.map(({ value }, index) => value(group.values[index] ?? null))
    const key = JSON.stringify(values)
    const into = found.get(key) ?? { values, count: 0, sums: plan.zeros() }
    found.set(key, into)
    into.count += group.count
    plan.add(into.sums, group)
  }
  if (found.size > MOST_GROUPS) throw tooMany('groups')
  if (groupBy.length === 0 && found.size === 0) found.set('', { values: [], count: 0, sums: plan.zeros() })
  return {
    currencyId: rates.base,
    groups: [...found.values()]
      .map((group) => ({ ...group, sums: plan.shown(group.sums, rates) }))
      .sort((a, b) => inOrder(a.values, b.values)),
  }
}

/** Plain numbers, or units of each currency: they are exchanged when all of them are together. */
type Adding = number | Map<string | null, bigint>

/** How fields are added up: what is asked of the database, and what is made of its answer. */
class Plan {
  readonly summed: readonly Summed[]
  /** What groups are divided by, beside what was asked for: the record's currency, and those of texts. */
  readonly currencies: Fragment[] = []
  readonly #fields: readonly Field[]
  /** Of each field, which of the currencies it is in. */
  readonly #currency: readonly (number | undefined)[]

  constructor(entity: Entity, fields: readonly Field[]) {
    this.#fields = fields
    this.summed = fields.map((field) => ({ field, as: field.kind.sum?.as ?? 'real' }))
    const currencyField = entity.byName.get('currencyId')
    let ofRecord: number | undefined
    this.#currency = fields.map((field) => {
      const { sum } = field.kind
      if (sum?.as === 'text') return this.currencies.push(currencyOfText(field)) - 1
      if (sum?.as !== 'units' || sum.currency === undefined || currencyField?.place.in !== 'column') return undefined
      return (ofRecord ??= this.currencies.push(sql.ref(`t.${currencyField.place.column}`)) - 1)
    })
  }

  zeros(): Adding[] {
    return this.summed.map(({ as }) => (as === 'real' ? 0 : new Map<string | null, bigint>()))
  }

  add(into: Adding[], group: Group): void {
    group.sums.forEach((value, index) => {
      const before = into[index]
      if (typeof value === 'number') into[index] = (typeof before === 'number' ? before : 0) + value
      else if (before instanceof Map) {
        const place = this.#currency[index]
        const code = place === undefined ? null : (group.currencies[place] ?? null)
        const currency = code === null || code === '' ? null : String(code)
        before.set(currency, (before.get(currency) ?? 0n) + value)
      }
    })
  }

  shown(sums: readonly Adding[], rates: ExchangeRates): number[] {
    return this.#fields.map(({ kind, settings }, index) => {
      const value = sums[index] ?? 0
      const { sum } = kind
      if (sum === undefined || sum.as === 'real' || typeof value === 'number')
        return Number(Number(value).toFixed(Math.min(Math.max(Number(settings?.PRECISION ?? 2), 0), 12)))
      const isMoney = this.#currency[index] !== undefined
      const units = [...value].reduce(
        (all, [currency, each]) => all + (isMoney ? rates.inBase(each, currency) : each),
        0n,
      )
      return Number(formatDecimal(units, sum.as === 'text' ? 4 : sum.scale))
    })
  }
}

function inOrder(a: readonly Scalar[], b: readonly Scalar[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? null
    if (left === right) continue
    if (left === null || right === null) return left === null ? -1 : 1
    return typeof left === 'number' && typeof right === 'number' ? left - right : String(left) < String(right) ? -1 : 1
  }
  return 0
}

/** How a field is asked about. */
export type Op =
  /** One of these codes, ids, people … */
  | 'any'
  /** None of these. */
  | 'none'
  /** The text has this in it. */
  | 'contains'
  | 'equals'
  /** From the first value to the second, both included; '' is an open end. Numbers, or days as `2026-11-21`. */
  | 'range'
  /** A stretch of the calendar, by its name: see period.ts. */
  | 'period'
  /** Within so many days until today, or from today on. */
  | 'last'
  | 'next'
  /** Longer ago than so many days. */
  | 'before'
  | 'empty'
  | 'filled'
  | 'yes'
  /** No, or never said. */
  | 'no'

export interface Condition {
  /** The field's name in rows of `crm.item.*`. */
  readonly field: string
  readonly op: Op
  /** As many as the operator takes; none for `empty`, `filled`, `yes` and `no`. */
  readonly value: readonly string[]
}

/** The person who looks, as a value of fields of people: a filter that is shared finds everyone's own. */
export const ME = 'me'

const operators: Readonly<Record<Op, (value: readonly string[]) => boolean>> = {
  any: (value) => value.length > 0,
  none: (value) => value.length > 0,
  contains: ([text = '']) => text !== '',
  equals: ([text = '']) => text !== '',
  range: ([from = '', to = '']) => from !== '' || to !== '',
  period: ([name = '']) => name !== '',
  last: ([days = '']) => isDays(days),
  next: ([days = '']) => isDays(days),
  before: ([days = '']) => isDays(days),
  empty: () => true,
  filled: () => true,
  yes: () => true,
  no: () => true,
}
const isDays = (text: string): boolean => /^[1-9]\d{0,4}$/.test(text)
const isOp = (text: string): text is Op => Object.hasOwn(operators, text)

/** Operators that say everything by themselves. */
export const saysAll = (op: Op): boolean => operators[op]([])

/** Whether it says anything: a condition that is still being made finds everything. */
export const isComplete = ({ op, value }: Condition): boolean => operators[op](value)

const LISTED: ReadonlySet<Op> = new Set(['any', 'none'])
/** Commas part the values of a list: within a value they are written as `%2C`. */
const escaped = (text: string): string => text.replace(/[%,]/g, (sign) => (sign === ',' ? '%2C' : '%25'))
const unescaped = (text: string): string =>
  text.replace(/%(2C|25)/gi, (_all, code: string) => (code === '25' ? '%' : ','))

/** As it stands in an address: `any:NEW,IN_PROCESS`, `range:1000..5000`, `period:today`, `empty`. */
export function written({ op, value }: Condition): string {
  if (value.length === 0) return op
  if (LISTED.has(op)) return `${op}:${value.map(escaped).join(',')}`
  return `${op}:${op === 'range' ? value.join('..') : (value[0] ?? '')}`
}

/** The condition that an address holds; undefined where it is none. */
export function read(field: string, text: string): Condition | undefined {
  const [op = '', rest] = text.split(/:(.*)/s, 2)
  if (!isOp(op)) return undefined
  const condition: Condition = {
    field,
    op,
    value:
      rest === undefined
        ? []
        : LISTED.has(op)
          ? rest.split(',').map(unescaped)
          : op === 'range'
            ? [rest.split('..')[0] ?? '', rest.split('..')[1] ?? '']
            : [rest],
  }
  return isComplete(condition) ? condition : undefined
}

/** Whether two filters find the same, in whatever order they were made. */
export function areAlike(some: readonly Condition[], others: readonly Condition[]): boolean {
  const text = (conditions: readonly Condition[]): string =>
    conditions
      .map((each) => `${each.field}=${written(LISTED.has(each.op) ? { ...each, value: each.value.toSorted() } : each)}`)
      .toSorted()
      .join('&')
  return text(some) === text(others)
}

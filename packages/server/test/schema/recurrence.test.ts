import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DayOfMonth,
  nextDate,
  partsOf,
  type Pattern,
  patternOf,
  type Recurrence,
  shifted,
  units,
} from '../../src/schema/recurrence.ts'

/** The first dates of a recurrence. */
function dates(recurrence: Recurrence, count: number, from = recurrence.start): string[] {
  const found: string[] = []
  for (let next = nextDate(recurrence, from); next !== undefined && found.length < count;) {
    found.push(next)
    next = nextDate(recurrence, shifted(next, 'day', 1))
  }
  return found
}

describe('dates that repeat', () => {
  const cases: [string, string, Pattern, string[]][] = [
    ['every third day', '2026-02-26', { every: 'day', interval: 3 }, ['2026-02-26', '2026-03-01', '2026-03-04']],
    [
      'every second working day, from the Monday after a weekend',
      '2026-03-07',
      { every: 'day', interval: 2, workingOnly: true },
      ['2026-03-09', '2026-03-11', '2026-03-13', '2026-03-17'],
    ],
    [
      'Mondays and Thursdays of every second week, begun on a Wednesday',
      '2026-03-04',
      { every: 'week', interval: 2, weekdays: [4, 1] },
      ['2026-03-05', '2026-03-16', '2026-03-19', '2026-03-30'],
    ],
    [
      'the 31st of each month, or its last day',
      '2026-01-31',
      { every: 'month', interval: 1, on: { day: 31 } },
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'],
    ],
    [
      'the 15th, begun after it',
      '2026-01-20',
      { every: 'month', interval: 3, on: { day: 15 } },
      ['2026-04-15', '2026-07-15'],
    ],
    [
      'the first working day of each month',
      '2026-01-31',
      { every: 'month', interval: 1, on: { day: 1, workingOnly: true } },
      ['2026-02-02', '2026-03-02', '2026-04-01', '2026-05-01', '2026-06-01'],
    ],
    [
      'the last working day of each month',
      '2026-01-01',
      { every: 'month', interval: 1, on: { day: 31, workingOnly: true } },
      ['2026-01-30', '2026-02-27', '2026-03-31'],
    ],
    [
      'the fifth Monday of each month, or its last',
      '2026-01-01',
      { every: 'month', interval: 1, on: { ordinal: 5, weekday: 1 } },
      ['2026-01-26', '2026-02-23', '2026-03-30'],
    ],
    [
      'leap days, or the last of February',
      '2024-02-29',
      { every: 'year', interval: 1, month: 2, on: { day: 29 } },
      ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'],
    ],
    [
      'the second Tuesday of every other May',
      '2026-06-01',
      { every: 'year', interval: 2, month: 5, on: { ordinal: 2, weekday: 2 } },
      ['2028-05-09', '2030-05-14'],
    ],
    ['once', '2026-05-05', { every: 'never' }, ['2026-05-05']],
  ]
  it.each(cases)('%s', (_name, start, pattern, expected) => {
    expect(dates({ start, pattern }, expected.length)).toEqual(expected)
  })

  it('end where dates do', () => {
    expect(nextDate({ start: '9999-12-30', pattern: { every: 'day', interval: 2 } }, '9999-12-31')).toBeUndefined()
    expect(shifted('9999-12-30', 'year', 5)).toBe('9999-12-31')
    expect(shifted('1000-01-02', 'month', -5)).toBe('1000-01-01')
  })
})

const date = fc
  .integer({ min: -25_000, max: 60_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10))
const interval = fc.integer({ min: 1, max: 5 })
const on = fc.oneof(
  fc.record({ day: fc.integer({ min: 1, max: 31 }), workingOnly: fc.boolean() }),
  fc.record({ ordinal: fc.integer({ min: 1, max: 5 }), weekday: fc.integer({ min: 1, max: 7 }) }),
)
const pattern: fc.Arbitrary<Exclude<Pattern, { every: 'never' }>> = fc.oneof(
  fc.record({ every: fc.constant('day' as const), interval, workingOnly: fc.boolean() }),
  fc.record({
    every: fc.constant('week' as const),
    interval,
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  }),
  fc.record({ every: fc.constant('month' as const), interval, on }),
  fc.record({ every: fc.constant('year' as const), interval, month: fc.integer({ min: 1, max: 12 }), on }),
)

type Of<A> = A extends fc.Arbitrary<infer T> ? T : never

const weekday = (day: string): number => partsOf(day).weekday
const isLastOfMonth = (day: string): boolean => shifted(day, 'day', 1).slice(8) === '01'
const months = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
/** A day's number among those of its month that count, and whether it is the last of them. */
function place(day: string, counts: (each: string) => boolean): [number, boolean] {
  let [number, last] = [0, true]
  for (let each = `${day.slice(0, 8)}01`; ; each = shifted(each, 'day', 1)) {
    if (counts(each) && each <= day) number++
    if (counts(each) && each > day) last = false
    if (isLastOfMonth(each)) return [number, last]
  }
}

/** Whether a day is one of the dates: the definition, said day by day and without any sum. */
function isDate({ start, pattern: each }: { start: string; pattern: Of<typeof pattern> }, day: string): boolean {
  const isWorking = (other: string): boolean => weekday(other) < 6
  const fits = (where: DayOfMonth): boolean => {
    const counts = (other: string): boolean =>
      'weekday' in where ? weekday(other) === where.weekday : where.workingOnly !== true || isWorking(other)
    const [number, last] = place(day, counts)
    const wanted = 'weekday' in where ? where.ordinal : where.day
    return counts(day) && (number === wanted || (last && number < wanted))
  }
  if (day < start) return false
  switch (each.every) {
    case 'day': {
      let passed = 0
      for (let other = start; other < day; other = shifted(other, 'day', 1))
        if (!each.workingOnly || isWorking(other)) passed++
      return passed % each.interval === 0 && (!each.workingOnly || isWorking(day))
    }
    case 'week': {
      const monday = (other: string): number => Date.parse(shifted(other, 'day', 1 - weekday(other))) / 604_800_000
      return each.weekdays.includes(weekday(day)) && Math.round(monday(day) - monday(start)) % each.interval === 0
    }
    case 'month':
      return (months(day) - months(start)) % each.interval === 0 && fits(each.on)
    case 'year':
      return (
        partsOf(day).month === each.month &&
        (Number(day.slice(0, 4)) - Number(start.slice(0, 4))) % each.interval === 0 &&
        fits(each.on)
      )
  }
}

describe('any recurrence', () => {
  it('has strictly later dates, each of them valid, and skips none', () => {
    fc.assert(
      fc.property(date, pattern, fc.integer({ min: -40, max: 900 }), (start, each, offset) => {
        const recurrence = { start, pattern: each }
        const from = shifted(start, 'day', offset)
        const next = nextDate(recurrence, from) ?? ''
        expect(next >= from && isDate(recurrence, next)).toBe(true)
        const begin = from < start ? start : from
        for (let day = begin; day < next; day = shifted(day, 'day', 1))
          expect([day, isDate(recurrence, day)]).toEqual([day, false])
        expect((nextDate(recurrence, shifted(next, 'day', 1)) ?? '') > next).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('of a plain interval begins with its start, and keeps to its day where that exists', () => {
    fc.assert(
      fc.property(
        date,
        fc.constantFrom(...units),
        interval,
        fc.integer({ min: 0, max: 20 }),
        (start, unit, by, times) => {
          const recurrence = { start, pattern: patternOf(unit, by, start) }
          expect(nextDate(recurrence, start)).toBe(start)
          const later = shifted(start, unit, by * times)
          expect(nextDate(recurrence, later)).toBe(later)
        },
      ),
    )
  })
})

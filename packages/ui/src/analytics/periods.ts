import { addDays, daysOf } from '../filters/period.ts'

/** The stretches of time that can be looked at by name; others are `2026-01-01..2026-03-31`. */
export const periods = [
  'last-7',
  'last-30',
  'last-90',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  'all',
] as const
export type PeriodName = (typeof periods)[number]
export const usualPeriod: PeriodName = 'last-30'

/** The first and the last day, both included; undefined for all of time. */
export type Days = readonly [from: string, to: string]

const DAY = 86_400_000
const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** How many days from one to another, both included. */
export const lengthOf = ([from, to]: Days): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1

/** The days that an address means; what can't be understood means the usual ones. */
export function periodDays(text: string, today: string): Days | undefined {
  if (text === 'all') return undefined
  const [from, to] = text.split('..')
  if (isDay(from) && isDay(to)) return from <= to ? [from, to] : [to, from]
  const last = /^last-(\d{1,3})$/.exec(text)?.[1]
  if (last !== undefined) return [addDays(today, 1 - Number(last)), today]
  return daysOf(text, today) ?? [addDays(today, -29), today]
}

const isCalendar = (text: string): boolean => /^(?:this|last)-(?:month|quarter|year)$/.test(text)

/** The same stretch before: of one that is not over yet, as much of the one before as has passed of it. */
export function daysBefore(text: string, today: string): Days | undefined {
  const days = periodDays(text, today)
  if (days === undefined) return undefined
  const [from, to] = days
  if (!isCalendar(text)) return [addDays(from, -lengthOf(days)), addDays(from, -1)]
  const unit = text.slice(5)
  const [start, end] = daysOf(`this-${unit}`, addDays(from, -1)) ?? days
  if (to < today) return [start, end]
  const passed = addDays(start, lengthOf([from, today]) - 1)
  return [start, passed < end ? passed : end]
}

export type Unit = 'day' | 'week' | 'month'

/** So fine that a chart can still be read. */
export function unitFor(days: Days): Unit {
  const length = lengthOf(days)
  return length <= 62 ? 'day' : length <= 400 ? 'week' : 'month'
}

const weekday = (day: string): number => (new Date(Date.parse(day)).getUTCDay() + 6) % 7

/** The first day of the unit that a day belongs to, as `portico.item.totals` names it. */
export const firstOf = (unit: Unit, day: string): string =>
  unit === 'day' ? day : unit === 'week' ? addDays(day, -weekday(day)) : `${day.slice(0, 7)}-01`

const nextOf = (unit: Unit, first: string): string => {
  if (unit !== 'month') return addDays(first, unit === 'day' ? 1 : 7)
  return new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 1)).toISOString().slice(0, 10)
}

/** A piece of the time that is looked at; at both ends it may be shorter than its unit. */
export interface Piece {
  readonly first: string
  readonly days: Days
}

/** All pieces of a stretch, also those in which nothing has happened. */
export function piecesOf(unit: Unit, [from, to]: Days): Piece[] {
  const pieces: Piece[] = []
  for (let first = firstOf(unit, from); first <= to && pieces.length < 2_000; first = nextOf(unit, first)) {
    const last = addDays(nextOf(unit, first), -1)
    pieces.push({ first, days: [first < from ? from : first, last > to ? to : last] })
  }
  return pieces
}

import type { Field } from '../model/fields.ts'
import type { Card } from './card.ts'

/** An order of the cards in a column. */
export interface Sorting {
  readonly id: 'moved' | 'changed' | 'newest' | 'activity' | 'amount' | 'closing'
  readonly field: string
  readonly direction: 'ASC' | 'DESC'
}

/** The first that a type has is its preset: what has just come to a stage is on top there, where it was dropped. */
const SORTINGS: readonly Sorting[] = [
  { id: 'moved', field: 'movedTime', direction: 'DESC' },
  { id: 'changed', field: 'updatedTime', direction: 'DESC' },
  { id: 'newest', field: 'id', direction: 'DESC' },
  { id: 'activity', field: 'lastActivityTime', direction: 'DESC' },
  { id: 'amount', field: 'opportunity', direction: 'DESC' },
  { id: 'closing', field: 'closedate', direction: 'ASC' },
]

export const sortingsOf = (fields: readonly Field[]): readonly Sorting[] => {
  const names = new Set(fields.map(({ name }) => name))
  return SORTINGS.filter(({ field }) => names.has(field))
}

export const orderOf = ({ field, direction }: Sorting): Record<string, string> =>
  field === 'id' ? { id: direction } : { [field]: direction, id: 'DESC' }

/** A sortable value: moments and numbers alike as numbers; undefined where there is none. */
function keyOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value === '') return undefined
  const number = Number(value)
  return Number.isNaN(number) ? Date.parse(value) : number
}

/** Orders cards as the server orders its rows: what has no value comes first when it ascends. */
export function comparing({ field, direction }: Sorting): (one: Card, other: Card) => number {
  const sign = direction === 'ASC' ? 1 : -1
  return (one, other) => {
    const [a, b] = [keyOf(one[field]) ?? -Infinity, keyOf(other[field]) ?? -Infinity]
    return a === b ? other.id - one.id : a < b ? -sign : sign
  }
}

/** Where a card belongs in an ordered list. */
export function placeOf(cards: readonly Card[], card: Card, compare: (one: Card, other: Card) => number): number {
  let [low, high] = [0, cards.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = cards[middle]
    if (other !== undefined && compare(other, card) < 0) low = middle + 1
    else high = middle
  }
  return low
}

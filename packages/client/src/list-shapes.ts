import { isMap } from './json.ts'
import type { Row } from './options.ts'

/**
 * The rows of a list's result: `result` itself, or the list inside of it (`items`, `tasks`, `products`, …). Nothing is
 * an empty list, and a map of records is the list of its values.
 *
 * @returns undefined where there is no list to be found
 */
export function rowsOf(result: unknown): Row[] | undefined {
  if (result === null || result === undefined || result === false || result === '') return []
  if (Array.isArray(result)) return result as Row[]
  if (!isMap(result)) return undefined
  const values = Object.values(result)
  const lists = values.filter(Array.isArray)
  if (lists.length === 1) return lists[0] as Row[]
  if (lists.length > 1 || !values.every(isMap)) return undefined
  // `{ templates: { 37: …, 39: … } }`: PHP gives a map where the keys are ids.
  const [inner] = values
  const isWrapped = values.length === 1 && !isRowKey(Object.keys(result)[0]) && Object.keys(inner ?? {}).every(isRowKey)
  return (isWrapped ? Object.values(inner ?? {}) : values) as Row[]
}

const isRowKey = (key: string | undefined): boolean => key !== undefined && /^\d+$/.test(key)

/** The id of a row, whatever its family calls it: digits as text. */
export function idOf(row: Row, key: string): string | undefined {
  const value = row[key] ?? row[key.toLowerCase()] ?? row[key.toUpperCase()]
  const text = typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint' ? String(value) : ''
  return /^\d+$/.test(text) ? text : undefined
}

/** Whether an id is the greater one: ids may have more digits than a number holds. */
export const isAfter = (id: string, other: string): boolean =>
  id.length === other.length ? id > other : id.length > other.length

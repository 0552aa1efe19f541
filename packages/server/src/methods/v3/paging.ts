import { InvalidValue, type Scalar } from '../../schema/kind.ts'
import type { Zone } from '../../schema/time.ts'
import { type Fragment, sql } from '../../store/sql.ts'
import { isMap } from '../method.ts'
import type { Dto, Property } from './dto.ts'
import { errorsV3, ofType } from './errors.ts'
import { lacking } from './filter.ts'
import { operandOf } from './types.ts'

export const DEFAULT_LIMIT = 50
/** A larger limit is cut to it without a word, as clients expect (the end of a list is a page shorter than the last). */
export const MAX_LIMIT = 1000

export interface Pagination {
  readonly limit: number
  readonly offset: number
}

/** Reads `pagination`: `{page, limit, offset}`; with a page, the offset follows from it. */
export function readPagination(input: unknown, max = MAX_LIMIT): Pagination {
  if (input === undefined || input === null) return { limit: Math.min(DEFAULT_LIMIT, max), offset: 0 }
  // An empty map comes from PHP as an empty list.
  if (!isMap(input) && !(Array.isArray(input) && input.length === 0)) throw errorsV3.pagination(input)
  const given = isMap(input) ? input : {}
  const limit = Math.min(count(given.limit, input, 1) ?? DEFAULT_LIMIT, max)
  const page = count(given.page, input, 0)
  const offset = count(given.offset, input, 0) ?? 0
  return { limit, offset: page === undefined || page === 0 ? offset : Math.min((page - 1) * limit, MAX_OFFSET) }
}
const MAX_OFFSET = Number.MAX_SAFE_INTEGER

function count(input: unknown, whole: unknown, least: number): number | undefined {
  if (input === undefined || input === null) return undefined
  const value = typeof input === 'string' && /^\d{1,15}$/.test(input) ? Number(input) : input
  if (!Number.isSafeInteger(value) || (value as number) < least) throw errorsV3.pagination(whole)
  return value as number
}

export type OrderV3 = readonly { readonly property: Property; readonly descending: boolean }[]

/** Reads `order`: `{field: "ASC" | "DESC"}`, in the order of its keys. */
export function readOrder(input: unknown, dto: Dto): OrderV3 {
  if (input === undefined || input === null || (Array.isArray(input) && input.length === 0)) return []
  if (!isMap(input)) throw errorsV3.order(input)
  return Object.entries(input).map(([name, direction]) => {
    const property = dto.properties.get(name)
    if (property === undefined) throw errorsV3.unknownProperty(name, dto.name)
    if (!property.sortable || property.column === undefined) throw lacking(dto, name, 'Sortable')
    return { property, descending: isDescending(direction) ?? refuse(errorsV3.order(input)) }
  })
}

function isDescending(input: unknown): boolean | undefined {
  const word = typeof input === 'string' ? input.toUpperCase() : ''
  return word === 'DESC' ? true : word === 'ASC' ? false : undefined
}

function refuse(error: Error): never {
  throw error
}

/** `order by` for the table `t`; rows that are alike come in the order of their ids. */
export function orderBy(order: OrderV3): Fragment {
  const terms = order.map(({ property, descending }) => direction(property, descending))
  if (!order.some(({ property }) => property.column === 'id')) terms.push(sql`t.id asc`)
  return sql`order by ${sql.join(terms)}`
}

const direction = ({ column = '' }: Property, descending: boolean): Fragment =>
  descending ? sql`${sql.ref(`t.${column}`)} desc` : sql`${sql.ref(`t.${column}`)} asc`

/** Where a list goes on: `{field, value, order, limit}` of `*.tail` methods. */
export interface Cursor {
  readonly property: Property
  readonly descending: boolean
  readonly value: unknown
  readonly limit: number
}

export function readCursor(input: unknown, dto: Dto): Cursor {
  const empty = input === undefined || input === null || (Array.isArray(input) && input.length === 0)
  if (!empty && !isMap(input)) throw errorsV3.pagination(input)
  const {
    field = 'id',
    order = 'ASC',
    value = 0,
    limit = DEFAULT_LIMIT,
  } = empty ? {} : (input as Record<string, unknown>)
  const property = typeof field === 'string' ? dto.properties.get(field) : undefined
  if (property === undefined) throw errorsV3.unknownProperty(String(field), dto.name)
  if (!property.sortable || property.column === undefined) throw lacking(dto, property.name, 'Sortable')
  return {
    property,
    descending: isDescending(order) ?? refuse(errorsV3.order({ [property.name]: order })),
    value,
    limit: Math.min(count(limit, input, 1) ?? DEFAULT_LIMIT, MAX_LIMIT),
  }
}

/** The rows of the table `t` behind a cursor. */
export function behind({ property, descending, value }: Cursor, zone: Zone): Fragment {
  const column = sql.ref(`t.${property.column ?? ''}`)
  const start = sql`${startOf(property, value, zone)}`
  return descending ? sql`${column} < ${start}` : sql`${column} > ${start}`
}

function startOf({ name, type }: Property, value: unknown, zone: Zone): Scalar {
  // The default start of every cursor, also of those that are no numbers.
  if (value === 0 && type === 'datetime') return 0
  try {
    return operandOf(type, value, zone)
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw errorsV3.validation([ofType(name, cause.reason)])
  }
}

/** `order by` for the table `t`, along a cursor. */
export const along = ({ property, descending }: Cursor): Fragment => orderBy([{ property, descending }])

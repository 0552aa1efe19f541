import type { Noun, Verb } from './nouns.ts'

/** A call, before it is made. */
export interface Request {
  readonly method: string
  readonly params: Record<string, unknown>
}

export interface Listed {
  readonly filter: Readonly<Record<string, unknown>>
  readonly order: Readonly<Record<string, string>>
  readonly select: readonly string[]
}

const last: Readonly<Record<Verb, string>> = {
  list: 'list',
  get: 'get',
  create: 'add',
  update: 'update',
  delete: 'delete',
  fields: 'fields',
}

/** The type of a noun whose rows are of one: given with the noun, or by `--type`. */
export function typeOf(noun: Noun, given: number | undefined): number | undefined {
  if (!('entityTypeId' in noun.api)) return undefined
  return noun.api.entityTypeId === 'option' ? given : noun.api.entityTypeId
}

/** The method of a verb, with what each of its calls carries. */
function requestOf(noun: Noun, verb: Verb, type: number | undefined): Request {
  const prefix = noun.api.prefix ?? 'crm.item'
  const method = verb === 'list' ? (noun.list ?? `${prefix}.list`) : `${prefix}.${last[verb]}`
  return { method, params: type === undefined ? {} : { entityTypeId: type } }
}

const named = (noun: Noun, id: string): Record<string, unknown> => ({ [noun.bare === true ? 'ID' : 'id']: id })

export function getRequest(noun: Noun, type: number | undefined, id: string): Request {
  // People and departments have no method for one of them: they are found by their id.
  if (noun.list !== undefined) return { method: noun.list, params: { ID: id } }
  const { method, params } = requestOf(noun, 'get', type)
  return { method, params: { ...params, ...named(noun, id) } }
}

export function writeRequest(
  noun: Noun,
  type: number | undefined,
  { id, fields }: { id?: string; fields: Readonly<Record<string, unknown>> },
): Request {
  const { method, params } = requestOf(noun, id === undefined ? 'create' : 'update', type)
  const given = id === undefined ? {} : named(noun, id)
  return { method, params: { ...params, ...given, ...(noun.bare === true ? fields : { fields }) } }
}

export function deleteRequest(noun: Noun, type: number | undefined, id: string): Request {
  const { method, params } = requestOf(noun, 'delete', type)
  return { method, params: { ...params, ...named(noun, id) } }
}

export const fieldsRequest = (noun: Noun, type: number | undefined): Request => requestOf(noun, 'fields', type)

/** The call of one page or of all. Where fields are parameters, so are conditions and the one field of the order. */
export function listRequest(noun: Noun, type: number | undefined, { filter, order, select }: Listed): Request {
  const { method, params } = requestOf(noun, 'list', type)
  const selected = select.length === 0 ? {} : { select }
  if (noun.bare !== true)
    return {
      method,
      params: {
        ...params,
        ...selected,
        ...(Object.keys(filter).length === 0 ? {} : { filter }),
        ...(Object.keys(order).length === 0 ? {} : { order }),
      },
    }
  const [sort] = Object.entries(order)
  return {
    method,
    params: {
      ...(Object.keys(filter).length === 0 ? {} : method === 'user.get' ? { FILTER: filter } : filter),
      ...(sort === undefined ? {} : { sort: sort[0], order: sort[1] }),
    },
  }
}

/** What the result holds: one row, several, or what it is. */
export function unwrapped(noun: Noun, result: unknown): unknown {
  if (noun.wrapped === undefined || typeof result !== 'object' || result === null || Array.isArray(result))
    return result
  const map = result as Record<string, unknown>
  for (const key of [noun.wrapped.many, noun.wrapped.one, 'fields']) if (key in map) return map[key]
  return result
}

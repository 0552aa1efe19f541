import { listsByLowerId, listsByUpperId } from './facts.gen.ts'
import { isMap } from './json.ts'
import type { Params, Row } from './options.ts'

/** How a list is read by its ids. */
export interface Cursor {
  /** The id in the rows. */
  readonly key: string
  /** Pages have 50 rows but for the last one; of unknown methods nobody knows. */
  readonly isFull: boolean
  /** The parameters of the page after an id. */
  params(after: string | undefined, isCounted: boolean): Params
  /** Takes away the id where the caller did not ask for it. */
  strip(row: Row): Row
}

/** Lists that Portico does not have: the id that they can be filtered by (`settings/performance/huge-data.md`). */
const elsewhere: Readonly<Record<string, string>> = {
  'tasks.task.list': 'ID',
  'sale.order.list': 'id',
  'sale.basketitem.list': 'id',
  'lists.element.get': 'ID',
}
/** Their order is two texts, the field and the way (`api-reference/user/user-get.md`). */
const bySort: ReadonlySet<string> = new Set(['user.get', 'department.get'])

function idKeyOf(method: string): string | undefined {
  const name = method.toLowerCase()
  if (listsByUpperId.has(name) || bySort.has(name)) return 'ID'
  return listsByLowerId.has(name) ? 'id' : elsewhere[name]
}

/** @returns undefined where the list is read by offset */
export function pagingOf(method: string, params: Params, by: 'id' | 'offset' | 'auto'): Cursor | undefined {
  if (by === 'offset') return undefined
  const given = (name: string): string => Object.keys(params).find((key) => key.toLowerCase() === name) ?? name
  const known = idKeyOf(method)
  const key = known ?? (by === 'id' ? (method.startsWith('crm.item.') ? 'id' : 'ID') : undefined)
  if (key === undefined) return undefined
  const names = {
    order: given('order'),
    filter: given('filter'),
    select: given('select'),
    start: given('start'),
    sort: given('sort'),
  }
  const isSorted = bySort.has(method.toLowerCase())
  const isFree = isSorted
    ? params[names.sort] === undefined && params[names.order] === undefined
    : isOwnOrder(params[names.order], key)
  if (by === 'auto' && !(isFree && params[names.start] === undefined)) return undefined
  if (!isFree) throw new TypeError(`${method}: a list by id is in the order of its ids; ask for another one by offset`)
  const filter = params[names.filter]
  const select = params[names.select]
  const isAsked = !Array.isArray(select) || select.length === 0 || select.some((name) => isIdName(name, key))
  return {
    key,
    isFull: known !== undefined,
    params: (after, isCounted) => ({
      ...params,
      ...(isAsked ? {} : { [names.select]: [...(select as unknown[]), key] }),
      ...(isSorted ? { [names.sort]: key, [names.order]: 'ASC' } : { [names.order]: { [key]: 'ASC' } }),
      ...(after === undefined ? {} : { [names.filter]: beyond(filter, key, after) }),
      [names.start]: isCounted ? 0 : -1,
    }),
    strip: (row) => {
      if (isAsked) return row
      const { [key]: _id, ...rest } = row
      return rest
    },
  }
}

const isIdName = (name: unknown, key: string): boolean =>
  name === '*' || (typeof name === 'string' && name.toLowerCase() === key.toLowerCase())

/** No order is given, or the one that the cursor makes anyway. */
function isOwnOrder(order: unknown, key: string): boolean {
  if (order === undefined || order === null || order === '') return true
  if (Array.isArray(order)) return order.length === 0
  if (!isMap(order)) return false
  const entries = Object.entries(order)
  return (
    entries.length === 0 ||
    (entries.length === 1 && isIdName(entries[0]?.[0], key) && /^asc$/i.test(String(entries[0]?.[1])))
  )
}

/** The caller's conditions, and the id beyond the last one. */
function beyond(filter: unknown, key: string, after: string): Record<string, unknown> {
  const own = `>${key}`
  if (filter === undefined || filter === null || filter === '') return { [own]: after }
  // A condition beside a `logic` would be one of its alternatives: the caller's filter goes into a group of its own.
  const isGroup = Array.isArray(filter) || Object.keys(filter as object).some((name) => name.toLowerCase() === 'logic')
  if (isGroup) return { [own]: after, 0: filter }
  const kept = Object.entries(filter as Record<string, unknown>).filter(
    ([name]) => name.replace(/\s/g, '').toUpperCase() !== own.toUpperCase(),
  )
  return { ...Object.fromEntries(kept), [own]: after }
}

import type { Answered, Params } from '../backend.ts'
import { bounded, withoutEmpty } from '../compact.ts'
import { filteredNames } from '../fields.ts'
import { type RecordType, typeNamed } from '../record-types.ts'
import {
  answerOf,
  idArgument,
  type JsonObject,
  listOf,
  mapOf,
  numberOf,
  objectOf,
  type Tool,
  typeArgument,
  type Work,
} from '../tool.ts'

/** How many rows a page of the API has. */
export const PAGE = 50
const MOST = 100

/** What a list shows of its rows where nothing is selected; types leave out what they don't have. */
const usual = [
  'id',
  'title',
  'name',
  'lastName',
  'companyTitle',
  'post',
  'stageId',
  'categoryId',
  'opportunity',
  'currencyId',
  'companyId',
  'contactId',
  'phone',
  'email',
  'assignedById',
  'createdTime',
  'updatedTime',
]

export const itemOf = ({ result }: Answered): Record<string, unknown> =>
  (result as { item?: Record<string, unknown> } | null)?.item ?? {}
const rowsOf = ({ result }: Answered): Record<string, unknown>[] =>
  (result as { items?: Record<string, unknown>[] } | null)?.items ?? []

export interface Wanted {
  readonly filter: Params
  readonly select?: readonly string[] | undefined
  readonly order?: Params
  readonly limit: number
  readonly offset: number
}

/** Rows from `offset` on, over as many pages as it takes. Portals begin pages at multiples of 50 only. */
export async function rows(work: Work, type: RecordType, { filter, select, order, limit, offset }: Wanted) {
  const { entityTypeId } = type
  const found: Record<string, unknown>[] = []
  let total = 0
  const first = Math.floor(offset / PAGE) * PAGE
  for (let start = first; start < offset + limit; start += PAGE) {
    const params = { entityTypeId, filter, order: order ?? { id: 'DESC' }, start, select: select ?? usual }
    const page = await work.backend.call('crm.item.list', params, { signal: work.signal })
    found.push(...rowsOf(page))
    total = page.total ?? found.length
    if (start + PAGE >= total) break
  }
  const shown = found.slice(offset - first, offset - first + limit)
  const next = offset + shown.length
  return { items: shown.map(withoutEmpty), total, ...(shown.length > 0 && next < total ? { next } : {}) }
}

const listItems: Tool = {
  name: 'list_items',
  title: 'List records',
  description:
    'Lists records of one type that match a filter, the newest first where no order is given; empty fields are left out. An operator stands before the name of a field: {"stageId": "NEW", ">=opportunity": 1000, "%title": "shop", "@assignedById": [1, 5], "!companyId": 0}. describe_fields tells names and values.',
  input: objectOf(
    {
      type: typeArgument,
      filter: { type: 'object', description: 'Conditions by fields, all of which must hold' },
      select: {
        type: 'array',
        items: { type: 'string', maxLength: 100 },
        maxItems: 200,
        description: 'The fields to show; ["*"] is every one. Few are shown where nothing is said.',
      },
      order: {
        type: 'object',
        additionalProperties: { type: 'string', enum: ['ASC', 'DESC', 'asc', 'desc'] },
        description: 'Fields to sort by: {"opportunity": "DESC"}',
      },
      limit: { type: 'integer', minimum: 1, maximum: MOST, description: 'At most so many; 20 where nothing is said' },
      offset: {
        type: 'integer',
        minimum: 0,
        maximum: 1_000_000,
        description: '`next` of the answer before, to go on there',
      },
    },
    ['type'],
  ),
  output: answerOf(
    { items: { type: 'array', items: { type: 'object' } }, total: { type: 'integer' }, next: { type: 'integer' } },
    ['items', 'total'],
  ),
  effect: 'read',
  idempotent: true,
  async run(args, work) {
    const type = await typeNamed(work.backend, args.type, work.signal)
    work.touch({ method: 'crm.item.list', entityTypeId: type.entityTypeId })
    const [filter, order, select] = [mapOf(args, 'filter'), mapOf(args, 'order'), listOf(args, 'select')]
    const named = [
      ...filteredNames(filter),
      ...Object.keys(order),
      ...(select ?? []).filter((name) => !name.includes('*')),
    ]
    await work.fields.requireKnown(type.entityTypeId, named, work.signal)
    const found = await rows(work, type, {
      filter,
      select: select === undefined ? undefined : ['id', ...select],
      ...(args.order === undefined ? {} : { order }),
      limit: numberOf(args, 'limit', 20),
      offset: numberOf(args, 'offset', 0),
    })
    return short(found)
  },
}

/** Rows that are too long for one answer are asked for again from where it ends. */
function short({ items, total, next }: { items: JsonObject[]; total: number; next?: number }): JsonObject {
  const { value, cut } = bounded(items)
  if (cut === undefined) return { items, total, ...(next === undefined ? {} : { next }) }
  return { items: value, total, cut: `${cut}, or take a smaller limit` }
}

const getItem: Tool = {
  name: 'get_item',
  title: 'Read a record',
  description: 'Reads one record with all its fields, those that are empty left out.',
  input: objectOf({ type: typeArgument, id: idArgument }, ['type', 'id']),
  output: answerOf({ type: { type: 'string' }, item: { type: 'object' } }, ['type', 'item']),
  effect: 'read',
  idempotent: true,
  async run(args, work) {
    const type = await typeNamed(work.backend, args.type, work.signal)
    const id = numberOf(args, 'id', 0)
    work.touch({ method: 'crm.item.get', entityTypeId: type.entityTypeId, id: String(id) })
    const params = { entityTypeId: type.entityTypeId, id }
    const item = itemOf(await work.backend.call('crm.item.get', params, { signal: work.signal }))
    const { value, cut } = bounded(withoutEmpty(item))
    return { type: type.name, item: value, ...(cut === undefined ? {} : { cut }) }
  },
}

export const readingItemTools: readonly Tool[] = [listItems, getItem]

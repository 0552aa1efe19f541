import { readOrder } from '../../methods/conditions.ts'
import { argument, type Call, isMap, type Map } from '../../methods/method.ts'
import type { Entity } from '../../schema/entity.ts'
import type { Wire } from '../../schema/wire.ts'
import type { Order } from '../../store/entity-query.ts'

const OWN_PARAMETERS = new Set(['order', 'filter', 'admin_mode', 'select', 'image_resize', 'start'])

/** Departments can be looked up by their `SORT`, a number, while `sort` names the field to sort by. */
const isSortField = (name: string, value: unknown): boolean =>
  name.toLowerCase() === 'sort' && !(typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value)))

/** `filter` and the bare fields beside it (`ID=1`, `ACTIVE=true`): both forms are documented. */
export function conditionsOf({ raw }: Pick<Call, 'raw'>): Map {
  const filter = argument(raw, 'filter')
  const bare = Object.entries(raw).filter(
    ([name, value]) => !OWN_PARAMETERS.has(name.toLowerCase()) && !isSortField(name, value),
  )
  return { ...Object.fromEntries(bare), ...(isMap(filter) ? filter : {}) }
}

/** `sort` names a field and `order` the direction; SDKs that walk lists send `order` as a map, as elsewhere. */
export function orderOf({ raw }: Pick<Call, 'raw'>, entity: Entity, wire: Wire): Order[] {
  const order = argument(raw, 'order')
  if (isMap(order)) return readOrder(entity, wire, order)
  const field = Object.entries(raw).find(([name, value]) => isSortField(name, value))?.[1]
  return typeof field === 'string' && field !== '' ? readOrder(entity, wire, { [field]: order ?? 'ASC' }) : []
}

import { readFilter, readOrder } from '../../../methods/conditions.ts'
import { inStyle } from '../../../methods/errors.ts'
import { type Call, type Map, method, type Method, need, take } from '../../../methods/method.ts'
import { encodeRow } from '../../../methods/rows.ts'
import type { Action } from '../../../records/access.ts'
import { Failure } from '../../../records/failure.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import type { Scalar } from '../../../schema/kind.ts'
import { itemWire, type Wire } from '../../../schema/wire.ts'
import { select } from '../../../store/entity-query.ts'
import { and, type Test } from '../../../store/entity-test.ts'
import { isPayable, requireOwned, requireOwner } from './owner.ts'
import { closedStyle } from './refusals.ts'

/** camelCase rows; filters are flat and ignore what they don't know, as those of `sale.payment.list` do. */
const wire: Wire = { ...itemWire, strict: false }

interface Listed {
  readonly entity: Entity
  readonly fields: readonly Field[]
  /** Of whom the rows are, by fields that no filter knows. */
  readonly of: Readonly<Record<string, Scalar>>
  readonly filter?: Map | undefined
  readonly order?: Map | undefined
}

/** The rows of a list, all of them: these methods have no pages. */
export async function rowsOfList(call: Call, { entity, fields, of, filter, order }: Listed): Promise<object[]> {
  const asked = readFilter(entity, wire, filter, { zone: call.portal.zone })
  const owned: Test[] = Object.entries(of).map(([name, value]) => ({
    is: 'compare',
    field: entity.field(name),
    op: 'eq',
    values: [value],
  }))
  const orders = readOrder(entity, wire, order)
  const id = entity.field('id')
  const stored = await select(call.session, {
    entity,
    fields,
    test: and(asked === undefined ? owned : [...owned, asked]),
    order: orders.some(({ field }) => field === id) ? orders : [...orders, { field: id, direction: 'ASC' }],
  })
  return stored.map((row) => encodeRow(row, fields, wire, call.encode))
}

/** `get` and `list` of payments or deliveries; what the right to see one is differs. */
export const readers = (prefix: string, entity: Entity, fields: readonly Field[], getting: Action): Method[] => [
  method({
    name: `${prefix}.get`,
    scope: 'crm',
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(closedStyle, 'read', async () => {
        await requireOwned(call, entity, id, getting)
        const [row] = await rowsOfList(call, { entity, fields, of: { id } })
        if (row === undefined) throw new Failure({ why: 'not-found' })
        return row
      }),
  }),
  method({
    name: `${prefix}.list`,
    scope: 'crm',
    params: { entityId: need.id, entityTypeId: need.integer, filter: take.map, order: take.map },
    run: ({ entityId, entityTypeId, filter, order }, call) =>
      inStyle(closedStyle, 'read', async () => {
        await requireOwner(call, entityTypeId, entityId, 'read')
        if (!isPayable(entityTypeId)) return []
        const of = { ownerTypeId: entityTypeId, ownerId: entityId }
        return rowsOfList(call, { entity, fields, of, filter, order })
      }),
  }),
]

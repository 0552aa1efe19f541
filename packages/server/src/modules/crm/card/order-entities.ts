import { ApiError, inStyle, itemStyle } from '../../../methods/errors.ts'
import { readFilter, readOrder } from '../../../methods/conditions.ts'
import { type Call, Listing, type Map, method, need, take } from '../../../methods/method.ts'
import { encodeRow, itemSelection } from '../../../methods/rows.ts'
import { requireReader } from '../../../records/administration.ts'
import { ownedCondition } from '../../../records/owned.ts'
import * as records from '../../../records/records.ts'
import { InvalidValue, integerOf, isBlank } from '../../../schema/kind.ts'
import { catalogWire } from '../../../schema/wire.ts'
import { and } from '../../../store/entity-test.ts'
import { sql } from '../../../store/sql.ts'
import { type Binding, bindOrder, orderBinding } from '../payment/order-binding.ts'
import { isPayable } from '../payment/owner.ts'

const scope = 'crm'
const wire = catalogWire
/** In the order in which refusals name them (crm-order-entity-add.md, crm-order-entity-delete-by-filter.md). */
const keys = ['ownerId', 'ownerTypeId', 'orderId'] as const

const refusal = (code: string, text: string): ApiError => new ApiError(code, 400, text)

/** Codes are texts in this family, also where they are numbers (crm-order-entity-get-fields.md). */
const style = {
  ...itemStyle,
  accessDenied: (action: 'read' | 'write') =>
    refusal(action === 'read' ? '200040300010' : '200040300020', 'Access Denied'),
  notFound: () => refusal('0', 'The item does not exist'),
}

function bindingOf(fields: Map): Binding {
  const blank = keys.filter((name) => isBlank(fields[name]))
  if (blank.length > 0) throw refusal('0', `Required fields: ${blank.join(', ')}`)
  const number = (name: (typeof keys)[number]): number => {
    try {
      return integerOf(fields[name])
    } catch (cause) {
      if (!(cause instanceof InvalidValue)) throw cause
      throw refusal('0', `Wrong format of field ${name}: ${cause.reason}`)
    }
  }
  const binding = { orderId: number('orderId'), ownerId: number('ownerId'), ownerTypeId: number('ownerTypeId') }
  if (!isPayable(binding.ownerTypeId)) throw refusal('0', 'Orders belong to deals and invoices only')
  return binding
}

const isBinding = ({ orderId, ownerId, ownerTypeId }: Binding) =>
  sql`order_id = ${orderId} and owner_type_id = ${ownerTypeId} and owner_id = ${ownerId}`

/** Changes what an order belongs to, with the item and the order held; `own`: the item is that of its payments. */
async function changing(
  call: Call,
  binding: Binding,
  body: (tx: Parameters<typeof bindOrder>[0], own: boolean) => Promise<void>,
): Promise<void> {
  const entity = await call.portal.entities.get(call.session, binding.ownerTypeId)
  await records.requireRecord(call, call.session, entity, binding.ownerId, 'update')
  await call.session.transaction(async (tx) => {
    await records.locked(tx, entity, binding.ownerId)
    // Whoever else binds this order waits here.
    if ((await tx.change(sql`update crm_order set payments = payments where id = ${binding.orderId}`)) === 0)
      throw refusal('200540400001', 'order does not exist')
    const [order] = await tx.find<{ type: number; record: number }>(
      sql`select entity_type_id as type, record_id as record from crm_order where id = ${binding.orderId}`,
    )
    await body(tx, order?.type === binding.ownerTypeId && order.record === binding.ownerId)
  })
}

async function add(call: Call, binding: Binding): Promise<Binding> {
  await changing(call, binding, async (tx) => {
    const known = await tx.find<{ id: number }>(sql`select id from crm_order_entity where ${isBinding(binding)}`)
    if (known.length > 0) throw refusal('201650000001', 'Duplicate entry for key [ownerId, ownerTypeId, orderId]')
    await bindOrder(tx, binding)
  })
  return binding
}

async function remove(call: Call, binding: Binding): Promise<void> {
  await changing(call, binding, async (tx, own) => {
    if (own) throw refusal('0', 'The payments and deliveries of this item belong to the order')
    const removed = await tx.change(sql`delete from crm_order_entity where ${isBinding(binding)}`)
    if (removed === 0) throw refusal('201640400004', 'entity relation is not exists')
    tx.count(orderBinding.table, -removed)
  })
}

interface Asked {
  readonly select: readonly unknown[] | undefined
  readonly filter: unknown
  readonly order: unknown
  readonly start: number
}

/** Bindings to items that the caller may read. */
async function list(call: Call, { select, filter, order, start }: Asked): Promise<Listing> {
  await requireReader(call)
  const owners = { table: orderBinding.table, id: 'id', type: 'owner_type_id', record: 'owner_id' }
  const tests = [
    readFilter(orderBinding, wire, filter, { zone: call.portal.zone }),
    await ownedCondition(call, owners),
  ].filter((test) => test !== undefined)
  const fields = itemSelection(orderBinding, wire, select)
  const given = readOrder(orderBinding, wire, order)
  const page = await records.list(call, orderBinding, {
    fields,
    test: tests.length > 1 ? and(tests) : tests[0],
    order: given.length > 0 ? given : [{ field: orderBinding.field('ownerId'), direction: 'ASC' }],
    start,
  })
  const rows = page.rows.map((row) => encodeRow(row, fields, wire, call.encode))
  return new Listing({ orderEntity: rows }, page.total, page.next)
}

const described = { isImmutable: true, isReadOnly: false, isRequired: true, type: 'integer' }

/** Orders hold the payments and deliveries of an item; other items may have them as well. */
export default [
  method({
    name: 'crm.orderentity.add',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) => inStyle(style, 'write', async () => ({ dealOrder: await add(call, bindingOf(fields)) })),
  }),
  method({
    name: 'crm.orderentity.deleteByFilter',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(style, 'write', async () => {
        await remove(call, bindingOf(fields))
        return true
      }),
  }),
  method({
    name: 'crm.orderentity.list',
    scope,
    params: { select: take.list, filter: take.any, order: take.any, start: take.start },
    run: (params, call) => inStyle(style, 'read', () => list(call, params)),
  }),
  method({
    name: 'crm.orderentity.getFields',
    scope,
    params: {},
    run: (_none, call) =>
      inStyle(style, 'read', async () => {
        await requireReader(call)
        return { orderEntity: { orderId: described, ownerId: described, ownerTypeId: described } }
      }),
  }),
]

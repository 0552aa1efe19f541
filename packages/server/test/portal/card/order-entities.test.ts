import { expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { asAdministrator, mustOf, refusalOf } from '../automation/administrator.ts'

const portal = await testPortal()
const must = mustOf(portal)
const refusal = refusalOf(portal)

const deal = (fields: object = {}): Promise<number> => must('crm.deal.add', { fields: { TITLE: 'Roof', ...fields } })

async function order(ownerId: number): Promise<number> {
  const id = await must('crm.item.payment.add', { entityTypeId: 2, entityId: ownerId })
  const { accountNumber } = await must('crm.item.payment.get', { id })
  return Number(accountNumber.split('/')[0])
}

const owners = async (orderId: number): Promise<number[]> =>
  (await must('crm.orderentity.list', { filter: { orderId }, order: { ownerId: 'asc' } })).orderEntity.map(
    ({ ownerId }: { ownerId: number }) => ownerId,
  )

it('knows of an order as soon as an item has a payment', async () => {
  const ownerId = await deal()
  const orderId = await order(ownerId)
  await order(ownerId)
  expect(await must('crm.orderentity.list', { filter: { ownerId } })).toEqual({
    orderEntity: [{ orderId, ownerId, ownerTypeId: 2 }],
  })
})

it('binds an order to another deal and takes it away again', async () => {
  const [first, second] = [await deal(), await deal()]
  const orderId = await order(first)
  const fields = { orderId, ownerId: second, ownerTypeId: 2 }
  expect(await must('crm.orderentity.add', { fields })).toEqual({ dealOrder: fields })
  expect(await owners(orderId)).toEqual([first, second])
  expect(await must('crm.orderentity.deleteByFilter', { fields })).toBe(true)
  expect(await owners(orderId)).toEqual([first])
})

it('forgets bindings with the item, and the order with the item whose payments it holds', async () => {
  const [first, second, third] = [await deal(), await deal(), await deal()]
  const orderId = await order(first)
  for (const ownerId of [second, third])
    await must('crm.orderentity.add', { fields: { orderId, ownerId, ownerTypeId: 2 } })
  await must('crm.deal.delete', { id: second })
  expect(await owners(orderId)).toEqual([first, third])
  await must('crm.deal.delete', { id: first })
  expect(await owners(orderId)).toEqual([])
})

it('a merged deal hands its orders over, each once', async () => {
  const [into, from] = [await deal(), await deal()]
  const orderId = await order(from)
  await must('crm.orderentity.add', { fields: { orderId, ownerId: into, ownerTypeId: 2 } })
  await must('crm.entity.mergeBatch', { params: { entityTypeId: 2, entityIds: [into, from] } })
  expect(await owners(orderId)).toEqual([into])
})

const home = await deal()
const known = { orderId: await order(home), ownerId: home, ownerTypeId: 2 }
const stranger = await deal()

it.each<[string, object, string, string]>([
  ['add', known, '201650000001', 'Duplicate entry for key [ownerId, ownerTypeId, orderId]'],
  ['add', { ...known, orderId: 99_999 }, '200540400001', 'order does not exist'],
  ['add', { ownerTypeId: 2 }, '0', 'Required fields: ownerId, orderId'],
  ['add', { ...known, ownerTypeId: 1 }, '0', 'Orders belong to deals and invoices only'],
  ['add', { ...known, ownerId: 99_999 }, '0', 'The item does not exist'],
  ['deleteByFilter', { ...known, ownerId: stranger }, '201640400004', 'entity relation is not exists'],
  ['deleteByFilter', { ...known, orderId: 99_999 }, '200540400001', 'order does not exist'],
  ['deleteByFilter', known, '0', 'The payments and deliveries of this item belong to the order'],
])('%s refuses %j', async (verb, fields, code, text) => {
  expect(await refusal(`crm.orderentity.${verb}`, { fields })).toEqual([400, code, text])
})

it('shows and binds what one may see and change', async () => {
  const { id: clerk, hook: as } = await portal.person()
  await asAdministrator(portal, ({ session }) =>
    portal.portal.caches.changing(session, ['roles'], async (tx) => {
      await tx.change(sql`update crm_role_permission set level = 'own'`)
    }),
  )
  const own = await deal({ ASSIGNED_BY_ID: clerk })
  const orderId = await order(own)
  expect(await must('crm.orderentity.list', {}, { as })).toEqual({
    orderEntity: [{ orderId, ownerId: own, ownerTypeId: 2 }],
  })
  expect(
    await refusal('crm.orderentity.add', { fields: { orderId, ownerId: stranger, ownerTypeId: 2 } }, { as }),
  ).toEqual([400, '200040300020', 'Access Denied'])
})

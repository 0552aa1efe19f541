import { expect, it } from 'vitest'
import { addDelivery } from '../../../src/modules/crm/payment/deliveries.ts'
import { Failure } from '../../../src/records/failure.ts'
import { sql } from '../../../src/store/sql.ts'
import { asAdministrator, asPerson } from '../automation/administrator.ts'
import { testPortal } from '../../support/portal.ts'
import { makingIn } from './making.ts'

const portal = await testPortal()
const { deal, delivery, must, payment, read, refused } = makingIn(portal)
const lines = (paymentId: number, more: object = {}): Promise<{ id: number; deliveryId: number }[]> =>
  must('crm.item.payment.delivery.list', { paymentId, ...more })

it('a delivery is read by its id and in the list of its item', async () => {
  const entityId = await deal()
  const [id, other] = [await delivery(entityId, 7999), await delivery(entityId, 0)]
  await delivery(await deal(), 100)
  const row = await must('crm.item.delivery.get', { id })
  expect(row).toMatchObject({
    id,
    deducted: 'N',
    dateDeducted: null,
    deliveryId: 3,
    deliveryName: 'Courier',
    priceDelivery: 79.99,
    currency: 'EUR',
  })
  expect(row.accountNumber).toMatch(/^\d+\/1$/)
  const list = (more: object) => must('crm.item.delivery.list', { entityTypeId: 2, entityId, ...more })
  const rows = await list({ order: { id: 'desc' } })
  expect(rows.map((each: { id: number }) => each.id)).toEqual([other, id])
  expect(rows[1]).toEqual(row)
  expect(await list({ filter: { '>priceDelivery': 79.98 } })).toEqual([row])
})

it('a payment is for the deliveries that stand in it', async () => {
  const entityId = await deal()
  const [cheap, dear] = [await delivery(entityId, 500), await delivery(entityId, 12_345)]
  const paymentId = await payment(entityId)
  const id = await must('crm.item.payment.delivery.add', { paymentId, deliveryId: cheap })
  expect(await lines(paymentId)).toEqual([{ id, paymentId, quantity: 1, deliveryId: cheap }])
  expect((await read(paymentId)).sum).toBe(5)

  expect(await must('crm.item.payment.delivery.setDelivery', { id, deliveryId: dear })).toBe(true)
  expect((await read(paymentId)).sum).toBe(123.45)
  const second = await must('crm.item.payment.delivery.add', { paymentId, deliveryId: cheap })
  expect((await read(paymentId)).sum).toBe(128.45)
  expect(await lines(paymentId, { filter: { '>=quantity': 1, '!id': id } })).toEqual([
    { id: second, paymentId, quantity: 1, deliveryId: cheap },
  ])

  expect(await must('crm.item.payment.delivery.delete', { id })).toBe(true)
  expect((await read(paymentId)).sum).toBe(5)
  expect((await lines(paymentId)).map((line) => line.id)).toEqual([second])
})

it('nobody pays twice for a delivery, nor for that of another item', async () => {
  const entityId = await deal()
  const [own, foreign] = [await delivery(entityId, 500), await delivery(await deal(), 500)]
  const [first, second] = [await payment(entityId), await payment(entityId)]
  const id = await must('crm.item.payment.delivery.add', { paymentId: first, deliveryId: own })
  const add = 'crm.item.payment.delivery.add'
  await refused(add, { paymentId: second, deliveryId: own }, 'The delivery is in a payment already')
  await refused(add, { paymentId: second, deliveryId: foreign }, 'Delivery item not found')
  await refused(add, { paymentId: second, deliveryId: 999_999 }, 'Delivery item not found')
  await refused(add, { paymentId: 999_999, deliveryId: own }, 'Payment has not been found')
  const set = 'crm.item.payment.delivery.setDelivery'
  await refused(set, { id, deliveryId: foreign }, 'Delivery item not found')
  await refused(set, { id: 999_999, deliveryId: own }, 'Payable item has not been found')
  await refused('crm.item.payment.delivery.delete', { id: 999_999 }, 'Payable item has not been found')
  // To put what is there in its own place is no change.
  expect(await must(set, { id, deliveryId: own })).toBe(true)
})

it('deliveries and their payments go with the item, and leave nothing behind', async () => {
  const before = await portal.census()
  const entityId = await deal()
  const id = await delivery(entityId, 500)
  const paymentId = await payment(entityId)
  await must('crm.item.payment.delivery.add', { paymentId, deliveryId: id })
  await must('crm.deal.delete', { id: entityId })
  const after = await portal.census()
  for (const table of ['crm_order', 'crm_payment', 'crm_delivery', 'crm_payment_delivery'])
    expect([table, after[table]]).toEqual([table, before[table]])
  await refused('crm.item.delivery.get', { id }, 'Insufficient permissions')
})

it('a payment that is deleted gives its deliveries free', async () => {
  const entityId = await deal()
  const [id, paymentId] = [await delivery(entityId, 500), await payment(entityId)]
  await must('crm.item.payment.delivery.add', { paymentId, deliveryId: id })
  await must('crm.item.payment.delete', { id: paymentId })
  const next = await payment(entityId)
  await must('crm.item.payment.delivery.add', { paymentId: next, deliveryId: id })
  expect((await read(next)).sum).toBe(5)
})

it('only who may change an item adds deliveries to it, and only to what can have some', async () => {
  const entityId = await deal()
  const lead = await must('crm.lead.add', { fields: { TITLE: 'A lead' } })
  const { id: stranger, hook } = await portal.person()
  const session = portal.portal.store.session()
  const before = await portal.census()
  const given = { entityTypeId: 2, entityId, deliveryId: 3, deliveryName: 'Courier', priceDelivery: 500 }
  const wrong = { ...given, entityTypeId: 1, entityId: lead }
  await expect(asAdministrator(portal, (context) => addDelivery(context, wrong))).rejects.toThrow(Failure)
  const negative = { ...given, priceDelivery: -1 }
  await expect(asAdministrator(portal, (context) => addDelivery(context, negative))).rejects.toThrow(Failure)
  const unknown = { ...given, entityId: 999_999 }
  await expect(asPerson(portal, 1, (context) => addDelivery(context, unknown))).rejects.toThrow('not-found')
  expect(await portal.census()).toEqual(before)

  const id = await delivery(entityId, 500)
  await portal.portal.caches.changing(session, ['roles'], async (tx) => {
    await tx.change(sql`delete from crm_role_permission`)
  })
  await session.settled()
  await expect(asPerson(portal, stranger, (context) => addDelivery(context, given))).rejects.toThrow('access-denied')
  await refused('crm.item.delivery.get', { id }, 'Insufficient permissions', hook)
  await refused('crm.item.delivery.list', { entityTypeId: 2, entityId }, 'Insufficient permissions', hook)
})

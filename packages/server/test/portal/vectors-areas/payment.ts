import { addDelivery } from '../../../src/modules/crm/payment/deliveries.ts'
import type { TestPortal } from '../../support/portal.ts'
import { asAdministrator } from '../automation/administrator.ts'
import type { Provocation } from '../vectors-refusals.ts'
import { fieldsOf, must, type Target, withId } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

const newDeal = (portal: TestPortal): Promise<number> =>
  must(portal, 'crm.deal.add', { fields: { TITLE: 'To be paid', CURRENCY_ID: 'USD' } })

const paymentOf = (portal: TestPortal, entityId: number): Promise<number> =>
  must(portal, 'crm.item.payment.add', { entityTypeId: 2, entityId })

const deliveryOf = (portal: TestPortal, entityId: number): Promise<number> =>
  asAdministrator(portal, (context) =>
    addDelivery(context, {
      entityTypeId: 2,
      entityId,
      deliveryId: 228,
      deliveryName: 'Uber Taxi (Cargo)',
      priceDelivery: 7999,
    }),
  )

async function rowOf(portal: TestPortal, ownerId: number): Promise<number> {
  const fields = { ownerType: 'D', ownerId, productName: 'iphone 14', price: 79_999, quantity: 5 }
  return (await must<{ productRow: { id: number } }>(portal, 'crm.item.productrow.add', { fields })).productRow.id
}

const anyPayment: Target = async (portal, params) => withId(params, await paymentOf(portal, await newDeal(portal)))

const paidPayment: Target = async (portal, params) => {
  const made = await anyPayment(portal, params)
  await must(portal, 'crm.item.payment.pay', { id: made.id })
  return made
}

const anyProduct: Target = async (portal, params) => {
  const deal = await newDeal(portal)
  const line = { paymentId: await paymentOf(portal, deal), rowId: await rowOf(portal, deal), quantity: 2 }
  return withId(params, await must(portal, 'crm.item.payment.product.add', line))
}

async function deliveryInPayment(portal: TestPortal): Promise<{ deal: number; paymentId: number; id: number }> {
  const deal = await newDeal(portal)
  const paymentId = await paymentOf(portal, deal)
  const line = { paymentId, deliveryId: await deliveryOf(portal, deal) }
  return { deal, paymentId, id: await must(portal, 'crm.item.payment.delivery.add', line) }
}

const unknown =
  (name: string): Provocation['change'] =>
  (params) => ({ ...params, [name]: 999_999 })
const unknownPayment: Provocation = { change: unknown('paymentId') }
const unknownLine: Provocation = { change: unknown('id') }
const nobody: Provocation = { by: 'nobody' }

export const payment: VectorArea = {
  targets: {
    'crm.item.payment.add': async (portal, params) => ({ ...params, entityId: await newDeal(portal) }),
    'crm.item.payment.delete': anyPayment,
    'crm.item.payment.get': paidPayment,
    async 'crm.item.payment.list'(portal, params) {
      const entityId = await newDeal(portal)
      const paid = await paymentOf(portal, entityId)
      await must(portal, 'crm.item.payment.pay', { id: paid })
      return { ...params, entityId, filter: { '@id': [paid, await paymentOf(portal, entityId)] } }
    },
    'crm.item.payment.pay': anyPayment,
    'crm.item.payment.unpay': paidPayment,
    async 'crm.item.payment.update'(portal, params) {
      const made = await anyPayment(portal, params)
      const { paySystemId } = await must<{ paySystemId: number }>(portal, 'crm.item.payment.get', { id: made.id })
      return { ...made, fields: { ...fieldsOf(params), paySystemId } }
    },
    async 'crm.item.payment.product.add'(portal, params) {
      const deal = await newDeal(portal)
      return { ...params, paymentId: await paymentOf(portal, deal), rowId: await rowOf(portal, deal) }
    },
    'crm.item.payment.product.delete': anyProduct,
    async 'crm.item.payment.product.list'(portal, params) {
      const deal = await newDeal(portal)
      const paymentId = await paymentOf(portal, deal)
      const add = async (quantity: number) =>
        must(portal, 'crm.item.payment.product.add', { paymentId, rowId: await rowOf(portal, deal), quantity })
      return { ...params, paymentId, filter: { '>=quantity': 2, '@id': [await add(2), await add(3)] } }
    },
    'crm.item.payment.product.setQuantity': anyProduct,
    async 'crm.item.payment.delivery.add'(portal, params) {
      const deal = await newDeal(portal)
      return { ...params, paymentId: await paymentOf(portal, deal), deliveryId: await deliveryOf(portal, deal) }
    },
    'crm.item.payment.delivery.delete': async (portal, params) => withId(params, (await deliveryInPayment(portal)).id),
    async 'crm.item.payment.delivery.list'(portal, params) {
      const { id, paymentId } = await deliveryInPayment(portal)
      return { ...params, paymentId, filter: { '@id': [id], '>=quantity': 1 } }
    },
    async 'crm.item.payment.delivery.setDelivery'(portal, params) {
      const { id, deal } = await deliveryInPayment(portal)
      return { ...params, id, deliveryId: await deliveryOf(portal, deal) }
    },
    'crm.item.delivery.get': async (portal, params) => withId(params, await deliveryOf(portal, await newDeal(portal))),
    async 'crm.item.delivery.list'(portal, params) {
      const entityId = await newDeal(portal)
      const ids = [await deliveryOf(portal, entityId), await deliveryOf(portal, entityId)]
      return { ...params, entityId, filter: { '@id': ids } }
    },
  },
  amended: {
    'crm.item.payment.add': {
      instead: { error: 0, error_description: 'Entity with identifier №999999 does not exist' },
      why: 'the text names the id of the request',
    },
  },
  provocations: {
    'crm.item.payment.add': { change: unknown('entityId') },
    'crm.item.payment.delete': nobody,
    'crm.item.payment.get': nobody,
    'crm.item.payment.list': nobody,
    'crm.item.payment.pay': nobody,
    'crm.item.payment.unpay': nobody,
    'crm.item.payment.update': nobody,
    'crm.item.payment.product.add': unknownPayment,
    'crm.item.payment.product.delete': unknownLine,
    'crm.item.payment.product.list': unknownPayment,
    'crm.item.payment.product.setQuantity': unknownLine,
    'crm.item.payment.delivery.add': unknownPayment,
    'crm.item.payment.delivery.delete': unknownLine,
    'crm.item.payment.delivery.list': unknownPayment,
    'crm.item.payment.delivery.setDelivery': unknownLine,
    'crm.item.delivery.get': nobody,
    'crm.item.delivery.list': nobody,
  },
}

import type { TestPortal } from '../../support/portal.ts'
import { must, type Target } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

const contact = (portal: TestPortal): Promise<number> =>
  must(portal, 'crm.contact.add', { fields: { NAME: 'Visitor' } })

async function participants(portal: TestPortal): Promise<number[]> {
  return [await contact(portal), await contact(portal), await contact(portal)]
}

const called = async (portal: TestPortal, WEBFORM_ID = 1): Promise<number> =>
  must(portal, 'crm.calllist.add', { ENTITY_TYPE: 'CONTACT', ENTITIES: await participants(portal), WEBFORM_ID })

const some: Target = async (portal, params) => ({ ...params, ENTITIES: await participants(portal) })

/** A deal, and the order under which its payment is numbered. */
async function ordered(portal: TestPortal): Promise<{ ownerId: number; orderId: number }> {
  const ownerId = await must(portal, 'crm.deal.add', { fields: { TITLE: 'Ordered' } })
  const id = await must(portal, 'crm.item.payment.add', { entityTypeId: 2, entityId: ownerId })
  const { accountNumber } = await must<{ accountNumber: string }>(portal, 'crm.item.payment.get', { id })
  return { ownerId, orderId: Number(accountNumber.split('/')[0]) }
}

const bound = async (portal: TestPortal): Promise<object> => {
  const ownerId = await must(portal, 'crm.deal.add', { fields: { TITLE: 'Another' } })
  return { orderId: (await ordered(portal)).orderId, ownerId, ownerTypeId: 2 }
}

export const card: VectorArea = {
  targets: {
    'crm.orderentity.add': async (portal) => ({ fields: await bound(portal) }),
    async 'crm.orderentity.deleteByFilter'(portal) {
      const fields = await bound(portal)
      await must(portal, 'crm.orderentity.add', { fields })
      return { fields }
    },
    async 'crm.orderentity.list'(portal, params) {
      const deals = [await ordered(portal), await ordered(portal), await ordered(portal)]
      return { ...params, filter: { '=ownerTypeId': 2, '@ownerId': deals.map(({ ownerId }) => ownerId) } }
    },
    'crm.calllist.add': some,
    'crm.calllist.get': async (portal) => ({ ID: await called(portal) }),
    async 'crm.calllist.list'(portal, params) {
      await called(portal)
      return params
    },
    'crm.calllist.update': async (portal, params) => ({
      ...(await some(portal, params)),
      LIST_ID: await called(portal),
    }),
    'crm.calllist.items.get': async (portal, params) => ({ ...params, LIST_ID: await called(portal) }),
    async 'crm.tracking.trace.add'(portal, params) {
      const lead = await must(portal, 'crm.lead.add', { fields: { TITLE: 'Visitor' } })
      const entities = [
        { TYPE: 'CONTACT', ID: await contact(portal) },
        { TYPE: 'LEAD', ID: lead },
      ]
      return { ...params, ENTITIES: entities }
    },
    'crm.tracking.trace.delete': async (portal) => ({
      id: await must(portal, 'crm.tracking.trace.add', { TRACE: '{}' }),
    }),
  },
  provocations: {
    'crm.orderentity.add': {
      async change(params, portal) {
        await must(portal, 'crm.orderentity.add', params)
        return params
      },
    },
    'crm.orderentity.deleteByFilter': { change: () => ({ fields: { ownerTypeId: 2 } }) },
    'crm.orderentity.getFields': { by: 'nobody' },
    'crm.orderentity.list': { by: 'nobody' },
    'crm.calllist.add': { change: (params) => ({ ...params, ENTITIES: 'all' }) },
    'crm.calllist.get': { change: () => ({ ID: 999_999 }) },
    'crm.calllist.list': { change: (params) => ({ ...params, FILTER: { TITLE: 'Everybody' } }) },
    'crm.calllist.update': { change: (params) => ({ ...params, ENTITY_TYPE: 'DEAL' }) },
    'crm.calllist.items.get': { change: (params) => ({ ...params, LIST_ID: -1 }) },
    'crm.tracking.trace.add': { change: ({ TRACE: _trace, ...params }) => params },
    'crm.tracking.trace.delete': { change: () => ({}) },
  },
}

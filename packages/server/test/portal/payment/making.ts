import { expect } from 'vitest'
import { addDelivery } from '../../../src/modules/crm/payment/deliveries.ts'
import { asAdministrator } from '../automation/administrator.ts'
import type { Answer, TestPortal } from '../../support/portal.ts'

export type Result = Answer['body']['result']

/** What the tests of payments do with a portal, as the administrator; whatever is called must not be refused. */
export function makingIn(portal: TestPortal) {
  const must = async (method: string, params: unknown): Promise<Result> => {
    const { status, body } = await portal.call(method, params)
    expect([method, status, body.error_description]).toEqual([method, 200, undefined])
    return body.result
  }
  return {
    must,
    deal: (fields: object = {}): Promise<number> =>
      must('crm.deal.add', { fields: { TITLE: 'A deal', CURRENCY_ID: 'EUR', ...fields } }),
    invoice: async (): Promise<number> =>
      (await must('crm.item.add', { entityTypeId: 31, fields: { title: 'An invoice' } })).item.id,
    payment: (entityId: number, entityTypeId = 2): Promise<number> =>
      must('crm.item.payment.add', { entityTypeId, entityId }),
    /** At this price in hundredths. */
    delivery: (entityId: number, priceDelivery: number): Promise<number> =>
      asAdministrator(portal, (context) =>
        addDelivery(context, { entityTypeId: 2, entityId, deliveryId: 3, deliveryName: 'Courier', priceDelivery }),
      ),
    row: async (ownerId: number, price: number, quantity: number): Promise<number> =>
      (
        await must('crm.item.productrow.add', {
          fields: { ownerType: 'D', ownerId, productName: 'A product', price, quantity },
        })
      ).productRow.id,
    read: (id: number): Promise<Result> => must('crm.item.payment.get', { id }),
    list: (entityId: number, more: object = {}): Promise<Result> =>
      must('crm.item.payment.list', { entityTypeId: 2, entityId, ...more }),
    /** A refused call must change nothing. */
    async refused(method: string, params: unknown, description: string, as?: string): Promise<void> {
      const before = await portal.census()
      const { status, body } = await portal.call(method, params, as === undefined ? {} : { as })
      expect([method, status, body.error, body.error_description]).toEqual([method, 400, 0, description])
      expect(await portal.census()).toEqual(before)
    },
  }
}

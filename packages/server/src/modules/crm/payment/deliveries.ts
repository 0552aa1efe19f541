import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { createWithin, removeWithin, updateWithin } from '../../../records/records.ts'
import { delivery } from './delivery.ts'
import { paymentDelivery } from './lines.ts'
import { nextNumber } from './order.ts'
import { draftOf, type Held, holding, holdingLine, holdingPayment, isPayable, where } from './owner.ts'
import { payment } from './payment.ts'
import { MAX_SUM, settleSum } from './sums.ts'

/** One, in ten-thousandths. */
const WHOLE = 10_000

const lines = { payment, line: paymentDelivery }

export interface NewDelivery {
  readonly entityTypeId: number
  readonly entityId: number
  /** The delivery service, and its name. */
  readonly deliveryId: number
  readonly deliveryName: string
  /** Hundredths of the item's currency. */
  readonly priceDelivery: number
}

/**
 * A new delivery of a deal or an invoice, for who may change that item. Answers its id. No method of the wire does
 * this: deliveries come from a shop or from a page of the CRM (api-reference/crm/universal/delivery/index.md).
 */
export function addDelivery(context: Context, given: NewDelivery): Promise<number> {
  const { entityTypeId, entityId, deliveryId, deliveryName, priceDelivery } = given
  if (!isPayable(entityTypeId))
    throw new Failure({ why: 'rule', text: 'Delivery creation is not available for this entity' })
  if (!Number.isInteger(priceDelivery) || priceDelivery < 0 || priceDelivery > MAX_SUM)
    throw new Failure({ why: 'rule', text: 'The price of the delivery is out of range' })
  return holding(context, entityTypeId, entityId, async (held) =>
    createWithin(
      held,
      delivery,
      draftOf({
        ownerTypeId: entityTypeId,
        ownerId: entityId,
        accountNumber: await nextNumber(held, 'deliveries'),
        deducted: 'N',
        deliveryId,
        deliveryName,
        priceDelivery,
        currency: held.owner.currencyId || (await held.portal.directories.baseCurrency(held.tx)),
        dateInsert: Math.floor(held.now),
      }),
    ),
  )
}

/** A delivery of the payment's item is to be paid with the payment. Answers the id of the line. */
export function payDelivery(context: Context, paymentId: number, deliveryId: number): Promise<number> {
  return holdingPayment(context, payment, paymentId, async (held) => {
    await requirePayable(held, deliveryId)
    const id = await createWithin(held, paymentDelivery, draftOf({ paymentId, deliveryId, quantity: WHOLE }))
    await settleSum(held, paymentId)
    return id
  })
}

/** Another delivery takes the place of the one in a payment. */
export function replaceDelivery(context: Context, id: number, deliveryId: number): Promise<void> {
  return holdingLine(context, lines, id, async (held, line) => {
    if (line.deliveryId !== deliveryId) await requirePayable(held, deliveryId)
    await updateWithin(held, paymentDelivery, id, draftOf({ deliveryId }))
    await settleSum(held, Number(line.paymentId))
  })
}

export function removeDeliveryLine(context: Context, id: number): Promise<void> {
  return holdingLine(context, lines, id, async (held, line) => {
    await removeWithin(held, paymentDelivery, id)
    await settleSum(held, Number(line.paymentId))
  })
}

/** It is the same item's, and nobody is to pay for it twice: a line has always the whole of a delivery. */
async function requirePayable({ tx, owner }: Held, deliveryId: number): Promise<void> {
  const [found] = await where(tx, delivery, 'id', deliveryId)
  if (found === undefined || found.ownerTypeId !== owner.entityTypeId || found.ownerId !== owner.id)
    throw new Failure({ why: 'rule', text: 'Delivery item not found' })
  if ((await where(tx, paymentDelivery, 'deliveryId', deliveryId)).length > 0)
    throw new Failure({ why: 'rule', text: 'The delivery is in a payment already' })
}

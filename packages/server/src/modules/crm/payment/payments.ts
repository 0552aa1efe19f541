import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { createWithin, removeWithin, updateWithin } from '../../../records/records.ts'
import type { Scalar } from '../../../schema/kind.ts'
import { nextNumber } from './order.ts'
import { draftOf, type Held, holding, holdingPayment, isPayable, type Values } from './owner.ts'
import { findPaySystem, firstPaySystem } from './pay-system.ts'
import { payment } from './payment.ts'

/** A new payment of a deal or an invoice, with nothing in it yet. Answers its id. */
export function addPayment(context: Context, entityTypeId: number, entityId: number): Promise<number> {
  if (!isPayable(entityTypeId))
    throw new Failure({ why: 'rule', text: 'Payment creation is not available for this entity' })
  return holding(context, entityTypeId, entityId, async (held) => {
    const { tx, portal, person, now, owner } = held
    const paySystem = await firstPaySystem(tx)
    return createWithin(
      held,
      payment,
      draftOf({
        ownerTypeId: entityTypeId,
        ownerId: entityId,
        accountNumber: await nextNumber(held, 'payments'),
        paid: 'N',
        sum: 0,
        currency: owner.currencyId || (await portal.directories.baseCurrency(tx)),
        paySystemId: paySystem?.id ?? null,
        paySystemName: paySystem?.name ?? null,
        dateBill: Math.floor(now),
        responsibleId: owner.assignedById || person.id,
      }),
    )
  })
}

export interface PaymentFields {
  readonly paid?: boolean | undefined
  readonly paySystemId?: number | undefined
}

export function updatePayment(context: Context, id: number, fields: PaymentFields): Promise<void> {
  return holdingPayment(context, payment, id, async (held, before) => {
    const values: Record<string, Scalar> = {}
    if (fields.paySystemId !== undefined) {
      const paySystem = await findPaySystem(held.tx, fields.paySystemId)
      if (paySystem === undefined) throw new Failure({ why: 'rule', text: 'Payment system not found' })
      values.paySystemId = paySystem.id
      values.paySystemName = paySystem.name
    }
    if (fields.paid !== undefined) Object.assign(values, standing(held, before, fields.paid))
    await updateWithin(held, payment, id, draftOf(values))
  })
}

/** When and by whom it was paid; who marks a paid payment as paid again changes neither. */
function standing({ now, person }: Held, before: Values, paid: boolean): Values {
  if ((before.paid === 'Y') === paid) return {}
  return paid
    ? { paid: 'Y', datePaid: Math.floor(now), empPaidId: person.id }
    : { paid: 'N', datePaid: null, empPaidId: null }
}

export const removePayment = (context: Context, id: number): Promise<void> =>
  holdingPayment(context, payment, id, (held) => removeWithin(held, payment, id))

import { inStyle } from '../../../methods/errors.ts'
import { method, need } from '../../../methods/method.ts'
import { integerOf, InvalidValue, isBlank, yesNo } from '../../../schema/kind.ts'
import { requireOwned } from './owner.ts'
import { payment, shownOfPayment } from './payment.ts'
import { addPayment, type PaymentFields, removePayment, updatePayment } from './payments.ts'
import { closedStyle, ownerStyle, refusal } from './refusals.ts'
import { readers } from './rows-of-lists.ts'

const scope = 'crm'

/** Marks a payment as paid or takes that back (crm-item-payment-pay.md). */
const marking = (name: string, paid: boolean) =>
  method({
    name,
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(closedStyle, 'write', async () => {
        await updatePayment(call, id, { paid })
        return true
      }),
  })

/** What of `fields` may be given; the rest is ignored (crm-item-payment-update.md). */
function readFields({ paid, paySystemId }: Readonly<Record<string, unknown>>): PaymentFields {
  try {
    const given = isBlank(paid) ? undefined : yesNo(paid)
    if (given === undefined && !isBlank(paid)) throw new InvalidValue('Y or N is expected')
    return { paid: given, paySystemId: isBlank(paySystemId) ? undefined : integerOf(paySystemId) }
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw refusal(`Invalid value in fields: ${cause.reason}`)
  }
}

/** `crm.item.payment.{add,get,list,update,delete,pay,unpay}`. */
export default [
  method({
    name: 'crm.item.payment.add',
    scope,
    params: { entityId: need.id, entityTypeId: need.integer },
    run: ({ entityId, entityTypeId }, call) =>
      inStyle(ownerStyle(entityId), 'write', async () => {
        if ((await call.portal.entities.find(call.session, entityTypeId)) === undefined)
          throw refusal('Invalid CRM object type')
        return addPayment(call, entityTypeId, entityId)
      }),
  }),
  // The page of `get` asks for the right to change the item, although lists ask for that to read it.
  ...readers('crm.item.payment', payment, shownOfPayment, 'update'),
  method({
    name: 'crm.item.payment.update',
    scope,
    params: { id: need.id, fields: need.map },
    run: ({ id, fields }, call) =>
      inStyle(closedStyle, 'write', async () => {
        await requireOwned(call, payment, id, 'update')
        await updatePayment(call, id, readFields(fields))
        return true
      }),
  }),
  method({
    name: 'crm.item.payment.delete',
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(closedStyle, 'write', async () => {
        await removePayment(call, id)
        return true
      }),
  }),
  marking('crm.item.payment.pay', true),
  marking('crm.item.payment.unpay', false),
]

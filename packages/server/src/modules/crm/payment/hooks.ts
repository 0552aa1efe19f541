import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { removeWithin, updateWithin } from '../../../records/records.ts'
import { sql } from '../../../store/sql.ts'
import { delivery } from './delivery.ts'
import { paymentDelivery, paymentProduct } from './lines.ts'
import { orderTable } from './order.ts'
import { draftOf, isPayable, type Values, where } from './owner.ts'
import { payment } from './payment.ts'
import { settleIfOpen } from './sums.ts'

const ownedBy = async ({ tx, entity, id }: Change, what: typeof payment): Promise<Values[]> =>
  (await where(tx, what, 'ownerId', id)).filter(({ ownerTypeId }) => ownerTypeId === entity.entityTypeId)

/** What items do with their payments and deliveries. */
export const itemHooks: Hooks = {
  /** What isn't paid yet is paid in the item's currency: its prices are in that one now. */
  async saved(change) {
    if (!isPayable(change.entity.entityTypeId) || change.isNew || !change.changes('currencyId')) return
    const currency = change.value('currencyId')
    if (currency === null || currency === '') return
    for (const { id, paid } of await ownedBy(change, payment))
      if (paid !== 'Y') await updateWithin(change, payment, Number(id), draftOf({ currency }))
    for (const { id, deducted } of await ownedBy(change, delivery))
      if (deducted !== 'Y') await updateWithin(change, delivery, Number(id), draftOf({ currency }))
  },
  async removed(change) {
    if (!isPayable(change.entity.entityTypeId)) return
    for (const { id } of await ownedBy(change, payment)) await removeWithin(change, payment, Number(id))
    for (const { id } of await ownedBy(change, delivery)) await removeWithin(change, delivery, Number(id))
    await change.tx.change(
      sql`delete from ${sql.table(orderTable.name)} where entity_type_id = ${change.entity.entityTypeId} and record_id = ${change.id}`,
    )
  },
}

export const paymentHooks: Hooks = {
  async removed(change) {
    for (const entity of [paymentProduct, paymentDelivery])
      for (const { id } of await where(change.tx, entity, 'paymentId', change.id))
        await removeWithin(change, entity, Number(id))
  },
}

export const deliveryHooks: Hooks = {
  async removed(change) {
    for (const { id, paymentId } of await where(change.tx, paymentDelivery, 'deliveryId', change.id)) {
      await removeWithin(change, paymentDelivery, Number(id))
      await settleIfOpen(change, Number(paymentId))
    }
  },
}

import type { Hooks } from '../../../records/hooks.ts'
import { account } from './money.ts'
import { hasRows, mayHaveRows, ownerOf } from './owner.ts'
import { copyRows, moveRows, removeRowsOf } from './rows.ts'
import { isSettling } from './settle.ts'
import { totalsOf } from './stored-rows.ts'

const amounts = ['opportunity', 'isManualOpportunity', 'taxValue']

export const itemHooks: Hooks = {
  /**
   * An amount follows from the rows, whatever a request says, as long as there are rows and it isn't manual; it
   * does again when it is not manual any more. The tax is the rows' alone.
   */
  async complete(change) {
    const follows = isSettling(change.draft)
    const asked = follows || amounts.some((name) => change.has(name) && change.gives(name))
    if (change.isNew || !hasRows(change.entity) || !asked) return
    const { sum, tax, count } = await totalsOf(change.tx, ownerOf(change.entity, change.id))
    if (change.has('taxValue')) change.set('taxValue', tax)
    if (!follows && count === 0) return
    if (change.value('isManualOpportunity') === 'Y') {
      if (follows) change.draft.values.delete('opportunity')
    } else change.set('opportunity', sum)
  },
  async merged(merge) {
    if (hasRows(merge.entity)) await moveRows(merge, merge.from, ownerOf(merge.entity, merge.into))
  },
  async saved(change) {
    if (!change.isNew && hasRows(change.entity) && change.changes('currencyId'))
      await account(change.tx, ownerOf(change.entity, change.id))
  },
  async removed(change) {
    if (mayHaveRows(change.entity)) await removeRowsOf(change, ownerOf(change.entity, change.id))
  },
}

/** A lead that turns into a deal takes its rows along. */
export const leadHooks: Hooks = {
  async converted(conversion) {
    const { portal, tx, leadId, dealId } = conversion
    const deal = await portal.entities.get(tx, 2)
    await copyRows(conversion, { type: 'L', id: leadId }, ownerOf(deal, dealId))
  },
}

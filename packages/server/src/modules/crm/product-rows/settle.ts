import { type Draft, emptyDraft } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import { updateWithin, type Within } from '../../../records/records.ts'
import type { Owner } from './owner.ts'
import { totalsOf } from './stored-rows.ts'

/** Hundredths, as far as amounts go (schema/kinds/amount.ts). */
const MAX_AMOUNT = 999_999_999_999_999

/** Drafts by which an item's amounts follow its rows. */
const settling = new WeakSet<Draft>()
export const isSettling = (draft: Draft): boolean => settling.has(draft)

/** Makes the owner's amount the sum of its rows, unless people have said that they know it better. The tax always follows. */
export async function settle(within: Within, { entity, id, type }: Owner): Promise<void> {
  const { sum, tax } = await totalsOf(within.tx, { id, type })
  if (Math.max(Math.abs(sum), Math.abs(tax)) > MAX_AMOUNT)
    throw new Failure({ why: 'rule', text: 'The sum of the products is out of range' })
  const draft = emptyDraft()
  settling.add(draft)
  draft.values.set('opportunity', sum)
  if (entity.byName.has('taxValue')) draft.values.set('taxValue', tax)
  await updateWithin(within, entity, id, draft)
}

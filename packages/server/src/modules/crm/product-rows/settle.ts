import { type Draft, emptyDraft } from '../../../records/change.ts'
import { updateWithin, type Within } from '../../../records/records.ts'
import type { Owner } from './owner.ts'
import { totalsOf } from './stored-rows.ts'

/** Drafts by which an item's amounts follow its rows. */
const settling = new WeakSet<Draft>()
export const isSettling = (draft: Draft): boolean => settling.has(draft)

/** Makes the owner's amount the sum of its rows, unless people have said that they know it better. The tax always follows. */
export async function settle(within: Within, { entity, id, type }: Owner): Promise<void> {
  const { sum, tax } = await totalsOf(within.tx, { id, type })
  const draft = emptyDraft()
  settling.add(draft)
  draft.values.set('opportunity', sum)
  if (entity.byName.has('taxValue')) draft.values.set('taxValue', tax)
  await updateWithin(within, entity, id, draft)
}

import { Change, type Draft, emptyDraft } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import { announce } from '../../../records/outbox.ts'
import { locked, updateWithin, type Within } from '../../../records/records.ts'
import { scalarOf } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import type { Owner } from './owner.ts'
import { totalsOf } from './stored-rows.ts'

/** Hundredths, as far as amounts go (schema/kinds/amount.ts). */
const MAX_AMOUNT = 999_999_999_999_999

/** Drafts by which an item's amounts follow its rows. */
const settling = new WeakSet<Draft>()
export const isSettling = (draft: Draft): boolean => settling.has(draft)

/**
 * An item whose rows have changed has changed: its amount is their sum, unless people have said that they know it
 * better, and its tax is theirs. Where neither differs, who listens is told all the same: a product was exchanged.
 */
export async function settle(within: Within, { entity, id, type }: Owner): Promise<void> {
  const { tx, person, now } = within
  const { sum, tax } = await totalsOf(tx, { id, type })
  if (Math.max(Math.abs(sum), Math.abs(tax)) > MAX_AMOUNT)
    throw new Failure({ why: 'rule', text: 'The sum of the products is out of range' })
  const before = await locked(tx, entity, id)
  const draft = emptyDraft()
  if (scalarOf(before, entity.field('isManualOpportunity')) !== 'Y') draft.values.set('opportunity', sum)
  if (entity.byName.has('taxValue')) draft.values.set('taxValue', tax)
  settling.add(draft)
  if ([...draft.values].some(([name, value]) => value !== scalarOf(before, entity.field(name))))
    return updateWithin(within, entity, id, draft)
  const [time, by] = [entity.columnOf('updatedTime'), entity.columnOf('updatedBy')]
  await tx.change(
    sql`update ${sql.table(entity.table)} set ${sql.ref(time)} = ${Math.floor(now)}, ${sql.ref(by)} = ${person.id} where id = ${id}`,
  )
  await announce(new Change({ ...within, entity, id, before, draft: emptyDraft(), legacy: false }), 'UPDATE')
}

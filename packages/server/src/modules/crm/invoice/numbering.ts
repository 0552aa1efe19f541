import { Failure } from '../../../records/failure.ts'
import type { Change } from '../../../records/change.ts'
import { sql } from '../../../store/sql.ts'
import type { Table } from '../../../store/table.ts'

/** One row: the last number that the portal has given an invoice by itself. */
export const numberTable: Table = { name: 'crm_invoice_number', columns: { id: 'integer', last: 'integer' } }

async function isTaken({ tx, id }: Change, number: string): Promise<boolean> {
  const rows = await tx.find<{ id: number }>(
    sql`select id from crm_invoice where account_number = ${number} and id <> ${id} limit 1`,
  )
  return rows.length > 0
}

/**
 * Gives an invoice its number: the next that is free, or the given one, which nobody else may have. Whoever numbers an
 * invoice at the same time waits at the counter, so none comes twice.
 */
export async function giveNumber(change: Change): Promise<void> {
  const { tx } = change
  if (!change.isNew && !change.changes('accountNumber')) return
  const [counter] = await tx.find<{ last: number }>(
    sql`insert into crm_invoice_number (id, last) values (1, 0) on conflict (id) do update set last = crm_invoice_number.last returning last`,
  )
  const given = String(change.value('accountNumber') ?? '').trim()
  if (given !== '') {
    if (await isTaken(change, given))
      throw new Failure({ why: 'rule', text: `The invoice number ${given} is already in use.` })
    change.set('accountNumber', given)
    return
  }
  // An emptied number stays what it was.
  if (!change.isNew) {
    change.draft.values.delete('accountNumber')
    return
  }
  let next = Number(counter?.last ?? 0) + 1
  while (await isTaken(change, String(next))) next += 1
  await tx.change(sql`update crm_invoice_number set last = ${next} where id = 1`)
  change.set('accountNumber', String(next))
}

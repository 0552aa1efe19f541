import type { Change } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'
import { announceEvent } from '../../../records/outbox.ts'
import { dayOf } from '../rules/defaults.ts'
import { totalsOf } from './amounts.ts'
import { STATUSES } from './entity.ts'
import { giveNumber } from './numbering.ts'
import { type InvoiceRow, settledRows, writeRows } from './rows.ts'

/** What new invoices get, and what stays when a request empties what must not be empty. */
async function fillIn(change: Change): Promise<void> {
  const { portal, person, tx } = change
  const now = Math.floor(change.now)
  change.set('updatedTime', now)
  if (change.isNew) {
    const [first] = await portal.directories.statuses(tx, STATUSES)
    change.set('createdBy', person.id)
    change.default('assignedById', person.id)
    change.default('currencyId', await portal.directories.baseCurrency(tx))
    change.default('dateInsert', now)
    change.default('dateBill', dayOf(now, portal.zone))
    change.default('statusId', first?.statusId ?? 'N')
    change.default('isRecurring', 'N')
    return
  }
  for (const name of ['assignedById', 'dateInsert', 'dateBill', 'statusId'])
    if (change.gives(name) && !change.value(name)) change.draft.values.delete(name)
}

/** Whoever moves an invoice is kept with the time; paid and declined follow from what the status means. */
async function followStatus(change: Change): Promise<void> {
  if (!change.isNew && !change.changes('statusId')) return
  const { portal, person, tx } = change
  const now = Math.floor(change.now)
  const status = await portal.directories.status(tx, STATUSES, String(change.value('statusId')))
  if (status === undefined)
    throw new Failure({ why: 'invalid', field: change.entity.field('statusId'), detail: 'it does not exist' })
  change.set('dateStatus', now)
  change.set('empStatusId', person.id)
  const isPaid = status.semantics === 'S'
  if (isPaid && change.old('payed') !== 'Y') {
    change.set('datePayed', now)
    change.set('empPayedId', person.id)
  }
  if (!isPaid) change.set('datePayed', null)
  change.set('payed', isPaid ? 'Y' : 'N')
  if (status.semantics === 'F' && !change.gives('dateMarked')) change.set('dateMarked', now)
}

/** The properties that a request names; the others stay. */
function mergeProperties(change: Change): void {
  if (change.isNew || !change.gives('invoiceProperties')) return
  const parsed = (value: unknown): object => JSON.parse(String(value ?? '{}')) as object
  change.set(
    'invoiceProperties',
    JSON.stringify({ ...parsed(change.old('invoiceProperties')), ...parsed(change.value('invoiceProperties')) }),
  )
}

const rowsIn = (change: Change): string | undefined => {
  const given = change.draft.values.get('productRows')
  return typeof given === 'string' ? given : undefined
}

async function addUp(change: Change): Promise<void> {
  const given = rowsIn(change)
  if (given === undefined) {
    if (change.isNew) for (const name of ['price', 'taxValue']) change.set(name, 0)
    return
  }
  const rows = await settledRows(change, JSON.parse(given) as Partial<InvoiceRow>[])
  const { price, taxValue } = totalsOf(rows)
  if (price > MAX_TOTAL)
    throw new Failure({
      why: 'invalid',
      field: change.entity.field('productRows'),
      detail: 'the total is out of range',
    })
  change.set('price', price)
  change.set('taxValue', taxValue)
  change.set('productRows', JSON.stringify(rows))
}

/** Hundredths that a double holds exactly. */
const MAX_TOTAL = 999_999_999_999_999

export const invoiceHooks: Hooks = {
  async complete(change) {
    await fillIn(change)
    await followStatus(change)
    mergeProperties(change)
    await addUp(change)
    await giveNumber(change)
  },
  async saved(change) {
    const rows = rowsIn(change)
    if (rows === undefined) return
    await writeRows(change, JSON.parse(rows) as InvoiceRow[])
    // In the history they stand as what they come to: the total and the tax.
    change.draft.values.delete('productRows')
  },
  async removed({ tx, id }) {
    await tx.change(sql`delete from crm_invoice_row where invoice_id = ${id}`)
  },
  /** on-crm-invoice-set-status.md: "triggered when the status of an invoice is changed". */
  async followed(change) {
    if (change.isNew || !change.changes('statusId')) return
    const { entity, id } = change
    const data = { FIELDS: { ID: id } }
    await announceEvent(change, {
      event: 'ONCRMINVOICESETSTATUS',
      entityTypeId: entity.entityTypeId,
      recordId: id,
      data,
    })
  },
}

import type { Portal } from '../../records/context.ts'
import { ensureColumns } from '../../records/entity-columns.ts'
import { parentField } from '../../records/entities.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { relation } from '../../store/tables.ts'
import { deal } from './deal.ts'
import { quote } from './quote.ts'
import { smartInvoice } from './smart-invoice.ts'

/** Invoices belong to deals by `parentId2` and to quotes by `parentId7` from the start (api-reference/crm/universal/invoice.md). */
export async function joinInvoices(tx: Transaction, portal: Portal): Promise<void> {
  const child = smartInvoice.entityTypeId
  const invoice = await portal.entities.get(tx, child)
  for (const { entityTypeId: parent } of [deal, quote]) {
    const [known] = await tx.find<{ n: number }>(
      sql`select 1 as n from crm_relation where parent_type_id = ${parent} and child_type_id = ${child}`,
    )
    if (known !== undefined) continue
    tx.insert(relation, {
      parent_type_id: parent,
      child_type_id: child,
      is_children_list_enabled: 'Y',
      is_predefined: 'N',
    })
    await ensureColumns(tx, invoice.extend([parentField(parent, '')]))
  }
}

import { type Fragment, sql } from '../../../../store/sql.ts'
import type { Dumping } from './dumping.ts'

/** What a portal may have that no seed can say, and where it has it. */
const LEFT: readonly (readonly [what: string, table: string, where?: Fragment])[] = [
  ['forms', 'web_form'],
  ['automation rules', 'crm_automation_rule'],
  ['robots and triggers of applications', 'bizproc_robot'],
  ['robots and triggers of applications', 'crm_automation_trigger'],
  ['pages and event handlers of applications', 'placement_handler'],
  ['pages and event handlers of applications', 'event_handler'],
  ['templates of recurring deals and invoices', 'crm_deal_recurring'],
  ['templates of recurring deals and invoices', 'crm_invoice_recurring'],
  ['old invoices', 'crm_invoice'],
  ['payments', 'crm_payment'],
  ['documents and their templates', 'crm_document'],
  ['documents and their templates', 'crm_document_template'],
  ['notes and log messages in timelines', 'crm_timeline_note'],
  ['notes and log messages in timelines', 'crm_timeline_item', sql`kind <> 'comment'`],
  [
    'further records at which comments stand',
    'crm_timeline_binding',
    sql`item_id in (select item_id from crm_timeline_binding group by item_id having count(*) > 1)`,
  ],
  ['further price types, and what only catalog.* knows of products', 'crm_price_type', sql`id > 1`],
  ['further price types, and what only catalog.* knows of products', 'crm_product', sql`type <> 1`],
  ['teams', 'department', sql`type = 'TEAM'`],
  ['user fields of old invoices', 'user_field', sql`entity_id = 'ORDER'`],
]

/** Names what is there and not in the dump, so that nobody takes the dump for more than it is. */
export async function nameLeft({ look, left }: Dumping): Promise<void> {
  for (const [what, table, where = sql`1 = 1`] of LEFT) {
    if (left.has(what)) continue
    const rows = await look.session.find(sql`select 1 as one from ${sql.table(table)} where ${where} limit 1`)
    if (rows.length > 0) left.add(what)
  }
}

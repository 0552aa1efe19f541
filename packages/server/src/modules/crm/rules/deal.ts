import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { announceEvent } from '../../../records/outbox.ts'
import { type Fragment, sql } from '../../../store/sql.ts'

/** Earlier deals of the same company or any of the same contacts; templates of recurring ones are none. */
async function earlierDeals(change: Change): Promise<{ all: number; won: number }> {
  const company = Number(change.value('companyId') ?? 0)
  const contacts = change.draft.links.get('contactIds') ?? []
  const same: Fragment[] = []
  if (company > 0) same.push(sql`d.company_id = ${company}`)
  if (contacts.length > 0)
    same.push(
      sql`d.id in (select record_id from crm_link where entity_type_id = 2 and role = 'contact' and to_id in (${sql.join(contacts)}))`,
    )
  if (same.length === 0) return { all: 0, won: 0 }
  const [row] = await change.tx.find<{ n: number; won: number | null }>(
    sql`select count(*) as n, sum(case when d.stage_semantic_id = 'S' then 1 else 0 end) as won from crm_deal d where d.is_recurring = 'N' and (${sql.join(same, sql` or `)})`,
  )
  return { all: Number(row?.n ?? 0), won: Number(row?.won ?? 0) }
}

/**
 * A new deal of a client who has bought before is a repeat deal; of one who has only asked before, a repeated approach
 * (api-reference/crm/main-entities-fields.md), unless the request says it itself.
 */
export const dealHooks: Hooks = {
  async complete(change) {
    if (!change.isNew) return
    change.default('isRecurring', 'N')
    const { all, won } = await earlierDeals(change)
    change.default('isReturnCustomer', won > 0 ? 'Y' : 'N')
    change.default('isRepeatedApproach', all > 0 && won === 0 ? 'Y' : 'N')
  },
  /** api-reference/crm/deals/events/on-crm-deal-move-to-category.md */
  async followed(change) {
    if (change.isNew || !change.changes('categoryId')) return
    const [ID, CATEGORY_ID, STAGE_ID] = [change.id, change.value('categoryId'), change.value('stageId')]
    await announceEvent(change, {
      event: 'ONCRMDEALMOVETOCATEGORY',
      entityTypeId: change.entity.entityTypeId,
      recordId: change.id,
      data: { FIELDS: { ID, CATEGORY_ID, STAGE_ID } },
    })
  },
}

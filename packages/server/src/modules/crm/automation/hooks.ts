import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'
import { forgetChains, startChain } from './chain.ts'
import { moveChains } from './moved-chains.ts'
import { activeRules, type Place } from './rule.ts'
import { recordStage } from './stage-history.ts'

/** Where a record stands after a change. */
function placeOf(change: Change, stageField: string): Place {
  const { entity } = change
  return {
    entityTypeId: entity.entityTypeId,
    categoryId: entity.categories ? Number(change.value('categoryId') ?? 0) : 0,
    stageId: String(change.value(stageField) ?? ''),
  }
}

/** Whatever brings a record into a stage is remembered and starts the stage's rules. */
export const automationHooks: Hooks = {
  async saved(change) {
    const { stageField, categories } = change.entity
    if (stageField === undefined) return
    if (!change.isNew && !change.changes(stageField) && !(categories && change.changes('categoryId'))) return
    const place = placeOf(change, stageField)
    if (place.stageId === '') return
    await recordStage(change, place)
    const rules = (await activeRules(change.portal, change.tx)).of(place)
    // Import starts nothing (api-reference/crm/universal/import/index.md).
    if (rules.length > 0 && !change.imported) await startChain(change, rules, { ...place, recordId: change.id })
  },
  merged: moveChains,
  async removed({ entity, id, tx }) {
    if (entity.stageField === undefined) return
    await tx.change(
      sql`delete from crm_stage_history where entity_type_id = ${entity.entityTypeId} and owner_id = ${id}`,
    )
    await forgetChains(tx, entity.entityTypeId, id)
  },
}

import type { Field } from '../schema/entity.ts'
import { sql } from '../store/sql.ts'
import type { Cached, Caches } from './cache.ts'
import type { Change } from './change.ts'
import { Failure } from './failure.ts'

interface StageRequirement {
  readonly entity_type_id: number
  readonly category_id: number
  readonly stage_id: string
  readonly field: string
}

const requirements = new WeakMap<Caches, Cached<readonly StageRequirement[]>>()

/** Fields that are mandatory from a stage on, kept in memory. */
function stageRequirements(caches: Caches): Cached<readonly StageRequirement[]> {
  let cached = requirements.get(caches)
  if (cached === undefined) {
    cached = caches.define('stage-required', (reader) =>
      reader.find<StageRequirement>(sql`select * from crm_stage_required`),
    )
    requirements.set(caches, cached)
  }
  return cached
}

/**
 * Mandatory fields must be filled in a new record; on update, none that is given may be emptied, and moving to a
 * stage needs what that stage needs.
 */
export async function requireFilled(change: Change): Promise<void> {
  const { entity, draft } = change
  const given = (field: Field): boolean => draft.values.has(field.name) || draft.lists.has(field.name)
  const empty = new Set(
    entity.fields.filter(
      (field) => field.required === true && (change.isNew || given(field)) && !change.isFilled(field),
    ),
  )
  if (entity.stageField !== undefined && (change.isNew || change.changes(entity.stageField))) {
    const stage = change.value(entity.stageField)
    for (const rule of await stageRequirements(change.portal.caches).get(change.tx)) {
      if (rule.entity_type_id !== entity.entityTypeId || rule.stage_id !== stage) continue
      const field = entity.byName.get(rule.field) ?? entity.byLegacy.get(rule.field)
      if (field !== undefined && !change.isFilled(field)) empty.add(field)
    }
  }
  if (empty.size > 0) throw new Failure({ why: 'required', fields: [...empty] })
}

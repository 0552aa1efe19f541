import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { category } from '../../store/tables.ts'
import { forgetCards } from '../../methods/families/card-rows.ts'
import type { Context } from '../../records/context.ts'
import { forgetPipeline } from '../../records/role-rows.ts'
import type { Entity } from '../../schema/entity.ts'
import { insertStatuses } from '../prepare.ts'
import { dealStages, dynamicStages, invoiceStages, type StageDirectory } from './defaults/stages.ts'
import { isDynamic } from '../../schema/entity-types.ts'
import { stageDirectory } from './stages.ts'

export interface NewPipeline {
  readonly entityTypeId: number
  readonly name: string
  readonly sort: number
  readonly isDefault: boolean
}

/** The name and place of a pipeline that nobody has named yet (api-reference/crm/universal/category/crm-category-list.md). */
export const GENERAL = 'General'
export const DEFAULT_SORT = 500

/** Contacts and companies are grouped into categories that have no stages. */
function stagesOf(entityTypeId: number, categoryId: number): StageDirectory | undefined {
  if (entityTypeId === 2) return dealStages(categoryId)
  if (entityTypeId === 31) return invoiceStages(categoryId)
  return isDynamic(entityTypeId) ? dynamicStages(entityTypeId, categoryId) : undefined
}

/** Creates a pipeline with the stages of its template; a new default takes the place of the old one. */
export async function createPipeline(context: Context, tx: Transaction, given: NewPipeline): Promise<number> {
  if (given.isDefault) await clearDefault(tx, given.entityTypeId)
  const id = await tx.nextId(category)
  tx.insert(category, {
    id,
    entity_type_id: given.entityTypeId,
    name: given.name,
    sort: given.sort,
    is_default: given.isDefault ? 'Y' : 'N',
    is_system: 'N',
    code: '',
    origin_id: '',
    originator_id: '',
    created_by: context.person.id,
    created: Math.floor(context.now),
  })
  const stages = stagesOf(given.entityTypeId, id)
  if (stages !== undefined) await insertStatuses(tx, stages.entityId, stages.items, id)
  return id
}

export async function clearDefault(tx: Transaction, entityTypeId: number): Promise<void> {
  await tx.change(
    sql`update crm_category set is_default = 'N' where entity_type_id = ${entityTypeId} and is_default = 'Y'`,
  )
}

/** Removes a pipeline that has no records, with its stages and what they required. */
export async function removePipeline(
  tx: Transaction,
  { entityTypeId, name }: Pick<Entity, 'entityTypeId' | 'name'>,
  id: number,
): Promise<void> {
  if (stagesOf(entityTypeId, id) !== undefined) {
    await tx.change(sql`delete from crm_status where entity_id = ${stageDirectory(entityTypeId, id)}`)
    await tx.change(sql`delete from crm_stage_required where entity_type_id = ${entityTypeId} and category_id = ${id}`)
  }
  await tx.change(sql`delete from crm_category where id = ${id}`)
  await forgetPipeline(tx, name, id)
  // Afterwards: whoever writes one holds the pipeline's row.
  await forgetCards(tx, entityTypeId, id)
}

import { administer, requireReader } from '../../../records/administration.ts'
import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { stageRequired } from '../../../store/tables.ts'
import { stageDirectory } from '../stages.ts'

/** A stage of a pipeline; of entities without pipelines, `categoryId` is 0. */
export interface Stage {
  readonly entityTypeId: number
  readonly categoryId: number
  readonly stageId: string
}

/** What a record needs to be moved to a stage, or created in it: fields by their camelCase names. */
export interface StageFields extends Stage {
  readonly fields: readonly string[]
}

interface Row {
  readonly category_id: number
  readonly stage_id: string
  readonly field: string
}

async function stagedEntity(context: Context, reader: Reader, entityTypeId: number): Promise<Entity> {
  const entity = await context.portal.entities.find(reader, entityTypeId)
  if (entity?.stageField === undefined) throw new Failure({ why: 'not-found' })
  return entity
}

/** What people fill in themselves: what the portal writes, and what it calculates, can't be asked of them. */
const mayBeRequired = ({ readOnly, disabled, place }: Field): boolean =>
  readOnly !== true && disabled !== true && place.in !== 'nowhere' && place.in !== 'pick'

/** The fields that stages of an entity type need, stage by stage; stages that need none are left out. */
export async function requiredFields(context: Context, entityTypeId: number): Promise<StageFields[]> {
  await requireReader(context)
  await stagedEntity(context, context.session, entityTypeId)
  const rows = await context.session.find<Row>(
    sql`select category_id, stage_id, field from crm_stage_required where entity_type_id = ${entityTypeId} order by category_id, stage_id, field`,
  )
  const stages = new Map<string, StageFields>()
  for (const { category_id: categoryId, stage_id: stageId, field } of rows) {
    const key = `${categoryId} ${stageId}`
    const known = stages.get(key)?.fields ?? []
    stages.set(key, { entityTypeId, categoryId, stageId, fields: [...known, field] })
  }
  return [...stages.values()]
}

/**
 * Says which fields a stage needs, instead of those that it needed before; none: it needs nothing. Only administrators
 * may. Fields are named in any of their spellings. Throws a Failure: `not-found` where there is no such stage, `rule`
 * where a field can't be required.
 */
export async function setRequiredFields(context: Context, { fields, ...stage }: StageFields): Promise<void> {
  const { entityTypeId, categoryId, stageId } = stage
  const of = await stagedEntity(context, context.session, entityTypeId)
  const settings = { entity: of, category: of.categories ? categoryId : undefined }
  await administer(
    context,
    ['stage-required'],
    async (tx) => {
      const entity = await stagedEntity(context, tx, entityTypeId)
      const directory = stageDirectory(entityTypeId, categoryId)
      if ((await context.portal.directories.status(tx, directory, stageId)) === undefined)
        throw new Failure({ why: 'not-found' })
      const names = new Set(fields.map((name) => fieldOf(entity, name).name))
      await tx.change(
        sql`delete from crm_stage_required where entity_type_id = ${entityTypeId} and category_id = ${categoryId} and stage_id = ${stageId}`,
      )
      for (const field of names)
        tx.insert(stageRequired, { entity_type_id: entityTypeId, category_id: categoryId, stage_id: stageId, field })
    },
    settings,
  )
}

function fieldOf(entity: Entity, name: string): Field {
  const field = entity.byName.get(name) ?? entity.byLegacy.get(name) ?? entity.loosely(name)
  if (field === undefined) throw new Failure({ why: 'rule', text: `There is no field ${name}.` })
  if (!mayBeRequired(field) || field.name === entity.stageField)
    throw new Failure({ why: 'rule', text: `The field "${field.title}" cannot be required.` })
  return field
}

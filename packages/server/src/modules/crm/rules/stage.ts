import type { Change } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { hasGeneralPipeline } from '../general-pipeline.ts'
import { stageDirectory } from '../stages.ts'

/** Which fields say that a record is finished, by whether the entity has them. */
function close(change: Change, final: boolean): void {
  if (change.has('closed')) change.set('closed', final ? 'Y' : 'N')
  if (!change.has('dateClosed')) return
  if (!final) change.set('dateClosed', null)
  else if (change.isNew || change.old('dateClosed') === null) change.set('dateClosed', Math.floor(change.now))
}

/**
 * Stages and pipelines: the first stage of the pipeline by default; an unknown pipeline or stage is refused; the
 * stage's meaning (`stageSemanticId`), `closed` and `movedTime` follow it.
 */
export const stageHooks: Hooks = {
  async complete(change) {
    const { entity, portal, tx } = change
    const stageField = entity.stageField
    if (change.has('categoryId')) await completeCategory(change)
    if (stageField === undefined) return
    // Whether a record is closed follows from its stage, whatever a request says.
    change.draft.values.delete('closed')
    const category = entity.categories ? Number(change.value('categoryId') ?? 0) : 0
    const stages = await portal.directories.statuses(tx, stageDirectory(entity.entityTypeId, category))
    const given = change.value(stageField)
    if (change.isNew) change.default(stageField, stages[0]?.statusId ?? null)
    else if (change.gives(stageField) && (given === null || given === '')) change.draft.values.delete(stageField)
    // A record that changes its pipeline starts at that pipeline's first stage unless told otherwise.
    if (!change.isNew && entity.categories && change.changes('categoryId') && !change.gives(stageField))
      change.set(stageField, stages[0]?.statusId ?? null)
    const stage = stages.find((each) => each.statusId === change.value(stageField))
    if (!change.isNew && !change.changes(stageField)) return
    if (stage === undefined)
      throw new Failure({
        why: 'invalid',
        field: entity.field(stageField),
        detail: 'there is no such stage in the pipeline',
      })
    if (change.has('stageSemanticId')) change.set('stageSemanticId', stage.semantics ?? 'P')
    if (change.has('previousStageId') && !change.isNew) change.set('previousStageId', change.old(stageField))
    if (change.has('isNew')) change.set('isNew', stage.statusId === stages[0]?.statusId ? 'Y' : 'N')
    close(change, stage.semantics === 'S' || stage.semantics === 'F')
    // What is imported brings its own history along.
    if (change.has('movedTime') && !(change.imported && change.gives('movedTime')))
      change.set('movedTime', change.isNew ? change.value('createdTime') : Math.floor(change.now))
    if (change.has('movedBy') && !(change.imported && change.gives('movedBy'))) change.set('movedBy', change.person.id)
  },
}

async function completeCategory(change: Change): Promise<void> {
  const { entity, portal, tx } = change
  const categories = await portal.directories.categories(tx, entity.entityTypeId)
  const general = hasGeneralPipeline(entity.entityTypeId) ? 0 : undefined
  const preset = categories.find((each) => each.isDefault)?.id ?? general ?? categories[0]?.id ?? null
  if (!change.isNew && change.gives('categoryId') && change.value('categoryId') === null)
    change.draft.values.delete('categoryId')
  const chosen = change.value('categoryId')
  const byStage = change.isNew && chosen === null ? categoryOfStage(change) : undefined
  change.default('categoryId', byStage ?? preset)
  const exists = (id: unknown): boolean => id === general || categories.some((each) => each.id === id)
  // Portals have been seen to answer crm.deal.add with pipeline 0 where the one asked for was not there.
  if (change.isNew && change.legacy && !exists(change.value('categoryId'))) change.set('categoryId', preset)
  if ((change.isNew || change.changes('categoryId')) && !exists(change.value('categoryId')))
    throw new Failure({ why: 'invalid', field: entity.field('categoryId'), detail: 'there is no such pipeline' })
}

/** `C9:NEW` and `DT128_4:NEW` name their pipeline themselves. */
function categoryOfStage(change: Change): number | undefined {
  const stage = change.entity.stageField === undefined ? null : change.value(change.entity.stageField)
  const id = typeof stage === 'string' ? /^(?:C|DT\d+_)(\d+):/.exec(stage)?.[1] : undefined
  return id === undefined ? undefined : Number(id)
}

import { readFilter } from '../../methods/conditions.ts'
import { itemEntity } from '../../methods/crud.ts'
import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { method, need, take } from '../../methods/method.ts'
import { itemWire } from '../../schema/wire.ts'
import { and, type Test } from '../../store/entity-test.ts'
import { pipelines } from '../crm/general-pipeline.ts'
import { stageDirectory } from '../crm/stages.ts'
import { type Cohort, reached, stageTimes } from './stage-times.ts'

/**
 * What becomes of records in the stages of one pipeline: how many come how far, how many are lost where, and how long
 * they stay. From the history of stages; what has none counts by where it is.
 */
export const stageStatistics = method({
  name: 'portico.stage.statistics',
  scope: 'crm',
  params: { entityTypeId: need.integer, categoryId: take.integer(), filter: take.any },
  run: (params, call) =>
    inStyle(itemStyle, 'read', async () => {
      const { portal, session } = call
      const entity = await itemEntity(call, params.entityTypeId)
      const { entityTypeId, stageField, categories } = entity
      if (stageField === undefined) throw new ApiError('INVALID_ARG_VALUE', 400, 'Records of this type have no stages')
      const reach = await portal.access.require(call, entity, 'read')
      const groups = categories ? await pipelines(portal, session, entityTypeId) : []
      const categoryId = categories ? (params.categoryId ?? groups.find(({ isDefault }) => isDefault)?.id ?? 0) : 0
      if (categories ? !groups.some(({ id }) => id === categoryId) : (params.categoryId ?? 0) !== 0)
        throw new ApiError('INVALID_ARG_VALUE', 400, `Invalid categoryId: there is no pipeline ${params.categoryId}`)
      const stages = await portal.directories.statuses(session, stageDirectory(entityTypeId, categoryId))
      const inProcess = stages.filter(({ semantics }) => semantics !== 'S' && semantics !== 'F')
      const successes = stages.filter(({ semantics }) => semantics === 'S').map(({ statusId }) => statusId)
      const failures = stages.filter(({ semantics }) => semantics === 'F').map(({ statusId }) => statusId)
      const way = [...inProcess.map(({ statusId }) => statusId), ...successes]
      const ofPipeline: Test | undefined = categories
        ? { is: 'compare', field: entity.field('categoryId'), op: 'eq', values: [categoryId] }
        : undefined
      const tests = [ofPipeline, readFilter(entity, itemWire, params.filter, { zone: portal.zone }), reach.test]
      const cohort: Cohort = { entity, categoryId, test: and(tests.filter((test) => test !== undefined)) }
      const [ways, times] = await Promise.all([
        reached(session.unhurried, cohort, { way, successes, failures }),
        stageTimes(session.unhurried, cohort),
      ])
      const count = (passes: (each: (typeof ways)[number]) => boolean): number =>
        ways.filter(passes).reduce((sum, each) => sum + each.count, 0)
      return {
        categoryId,
        total: count(() => true),
        won: count(({ outcome }) => outcome === 'S'),
        lost: count(({ outcome }) => outcome === 'F'),
        stages: stages.map(({ statusId, semantics }) => {
          const place = way.indexOf(statusId)
          const time = times.find(({ stageId }) => stageId === statusId)
          return {
            stageId: statusId,
            semantics,
            // Where only failure is known, the first stage was come to all the same.
            reached: place < 0 ? null : count(({ best }) => Math.max(best, 0) >= place),
            lostAfter: place < 0 ? null : count(({ best, outcome }) => outcome === 'F' && Math.max(best, 0) === place),
            entered: time?.entered ?? 0,
            left: time?.left ?? 0,
            averageSeconds: time?.average ?? null,
            medianSeconds: time?.median ?? null,
          }
        }),
      }
    }),
})

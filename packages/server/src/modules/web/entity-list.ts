import { type Call, method } from '../../methods/method.ts'
import { rightsAt } from '../rights/my-rights.ts'
import { isDynamic } from '../../schema/entity-types.ts'
import type { Entity } from '../../schema/entity.ts'
import { pipelines } from '../crm/general-pipeline.ts'
import { stageDirectory } from '../crm/stages.ts'

async function pipelineOf(
  call: Call,
  entity: Entity,
  { id, name, sort, isDefault }: { id: number; name: string; sort: number; isDefault: boolean },
): Promise<object> {
  return {
    id,
    name,
    sort,
    isDefault,
    stageDirectory: entity.stageField === undefined ? null : stageDirectory(entity.entityTypeId, id),
    rights: await rightsAt(call, entity, entity.categories ? id : undefined),
  }
}

/** What the CRM's records are, type by type: whatever a program has to know before it shows forms, lists and boards. */
export const entityList = method({
  name: 'portico.entity.list',
  scope: 'crm',
  params: {},
  async run(_none, call) {
    const entities: object[] = []
    for (const entity of await call.portal.entities.all(call.session)) {
      const { entityTypeId, name, title, stageField, categories } = entity
      const groups = categories
        ? await pipelines(call.portal, call.session, entityTypeId)
        : [{ id: 0, name: '', sort: 0, isDefault: true }]
      const shown: object[] = []
      for (const group of groups) shown.push(await pipelineOf(call, entity, group))
      entities.push({
        entityTypeId,
        name,
        title,
        isDynamic: isDynamic(entityTypeId),
        stageField: stageField ?? null,
        hasCategories: categories,
        userFieldEntityId: entity.userFieldEntityId,
        hasProducts: entity.byName.has('opportunity') && entity.byName.has('currencyId'),
        pipelines: shown,
      })
    }
    return { entities }
  },
})

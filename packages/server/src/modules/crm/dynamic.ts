import type { TypeRow } from '../../records/entities.ts'
import { defineEntity, type Entity, type EntityDeclaration } from '../../schema/entity.ts'
import * as common from './common-fields.ts'
import * as smart from './smart-fields.ts'
import { stageDirectory } from './stages.ts'
import { flagsOf, type TypeFlag } from './type-settings.ts'

type Fields = EntityDeclaration['fields']

/**
 * The entity of a smart process. The settings of its type switch groups of fields on
 * (api-reference/crm/universal/object-fields.md, "SPA"); each record belongs to a pipeline, whether there are stages or
 * not.
 */
export function dynamicEntity(type: TypeRow): Entity {
  const flags = flagsOf(type)
  const when = (flag: TypeFlag, fields: () => Fields): Fields => (flags[flag] === 'Y' ? fields() : {})
  const id = type.entity_type_id
  const directory = type.default_category_id == null ? undefined : stageDirectory(id, type.default_category_id)
  return defineEntity({
    name: `dynamic_${id}`,
    title: type.title,
    table: `crm_dynamic_${id}`,
    entityTypeId: id,
    userFieldEntityId: `CRM_${type.id}`,
    event: 'ONCRMDYNAMICITEM',
    categories: true,
    stageField: 'stageId',
    extrasBefore: 'utmSource',
    fields: {
      ...smart.base(),
      ...when('isBeginCloseDatesEnabled', smart.dates),
      ...when('isClientEnabled', smart.client),
      ...when('isObserversEnabled', common.observers),
      ...smart.pipeline(),
      ...(flags.isStagesEnabled === 'Y' ? smart.stages(directory) : smart.hiddenStage()),
      ...when('isSourceEnabled', smart.source),
      ...when('isLinkWithProductsEnabled', () => ({ ...smart.sums(), ...smart.accountedSums() })),
      ...when('isMycompanyEnabled', smart.myCompany),
      ...smart.activityTimes(),
      ...smart.utm(),
      ...common.entityTypeId(id),
    },
  })
}

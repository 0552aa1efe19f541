import type { TypeRow } from '../../records/entities.ts'
import { defineEntity, field, type Entity, type EntityDeclaration } from '../../schema/entity.ts'
import { category } from '../../schema/kinds/category.ts'
import { date } from '../../schema/kinds/date.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { link } from '../../schema/kinds/link.ts'
import { status } from '../../schema/kinds/status.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import * as common from './common-fields.ts'
import { flagsOf } from './type-settings.ts'

type Fields = EntityDeclaration['fields']

/** "My" company, whose requisites go on documents. */
export const myCompany = (title = 'Your company details'): Fields => ({
  mycompanyId: field(link(4, 'crm_company'), title, {
    absent: 0,
    settings: { isMyCompany: true, parentEntityTypeId: 4, isEmbeddedEditorEnabled: true },
  }),
})

export const dates = (): Fields => ({
  begindate: field(date, 'Start date'),
  closedate: field(date, 'End date'),
})

export const source = (): Fields => ({
  sourceId: field(status('SOURCE'), 'Source', { statusType: 'SOURCE', firstByDefault: true }),
  sourceDescription: field(text, 'Additional source info'),
})

/** Stages whose directory depends on the record's pipeline. */
export const stages = (): Fields => ({
  stageId: field(status(''), 'Stage'),
  previousStageId: field(status(''), 'Previous stage', { readOnly: true }),
})

/**
 * The entity of a smart process. The settings of its type switch groups of fields on
 * (api-reference/crm/universal/user-defined-object-types/crm-type-add.md); each record belongs to a pipeline, shown or not.
 */
export function dynamicEntity(type: TypeRow): Entity {
  const flags = flagsOf(type)
  const when = (flag: keyof typeof flags, fields: Fields): Fields => (flags[flag] === 'Y' ? fields : {})
  const id = type.entity_type_id
  return defineEntity({
    name: `dynamic_${id}`,
    title: type.title,
    table: `crm_dynamic_${id}`,
    entityTypeId: id,
    userFieldEntityId: `CRM_${type.id}`,
    event: 'ONCRMDYNAMICITEM',
    categories: true,
    ...(flags.isStagesEnabled === 'Y' ? { stageField: 'stageId' } : {}),
    fields: {
      id: field(integer, 'ID', { readOnly: true }),
      xmlId: field(string, 'External code'),
      title: field(string, 'Name'),
      ...common.authorship(false),
      ...common.movement(false),
      categoryId: field(category, 'Pipeline', flags.isCategoriesEnabled === 'Y' ? {} : { undescribed: true }),
      ...common.responsible({ openedRequired: true }),
      ...when('isStagesEnabled', stages()),
      ...when('isBeginCloseDatesEnabled', dates()),
      ...when('isClientEnabled', common.client()),
      ...when('isLinkWithProductsEnabled', common.sums('Tax amount')),
      ...when('isMycompanyEnabled', myCompany()),
      ...when('isSourceEnabled', source()),
      ...when('isObserversEnabled', common.observers()),
      ...common.activityTimes(),
      webformId: field(integer, 'Created by CRM form', { absent: 0 }),
      ...common.utm(),
      ...common.entityTypeId(id),
    },
  })
}

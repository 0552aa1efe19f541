import { encodeSmallRow, smallTable, type SmallRow } from '../../methods/small-table.ts'
import type { Call } from '../../methods/method.ts'
import type { RelationRow, TypeRow } from '../../records/entities.ts'
import { field } from '../../schema/entity.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { user } from '../../schema/kinds/user.ts'
import { itemWire } from '../../schema/wire.ts'
import type { Workplace } from './process/workplaces.ts'
import { relationsOf, shownRelations } from './relations.ts'
import { flagsOf, flagTitle, linkedUserFieldsOf, typeFlags } from './type-settings.ts'

const undescribed = { undescribed: true, readOnly: true }

/** Smart processes as rows (api-reference/crm/universal/user-defined-object-types/crm-type-fields.md). */
export const typeTable = smallTable('crm_type', 'Smart process', {
  id: field(integer, 'ID', { readOnly: true }),
  title: field(string, 'Title', { required: true }),
  code: field(string, 'Symbolic Code'),
  createdBy: field(user, 'Created By', { readOnly: true }),
  entityTypeId: field(integer, 'Type Identifier', { required: true, immutable: true }),
  customSectionId: field(integer, 'Digital Workspace', { immutable: true }),
  ...Object.fromEntries(typeFlags.map((name) => [name, field(flag, flagTitle(name))])),
  // Shown, but nobody can switch them on.
  isPaymentsEnabled: field(flag, 'Payments', undescribed),
  isCountersEnabled: field(flag, 'Counters', undescribed),
  createdTime: field(datetime, 'Creation Date'),
  updatedTime: field(datetime, 'Modification Date'),
  updatedBy: field(user, 'Modified By', { readOnly: true }),
})

export const typeRow = (type: TypeRow): SmallRow => ({
  id: type.id,
  title: type.title,
  code: type.code ?? '',
  createdBy: type.created_by,
  entityTypeId: type.entity_type_id,
  customSectionId: type.custom_section_id,
  ...flagsOf(type),
  isPaymentsEnabled: 'N',
  isCountersEnabled: 'N',
  createdTime: type.created_time,
  updatedTime: type.updated_time,
  updatedBy: type.updated_by,
})

/** What is told of a smart process beside its own row: the relations of all, and every place where it could be. */
export interface TypeSurroundings {
  readonly relations: readonly RelationRow[]
  readonly workplaces: readonly Workplace[]
}

/** A smart process as `crm.type.get` and `crm.type.update` show it. */
export const encodeType = (
  type: TypeRow,
  { relations, workplaces }: TypeSurroundings,
  call: Call,
): Record<string, unknown> => ({
  ...encodeSmallRow(typeTable, typeRow(type), itemWire, call),
  relations: shownRelations(relationsOf(type.entity_type_id, relations), flagsOf(type).isClientEnabled === 'Y'),
  linkedUserFields: linkedUserFieldsOf(type),
  customSections: workplaces.map(({ id, title }) => ({ id, title })),
})

/** `crm.type.add` shows the same in another order, and no code (crm-type-add.md). */
export function encodeAddedType(type: TypeRow, around: TypeSurroundings, call: Call): Record<string, unknown> {
  const { id, title, code: _code, customSectionId, ...rest } = encodeType(type, around, call)
  const { relations: shown, linkedUserFields, customSections, ...own } = rest
  return { id, ...own, title, relations: shown, linkedUserFields, customSections, customSectionId }
}

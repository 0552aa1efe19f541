import { isDynamic } from '../schema/entity-types.ts'
import type { Entity } from '../schema/entity.ts'
import { InvalidValue, isBlank } from '../schema/kind.ts'
import type { Labels } from '../schema/languages.ts'
import type { Settings } from '../schema/setting.ts'
import { initialValue, type UserFieldType, userFieldTypeOf } from '../schema/user-field-kinds.ts'
import { MAX_USER_FIELD_NAME, prefixOf } from '../schema/user-field-names.ts'
import { addColumn, dropColumn } from '../store/ddl.ts'
import { sql } from '../store/sql.ts'
import type { Reader, Transaction } from '../store/store.ts'
import { userField as userFieldTable } from '../store/tables.ts'
import { auditSettings } from './audit.ts'
import { announceEvent } from './outbox.ts'
import type { Context } from './context.ts'
import { userField, userFieldColumn, type UserFieldRow } from './entities.ts'
import { type OptionInput, writeOptions } from './user-field-options.ts'
import { UserFieldRefusal } from './user-field-refusal.ts'
import { availableType } from './user-field-types.ts'

/** The documented limit; databases have one of their own not far above. */
const MAX_FIELDS = 1016

export const labelColumns = [
  'edit_form_label',
  'list_column_label',
  'list_filter_label',
  'error_message',
  'help_message',
] as const
export type LabelColumn = (typeof labelColumns)[number]

type Flags = Partial<Record<'mandatory' | 'show_in_list' | 'edit_in_list' | 'is_searchable', 'Y' | 'N'>>

/** What of a field may change after it was made. Absent is unchanged. */
export interface UserFieldChanges {
  readonly xmlId?: string | null
  readonly sort?: number
  readonly flags: Flags
  /** `Y` stands for the way of searching that suits the type; else one of N, I, E, S. */
  readonly showFilter?: string
  readonly labels: Partial<Record<LabelColumn, Labels>>
  readonly settings?: unknown
  readonly options?: readonly OptionInput[]
}

export interface NewUserField extends UserFieldChanges {
  /** With its prefix. */
  readonly fieldName: string
  readonly userTypeId: string
  readonly multiple: boolean
}

export const findUserField = async (reader: Reader, id: number): Promise<UserFieldRow | undefined> =>
  (await reader.find<UserFieldRow>(sql`select * from user_field where id = ${id}`))[0]

/** Fields of the CRM are part of the settings of their entities; others are for the portal's administrators. */
export const requireFields = (context: Context, entity: Entity): Promise<void> =>
  entity.userFieldEntityId.startsWith('CRM_')
    ? context.portal.access.requireSettings(context, { entity })
    : context.portal.access.requireAdministrator(context)

/** Makes a field of an entity: its row, its options and its column, at once. Answers its id. */
export async function createUserField(context: Context, entity: Entity, given: NewUserField): Promise<number> {
  const { portal, session } = context
  await requireFields(context, entity)
  const type = await typeOf(session, entity, given)
  const labels = Object.fromEntries(labelColumns.map((column) => [column, jsonOf(given.labels[column])]))
  const settings = readSettings(type, withLabels(type, given), {})
  const multiple = given.multiple && type.multiple
  return portal.caches.changing(session, ['entities'], async (tx) => {
    const names = await tx.find<{ field_name: string }>(
      sql`select field_name from user_field where entity_id = ${entity.userFieldEntityId}`,
    )
    if (names.some((row) => row.field_name === given.fieldName))
      throw new UserFieldRefusal('taken', `${given.fieldName} for object ${entity.userFieldEntityId}`)
    if (names.length >= MAX_FIELDS) throw new UserFieldRefusal('too-many', String(MAX_FIELDS))
    const row: UserFieldRow = {
      id: await tx.nextId(userFieldTable),
      entity_id: entity.userFieldEntityId,
      field_name: given.fieldName,
      user_type_id: type.id,
      xml_id: given.xmlId ?? null,
      sort: given.sort ?? 100,
      multiple: multiple ? 'Y' : 'N',
      mandatory: given.flags.mandatory ?? 'N',
      show_filter: filterMode(type, given.showFilter ?? 'N'),
      show_in_list: given.flags.show_in_list ?? 'N',
      edit_in_list: given.flags.edit_in_list ?? 'Y',
      is_searchable: given.flags.is_searchable ?? 'N',
      settings: JSON.stringify(settings),
      ...(labels as Record<LabelColumn, string | null>),
    }
    checkDefault(row, settings, context)
    tx.insert(userFieldTable, { ...row })
    if (!multiple) await tx.define([addColumn(entity.table, userFieldColumn(row), type.kind.column, tx.dialect)])
    if (type.id === 'enumeration' && given.options !== undefined)
      await writeOptions(tx, entity, row, given.options, portal.sources)
    await announce(tx, context, entity, row, 'ADD')
    if (type.id === 'enumeration' && (given.options?.length ?? 0) > 0)
      await announce(tx, context, entity, row, 'SETENUMVALUES')
    await auditSettings(context, tx)
    return row.id
  })
}

/** Changes a field. Its name, type, entity and whether it is multiple never change. */
export async function updateUserField(
  context: Context,
  entity: Entity,
  id: number,
  given: UserFieldChanges,
): Promise<void> {
  const { portal, session } = context
  await requireFields(context, entity)
  await portal.caches.changing(session, ['entities'], async (tx) => {
    const before = await findUserField(tx, id)
    const type = before === undefined ? undefined : userFieldTypeOf(before.user_type_id)
    if (before === undefined || type === undefined) return
    const settings = readSettings(type, given.settings, JSON.parse(before.settings) as Settings)
    const changes: Record<string, string | number | null> = {
      ...(given.xmlId === undefined ? {} : { xml_id: given.xmlId }),
      ...(given.sort === undefined ? {} : { sort: given.sort }),
      ...given.flags,
      ...(given.showFilter === undefined ? {} : { show_filter: filterMode(type, given.showFilter) }),
      ...Object.fromEntries(Object.entries(given.labels).map(([column, labels]) => [column, jsonOf(labels)])),
      settings: JSON.stringify(settings),
    }
    if (given.settings !== undefined) checkDefault({ ...before, settings: JSON.stringify(settings) }, settings, context)
    const sets = Object.entries(changes).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
    await tx.change(sql`update user_field set ${sql.join(sets)} where id = ${id}`)
    const options = type.id === 'enumeration' ? (given.options ?? []) : []
    if (options.length > 0) await writeOptions(tx, entity, before, options, portal.sources)
    await announce(tx, context, entity, before, 'UPDATE')
    if (options.length > 0) await announce(tx, context, entity, before, 'SETENUMVALUES')
    await auditSettings(context, tx)
  })
}

/** Removes a field with its column, values, files and options. */
export async function removeUserField(context: Context, entity: Entity, row: UserFieldRow): Promise<void> {
  const { portal, session } = context
  await requireFields(context, entity)
  await portal.caches.changing(session, ['entities'], async (tx) => {
    if ((await tx.change(sql`delete from user_field where id = ${row.id}`)) === 0) return
    // The table's lock comes first: whoever writes its records has finished then, and nobody new begins.
    if (row.multiple !== 'Y') await tx.define([dropColumn(entity.table, userFieldColumn(row))])
    await tx.change(
      sql`delete from field_value where entity_type_id = ${entity.entityTypeId} and field = ${row.field_name}`,
    )
    await portal.files.removeOfField(tx, entity.entityTypeId, row.field_name)
    await tx.change(sql`delete from user_field_option where user_field_id = ${row.id}`)
    const field = entity.fields.find((each) => each.userFieldId === row.id)
    await tx.change(
      sql`delete from crm_stage_required where entity_type_id = ${entity.entityTypeId} and field in (${row.field_name}, ${field?.name ?? row.field_name})`,
    )
    await announce(tx, context, entity, row, 'DELETE')
    await auditSettings(context, tx)
  })
}

async function typeOf(
  reader: Reader,
  { userFieldEntityId }: Entity,
  { fieldName, userTypeId }: NewUserField,
): Promise<UserFieldType> {
  const prefix = prefixOf(userFieldEntityId)
  if (fieldName === '') throw new UserFieldRefusal('name-missing')
  if (fieldName.length > MAX_USER_FIELD_NAME) throw new UserFieldRefusal('name-too-long')
  if (!fieldName.startsWith(prefix) || !/^[A-Z0-9_]+$/.test(fieldName.slice(prefix.length)))
    throw new UserFieldRefusal('name-characters')
  if (userTypeId === '') throw new UserFieldRefusal('type-missing')
  const type = await availableType(reader, userTypeId)
  if (type === undefined) throw new UserFieldRefusal('type-unknown', userTypeId)
  return type
}

function readSettings(type: UserFieldType, input: unknown, before: Settings): Settings {
  try {
    return type.read(input, before)
  } catch (cause) {
    if (cause instanceof InvalidValue) throw new UserFieldRefusal('setting', cause.reason)
    throw cause
  }
}

/** A new check box is labelled as its field is, unless told otherwise. */
function withLabels(type: UserFieldType, { settings, labels }: NewUserField): unknown {
  if (type.id !== 'boolean' || labels.edit_form_label === undefined) return settings
  return { LABEL_CHECKBOX: labels.edit_form_label, ...(typeof settings === 'object' ? settings : {}) }
}

/** A default that the field itself would refuse is a mistake best told at once. */
function checkDefault(row: UserFieldRow, settings: Settings, { portal, now }: Context): void {
  const input = initialValue(settings, now)
  const field = userField(row, [], portal.language, new Set())
  if (field === undefined || isBlank(input)) return
  try {
    field.kind.decode(input, field, { zone: portal.zone })
  } catch (cause) {
    if (cause instanceof InvalidValue) throw new UserFieldRefusal('setting', `the default value: ${cause.reason}`)
    throw cause
  }
}

/** How lists search the field: `I` exactly, `E` by mask, `S` by a part. */
function filterMode(type: UserFieldType, wanted: string): string {
  if (wanted === 'Y') return type.id === 'crm_status' ? 'I' : 'E'
  return ['I', 'E', 'S'].includes(wanted) ? wanted : 'N'
}

const jsonOf = (labels: Labels | undefined): string | null => (labels === undefined ? null : JSON.stringify(labels))

/** `ONCRMLEADUSERFIELDADD` and its siblings; smart processes and invoices share `ONCRMTYPEUSERFIELD…`. */
async function announce(
  tx: Transaction,
  context: Context,
  entity: Entity,
  row: UserFieldRow,
  verb: 'ADD' | 'UPDATE' | 'DELETE' | 'SETENUMVALUES',
): Promise<void> {
  const prefix = isDynamic(entity.entityTypeId) || entity.entityTypeId === 31 ? 'ONCRMTYPE' : entity.event
  // People's fields have no events.
  if (prefix === '') return
  await announceEvent(
    { ...context, tx },
    {
      event: `${prefix}USERFIELD${verb}`,
      entityTypeId: entity.entityTypeId,
      recordId: row.id,
      data: { FIELDS: { ID: row.id, ENTITY_ID: row.entity_id, FIELD_NAME: row.field_name } },
    },
  )
}

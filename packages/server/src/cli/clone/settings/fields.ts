import type { Entity } from '../../../schema/entity.ts'
import type { UserFieldRow } from '../../../records/entities.ts'
import { userFieldColumn } from '../../../records/entities.ts'
import { findUserField, type LabelColumn, labelColumns, removeUserField } from '../../../records/user-fields.ts'
import { type OptionInput, writeOptions as removeOptions } from '../../../records/user-field-options.ts'
import { InvalidValue } from '../../../schema/kind.ts'
import type { Settings } from '../../../schema/setting.ts'
import { type UserFieldType, userFieldTypeOf } from '../../../schema/user-field-kinds.ts'
import { camelFromUpper } from '../../../schema/user-field-names.ts'
import { addColumn } from '../../../store/ddl.ts'
import { MarkedSession } from '../../../store/marked-session.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { userField as fieldTable, userFieldOption as optionTable } from '../../../store/tables.ts'
import { freshId, upsert } from '../rows.ts'
import type { Row } from '../source.ts'
import type { Clone, Page, Step } from '../step.ts'
import { administratorOf } from '../target.ts'
import { FIELD, OPTION, OURS, type Translation, translationOf } from '../translation.ts'
import { flagOf, isRow, numberOf, textOf, textOrNull } from '../values.ts'
import { countFields, fieldsIn } from './field-source.ts'

const name = 'fields'

/** User fields of everything in the CRM, with their options, labels and settings. */
export const fields: Step = {
  name,
  after: ['types'],
  count: countFields,
  async run(clone) {
    const translation = await translationOf(clone)
    const types = await clone.source.rows('crm.type.list', { order: { id: 'ASC' } }, 'types')
    const dynamic = types.map((row) => `CRM_${textOf(row.id)}`)
    for (const entityId of [...OWNERS, ...dynamic]) await copyFields(clone, name, entityId, translation)
    await removeGone(clone)
  },
}

/** What has user fields on every portal; people have theirs in the step `users`. */
export const OWNERS = [
  'CRM_LEAD',
  'CRM_DEAL',
  'CRM_CONTACT',
  'CRM_COMPANY',
  'CRM_QUOTE',
  'CRM_SMART_INVOICE',
  'CRM_REQUISITE',
]

/** Brings over the user fields of one entity, by the name that it has in user-field methods. */
export async function copyFields(
  clone: Clone,
  step: string,
  entityId: string,
  translation: Translation,
): Promise<void> {
  const { state, target } = clone
  if (state.isDone(step, entityId)) return
  const here = translation.fieldsOf(entityId)
  const entity = here === undefined ? undefined : await target.portal.entities.ofUserFields(clone.session, here)
  if (entity === undefined) return
  const rows = await fieldsIn(clone.source, entityId)
  await clone.page({ step, part: entityId, cursor: '', done: true, caches: ['entities'] }, async (page) => {
    for (const row of rows) await writeField(clone, page, { entity, entityId, row, translation })
  })
  clone.tick(rows.length)
}

interface Given {
  readonly entity: Entity
  readonly entityId: string
  readonly row: Row
  readonly translation: Translation
}

async function writeField(clone: Clone, page: Page, { entity, entityId, row, translation }: Given): Promise<void> {
  const { state } = clone
  const { tx } = page
  const key = textOf(row.id)
  const typeId = textOf(row.userTypeId)
  const type = userFieldTypeOf(typeId)
  const fieldName = translation.fieldName(textOf(row.fieldName), entityId)
  if (type === undefined) return page.leave(`user fields of the type ${typeId} are unknown here`, fieldName)
  const known = (await state.known(tx, FIELD, [key])).get(key)
  const knownId = known?.id
  const before = knownId === undefined ? undefined : await findUserField(tx, knownId)
  const twin = before ?? (await twinOf(tx, entity, fieldName))
  const multiple = flagOf(row.multiple) === 'Y' && type.multiple ? 'Y' : 'N'
  if (twin !== undefined && (twin.user_type_id !== typeId || twin.multiple !== multiple))
    return page.leave('a user field of that name is of another type here', fieldName)
  const id = twin?.id ?? (await freshId(tx, fieldTable, state.keepsIds ? numberOf(row.id) : undefined))
  const made: UserFieldRow = {
    id,
    entity_id: entity.userFieldEntityId,
    field_name: fieldName,
    user_type_id: typeId,
    xml_id: textOrNull(row.xmlId),
    sort: numberOf(row.sort) ?? 100,
    multiple,
    mandatory: flagOf(row.mandatory),
    show_filter: textOf(row.showFilter) || 'N',
    show_in_list: flagOf(row.showInList, 'Y'),
    edit_in_list: flagOf(row.editInList, 'Y'),
    is_searchable: flagOf(row.isSearchable),
    settings: JSON.stringify(settingsOf(type, row.settings, translation)),
    ...(Object.fromEntries(
      labelColumns.map((column) => [column, labelsOf(row[camelFromUpper(column.toUpperCase())])]),
    ) as Record<LabelColumn, string | null>),
  }
  // A field that this portal had before keeps its own look; only what it may hold is added.
  const isOwn = twin !== undefined && (before === undefined ? !state.keepsIds : known?.digest === OURS)
  if (isOwn) page.count('same')
  else page.count(await upsert(tx, fieldTable, { ...made }))
  if (twin === undefined && multiple === 'N')
    await tx.define([addColumn(entity.table, userFieldColumn(made), type.kind.column, tx.dialect)])
  await state.remember(tx, FIELD, key, { id, digest: isOwn ? OURS : null, isNew: knownId === undefined })
  if (typeId === 'enumeration') await writeOptions(clone, tx, entity, made, row.enum)
}

const twinOf = async (tx: Transaction, entity: Entity, fieldName: string): Promise<UserFieldRow | undefined> =>
  (
    await tx.find<UserFieldRow>(
      sql`select * from user_field where entity_id = ${entity.userFieldEntityId} and field_name = ${fieldName}`,
    )
  )[0]

/** Settings as this portal keeps them; what it would refuse is left as the type has it by default. */
function settingsOf(type: UserFieldType, given: unknown, translation: Translation): Settings {
  const settings = isRow(given) ? given : {}
  const translated: Record<string, unknown> = { ...settings }
  if (type.id === 'crm')
    for (const [key, value] of Object.entries(settings)) {
      delete translated[key]
      translated[translation.typeName(key)] = value
    }
  const directory = settings.ENTITY_TYPE
  if (type.id === 'crm_status' && typeof directory === 'string')
    translated.ENTITY_TYPE = translation.directory(directory) ?? directory
  try {
    return type.read(translated, {})
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    return type.read({}, {})
  }
}

/** Texts by language, as JSON; languages without a text say nothing. */
function labelsOf(given: unknown): string | null {
  if (typeof given === 'string') return given === '' ? null : JSON.stringify({ en: given })
  if (!isRow(given)) return null
  const texts = Object.entries(given).filter(([, text]) => typeof text === 'string' && text !== '')
  return texts.length === 0 ? null : JSON.stringify(Object.fromEntries(texts))
}

async function writeOptions(
  { state, target: { portal } }: Clone,
  tx: Transaction,
  entity: Entity,
  field: UserFieldRow,
  given: unknown,
): Promise<void> {
  const fieldId = field.id
  const rows = Array.isArray(given) ? (given as unknown[]).filter(isRow) : []
  const known = await state.known(
    tx,
    OPTION,
    rows.map((row) => textOf(row.id)),
  )
  const stored = await tx.find<{ id: number; value: string; xml_id: string | null }>(
    sql`select id, value, xml_id from user_field_option where user_field_id = ${fieldId}`,
  )
  const kept: number[] = []
  for (const row of rows) {
    const key = textOf(row.id)
    const value = textOf(row.value)
    const there = known.get(key)?.id
    const twin = stored.find((each) => each.id === there) ?? stored.find((each) => each.value === value)
    const id = twin?.id ?? (await freshId(tx, optionTable, state.keepsIds ? numberOf(row.id) : undefined))
    kept.push(id)
    const [sort, def, xmlId] = [numberOf(row.sort) ?? 500, flagOf(row.def), textOrNull(row.xmlId)]
    await upsert(tx, optionTable, { id, user_field_id: fieldId, value, def, sort, xml_id: xmlId })
    await state.remember(tx, OPTION, key, { id, digest: null, isNew: there === undefined })
  }
  // What this portal has added itself stays.
  const gone: OptionInput[] = []
  for (const { id: other } of stored.filter(({ id: each }) => !kept.includes(each))) {
    const [came] = await tx.find(sql`select 1 as one from clone_map where kind = ${OPTION} and target_id = ${other}`)
    if (came !== undefined) gone.push({ id: other, remove: true })
  }
  if (gone.length > 0) await removeOptions(tx, entity, field, gone, portal.sources)
}

/** Fields that the source has no more go with their values. */
async function removeGone(clone: Clone): Promise<void> {
  const { state, target } = clone
  const { portal } = target
  for (const { key, id } of await state.gone(clone.session, FIELD)) {
    const row = await findUserField(clone.session, id)
    const entity = row === undefined ? undefined : await portal.entities.ofUserFields(clone.session, row.entity_id)
    if (row !== undefined && entity !== undefined && entity.userFieldEntityId !== 'USER') {
      const session = new MarkedSession(portal.store.session(), { silent: true })
      const person = await administratorOf(clone, session)
      await removeUserField({ portal, session, person, now: portal.sources.now() }, entity, row)
      await session.settled()
    } else if (row !== undefined) continue
    await clone.page({ step: name, part: 'gone', cursor: '' }, async (page) => {
      await state.forget(page.tx, FIELD, key)
      page.count('removed')
    })
  }
}

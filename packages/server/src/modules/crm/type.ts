import { describeFields } from '../../methods/describe.ts'
import { forgetCards } from '../../methods/families/card-rows.ts'
import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { type Call, Listing, type Map, method, need, take } from '../../methods/method.ts'
import { encodeSmallRow, named, sift } from '../../methods/small-table.ts'
import { administer, announceSetting } from '../../records/administration.ts'
import { ensureColumns } from '../../records/entity-columns.ts'
import type { RelationRow, TypeRow } from '../../records/entities.ts'
import { PAGE } from '../../records/records.ts'
import { closePipeline, forgetEntity } from '../../records/role-rows.ts'
import type { Entity } from '../../schema/entity.ts'
import { InvalidValue, integerOf, isBlank, textOf } from '../../schema/kind.ts'
import { itemWire } from '../../schema/wire.ts'
import { dropTable } from '../../store/ddl.ts'
import { sql } from '../../store/sql.ts'
import type { Reader, Transaction } from '../../store/store.ts'
import { type } from '../../store/tables.ts'
import { CACHE as AUTOMATION, forgetRulesOfType } from './automation/rule.ts'
import { dynamicEntity } from './dynamic.ts'
import { createPipeline, DEFAULT_SORT, GENERAL } from './pipelines.ts'
import { readRelations, relationsOf, writeRelations } from './relations.ts'
import { findWorkplace, workplaces } from './process/workplaces.ts'
import { encodeAddedType, encodeType, typeRow, typeTable, type TypeSurroundings } from './type-rows.ts'
import { changeSettings, flagsOf, isTrue } from './type-settings.ts'

const scope = 'crm'
const CACHES = ['directories', 'entities', 'roles', 'stage-required', AUTOMATION]
const MAX_TITLE = 255
const MAX_TYPE_ID = 2_147_483_646
/** Numbers that smart processes may have (crm-type-add.md): 128 to 192, and even ones from 1030 on. */
const FIRST = 128
const LAST_SMALL = 192
const FIRST_LARGE = 1030
const isAllowed = (id: number): boolean =>
  (id >= FIRST && id <= LAST_SMALL) || (id >= FIRST_LARGE && id % 2 === 0 && id <= MAX_TYPE_ID)

const outOfRange = (): ApiError => new ApiError('INVALID_ARG_VALUE', 400, 'entityTypeId is out of allowed range')
/** The bare number 0, as the pages of this family show it (crm-type-get.md). */
const refusal = (text: string): ApiError => new ApiError(0, 400, text)

function titleOf(input: unknown): string {
  const title = isBlank(input) ? '' : reading('title', () => textOf(input).trim())
  if (title === '') throw refusal("Field 'TITLE' is required")
  if (title.length > MAX_TITLE) throw refusal(`Field 'TITLE' is longer than ${MAX_TITLE} characters`)
  return title
}

function reading<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw new ApiError('INVALID_ARG_VALUE', 400, `Invalid value for field '${field}': ${cause.reason}`)
  }
}

/** The workplace where a smart process is to be; null: in the CRM; undefined: nothing is said of it. */
async function customSectionOf(fields: Map, tx: Transaction): Promise<number | null | undefined> {
  const { isExternal, customSectionId } = fields
  const unselected = (): ApiError => refusal('Select a workplace where the SPA will be located')
  if (isTrue(isExternal) && isBlank(customSectionId)) throw unselected()
  if (customSectionId === undefined) return undefined
  if (isBlank(customSectionId)) return null
  const id = reading('customSectionId', () => integerOf(customSectionId))
  if (id === 0) return null
  if ((await findWorkplace(tx, id)) === undefined) throw unselected()
  return id
}

const codeOf = (fields: Map): string | undefined =>
  fields.code === undefined || fields.code === null
    ? undefined
    : reading('code', () => textOf(fields.code).slice(0, MAX_TITLE))

async function freeTypeId(tx: Transaction): Promise<number> {
  const rows = await tx.find<{ entity_type_id: number }>(sql`select entity_type_id from crm_type`)
  const taken = new Set(rows.map((row) => row.entity_type_id))
  let id = FIRST
  while (taken.has(id)) id = id < LAST_SMALL ? id + 1 : id === LAST_SMALL ? FIRST_LARGE : id + 2
  return id
}

async function typeIdOf(input: unknown, tx: Transaction): Promise<number> {
  if (isBlank(input) || input === 0 || input === '0') return freeTypeId(tx)
  let id: number
  try {
    id = integerOf(input)
  } catch {
    throw outOfRange()
  }
  const [taken] = await tx.find<{ id: number }>(sql`select id from crm_type where entity_type_id = ${id}`)
  if (!isAllowed(id) || taken !== undefined) throw outOfRange()
  return id
}

async function findType(tx: Transaction, id: number, notFound: string): Promise<TypeRow> {
  const [row] = await tx.find<TypeRow>(sql`select * from crm_type where id = ${id}`)
  if (row === undefined) throw refusal(notFound)
  return row
}

const relationRows = (reader: Reader): Promise<RelationRow[]> =>
  reader.find<RelationRow>(sql`select * from crm_relation`)

const surroundings = async (reader: Reader): Promise<TypeSurroundings> => ({
  relations: await relationRows(reader),
  workplaces: await workplaces(reader),
})

async function otherEntities(call: Call, tx: Transaction): Promise<ReadonlyMap<number, Entity>> {
  return new Map((await call.portal.entities.all(tx)).map((entity) => [entity.entityTypeId, entity]))
}

const isClient = (row: TypeRow): boolean => flagsOf(row).isClientEnabled === 'Y'

async function add(given: Map, call: Call): Promise<unknown> {
  const fields = named(typeTable, given)
  return administer(call, CACHES, async (tx) => {
    const now = Math.floor(call.now)
    const others = await otherEntities(call, tx)
    const title = titleOf(fields.title)
    const customSectionId = (await customSectionOf(fields, tx)) ?? null
    const entityTypeId = await typeIdOf(fields.entityTypeId, tx)
    const row: TypeRow = {
      id: await tx.nextId(type),
      entity_type_id: entityTypeId,
      title,
      code: codeOf(fields) ?? '',
      created_by: call.person.id,
      created_time: now,
      updated_by: call.person.id,
      updated_time: now,
      custom_section_id: customSectionId,
      settings: changeSettings({ settings: '{}' }, fields),
    }
    tx.insert(type, { ...row })
    const entity = dynamicEntity(row)
    await ensureColumns(tx, entity)
    const pipeline = { entityTypeId, name: GENERAL, sort: DEFAULT_SORT, isDefault: true }
    const category = await createPipeline(call, tx, pipeline)
    if (flagsOf(row).isSetOpenPermissions !== 'Y') await closePipeline(tx, entity.name, category)
    await writeRelations(tx, entity, readRelations(fields.relations), others, isClient(row))
    await announceSetting(call, tx, 'ONCRMTYPEADD', row.id)
    return { type: encodeAddedType(row, await surroundings(tx), call) }
  })
}

async function update(id: number, given: Map, call: Call): Promise<unknown> {
  const fields = named(typeTable, given)
  return administer(call, CACHES, async (tx) => {
    const before = await findType(tx, id, 'SPA not found')
    const others = await otherEntities(call, tx)
    const section = await customSectionOf(fields, tx)
    const row: TypeRow = {
      ...before,
      title: fields.title === undefined ? before.title : titleOf(fields.title),
      code: codeOf(fields) ?? before.code,
      custom_section_id: section === undefined ? before.custom_section_id : section,
      settings: changeSettings(before, fields),
      updated_by: call.person.id,
      updated_time: Math.floor(call.now),
    }
    await tx.change(
      sql`update crm_type set title = ${row.title}, code = ${row.code}, custom_section_id = ${row.custom_section_id}, settings = ${row.settings}, updated_by = ${row.updated_by}, updated_time = ${row.updated_time} where id = ${id}`,
    )
    const entity = dynamicEntity(row)
    await ensureColumns(tx, entity)
    // An empty list is nothing in a form: what `relations` doesn't name is no longer wanted.
    const wanted =
      fields.relations === undefined
        ? relationsOf(row.entity_type_id, await relationRows(tx))
        : readRelations(fields.relations)
    await writeRelations(tx, entity, wanted, others, isClient(row))
    await announceSetting(call, tx, 'ONCRMTYPEUPDATE', id)
    return { type: encodeType(row, await surroundings(tx), call) }
  })
}

async function remove(id: number, call: Call): Promise<[]> {
  return administer(call, CACHES, async (tx) => {
    const row = await findType(tx, id, 'Smart process not found')
    const others = await otherEntities(call, tx)
    const entity = dynamicEntity(row)
    const [item] = await tx.find<{ id: number }>(sql`select id from ${sql.table(entity.table)} limit 1`)
    if (item !== undefined) throw new ApiError('BX_ERROR', 400, 'You cannot delete an entity type that has elements')
    const { entity_type_id: entityTypeId } = row
    await writeRelations(tx, entity, { parent: [], child: [] }, others, false)
    await tx.change(
      sql`delete from crm_status where category_id in (select id from crm_category where entity_type_id = ${entityTypeId})`,
    )
    await tx.change(sql`delete from crm_category where entity_type_id = ${entityTypeId}`)
    await tx.change(sql`delete from crm_stage_required where entity_type_id = ${entityTypeId}`)
    await forgetRulesOfType(tx, entityTypeId)
    await forgetEntity(tx, entity)
    await forgetCards(tx, entityTypeId)
    const fields = sql`select id from user_field where entity_id = ${entity.userFieldEntityId}`
    await tx.change(sql`delete from user_field_option where user_field_id in (${fields})`)
    await tx.change(sql`delete from user_field where entity_id = ${entity.userFieldEntityId}`)
    await tx.change(sql`delete from crm_type where id = ${id}`)
    await tx.define([dropTable(entity.table)])
    await announceSetting(call, tx, 'ONCRMTYPEDELETE', id)
    return []
  })
}

async function get(call: Call, matches: (row: TypeRow) => boolean, notFound: string): Promise<unknown> {
  const row = (await call.portal.entities.types(call.session)).find(matches)
  if (row === undefined) throw refusal(notFound)
  const entity = await call.portal.entities.get(call.session, row.entity_type_id)
  // "Any user with administrative access to the SPA, or with read access to it" (crm-type-get.md).
  if (!(await call.portal.access.mayConfigure(call, { entity }))) await call.portal.access.require(call, entity, 'read')
  return { type: encodeType(row, await surroundings(call.session), call) }
}

async function list({ order, filter, start }: { order: unknown; filter: unknown; start: number }, call: Call) {
  const rows = (await call.portal.entities.types(call.session)).map(typeRow)
  const found = sift(typeTable, itemWire, rows, { filter, order }, call)
  const from = Math.max(start, 0)
  const types = found.slice(from, from + PAGE).map((row) => encodeSmallRow(typeTable, row, itemWire, call))
  if (start < 0) return new Listing({ types }, 0)
  return new Listing({ types }, found.length, from + PAGE < found.length ? from + PAGE : undefined)
}

/** Rights are put in the same words for reading and writing. */
const run = <T>(body: () => Promise<T>): Promise<T> => inStyle(itemStyle, 'write', body)

export default [
  method({
    name: 'crm.type.add',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) => run(() => add(fields, call)),
  }),
  method({
    name: 'crm.type.update',
    scope,
    params: { id: need.id, fields: need.map },
    run: ({ id, fields }, call) => run(() => update(id, fields, call)),
  }),
  method({
    name: 'crm.type.get',
    scope,
    params: { id: need.id },
    run: ({ id }, call) => run(() => get(call, (row) => row.id === id, 'SPA not found')),
  }),
  method({
    name: 'crm.type.getByEntityTypeId',
    scope,
    params: { entityTypeId: need.integer },
    run: ({ entityTypeId }, call) =>
      run(() => get(call, (row) => row.entity_type_id === entityTypeId, 'Smart process not found')),
  }),
  method({
    name: 'crm.type.list',
    scope,
    params: { order: take.any, filter: take.any, start: take.start },
    run: (params, call) =>
      run(async () => {
        await call.portal.access.requireSettings(call)
        return list(params, call)
      }),
  }),
  method({
    name: 'crm.type.delete',
    scope,
    params: { id: take.integer() },
    run: ({ id }, call) =>
      run(async () => {
        await call.portal.access.requireSettings(call)
        // Nothing to delete is no error, but an answer of null (crm-type-delete.md).
        return id === undefined ? null : remove(id, call)
      }),
  }),
  method({
    name: 'crm.type.fields',
    scope,
    params: {},
    async run(_none, call) {
      // The one text of this family with a capital D.
      if (!(await call.portal.access.mayConfigure(call))) throw new ApiError('ACCESS_DENIED', 400, 'Access Denied')
      return { fields: describeFields(typeTable, itemWire) }
    },
  }),
]

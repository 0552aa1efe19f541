import { dynamicEntity } from '../../../modules/crm/dynamic.ts'
import { workplaceTable } from '../../../modules/crm/process/workplaces.ts'
import { readRelations, type Relations, writeRelations } from '../../../modules/crm/relations.ts'
import { changeSettings, flagsOf } from '../../../modules/crm/type-settings.ts'
import { ensureColumns } from '../../../records/entity-columns.ts'
import type { TypeRow } from '../../../records/entities.ts'
import { FIRST_DYNAMIC, isDynamic } from '../../../schema/entity-types.ts'
import { yesNo } from '../../../schema/kind.ts'
import { parseDateTime } from '../../../schema/time.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { type as typeTable } from '../../../store/tables.ts'
import { freshId, hasId, upsert } from '../rows.ts'
import { Refused, type Row, type Source } from '../source.ts'
import type { Clone, Step } from '../step.ts'
import { ENTITY_TYPE, translationOf, TYPE, USER } from '../translation.ts'
import { isRow, numberOf, textOf } from '../values.ts'

const name = 'types'
const WORKPLACE = 'workplace'
/** Numbers that a new smart process may have go up to here, and from 1030 on are even. */
const LAST_SMALL = 192
const FIRST_LARGE = 1030

const rowsIn = (source: Source): Promise<Row[]> => source.rows('crm.type.list', { order: { id: 'ASC' } }, 'types')

/** Smart processes: what they are called, what is switched on in them, and which is whose parent. */
export const types: Step = {
  name,
  after: ['users'],
  count: async (source) => (await rowsIn(source)).length,
  async run(clone) {
    const { source, state } = clone
    if (!state.isDone(name)) {
      const rows = await rowsIn(source)
      const whole = await source.batch(
        Object.fromEntries(rows.map((row) => [textOf(row.id), { method: 'crm.type.get', params: { id: row.id } }])),
      )
      const told = rows.map((row) => {
        const answer = whole.get(textOf(row.id))
        return isRow(answer) && !(answer instanceof Refused) && isRow(answer.type) ? answer.type : row
      })
      const places = told.some((row) => (numberOf(row.customSectionId) ?? 0) > 0) ? await workplacesIn(clone) : []
      await writeTypes(clone, told, places)
      clone.tick(rows.length)
    }
  },
}

async function workplacesIn({ source, warn }: Clone): Promise<Row[]> {
  try {
    return await source.rows('crm.automatedsolution.list', {}, 'automatedSolutions')
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause
    warn(`workplaces of smart processes are left out: ${cause.message}`)
    return []
  }
}

async function writeTypes(clone: Clone, rows: readonly Row[], places: readonly Row[]): Promise<void> {
  const { state, target } = clone
  const { portal } = target
  const people = await state.all(clone.session, USER)
  const person = (id: unknown): number => people.get(textOf(id)) ?? 1
  await clone.page({ step: name, cursor: '', done: true, caches: ['entities', 'directories'] }, async (page) => {
    const { tx } = page
    for (const row of places) await writeWorkplace(clone, tx, row)
    const workplaces = await state.all(tx, WORKPLACE)
    const known = await state.all(tx, TYPE)
    const made: { row: Row; type: TypeRow }[] = []
    for (const row of rows) {
      const key = textOf(row.id)
      const knownId = known.get(key)
      const before = knownId === undefined ? undefined : await typeOf(tx, knownId)
      const id = before?.id ?? (await freshId(tx, typeTable, state.keepsIds ? numberOf(row.id) : undefined))
      const type: TypeRow = {
        id,
        entity_type_id: before?.entity_type_id ?? (await freeEntityType(tx, numberOf(row.entityTypeId) ?? 0)),
        title: textOf(row.title) || key,
        code: textOf(row.code),
        created_by: person(row.createdBy),
        created_time: parseDateTime(row.createdTime, portal.zone) ?? state.began,
        updated_by: person(row.updatedBy),
        updated_time: parseDateTime(row.updatedTime, portal.zone) ?? state.began,
        custom_section_id: workplaces.get(textOf(row.customSectionId)) ?? null,
        settings: changeSettings({ settings: '{}' }, { ...row, linkedUserFields: linked(row.linkedUserFields) }),
      }
      page.count(await upsert(tx, typeTable, { ...type }))
      const isNew = knownId === undefined
      await state.remember(tx, TYPE, key, { id, digest: null, isNew })
      await state.remember(tx, ENTITY_TYPE, textOf(row.entityTypeId), { id: type.entity_type_id, digest: null, isNew })
      await ensureColumns(tx, dynamicEntity(type))
      made.push({ row, type })
    }
    // Whose parents are among them must be there first, and the caches know nothing of them yet.
    portal.caches.drop('entities', 'directories')
    await relate(clone, tx, made)
    for (const { key, id } of await state.gone(tx, TYPE)) {
      const row = await typeOf(tx, id)
      if (row === undefined) await state.forget(tx, TYPE, key)
      else page.leave('a smart process that the source has no more stays here', row.title)
    }
  })
}

const typeOf = async (tx: Transaction, id: number): Promise<TypeRow | undefined> =>
  (await tx.find<TypeRow>(sql`select * from crm_type where id = ${id}`))[0]

/** Switched-on fields say Y in answers, and true is what is understood. */
const linked = (given: unknown): unknown =>
  isRow(given) ? Object.fromEntries(Object.entries(given).map(([key, value]) => [key, yesNo(value) === true])) : given

async function freeEntityType(tx: Transaction, wanted: number): Promise<number> {
  const rows = await tx.find<{ entity_type_id: number }>(sql`select entity_type_id from crm_type`)
  const taken = new Set(rows.map((row) => row.entity_type_id))
  let id = isDynamic(wanted) ? wanted : FIRST_DYNAMIC
  while (taken.has(id)) id = id < LAST_SMALL ? id + 1 : id < FIRST_LARGE ? FIRST_LARGE : id + 2
  return id
}

async function writeWorkplace({ state }: Clone, tx: Transaction, row: Row): Promise<void> {
  const key = textOf(row.id)
  const known = await state.idOf(tx, WORKPLACE, key)
  const isThere = known !== undefined && (await hasId(tx, workplaceTable.name, known))
  const id = isThere ? known : await freshId(tx, workplaceTable, state.keepsIds ? numberOf(row.id) : undefined)
  const title = textOf(row.title) || key
  await upsert(tx, workplaceTable, isThere ? { id, title } : { id, title, created_by: 1, created: state.began })
  await state.remember(tx, WORKPLACE, key, { id, digest: null, isNew: known === undefined })
}

async function relate(
  clone: Clone,
  tx: Transaction,
  made: readonly { readonly row: Row; readonly type: TypeRow }[],
): Promise<void> {
  const translation = await translationOf({ state: clone.state, session: tx as unknown as Clone['session'] })
  const entities = new Map(
    (await clone.target.portal.entities.all(tx)).map((entity) => [entity.entityTypeId, entity] as const),
  )
  const here = (list: Relations['parent']): Relations['parent'] =>
    list.flatMap((each) => {
      const entityTypeId = translation.type(each.entityTypeId)
      return entityTypeId === undefined ? [] : [{ ...each, entityTypeId }]
    })
  for (const { row, type } of made) {
    if (!isRow(row.relations)) continue
    const { parent, child } = readRelations(flagged(row.relations))
    const entity = entities.get(type.entity_type_id)
    if (entity === undefined) continue
    const isClient = flagsOf(type).isClientEnabled === 'Y'
    await writeRelations(tx, entity, { parent: here(parent), child: here(child) }, entities, isClient)
  }
}

/** Answers say Y where requests say true; predefined relations follow from the settings. */
const flagged = (relations: Row): Row =>
  Object.fromEntries(
    Object.entries(relations).map(([side, list]) => [
      side,
      (Array.isArray(list) ? (list as unknown[]) : [])
        .filter(isRow)
        .flatMap((each) =>
          yesNo(each.isPredefined) === true
            ? []
            : [{ ...each, isChildrenListEnabled: yesNo(each.isChildrenListEnabled) === true }],
        ),
    ]),
  )

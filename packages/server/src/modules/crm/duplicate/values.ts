import { type Change, isSaved, type Written } from '../../../records/change.ts'
import type { Context } from '../../../records/context.ts'
import type { Hooks } from '../../../records/hooks.ts'
import type { JobHandler } from '../../../records/jobs.ts'
import { requireRecord } from '../../../records/records.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import { listOf, scalarOf, select, type Stored } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { duplicateTypes } from './find-by-communication.ts'
import { type RegisteredField, registeredFields } from './registered-fields.ts'
import { duplicateValue } from './tables.ts'

/** The job that reads the values of the records that were there before the field was registered. */
export const FILL_INDEX = 'crm.duplicate.fill'
const BATCH = 500
const MAX_VALUE = 255
/** How many records of one value are told. */
const MOST = 20

/** How values are compared: without regard to case and spaces. Undefined for nothing. */
function compared(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value).trim().replace(/\s+/g, ' ').toLowerCase().slice(0, MAX_VALUE)
  return text === '' ? undefined : text
}

async function rewrite(
  tx: Transaction,
  { id: fieldId, entityTypeId }: RegisteredField,
  recordId: number,
  values: readonly unknown[],
): Promise<void> {
  await tx.change(
    sql`delete from crm_duplicate_value where entity_type_id = ${entityTypeId} and record_id = ${recordId} and field_id = ${fieldId}`,
  )
  for (const value of new Set(values.map(compared)))
    if (value !== undefined)
      tx.insert(duplicateValue, {
        id: await tx.nextId(duplicateValue),
        field_id: fieldId,
        entity_type_id: entityTypeId,
        record_id: recordId,
        value,
      })
}

/** What a change writes into a field; undefined if nothing. */
function written({ draft }: Change, { name, place }: Field): readonly Written[] | undefined {
  if (place.in === 'values') return draft.lists.get(name)
  const value = draft.values.get(name)
  return value === undefined || isSaved(value) ? undefined : [value]
}

async function keepInStep(change: Change): Promise<void> {
  for (const registered of await registeredFields(change.portal.caches, change.tx)) {
    if (registered.entityTypeId !== change.entity.entityTypeId) continue
    const field = change.entity.byLegacy.get(registered.field)
    const values = field === undefined ? undefined : written(change, field)
    if (values !== undefined) await rewrite(change.tx, registered, change.id, values)
  }
}

/** Keeps the index of values in step with the records. */
export const valueHooks: Hooks = {
  saved: keepInStep,
  copied: keepInStep,
  async removed({ tx, entity, id }) {
    if (!duplicateTypes.some((each) => each === entity.entityTypeId)) return
    await tx.change(
      sql`delete from crm_duplicate_value where entity_type_id = ${entity.entityTypeId} and record_id = ${id}`,
    )
  },
}

const valuesOf = (stored: Stored, field: Field): readonly unknown[] =>
  field.place.in === 'values' ? listOf(stored, field) : [scalarOf(stored, field)]

/** Some hundred records at a time, so that nobody waits for the whole of them. */
export const fillIndex: JobHandler = ({ portal, session, job, person, finish }) =>
  session.transaction(async (tx) => {
    const { field: fieldId, after } = job.payload as { field: number; after: number }
    await finish(tx)
    // Read anew: this server may not have heard of the field yet, or of its end.
    const [known] = await tx.find<{ entity_type_id: number; field: string }>(
      sql`select entity_type_id, field from crm_duplicate_field where id = ${fieldId}`,
    )
    if (known === undefined) return
    const registered: RegisteredField = { id: fieldId, entityTypeId: known.entity_type_id, field: known.field }
    const entity = await portal.entities.get(tx, registered.entityTypeId)
    const field = entity.byLegacy.get(registered.field)
    if (field === undefined) return
    const id = entity.field('id')
    const rows = await select(tx, {
      entity,
      fields: [id, field],
      test: { is: 'compare', field: id, op: 'gt', values: [after] },
      order: [{ field: id, direction: 'ASC' }],
      limit: BATCH,
      // Nobody changes a value between its being read and its being kept.
      lock: true,
    })
    for (const stored of rows) await rewrite(tx, registered, Number(scalarOf(stored, id)), valuesOf(stored, field))
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return
    await portal.jobs.schedule(tx, {
      kind: FILL_INDEX,
      key: job.key,
      due: job.due,
      userId: person.id,
      payload: { field: fieldId, after: Number(scalarOf(last, id)) },
    })
  })

/** Another record that holds the same in a registered field. */
export interface Match {
  readonly id: number
  /** The UPPER_CASE name of the field. */
  readonly field: string
}

/**
 * Records of the same entity that hold the same in a registered field, of those that the caller may read: what the
 * card of a record shows as its possible duplicates. `crm.duplicate.findbycomm` doesn't take them into account
 * (api-reference/crm/duplicates/index.md).
 */
export async function matchesOf(context: Context, entity: Entity, id: number): Promise<Match[]> {
  const { portal, session } = context
  await requireRecord(context, session, entity, id, 'read')
  const { test: condition } = await portal.access.reach(context, entity, 'read')
  const own = entity.field('id')
  const matches: Match[] = []
  for (const { id: fieldId, entityTypeId, field } of await registeredFields(portal.caches, session)) {
    if (entityTypeId !== entity.entityTypeId) continue
    const rows = await session.find<{ id: number }>(
      sql`select distinct other.record_id as id from crm_duplicate_value as mine join crm_duplicate_value as other on other.field_id = mine.field_id and other.value = mine.value and other.record_id <> mine.record_id where mine.entity_type_id = ${entityTypeId} and mine.record_id = ${id} and mine.field_id = ${fieldId} order by id limit ${MOST}`,
    )
    if (rows.length === 0) continue
    const named = { is: 'compare', field: own, op: 'in', values: rows.map((row) => row.id) } as const
    const test = condition === undefined ? named : ({ is: 'group', logic: 'AND', members: [named, condition] } as const)
    for (const stored of await select(session, { entity, fields: [own], test }))
      matches.push({ id: Number(scalarOf(stored, own)), field })
  }
  return matches
}

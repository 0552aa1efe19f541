import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { type Call, isMap, method, need, take } from '../../methods/method.ts'
import { Failure } from '../../records/failure.ts'
import { requireRecord } from '../../records/records.ts'
import type { Entity, Field } from '../../schema/entity.ts'
import { integerOf, InvalidValue } from '../../schema/kind.ts'
import { formatDateTime } from '../../schema/time.ts'
import { itemWire } from '../../schema/wire.ts'
import { listOf, scalarOf, type Stored } from '../../store/entity-query.ts'
import { sql } from '../../store/sql.ts'
import { type Chosen, isCompared, isUnsaid } from '../crm/duplicate/union.ts'
import { mergeRecords } from '../crm/duplicate/merge.ts'
import { childSources } from '../crm/timeline/child-source.ts'
import { load, titleOf } from '../crm/shown.ts'

/** Leads, deals, contacts and companies. */
const MERGED: readonly number[] = [1, 2, 3, 4]
const MOST = 10
const SCAN = 1_000

const invalid = (text: string): ApiError => new ApiError('INVALID_ARG_VALUE', 400, text)

function idsIn(input: readonly unknown[]): [number, ...number[]] {
  const ids = input.map((each) => {
    try {
      return integerOf(each)
    } catch (cause) {
      if (cause instanceof InvalidValue) return 0
      throw cause
    }
  })
  const [main, ...others] = new Set(ids)
  if (main === undefined || others.length === 0 || ids.some((id) => id <= 0) || ids.length > MOST)
    throw invalid(`Invalid value of "ids": two to ${MOST} different ids are expected`)
  return [main, ...others]
}

async function entityOf(call: Call, entityTypeId: number): Promise<Entity> {
  if (!MERGED.includes(entityTypeId)) throw invalid(`Invalid value of "entityTypeId": one of ${MERGED.join(', ')}`)
  return call.portal.entities.get(call.session, entityTypeId)
}

/** How much belongs to a record, and goes along in a merger. */
interface Belongings {
  readonly activities: number
  readonly comments: number
  /** By type: deals, contacts and others that name it. Up to a thousand are counted. */
  readonly records: readonly { readonly entityTypeId: number; readonly count: number }[]
}

async function belongingsOf(call: Call, entity: Entity, id: number): Promise<Belongings> {
  const count = async (table: string, type: string, record: string): Promise<number> => {
    const [row] = await call.session.find<{ n: number }>(
      sql`select count(*) as n from ${sql.table(table)} where ${sql.ref(type)} = ${entity.entityTypeId} and ${sql.ref(record)} = ${id}`,
    )
    return Number(row?.n ?? 0)
  }
  const records: { entityTypeId: number; count: number }[] = []
  const last = Number.MAX_SAFE_INTEGER
  for (const source of await childSources(call, { entity, id })) {
    const found = await source.read(call, { entity, id }, { time: last, id: last }, SCAN)
    const [first] = found
    if (first !== undefined) records.push({ entityTypeId: Number(first.data.entityTypeId), count: found.length })
  }
  return {
    activities: await count('crm_activity_binding', 'owner_type_id', 'owner_id'),
    comments: await count('crm_timeline_binding', 'entity_type_id', 'record_id'),
    records,
  }
}

/** A field of several records: what each holds, where they say different things, and what nobody has said. */
function compared(call: Call, entity: Entity, field: Field, records: readonly Stored[]): object | undefined {
  // Phones, e-mails and the like are one list, whatever the fields that show parts of it.
  const isList = field.name === 'fm'
  if (!isList && !isCompared(entity, field)) return undefined
  const values = records.map((stored) =>
    isList
      ? (listOf(stored, field) as [number, string, string, string][]).map(([id, typeId, valueType, value]) => ({
          id,
          typeId,
          valueType,
          value,
        }))
      : itemWire.value(scalarOf(stored, field), field, call.encode),
  )
  const said = records.filter((stored) =>
    isList ? listOf(stored, field).length > 0 : !isUnsaid(entity, stored, field, call.portal.zone),
  )
  if (said.length === 0) return undefined
  const different = isList ? 0 : new Set(said.map((stored) => scalarOf(stored, field))).size
  return {
    field: field.name,
    title: field.title,
    values,
    said: records.map((stored) => said.includes(stored)),
    conflict: different > 1,
    united: isList,
  }
}

/**
 * Records that are to become one, side by side: each field that one of them says something in, whether they contradict
 * each other there, and what goes along with each of the records.
 */
const compare = method({
  name: 'portico.duplicate.compare',
  scope: 'crm',
  params: { entityTypeId: need.integer, ids: take.list },
  run: ({ entityTypeId, ids: given }, call) =>
    inStyle(itemStyle, 'read', async () => {
      const entity = await entityOf(call, entityTypeId)
      const ids = idsIn(given ?? [])
      const records: Stored[] = []
      for (const id of ids) {
        await requireRecord(call, call.session, entity, id, 'read')
        const stored = await load(call.session, entity, id)
        if (stored === undefined) throw new Failure({ why: 'not-found' })
        records.push(stored)
      }
      const shown: object[] = []
      for (const stored of records) {
        const id = Number(scalarOf(stored, entity.field('id')))
        const time = (name: string): string | null => {
          const value = entity.byName.has(name) ? scalarOf(stored, entity.field(name)) : null
          return value === null ? null : formatDateTime(Number(value), call.portal.zone)
        }
        shown.push({
          id,
          title: titleOf(entity, stored),
          createdTime: time('createdTime'),
          updatedTime: time('updatedTime'),
          belongings: await belongingsOf(call, entity, id),
        })
      }
      return {
        records: shown,
        fields: entity.fields.flatMap((field) => compared(call, entity, field, records) ?? []),
      }
    }),
})

function choicesIn(entity: Entity, ids: readonly number[], input: unknown): Chosen {
  if (input === undefined || input === null || (Array.isArray(input) && input.length === 0)) return new Map()
  if (!isMap(input)) throw invalid('Invalid value of "choose": a record for each field is expected')
  return new Map(
    Object.entries(input).map(([name, id]) => {
      const field = itemWire.find(entity, name)
      if (field === undefined || !isCompared(entity, field))
        throw invalid(`Invalid value of "choose": field '${name.slice(0, 100)}' can't be chosen`)
      const number = Number(id)
      if (!ids.includes(number))
        throw invalid(`Invalid value of "choose": record ${String(id).slice(0, 20)} is none of the merged`)
      return [field.name, number]
    }),
  )
}

/**
 * Makes one of several records, as `crm.entity.mergeBatch` does; where they contradict each other, `choose` names the
 * record whose value stands, by field. All or nothing: a contradiction that nobody has decided is refused, with its
 * fields.
 */
const merge = method({
  name: 'portico.duplicate.merge',
  scope: 'crm',
  params: { entityTypeId: need.integer, ids: take.list, choose: take.any },
  run: ({ entityTypeId, ids: given, choose }, call) =>
    inStyle(itemStyle, 'write', async () => {
      const entity = await entityOf(call, entityTypeId)
      const ids = idsIn(given ?? [])
      const [main, ...others] = ids
      const chosen = choicesIn(entity, ids, choose)
      const moved: object[] = []
      for (const id of others) {
        await requireRecord(call, call.session, entity, id, 'read')
        moved.push({ id, ...(await belongingsOf(call, entity, id)) })
      }
      const status = await mergeRecords(call, entity, ids, chosen)
      if (status === 'CONFLICT')
        throw new ApiError('CONFLICT', 409, 'The records contradict each other: choose a value for each field')
      if (status === 'ERROR')
        throw new ApiError('ERROR_CORE', 400, 'The record that they would become breaks a rule; nothing was changed')
      return { id: main, merged: others, moved }
    }),
})

export const mergeMethods = [compare, merge]

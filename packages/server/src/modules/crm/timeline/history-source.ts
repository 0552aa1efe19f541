import type { Entity, Field } from '../../../schema/entity.ts'
import type { Scalar } from '../../../schema/kind.ts'
import { itemWire } from '../../../schema/wire.ts'
import { scalarOf, select } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import type { Status } from '../../../records/directories.ts'
import { stageDirectory } from '../stages.ts'
import type { Owner } from './owners.ts'
import { isBefore, type Mark, type Reading, type TimelineEntry, type TimelineSource } from './sources.ts'

/** Sorts behind the other sources' names: of one second, a record's creation is the oldest. */
const NAME = 'record'
const MIN_BATCH = 100

interface Row {
  readonly id: number
  readonly action: string
  readonly user_id: number
  readonly time: number
  readonly changes: string | null
}

/** By field: the value before and after, as stored. */
type Changes = Readonly<Record<string, readonly [unknown, unknown]>>

/** Where a new record has come from, as far as it is known. */
const ORIGINS = ['sourceId', 'sourceDescription', 'originatorId', 'originId', 'leadId', 'webformId']

/**
 * What happened to a record: it is read from the record's history, where every write leaves one row anyway, with all
 * that it has changed. Written a second time for the timeline it would cost every write two rows more, and could tell
 * another story.
 */
export const historySource: TimelineSource = {
  name: NAME,
  sorts: ['change'],
  async read(reading, owner, before, limit) {
    const entries: TimelineEntry[] = []
    let mark: Mark = before
    // Writes of which nothing is worth showing leave gaps: rows are read until there are enough entries.
    const batch = Math.max(limit, MIN_BATCH)
    while (entries.length < limit) {
      const rows = await reading.session.find<Row>(
        sql`select id, action, user_id, time, changes from history where entity_type_id = ${owner.entity.entityTypeId} and record_id = ${owner.id} and action in ('add', 'update') and ${isBefore(mark, 'time', 'id')} order by time desc, id desc limit ${batch}`,
      )
      for (const row of rows) {
        if (entries.length === limit) break
        mark = { time: row.time, id: row.id }
        const told = row.action === 'add' ? await created(reading, owner) : await changed(reading, owner.entity, row)
        if (told === undefined) continue
        entries.push({ source: NAME, id: row.id, time: row.time, authorId: row.user_id, ...told })
      }
      if (rows.length < batch) break
    }
    return entries
  },
}

type Told = Pick<TimelineEntry, 'kind' | 'data'>

async function created({ session, encode }: Reading, { entity, id }: Owner): Promise<Told> {
  const fields = ORIGINS.flatMap((name) => entity.byName.get(name) ?? []).filter(({ place }) => place.in === 'column')
  const [stored] = await select(session, {
    entity,
    fields: [entity.field('id'), ...fields],
    test: { is: 'compare', field: entity.field('id'), op: 'eq', values: [id] },
  })
  const data: Record<string, unknown> = {}
  for (const field of fields) {
    const value = stored === undefined ? null : scalarOf(stored, field)
    if (value !== null && value !== '' && value !== 0) data[field.name] = itemWire.value(value, field, encode)
  }
  return { kind: 'created', data }
}

/** What a write has changed, named after the most telling of it; undefined where it has changed only what follows. */
async function changed(reading: Reading, entity: Entity, row: Row): Promise<Told | undefined> {
  const changes = JSON.parse(row.changes ?? '{}') as Changes
  const stageChange = entity.stageField === undefined ? undefined : changes[entity.stageField]
  const pipelineChange = entity.categories ? changes.categoryId : undefined
  const fields = Object.entries(changes).flatMap(([name, change]) => {
    if (name === 'productRows') return [{ field: name, title: 'Products', from: change[0], to: change[1] }]
    const field = entity.byName.get(name)
    // Read-only fields follow from others; user fields may have gone since.
    if (field === undefined || field.readOnly === true || name === entity.stageField || name === 'categoryId') return []
    return [{ field: field.name, title: field.title, ...values(reading, field, change) }]
  })
  if (stageChange === undefined && pipelineChange === undefined && fields.length === 0) return undefined
  const stage = stageChange === undefined ? undefined : await stageMove(reading, entity, stageChange)
  const pipeline = pipelineChange === undefined ? undefined : await pipelineMove(reading, entity, pipelineChange)
  const isConverted = entity.name === 'lead' && stage?.to?.semantics === 'S'
  return {
    kind: isConverted ? 'converted' : pipeline !== undefined ? 'pipeline' : stage !== undefined ? 'stage' : 'changed',
    data: {
      ...(stage === undefined ? {} : { stage }),
      ...(pipeline === undefined ? {} : { pipeline }),
      fields,
    },
  }
}

/** Both values as `crm.item.*` show them. Files and contact points have changed; what was there is no one value. */
function values({ encode }: Reading, field: Field, [from, to]: readonly [unknown, unknown]): object {
  if (field.kind.holdsFile || field.place.in === 'multifield') return {}
  const one = (value: unknown): unknown => itemWire.value((value ?? null) as Scalar, field, encode)
  const shown = (value: unknown): unknown => (Array.isArray(value) ? value.map(one) : one(value))
  return { from: shown(from), to: shown(to) }
}

type Stage = Pick<Status, 'name' | 'semantics'> & { readonly id: string }

async function stageMove(
  reading: Reading,
  entity: Entity,
  [from, to]: readonly [unknown, unknown],
): Promise<{ readonly from: Stage | undefined; readonly to: Stage | undefined }> {
  return { from: await stageNamed(reading, entity, from), to: await stageNamed(reading, entity, to) }
}

/** A stage by its code, in whichever pipeline; one that is gone still has its code. */
export async function stageNamed(
  { portal, session }: Pick<Reading, 'portal' | 'session'>,
  entity: Entity,
  code: unknown,
): Promise<Stage | undefined> {
  if (typeof code !== 'string' || code === '') return undefined
  const pipelines = entity.categories ? await portal.directories.categories(session, entity.entityTypeId) : []
  for (const id of [0, ...pipelines.map((each) => each.id)]) {
    const found = await portal.directories.status(session, stageDirectory(entity.entityTypeId, id), code)
    if (found !== undefined) return { id: code, name: found.name, semantics: found.semantics }
  }
  return { id: code, name: code, semantics: null }
}

async function pipelineMove(
  { portal, session }: Reading,
  entity: Entity,
  [from, to]: readonly [unknown, unknown],
): Promise<object> {
  const pipelines = await portal.directories.categories(session, entity.entityTypeId)
  const shown = (id: unknown): object => ({ id, name: pipelines.find((each) => each.id === id)?.name ?? '' })
  return { from: shown(from), to: shown(to) }
}

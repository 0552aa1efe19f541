import { readFilter, readOrder } from '../../../methods/conditions.ts'
import { ApiError, inStyle, itemStyle } from '../../../methods/errors.ts'
import { Listing, method, need, take } from '../../../methods/method.ts'
import { encodeRow, itemSelection } from '../../../methods/rows.ts'
import type { Reach } from '../../../records/access.ts'
import type { Change } from '../../../records/change.ts'
import { PAGE } from '../../../records/records.ts'
import { entityTypes } from '../../../schema/entity-types.ts'
import { Entity, field } from '../../../schema/entity.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { itemWire, type Wire } from '../../../schema/wire.ts'
import { countRecords, select } from '../../../store/entity-query.ts'
import { and, type Test } from '../../../store/entity-test.ts'
import { sql } from '../../../store/sql.ts'
import { stageDirectory } from '../stages.ts'
import type { Place } from './rule.ts'
import { stageHistory } from './tables.ts'

/** Kinds of entries (api-reference/crm/crm-stage-history-list.md). */
const CREATION = 1
const MOVE = 2
const END = 3
const OTHER_PIPELINE = 5

/** Estimates have stages, but no documented history of them. */
const QUOTE = 7
const isKept = (entity: Entity): boolean => entity.stageField !== undefined && entity.entityTypeId !== QUOTE

/** Remembers into which stage a record has come. */
export async function recordStage(change: Change, place: Place): Promise<void> {
  if (!isKept(change.entity)) return
  const { entityTypeId, categoryId, stageId } = place
  const stages = await change.portal.directories.statuses(change.tx, stageDirectory(entityTypeId, categoryId))
  const semantics = stages.find((stage) => stage.statusId === stageId)?.semantics ?? 'P'
  const type = semantics === 'S' || semantics === 'F' ? END : MOVE
  const other = change.entity.categories && change.changes('categoryId')
  change.tx.insert(stageHistory, {
    id: await change.tx.nextId(stageHistory),
    type_id: change.isNew ? CREATION : other ? OTHER_PIPELINE : type,
    entity_type_id: entityTypeId,
    owner_id: change.id,
    created_time: Math.floor(change.now),
    category_id: categoryId,
    stage_semantic_id: semantics,
    stage_id: stageId,
  })
}

const common = {
  id: field(integer, 'ID'),
  typeId: field(integer, 'Record type'),
  ownerId: field(integer, 'Object'),
  createdTime: field(datetime, 'Time'),
}
const history = (fields: ConstructorParameters<typeof Entity>[0]['fields']): Entity =>
  new Entity({
    name: 'stage_history',
    title: 'Stage history',
    table: stageHistory.name,
    entityTypeId: 0,
    fields: { ...common, ...fields },
  })

/** Leads and the old invoices have statuses and no pipelines. */
const ofStatuses = history({
  statusSemanticId: field(string, 'Stage semantics', { place: { in: 'column', column: 'stage_semantic_id' } }),
  statusId: field(string, 'Stage', { place: { in: 'column', column: 'stage_id' } }),
})
const ofStages = history({
  categoryId: field(integer, 'Pipeline'),
  stageSemanticId: field(string, 'Stage semantics'),
  stageId: field(string, 'Stage'),
})
/** Which of the entries are the entity's; of no wire. */
const entityTypeId = field(integer, 'Object type')('entityTypeId')

/** UPPER_CASE names with typed values, as strict as `crm.item.list`: this method alone speaks so. */
const wire: Wire = {
  ...itemWire,
  key: ({ legacy }) => legacy ?? undefined,
  find: (entity, key) => entity.byLegacy.get(key.toUpperCase()) ?? entity.loosely(key),
}

/** The entries of records that the caller may read. */
function readable(entity: Entity, { test }: Reach): Test | undefined {
  if (test === undefined) return undefined
  return {
    is: 'among',
    shape: `history of ${entity.table}`,
    values: [],
    of: [{ entity, test }],
    ids: (_none, [shown]) =>
      sql`select h.id from crm_stage_history h join ${sql.table(entity.table)} t on t.id = h.owner_id where h.entity_type_id = ${entity.entityTypeId} and ${shown}`,
  }
}

export default [
  method({
    name: 'crm.stagehistory.list',
    scope: 'crm',
    params: { entityTypeId: need.integer, select: take.list, filter: take.any, order: take.any, start: take.start },
    run: (params, call) =>
      inStyle(itemStyle, 'read', async () => {
        const entity = await call.portal.entities.find(call.session, params.entityTypeId)
        if (entity === undefined || !isKept(entity)) throw notKept(params.entityTypeId)
        const reach = await call.portal.access.require(call, entity, 'read')
        const shown = params.entityTypeId === 1 || params.entityTypeId === 5 ? ofStatuses : ofStages
        const fields = itemSelection(shown, wire, params.select)
        const order = readOrder(shown, wire, params.order)
        const test = and(
          [
            { is: 'compare' as const, field: entityTypeId, op: 'eq' as const, values: [entity.entityTypeId] },
            readFilter(shown, wire, params.filter, { zone: call.portal.zone }),
            readable(entity, reach),
          ].filter((each) => each !== undefined),
        )
        const offset = Math.max(params.start, 0)
        const rows = await select(call.session, { entity: shown, fields, test, order, limit: PAGE, offset })
        const items = rows.map((stored) => encodeRow(stored, fields, wire, call.encode))
        if (params.start < 0) return new Listing({ items }, 0)
        const total = offset === 0 && rows.length < PAGE ? rows.length : await countRecords(call.session, shown, test)
        return new Listing({ items }, total, offset + PAGE < total ? offset + PAGE : undefined)
      }),
  }),
]

/** The page's example and its table have two texts: one for types that are known by name, one for mere numbers. */
function notKept(id: number): ApiError {
  const name = entityTypes.find((type) => type.id === id)?.name
  return name === undefined
    ? new ApiError('ENTITY_TYPE_NOT_SUPPORTED', 400, `Entity type ${id} is not supported`)
    : new ApiError(0, 400, `${name} entity is not supported`)
}

import { describeFields } from '../../../methods/describe.ts'
import { ApiError, inStyle } from '../../../methods/errors.ts'
import { type Call, Listing, type Map, mapOf, method, need, take } from '../../../methods/method.ts'
import { encodeSmallRow, sift, smallTable } from '../../../methods/small-table.ts'
import { Failure } from '../../../records/failure.ts'
import { PAGE } from '../../../records/records.ts'
import { field } from '../../../schema/entity.ts'
import { splitKey } from '../../../schema/filter.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import { bindingsOf, isBinding, kindOf, permitted, requireItem } from './bound.ts'
import { oldTimelineStyle, undefinedOrInvalid } from './errors.ts'
import { timelineItem } from './item.ts'
import { hold, idNumber, type Owner, requireOwner, typeNumber, typeText } from './owners.ts'
import { bindingTable } from './tables.ts'

const scope = 'crm'
const table = sql.table(bindingTable.name)
const written = { required: true, immutable: true }

const bindings = smallTable('timelineBinding', 'Timeline binding', {
  ownerId: field(integer, 'Timeline record ID', written),
  entityId: field(integer, 'Element ID', written),
  entityType: field(string, 'Element type', written),
})

/** What a request would bind or unbind, each name checked in the documented order. */
async function named(call: Call, fields: Map): Promise<{ itemId: number; owner: Owner }> {
  const at = (name: string): unknown => Object.entries(fields).find(([key]) => key.toUpperCase() === name)?.[1]
  const itemId = idNumber(at('OWNER_ID'))
  if (itemId === undefined || (await kindOf(call.session, itemId)) === undefined) throw undefinedOrInvalid('OWNER_ID')
  const id = idNumber(at('ENTITY_ID'))
  if (id === undefined) throw undefinedOrInvalid('ENTITY_ID')
  const typeId = typeNumber(at('ENTITY_TYPE') ?? at('ENTITY_TYPE_ID'))
  if (typeId === undefined || (await call.portal.entities.find(call.session, typeId)) === undefined)
    throw undefinedOrInvalid('ENTITY_TYPE')
  try {
    return { itemId, owner: await requireOwner(call, typeId, id, 'update') }
  } catch (cause) {
    if (cause instanceof ApiError) throw undefinedOrInvalid('ENTITY_ID')
    throw cause
  }
}

/** The entry whose bindings are asked for. */
function itemOf(filter: Map | undefined): number {
  for (const [key, value] of Object.entries(filter ?? {})) {
    const { op, field: name } = splitKey(key)
    const id = op === 'eq' && name.toUpperCase() === 'OWNER_ID' ? idNumber(value) : undefined
    if (id !== undefined) return id
  }
  throw undefinedOrInvalid('OWNER_ID')
}

export default [
  method({
    name: 'crm.timeline.bindings.fields',
    scope,
    style: 'legacy',
    params: {},
    run: () => describeFields(bindings, legacyWire),
  }),
  method({
    name: 'crm.timeline.bindings.bind',
    scope,
    style: 'legacy',
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(oldTimelineStyle, 'write', async () => {
        const { itemId, owner } = await named(call, fields)
        // Who may not see an entry where it stands could read it where it is bound to.
        await requireItem(call, { id: itemId }, 'read')
        return call.session.transaction(async (tx) => {
          if ((await hold(tx, owner.entity, [owner.id])).length === 0) throw undefinedOrInvalid('ENTITY_ID')
          if ((await hold(tx, timelineItem, [itemId])).length === 0) throw undefinedOrInvalid('OWNER_ID')
          const made = await tx.change(
            sql`insert into ${table} (item_id, entity_type_id, record_id, is_fixed, time, position) select id, ${owner.entity.entityTypeId}, ${owner.id}, 'N', created, (select max(position) + 1 from ${table} where item_id = ${itemId}) from ${sql.table(timelineItem.table)} where id = ${itemId} on conflict (item_id, entity_type_id, record_id) do nothing`,
          )
          return made > 0
        })
      }),
  }),
  method({
    name: 'crm.timeline.bindings.unbind',
    scope,
    style: 'legacy',
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(oldTimelineStyle, 'write', async () => {
        const { itemId, owner } = await named(call, fields)
        const { entityTypeId } = owner.entity
        return call.session.transaction(async (tx) => {
          await hold(tx, timelineItem, [itemId])
          const all = await bindingsOf(tx, [itemId])
          if (!all.some((each) => each.entityTypeId === entityTypeId && each.recordId === owner.id))
            throw new Failure({ why: 'not-found' })
          // The last one stays: without a timeline nobody could ever see or delete the entry.
          if (all.length === 1) return false
          return (await tx.change(sql`delete from ${table} where ${isBinding(itemId, entityTypeId, owner.id)}`)) > 0
        })
      }),
  }),
  method({
    name: 'crm.timeline.bindings.list',
    scope,
    style: 'legacy',
    params: { filter: take.map, order: take.any, start: take.start },
    run: ({ filter, order, start }, call) =>
      inStyle(oldTimelineStyle, 'read', async () => {
        const itemId = itemOf(filter)
        const allowed = await permitted(call, await bindingsOf(call.session, [itemId]), 'read')
        const rows = sift(
          bindings,
          legacyWire,
          allowed.map(({ entityTypeId, recordId }) => ({
            ownerId: itemId,
            entityId: recordId,
            entityType: typeText(entityTypeId),
          })),
          { filter: mapOf(filter ?? {}), order },
          call,
        )
        const offset = Math.max(start, 0)
        return new Listing(
          rows.slice(offset, offset + PAGE).map((row) => encodeSmallRow(bindings, row, legacyWire, call)),
          rows.length,
          offset + PAGE < rows.length ? offset + PAGE : undefined,
        )
      }),
  }),
]

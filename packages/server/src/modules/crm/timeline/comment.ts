import { readFilter, readOrder } from '../../../methods/conditions.ts'
import { crud } from '../../../methods/crud.ts'
import { readDraft } from '../../../methods/draft.ts'
import { ApiError, inStyle } from '../../../methods/errors.ts'
import { type Call, Listing, type Map, mapOf, method, need, take } from '../../../methods/method.ts'
import { encodeRow, legacySelection } from '../../../methods/rows.ts'
import type { Draft } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import * as records from '../../../records/records.ts'
import type { Field } from '../../../schema/entity.ts'
import { splitKey } from '../../../schema/filter.ts'
import { legacyWire } from '../../../schema/wire.ts'
import type { Stored } from '../../../store/entity-query.ts'
import { and } from '../../../store/entity-test.ts'
import { sql } from '../../../store/sql.ts'
import { attachmentsOf, readAttachments } from './attachments.ts'
import { type Binding, bindingsOf, isBinding, isSame, requireItem, standsAt } from './bound.ts'
import { oldTimelineStyle, timelineStyle, undefinedOrInvalid } from './errors.ts'
import { timelineItem } from './item.ts'
import { hold, idNumber, requireOwner, typeNumber, typeText } from './owners.ts'
import { bindingTable } from './tables.ts'

const scope = 'crm'
const missing = 'refuse'
const files = timelineItem.field('files')
const whole: readonly Field[] = [...timelineItem.byLegacy.values(), timelineItem.field('sizes')]

/** The comment's own fields; its files are read apart, and who isn't an administrator writes in no other's name. */
async function draftOf(call: Call, fields: Map, isNew: boolean): Promise<Draft> {
  const named = Object.entries(fields).map(([key, value]) => ({
    key,
    value,
    field: legacyWire.find(timelineItem, key),
  }))
  const plain = named.filter(({ field }) => field !== files && (field?.name !== 'authorId' || call.person.admin))
  const draft = await readDraft(
    call,
    timelineItem,
    legacyWire,
    Object.fromEntries(plain.map((each) => [each.key, each.value])),
    {
      isNew,
      strict: false,
    },
  )
  const text = draft.values.get('text')
  if ((isNew || text !== undefined) && String(text ?? '').trim() === '')
    throw new Failure({ why: 'rule', text: 'Empty comment' })
  const given = named.find(({ field }) => field === files)
  if (given !== undefined) await readAttachments(call, draft, given.value)
  return draft
}

/** The record that `ENTITY_TYPE` (or the number of the type) and `ENTITY_ID` name. */
function ownerNamed(fields: Map): { typeId: number; id: number } {
  const at = (name: string): unknown => Object.entries(fields).find(([key]) => key.toUpperCase() === name)?.[1]
  const type = at('ENTITY_TYPE') ?? at('ENTITY_TYPE_ID')
  if (type === undefined || type === null || type === '') throw timelineStyle.parameter('ENTITY_TYPE', 'text', true)
  const id = at('ENTITY_ID')
  if (id === undefined || id === null || id === '') throw timelineStyle.parameter('ENTITY_ID', 'integer', true)
  const typeId = typeNumber(type)
  if (typeId === undefined) throw timelineStyle.notFound()
  const number = idNumber(id)
  if (number === undefined) throw timelineStyle.parameter('ENTITY_ID', 'integer', false)
  return { typeId, id: number }
}

async function encode(
  call: Call,
  rows: readonly Stored[],
  fields: readonly Field[],
  { entityTypeId, recordId }: Pick<Binding, 'entityTypeId' | 'recordId'>,
): Promise<Record<string, unknown>[]> {
  const attached = fields.includes(files) ? await attachmentsOf(call, rows) : undefined
  const plain = fields.filter((field) => field.place.in === 'column' && field.legacy !== null)
  return rows.map((stored, index) => ({
    ...encodeRow(stored, plain, legacyWire, call.encode),
    ...(fields.some(({ name }) => name === 'entityId') ? { ENTITY_ID: String(recordId) } : {}),
    ...(fields.some(({ name }) => name === 'entityType') ? { ENTITY_TYPE: typeText(entityTypeId) } : {}),
    ...(attached === undefined ? {} : { FILES: attached[index] }),
  }))
}

const orderable = new Set(['id', 'created', 'authorId'])

/** A filter has to name a record; what else it asks is about the comments there. */
function readListFilter(input: unknown): { typeId: number; id: number; rest: Map } {
  let type: unknown
  let id: unknown
  const rest: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(mapOf(input ?? {}))) {
    const { op, field } = splitKey(key)
    const name = field.toUpperCase()
    if (op === 'eq' && (name === 'ENTITY_TYPE' || name === 'ENTITY_TYPE_ID')) type = value
    else if (op === 'eq' && name === 'ENTITY_ID') id = value
    else rest[key] = value
  }
  const typeId = typeNumber(type)
  if (typeId === undefined) throw undefinedOrInvalid('ENTITY_TYPE')
  const number = idNumber(id)
  if (number === undefined) throw undefinedOrInvalid('ENTITY_ID')
  return { typeId, id: number, rest }
}

export default [
  ...crud('crm.timeline.comment', timelineItem.entityTypeId, { verbs: ['fields'] }),
  method({
    name: 'crm.timeline.comment.add',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(timelineStyle, 'write', async () => {
        const { typeId, id } = ownerNamed(fields)
        await requireOwner(call, typeId, id, 'update')
        const draft = await draftOf(call, fields, true)
        draft.values.set('kind', 'comment')
        draft.values.set('entityType', typeText(typeId))
        draft.values.set('entityId', id)
        return records.create(call, timelineItem, draft, { missing })
      }),
  }),
  method({
    name: 'crm.timeline.comment.get',
    scope,
    style: 'legacy',
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(oldTimelineStyle, 'read', async () => {
        const [binding] = await requireItem(call, { id, kind: 'comment' }, 'read')
        const stored = await records.get(call, timelineItem, id, whole)
        return (await encode(call, [stored], whole, binding))[0]
      }),
  }),
  method({
    name: 'crm.timeline.comment.list',
    scope,
    style: 'legacy',
    params: { select: take.list, filter: take.map, order: take.any, start: take.start },
    run: ({ select, filter, order, start }, call) =>
      inStyle(oldTimelineStyle, 'read', async () => {
        const { typeId, id, rest } = readListFilter(filter)
        try {
          await requireOwner(call, typeId, id, 'read')
        } catch (cause) {
          // A filter that nothing passes.
          if (cause instanceof ApiError) return new Listing([], 0)
          throw cause
        }
        const named = (select ?? []).filter((name) => typeof name === 'string' && name !== '' && name !== '*')
        const fields = named.length === 0 ? whole : legacySelection(timelineItem, legacyWire, named)
        const test = readFilter(timelineItem, legacyWire, rest, { zone: call.portal.zone })
        const here = standsAt('comment', typeId, id)
        const page = await records.list(call, timelineItem, {
          fields: fields.includes(files) ? [...new Set([...fields, timelineItem.field('sizes')])] : fields,
          test: test === undefined ? here : and([here, test]),
          order: readOrder(timelineItem, legacyWire, order).filter(({ field }) => orderable.has(field.name)),
          start,
        })
        const rows = await encode(call, page.rows, fields, { entityTypeId: typeId, recordId: id })
        return new Listing(rows, page.total, page.next)
      }),
  }),
  method({
    name: 'crm.timeline.comment.update',
    scope,
    params: { id: need.id, fields: need.map, ownerTypeId: take.integer(), ownerId: take.integer() },
    run: ({ id, fields, ownerTypeId, ownerId }, call) =>
      inStyle(timelineStyle, 'write', async () => {
        await requireItem(call, { id, kind: 'comment', ownerTypeId, ownerId }, 'update')
        await records.update(call, timelineItem, id, await draftOf(call, fields, false), { missing })
        return id
      }),
  }),
  method({
    name: 'crm.timeline.comment.delete',
    scope,
    params: { id: need.id, ownerTypeId: take.integer(), ownerId: take.integer() },
    run: ({ id, ownerTypeId, ownerId }, call) =>
      inStyle(timelineStyle, 'write', async () => {
        const [binding] = await requireItem(call, { id, kind: 'comment', ownerTypeId, ownerId }, 'update')
        await call.session.transaction(async (tx) => {
          await hold(tx, timelineItem, [id])
          const all = await bindingsOf(tx, [id])
          if (!all.some((each) => isSame(each, binding))) throw new Failure({ why: 'not-found' })
          if (all.length === 1) return records.removeWithin({ ...call, tx }, timelineItem, id)
          if (ownerTypeId === undefined || ownerId === undefined)
            throw new ApiError('MULTIPLE_BINDINGS', 400, 'Element has bindings to multiple entities')
          await tx.change(
            sql`delete from ${sql.table(bindingTable.name)} where ${isBinding(id, binding.entityTypeId, binding.recordId)}`,
          )
        })
        return null
      }),
  }),
]

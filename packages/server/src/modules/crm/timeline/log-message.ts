import { applicationOf } from '../../../methods/application.ts'
import { ApiError, inStyle, type ErrorStyle } from '../../../methods/errors.ts'
import { type Call, Listing, type Map, mapOf, method, need, take } from '../../../methods/method.ts'
import { encodeRow } from '../../../methods/rows.ts'
import { emptyDraft } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import * as records from '../../../records/records.ts'
import { itemWire } from '../../../schema/wire.ts'
import { countRecords, type Order, scalarOf, select, type Stored } from '../../../store/entity-query.ts'
import { requireItem, standsAt } from './bound.ts'
import { timelineStyle } from './errors.ts'
import { iconExists } from './images.ts'
import { timelineItem } from './item.ts'
import { requireOwner, typeText } from './owners.ts'
import { readFields } from './params.ts'

const scope = 'crm'
/** "The page size of results is always static: 10 entries" (crm-timeline-logmessage-list.md). */
const PAGE = 10
const MAX_TITLE = 255
const MAX_TEXT = 1_000_000

const shown = ['id', 'created', 'authorId', 'title', 'text', 'iconCode'].map((name) => timelineItem.field(name))
const application = timelineItem.field('application')

const encode = (call: Call, stored: Stored): Record<string, unknown> => encodeRow(stored, shown, itemWire, call.encode)

const found = (id: number): ErrorStyle => ({
  ...timelineStyle,
  notFound: () => new ApiError('NOT_FOUND', 400, `Timeline logmessage not found for id ${id}`),
})

/** A page of the newest first unless told otherwise; only the number and the time are orders. */
function readOrder(input: Map | undefined): Order[] {
  const orders = Object.entries(input ?? {}).flatMap(([key, value]): Order[] => {
    const name = key.toLowerCase()
    if (name !== 'id' && name !== 'created') return []
    const direction = String(value).trim().toLowerCase() === 'asc' ? 'ASC' : 'DESC'
    return [{ field: timelineItem.field(name), direction }]
  })
  return orders.length > 0 ? orders : [{ field: timelineItem.field('id'), direction: 'DESC' }]
}

export default [
  method({
    name: 'crm.timeline.logmessage.add',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(timelineStyle, 'write', async () => {
        const { entityTypeId, entityId, title, text, iconCode } = readFields(fields, {
          entityTypeId: need.id,
          entityId: need.id,
          title: need.text,
          text: need.text,
          iconCode: need.text,
        })
        await requireOwner(call, entityTypeId, entityId, 'update')
        if (!(await iconExists(call.session, iconCode)))
          throw new ApiError('0', 400, `Icon not found for code \`${iconCode}\``)
        for (const [name, value, max] of [
          ['title', title, MAX_TITLE],
          ['text', text, MAX_TEXT],
        ] as const)
          if (value.length > max) throw new Failure({ why: 'rule', text: `${name} is longer than ${max} characters` })
        const draft = emptyDraft()
        // Plain text, kept as it is: unlike a comment, it has no markup.
        const values = { kind: 'log', entityType: typeText(entityTypeId), entityId, title, text, iconCode }
        for (const [name, value] of Object.entries(values)) draft.values.set(name, value)
        draft.values.set('application', applicationOf(call.credential))
        const id = await records.create(call, timelineItem, draft, { missing: 'refuse' })
        return { logMessage: encode(call, await records.get(call, timelineItem, id, shown)) }
      }),
  }),
  method({
    name: 'crm.timeline.logmessage.get',
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(found(id), 'read', async () => {
        await requireItem(call, { id, kind: 'log' }, 'read')
        return { logMessage: encode(call, await records.get(call, timelineItem, id, shown)) }
      }),
  }),
  method({
    name: 'crm.timeline.logmessage.list',
    scope,
    params: { entityTypeId: need.integer, entityId: need.integer, order: take.any, start: take.start },
    run: ({ entityTypeId, entityId, order, start }, call) =>
      inStyle(timelineStyle, 'read', async () => {
        await requireOwner(call, entityTypeId, entityId, 'read')
        const test = standsAt('log', entityTypeId, entityId)
        const offset = Math.max(start, 0)
        const rows = await select(call.session, {
          entity: timelineItem,
          fields: shown,
          test,
          order: readOrder(typeof order === 'object' && order !== null ? mapOf(order) : undefined),
          limit: PAGE,
          offset,
        })
        const total = await countRecords(call.session, timelineItem, test)
        const next = offset + PAGE < total ? offset + PAGE : undefined
        return new Listing(
          rows.map((stored) => encode(call, stored)),
          total,
          next,
        )
      }),
  }),
  method({
    name: 'crm.timeline.logmessage.delete',
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(found(id), 'write', async () => {
        await requireItem(call, { id, kind: 'log' }, 'update')
        const stored = await records.get(call, timelineItem, id, [application])
        if ((scalarOf(stored, application) ?? '') !== applicationOf(call.credential))
          throw new ApiError('REMOVING_DISABLED', 400, 'The record was created in the context of another application')
        await records.remove(call, timelineItem, id)
        return true
      }),
  }),
]

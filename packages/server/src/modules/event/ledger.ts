import { wrongArgument } from '../../methods/application-arguments.ts'
import { ApiError } from '../../methods/errors.ts'
import { readFilter, readOrder } from '../../methods/conditions.ts'
import { type Call, Listing, listOfInput, method, need, take } from '../../methods/method.ts'
import { encodeSmallRow, smallTable } from '../../methods/small-table.ts'
import { audit } from '../../records/audit.ts'
import { hostOf, laneOf, type NewDelivery } from '../../records/deliveries.ts'
import { momentOf } from '../../records/outbox.ts'
import { PAGE } from '../../records/records.ts'
import { field } from '../../schema/entity.ts'
import { integerOf } from '../../schema/kind.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { legacyWire } from '../../schema/wire.ts'
import { countRecords, type Order, scalarOf, select, type Stored } from '../../store/entity-query.ts'
import { sql } from '../../store/sql.ts'
import { requireAdministrator } from './arguments.ts'

const MAX_REPLAYED = 1_000

/** What was and what is to be sent; what handlers authenticate with is no part of it. */
const deliveries = smallTable('event_delivery', 'Delivery', {
  id: field(integer, 'ID', { readOnly: true }),
  event: field(string, 'Event', { readOnly: true }),
  state: field(string, 'State', { readOnly: true }),
  source: field(string, 'Source', { readOnly: true }),
  handlerId: field(integer, 'Handler', { readOnly: true }),
  applicationId: field(integer, 'Application', { readOnly: true }),
  url: field(string, 'Address', { readOnly: true }),
  data: field(string, 'Data', { readOnly: true, legacy: null }),
  entityTypeId: field(integer, 'Type of the object', { readOnly: true }),
  recordId: field(integer, 'Object', { readOnly: true }),
  userId: field(integer, 'Person', { readOnly: true }),
  ts: field(datetime, 'Happened', { readOnly: true }),
  attempts: field(integer, 'Attempts', { readOnly: true }),
  due: field(datetime, 'Next attempt', { readOnly: true }),
  finished: field(datetime, 'Ended', { readOnly: true }),
})
const fields = deliveries.columns
const named = fields.filter(({ legacy }) => legacy !== null).map(({ name }) => name)

function shown(stored: Stored, call: Call): Record<string, unknown> {
  const row = Object.fromEntries(fields.map((each) => [each.name, scalarOf(stored, each)]))
  return { ...encodeSmallRow(deliveries, row, legacyWire, call, named), DATA: JSON.parse(String(row.data)) as unknown }
}

interface Attempt {
  readonly time: number
  readonly duration: number
  readonly status: number
  readonly answer: string
  readonly error: string
}

async function attemptsOf(call: Call, id: number): Promise<unknown[]> {
  const attempts = await call.session.find<Attempt>(
    sql`select time, duration, status, answer, error from event_attempt where delivery_id = ${id} order by time, id`,
  )
  return attempts.map(({ time, duration, status, answer, error }) => ({
    TIME: legacyWire.value(Number(time), deliveries.field('ts'), call.encode),
    DURATION: Number(duration),
    STATUS: Number(status),
    ANSWER: answer,
    ERROR: error,
  }))
}

interface Row {
  readonly id: number
  readonly source: NewDelivery['source']
  readonly handler_id: number
  readonly application_id: number
  readonly url: string
  readonly data: string
  readonly entity_type_id: number
  readonly record_id: number
}

/** Sends again what has ended, in the order in which it happened, behind what waits already; answers how many. */
async function replay(call: Call, ids: readonly number[]): Promise<number> {
  const { portal, session, now } = call
  return session.transaction(async (tx) => {
    const rows = await tx.find<Row>(
      sql`select id, source, handler_id, application_id, url, data, entity_type_id, record_id from event_delivery where id in (${sql.join([...ids])}) and state <> 'waiting' order by seq, id`,
    )
    for (const row of rows) {
      const place = {
        source: row.source,
        handlerId: Number(row.handler_id),
        applicationId: Number(row.application_id),
        url: row.url,
        data: row.data,
        entityTypeId: Number(row.entity_type_id),
        recordId: Number(row.record_id),
      }
      await tx.change(
        sql`update event_delivery set state = 'waiting', attempts = 0, host = ${hostOf(row.url)}, lane = ${laneOf(place)}, seq = ${momentOf(portal.sources.now())}, due = ${Math.floor(now)}, finished = null where id = ${row.id} and state <> 'waiting'`,
      )
    }
    if (rows.length > 0)
      await audit(call, tx, {
        type: 'EVENT_REPLAY',
        severity: 'INFO',
        module: 'rest',
        item: `delivery ${rows[0]?.id}`,
        description: { count: rows.length },
      })
    tx.afterCommit(portal.deliveries.wake)
    return rows.length
  })
}

/** What was sent to handlers, for administrators: every attempt, and another one on demand. */
export default [
  method({
    name: 'portico.delivery.list',
    scope: null,
    params: { filter: take.any, order: take.any, start: take.start },
    style: 'legacy',
    async run({ filter, order: given, start }, call) {
      requireAdministrator(call)
      const test = readFilter(deliveries, legacyWire, filter, { zone: call.portal.zone })
      const asked = readOrder(deliveries, legacyWire, given)
      const order: Order[] = asked.length > 0 ? asked : [{ field: deliveries.field('id'), direction: 'DESC' }]
      const offset = Math.max(start, 0)
      const rows = await select(call.session, { entity: deliveries, fields, test, order, limit: PAGE, offset })
      const page = rows.map((row) => shown(row, call))
      const total = await countRecords(call.session, deliveries, test)
      return offset + PAGE < total ? new Listing(page, total, offset + PAGE) : new Listing(page, total)
    },
  }),
  method({
    name: 'portico.delivery.get',
    scope: null,
    params: { id: need.id },
    style: 'legacy',
    async run({ id }, call) {
      requireAdministrator(call)
      const own = deliveries.field('id')
      const test = { is: 'compare', field: own, op: 'eq', values: [id] } as const
      const [row] = await select(call.session, { entity: deliveries, fields, test })
      if (row === undefined) throw new ApiError('NOT_FOUND', 400, 'Delivery not found')
      return { ...shown(row, call), ATTEMPTS_MADE: await attemptsOf(call, id) }
    },
  }),
  method({
    name: 'portico.delivery.replay',
    scope: null,
    params: { id: take.any, filter: take.any },
    style: 'legacy',
    async run({ id, filter }, call) {
      requireAdministrator(call)
      if (id === undefined && filter === undefined) throw wrongArgument('ID', "Argument 'ID' is null or empty")
      if (id !== undefined) {
        const ids = listOfInput(id).map(integerOf)
        if (ids.length === 0 || ids.length > MAX_REPLAYED)
          throw wrongArgument('ID', `The value of an argument 'ID' must be 1 to ${MAX_REPLAYED} ids`)
        return { count: await replay(call, ids) }
      }
      const test = readFilter(deliveries, legacyWire, filter, { zone: call.portal.zone })
      const order: Order[] = [{ field: deliveries.field('id'), direction: 'ASC' }]
      const own = [deliveries.field('id')]
      const rows = await select(call.session, { entity: deliveries, fields: own, test, order, limit: MAX_REPLAYED })
      const ids = rows.map((row) => Number(scalarOf(row, deliveries.field('id'))))
      return { count: ids.length === 0 ? 0 : await replay(call, ids) }
    },
  }),
]

import { administratorsApplication, textOrNothing } from '../../methods/application-arguments.ts'
import { readFilter, readOrder } from '../../methods/conditions.ts'
import { type Call, isMap, Listing, listOfInput, method, take } from '../../methods/method.ts'
import { encodeSmallRow, smallTable } from '../../methods/small-table.ts'
import { PAGE } from '../../records/records.ts'
import { field } from '../../schema/entity.ts'
import { isBlank, type Scalar } from '../../schema/kind.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { legacyWire } from '../../schema/wire.ts'
import { countRecords, type Order, scalarOf, select, type Stored } from '../../store/entity-query.ts'
import { and, type Test } from '../../store/entity-test.ts'
import { type Fragment, sql } from '../../store/sql.ts'
import { integerOr, requiredText } from './arguments.ts'
import { fanOut } from './fan-out.ts'

const MAX_LIMIT = 5_000
const PROCESS_ID = 32
/** Events that are handed out before an application reads its queue; what is more follows in the background. */
const BEFORE = 1_000

/** A change that waits (api-reference/events/event-offline-list.md). */
const changes = smallTable('event_offline', 'Offline event', {
  id: field(integer, 'ID', { readOnly: true }),
  timestampX: field(datetime, 'Changed', { readOnly: true }),
  eventName: field(string, 'Event', { readOnly: true }),
  data: field(string, 'Data', { readOnly: true, legacy: null }),
  messageId: field(string, 'Message', { readOnly: true }),
  processId: field(string, 'Process', { readOnly: true }),
  error: field(integer, 'Error', { readOnly: true }),
  applicationId: field(integer, 'Application', { readOnly: true, legacy: null }),
  connector: field(string, 'Source', { readOnly: true, legacy: null }),
})
const fields = changes.columns
const is = (name: string, value: Scalar): Test => ({
  is: 'compare',
  field: changes.field(name),
  op: 'eq',
  values: [value],
})

/** Every scalar as a text, as a form would carry it. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts)
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asTexts(each)]))
  return value === true ? '1' : value === false ? '0' : value === null || value === undefined ? '' : String(value)
}

/** Documentation shows no filled `EVENT_DATA`; it is what an online handler gets as `data`. */
function shown(stored: Stored, call: Call, more: readonly string[]): Record<string, unknown> {
  const row = Object.fromEntries(fields.map((each) => [each.name, scalarOf(stored, each)]))
  const encode = (names: readonly string[]): Record<string, unknown> =>
    encodeSmallRow(changes, row, legacyWire, call, names)
  return {
    ...encode(['id', 'timestampX', 'eventName']),
    EVENT_DATA: asTexts(JSON.parse(String(row.data))),
    EVENT_ADDITIONAL: false,
    ...encode(['messageId', ...more]),
  }
}

const ordered = (input: unknown, preset: readonly string[]): Order[] => {
  const given = readOrder(changes, legacyWire, input)
  return given.length > 0 ? given : preset.map((name) => ({ field: changes.field(name), direction: 'ASC' as const }))
}

function matching(call: Call, filter: unknown, own: readonly (Test | undefined)[]): Test {
  const asked = readFilter(changes, legacyWire, filter, { zone: call.portal.zone })
  return and([...own, asked].filter((test) => test !== undefined))
}

/** Identifiers as sent: a list, or one alone; undefined where none is given. */
const listOrNothing = (input: unknown): readonly string[] | undefined =>
  isBlank(input)
    ? undefined
    : listOfInput(input)
        .filter((each) => typeof each === 'string' || typeof each === 'number')
        .map(String)

const flagOf = (name: string, input: unknown, preset: 0 | 1): boolean =>
  typeof input === 'boolean' ? input : integerOr(name, input, preset) !== 0

/** Changes a batch that was taken, or the named part of it. */
async function settle(call: Call, given: Readonly<Record<string, unknown>>, statement: (where: Fragment) => Fragment) {
  const application = await administratorsApplication(call)
  const processId = requiredText('PROCESS_ID', given.process_id)
  const ids = listOrNothing(given.id)
    ?.map(Number)
    .filter((id) => Number.isSafeInteger(id))
  const messages = listOrNothing(given.message_id)
  const among = (column: string, values: readonly (string | number)[]): Fragment =>
    values.length === 0 ? sql` and 1 = 0` : sql` and ${sql.ref(column)} in (${sql.join([...values])})`
  const part = ids !== undefined ? among('id', ids) : messages !== undefined ? among('message_id', messages) : sql``
  await call.session.transaction((tx) =>
    tx.change(statement(sql`application_id = ${application.id} and process_id = ${processId}${part}`)),
  )
  return true
}

const filtered = { filter: take.any, order: take.any, auth_connector: take.any }

/** Changes that wait until an application asks for them (api-reference/events/offline-events.md). */
export default [
  method({
    name: 'event.offline.get',
    scope: null,
    params: { ...filtered, limit: take.any, clear: take.any, process_id: take.any, error: take.any },
    style: 'legacy',
    async run(given, call) {
      const application = await administratorsApplication(call)
      const { portal, session, now } = call
      const connector = textOrNothing('AUTH_CONNECTOR', given.auth_connector)
      const limit = Math.min(Math.max(integerOr('LIMIT', given.limit, PAGE), 1), MAX_LIMIT)
      const mine = textOrNothing('PROCESS_ID', given.process_id)
      const failed = flagOf('ERROR', given.error, 0)
      const test = matching(call, given.filter, [
        is('applicationId', application.id),
        is('connector', connector),
        is('error', failed ? 1 : 0),
        failed && mine === '' ? undefined : is('processId', mine),
      ])
      const order = ordered(given.order, ['timestampX', 'id'])
      const clear = flagOf('CLEAR', given.clear, 1)
      const processId = clear ? null : mine === '' ? portal.sources.token(PROCESS_ID) : mine
      const rows = await session.transaction(async (tx) => {
        // Whoever asks sees what has happened until now; and of two who ask at once, each gets something else.
        await fanOut(portal, tx, BEFORE)
        const found = await select(tx, { entity: changes, fields, test, order, limit })
        const ids = found.map((row) => scalarOf(row, changes.field('id')))
        if (ids.length === 0) return found
        await tx.change(
          clear
            ? sql`delete from event_offline where id in (${sql.join(ids)})`
            : sql`update event_offline set process_id = ${processId}, taken = ${Math.floor(now)} where id in (${sql.join(ids)})`,
        )
        return found
      })
      return { process_id: processId, events: rows.map((row) => shown(row, call, [])) }
    },
  }),
  method({
    name: 'event.offline.list',
    scope: null,
    params: { ...filtered, start: take.start },
    style: 'legacy',
    async run(given, call) {
      const application = await administratorsApplication(call)
      const { portal, session } = call
      await session.transaction((tx) => fanOut(portal, tx, BEFORE))
      const connector = textOrNothing('AUTH_CONNECTOR', given.auth_connector)
      const test = matching(call, given.filter, [is('applicationId', application.id), is('connector', connector)])
      const offset = Math.max(given.start, 0)
      const order = ordered(given.order, ['id'])
      const rows = await select(session, { entity: changes, fields, test, order, limit: PAGE, offset })
      const total = await countRecords(session, changes, test)
      const page = rows.map((row) => shown(row, call, ['processId', 'error']))
      return offset + PAGE < total ? new Listing(page, total, offset + PAGE) : new Listing(page, total)
    },
  }),
  method({
    name: 'event.offline.clear',
    scope: null,
    params: { process_id: take.any, id: take.any, message_id: take.any },
    run: (given, call) => settle(call, given, (where) => sql`delete from event_offline where ${where}`),
  }),
  method({
    name: 'event.offline.error',
    scope: null,
    params: { process_id: take.any, message_id: take.any },
    run: (given, call) => settle(call, given, (where) => sql`update event_offline set error = 1 where ${where}`),
  }),
]

import type { Call, Method } from '../../methods/method.ts'
import { fieldMethods, itemOf, itemsOf, methodV3, needV3, takeV3 } from '../../methods/v3.ts'
import { defineDto, property } from '../../methods/v3/dto.ts'
import { errorsV3 } from '../../methods/v3/errors.ts'
import { along, behind, orderBy } from '../../methods/v3/paging.ts'
import { picked } from '../../methods/v3/select.ts'
import { formatDateTime, type Zone } from '../../schema/time.ts'
import { type Fragment, sql } from '../../store/sql.ts'

const SCOPE = 'main'

/** Columns are shown, but only some can be filtered and sorted by (main-eventlog-field-list.md). */
const shown = { filterable: false, sortable: false }

/** An entry of the event log. The portal is one site without guests, so that two of the documented fields never vary. */
const entryDto = defineDto('EventLogDto', {
  id: property('int', { column: 'id' }),
  timestampX: property('datetime', { column: 'time' }),
  severity: property('string', { column: 'severity', ...shown }),
  auditTypeId: property('string', { column: 'audit_type' }),
  moduleId: property('string', { column: 'module', ...shown }),
  itemId: property('string', { column: 'item', ...shown }),
  remoteAddr: property('string', { column: 'remote_address', ...shown }),
  userAgent: property('string', { column: 'user_agent', ...shown }),
  requestUri: property('string', { column: 'request_uri', ...shown }),
  siteId: property('string', { column: 'site', ...shown }),
  userId: property('int', { column: 'user_id' }),
  guestId: property('int', { column: 'guest_id' }),
  description: property('string', { column: 'description', ...shown }),
})

const log = sql`(select audit_log.*, 's1' as site, 0 as guest_id from audit_log) t`

interface Entry {
  readonly id: number
  readonly time: number
  readonly [column: string]: string | number
}

const asShown = (row: Entry, zone: Zone): Record<string, unknown> => ({
  id: row.id,
  timestampX: formatDateTime(row.time, zone),
  severity: row.severity,
  auditTypeId: row.audit_type,
  moduleId: row.module,
  // Of `user 751` the number, as is documented; the type of the event tells of what.
  itemId: String(row.item).replace(/^\w+ (?=\d+$)/, ''),
  remoteAddr: row.remote_address,
  userAgent: row.user_agent,
  requestUri: row.request_uri,
  siteId: row.site,
  userId: row.user_id,
  guestId: row.guest_id,
  description: row.description,
})

/** For administrators only. */
function requireAdministrator({ person }: Call): void {
  if (!person.admin) throw errorsV3.accessDenied()
}

const entries = async (call: Call, rest: Fragment): Promise<Record<string, unknown>[]> =>
  (await call.session.find<Entry>(sql`select t.* from ${log} ${rest}`)).map((row) => asShown(row, call.portal.zone))

const select = takeV3.select(entryDto)
const filter = takeV3.filter(entryDto)

/** The event log (api-reference/event-log/index.md). Nothing here changes it: entries only come. */
export const eventLogMethods: readonly Method[] = [
  methodV3({
    name: 'main.eventlog.list',
    scope: SCOPE,
    params: { select, filter, order: takeV3.order(entryDto), pagination: takeV3.pagination() },
    returns: itemsOf(entryDto),
    dtos: [entryDto],
    async run({ select, filter, order, pagination: { limit, offset } }, call) {
      requireAdministrator(call)
      const where = filter.where(call.portal.zone)
      const rows = await entries(call, sql`where ${where} ${orderBy(order)} limit ${limit} offset ${offset}`)
      return { items: rows.map((row) => picked(row, select)) }
    },
  }),
  methodV3({
    name: 'main.eventlog.get',
    scope: SCOPE,
    params: { id: needV3.integer, select },
    returns: itemOf(entryDto),
    dtos: [entryDto],
    async run({ id, select }, call) {
      requireAdministrator(call)
      const [row] = await entries(call, sql`where t.id = ${id}`)
      if (row === undefined) throw errorsV3.notFound(id)
      return { item: picked(row, select) }
    },
  }),
  methodV3({
    name: 'main.eventlog.tail',
    scope: SCOPE,
    params: { select, filter, cursor: takeV3.cursor(entryDto) },
    returns: itemsOf(entryDto),
    dtos: [entryDto],
    async run({ select, filter, cursor }, call) {
      requireAdministrator(call)
      filter.leave(cursor)
      const { zone } = call.portal
      const rows = await entries(
        call,
        sql`where ${behind(cursor, zone)} and ${filter.where(zone)} ${along(cursor)} limit ${cursor.limit}`,
      )
      return { items: rows.map((row) => picked(row, select)) }
    },
  }),
  ...fieldMethods('main.eventlog', SCOPE, entryDto, requireAdministrator),
]

import { textOrNothing, wrongArgument } from '../../methods/application-arguments.ts'
import { ApiError } from '../../methods/errors.ts'
import { type Call, listOfInput, method, need, take } from '../../methods/method.ts'
import { audit } from '../../records/audit.ts'
import { dropDeliveries, queueDelivery } from '../../records/deliveries.ts'
import { momentOf } from '../../records/outbox.ts'
import { portalSecret } from '../../records/endpoints.ts'
import type { Portal } from '../../records/context.ts'
import { type OutboundWebhook, outboundWebhook } from '../../records/subscriptions.ts'
import { isBlank, yesNo } from '../../schema/kind.ts'
import { formatDateTime } from '../../schema/time.ts'
import { sql } from '../../store/sql.ts'
import type { Reader, Transaction } from '../../store/store.ts'
import { handlerOf, requireAdministrator } from './arguments.ts'
import { typesOf } from './bindings.ts'
import { eventNames } from './names.ts'

const SALT = 32
const MAX_EVENTS = 500
/** What is told to applications alone. */
const own: ReadonlySet<string> = new Set(eventNames([], ''))

/** What the handler of an outbound webhook compares to know that the portal has called it. */
export const outboundToken = (
  portal: Pick<Portal, 'settings'>,
  reader: Reader,
  { id, salt }: Pick<OutboundWebhook, 'id' | 'salt'>,
): Promise<string> => portalSecret(portal, reader, `outbound ${id} ${salt}`)

/** Names of events, with commas between them; refuses what there is not. */
export async function eventsOf(call: Call, input: unknown): Promise<string> {
  const known = new Set(eventNames(await typesOf(call, call.session)))
  const events = new Set<string>()
  for (const each of isBlank(input) ? [] : listOfInput(input)) {
    const event = typeof each === 'string' ? each.trim().toUpperCase() : ''
    if (!known.has(event) || own.has(event)) throw new ApiError('ERROR_EVENT_NOT_FOUND', 400, 'Event not found')
    events.add(event)
  }
  if (events.size === 0) throw wrongArgument('EVENTS', "Argument 'EVENTS' is null or empty")
  if (events.size > MAX_EVENTS) throw wrongArgument('EVENTS', "The value of an argument 'EVENTS' is too long")
  return [...events].join(',')
}

async function shown(call: Call, webhook: OutboundWebhook & { readonly created: number }) {
  const { id, title, url, events, active, userId, created } = webhook
  return {
    ID: id,
    TITLE: title,
    URL: url,
    EVENTS: events,
    ACTIVE: active ? 'Y' : 'N',
    APPLICATION_TOKEN: await outboundToken(call.portal, call.session, webhook),
    USER_ID: userId,
    DATE_CREATE: formatDateTime(created, call.portal.zone),
  }
}

async function existing(call: Call, tx: Transaction, id: number): Promise<OutboundWebhook> {
  const found = (await call.portal.subscriptions.all(tx)).outbound.find((each) => each.id === id)
  if (found === undefined) throw new ApiError('NOT_FOUND', 400, 'Webhook not found')
  return found
}

async function listed(call: Call): Promise<unknown[]> {
  const { outbound } = await call.portal.subscriptions.all(call.session)
  const rows = await call.session.find<{ id: number; created: number }>(
    sql`select id, created from outbound_webhook order by id`,
  )
  const created = new Map(rows.map((row) => [Number(row.id), Number(row.created)]))
  return Promise.all(outbound.map((each) => shown(call, { ...each, created: created.get(each.id) ?? 0 })))
}

/** Outbound webhooks of the portal, for administrators (local-integrations/local-webhooks.md). */
export default [
  method({
    name: 'portico.outbound.add',
    scope: null,
    params: { url: take.any, events: take.any, title: take.any },
    async run(given, call) {
      requireAdministrator(call)
      const { portal, session, person, now } = call
      const url = handlerOf('URL', given.url)
      const events = await eventsOf(call, given.events)
      const title = textOrNothing('TITLE', given.title)
      const salt = portal.sources.token(SALT)
      const id = await portal.caches.changing(session, ['subscriptions'], async (tx) => {
        const id = await tx.nextId(outboundWebhook)
        tx.insert(outboundWebhook, {
          id,
          title,
          url,
          events,
          salt,
          active: 'Y',
          user_id: person.id,
          created: Math.floor(now),
        })
        await audit(call, tx, {
          type: 'OUTBOUND_WEBHOOK_ADD',
          module: 'rest',
          item: `outbound ${id}`,
          description: { host: new URL(url).host, events },
        })
        tx.afterCommit(portal.deliveries.wake)
        return id
      })
      return { ID: id, APPLICATION_TOKEN: await outboundToken(portal, session, { id, salt }) }
    },
  }),
  method({
    name: 'portico.outbound.update',
    scope: null,
    params: { id: need.id, url: take.any, events: take.any, title: take.any, active: take.any },
    async run({ id, ...given }, call) {
      requireAdministrator(call)
      const { portal, session } = call
      const url = given.url === undefined ? undefined : handlerOf('URL', given.url)
      const events = given.events === undefined ? undefined : await eventsOf(call, given.events)
      const title = given.title === undefined ? undefined : textOrNothing('TITLE', given.title)
      const active = given.active === undefined ? undefined : yesNo(given.active)
      await portal.caches.changing(session, ['subscriptions'], async (tx) => {
        const before = await existing(call, tx, id)
        const after = {
          url: url ?? before.url,
          events: events ?? before.events.join(','),
          title: title ?? before.title,
          active: (active ?? before.active) ? 'Y' : 'N',
        }
        await tx.change(
          sql`update outbound_webhook set url = ${after.url}, events = ${after.events}, title = ${after.title}, active = ${after.active} where id = ${id}`,
        )
        await audit(call, tx, {
          type: 'OUTBOUND_WEBHOOK_UPDATE',
          module: 'rest',
          item: `outbound ${id}`,
          description: { host: new URL(after.url).host, events: after.events, active: after.active },
        })
      })
      return true
    },
  }),
  method({
    name: 'portico.outbound.delete',
    scope: null,
    params: { id: need.id },
    async run({ id }, call) {
      requireAdministrator(call)
      await call.portal.caches.changing(call.session, ['subscriptions'], async (tx) => {
        await existing(call, tx, id)
        await tx.change(sql`delete from outbound_webhook where id = ${id}`)
        await dropDeliveries(tx, sql`application_id = 0 and source = 'outbound' and handler_id = ${id}`, call.now)
        await audit(call, tx, { type: 'OUTBOUND_WEBHOOK_DELETE', module: 'rest', item: `outbound ${id}` })
      })
      return true
    },
  }),
  method({
    name: 'portico.outbound.test',
    scope: null,
    params: { id: need.id },
    async run({ id }, call) {
      requireAdministrator(call)
      const { portal, session, now, person } = call
      return session.transaction(async (tx) => {
        const { url } = await existing(call, tx, id)
        // The event that applications are sent by event.test: nothing has happened to any record.
        const delivery = await queueDelivery(tx, {
          source: 'outbound',
          handlerId: id,
          applicationId: 0,
          url,
          event: 'ONAPPTEST',
          data: JSON.stringify({ QUERY: {}, LANGUAGE_ID: portal.language }),
          userId: person.id,
          withRefreshToken: false,
          ts: Math.floor(now),
          due: Math.floor(now),
          entityTypeId: 0,
          recordId: 0,
          seq: momentOf(portal.sources.now()),
        })
        tx.afterCommit(portal.deliveries.wake)
        return { DELIVERY_ID: delivery }
      })
    },
  }),
  method({
    name: 'portico.outbound.events',
    scope: null,
    params: {},
    async run(_none, call) {
      requireAdministrator(call)
      return eventNames(await typesOf(call, call.session)).filter((name) => !own.has(name))
    },
  }),
  method({
    name: 'portico.outbound.list',
    scope: null,
    params: {},
    async run(_none, call) {
      requireAdministrator(call)
      return listed(call)
    },
  }),
]

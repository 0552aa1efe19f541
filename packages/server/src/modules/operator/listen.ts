import { ApiError } from '../../methods/errors.ts'
import { type Call, isMap, listOfInput, method, need, take } from '../../methods/method.ts'
import { audit } from '../../records/audit.ts'
import { senderOf } from '../../records/application-auth.ts'
import { originOf, portalSecret } from '../../records/endpoints.ts'
import { bodyOf, type Payload } from '../../records/event-payload.ts'
import { EVERY_EVENT, eventListener } from '../../records/subscriptions.ts'
import { isBlank } from '../../schema/kind.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { requireOperator } from '../event/arguments.ts'
import { fanOut } from '../event/fan-out.ts'
import { eventsOf } from '../event/outbound.ts'

/** Seconds after which a listener that does not ask any more is forgotten. */
export const LEASE = 90
/** Seconds before the end of its lease from which on it is written anew. */
const RENEW = 60
const SALT = 32
const MOST_LISTENERS = 20
const MOST = 500
/** Seconds that a call waits at most, and milliseconds between its looks at what other servers have put aside. */
const LONGEST = 25
const LOOK_EVERY = 1_000
/** Events that are handed out at a time. */
const HAND_OUT = 200

interface Listener {
  readonly id: number
  readonly salt: string
  readonly until: number
  readonly lost: number
}

interface Heard {
  readonly id: number
  readonly event: string
  readonly data: string
  readonly ts: number
}

async function existing({ person }: Call, reader: Reader, id: number): Promise<Listener> {
  const [row] = await reader.find<Listener>(
    sql`select id, salt, until, lost from event_listener where id = ${id} and user_id = ${person.id}`,
  )
  if (row === undefined) throw new ApiError('LISTENER_NOT_FOUND', 400, 'Listener not found')
  return row
}

/** What the handler of an outbound webhook compares, a listener tells its own by. */
const tokenOf = ({ portal, session }: Call, { id, salt }: Pick<Listener, 'id' | 'salt'>): Promise<string> =>
  portalSecret(portal, session, `listener ${id} ${salt}`)

/** Exactly what a handler is sent. */
async function shown(call: Call, listener: Listener, rows: readonly Heard[]): Promise<unknown[]> {
  const { portal, session } = call
  const auth = {
    ...(await senderOf(portal, session, originOf(portal))),
    application_token: await tokenOf(call, listener),
  }
  return rows.map(({ id, event, data, ts }) => {
    const payload: Payload = {
      event,
      event_handler_id: String(listener.id),
      data: JSON.parse(data) as unknown,
      ts: String(ts),
      auth,
    }
    return { ID: Number(id), PAYLOAD: payload, BODY: bodyOf(payload) }
  })
}

/** Forgets what has arrived, and goes on with the lease. */
async function settle(call: Call, { id, until }: Listener, done: readonly number[]): Promise<void> {
  const now = Math.floor(call.portal.sources.now())
  if (done.length === 0 && Number(until) - now > RENEW) return
  await call.session.transaction(async (tx) => {
    if (done.length > 0)
      await tx.change(sql`delete from event_heard where listener_id = ${id} and id in (${sql.join([...done])})`)
    await tx.change(sql`update event_listener set until = ${now + LEASE} where id = ${id}`)
  })
  await call.session.settled()
}

/** What has happened until now is put aside, whoever else does so. */
async function handOut({ portal }: Call): Promise<void> {
  const session = portal.store.session()
  const [any] = await session.find<{ id: number }>(sql`select id from outbox limit 1`)
  if (any === undefined) return
  await session.transaction((tx) => fanOut(portal, tx, HAND_OUT))
  await session.settled()
}

/** Events for whoever asks for them, instead of an address: for machines that nobody reaches, such as laptops. */
export const listenMethods = [
  method({
    name: 'portico.listen.start',
    scope: null,
    style: 'legacy',
    params: { events: take.any },
    async run(given, call) {
      requireOperator(call)
      const { portal, session, person, now } = call
      const events = isBlank(given.events) ? EVERY_EVENT : await eventsOf(call, given.events)
      const salt = portal.sources.token(SALT)
      const id = await portal.caches.changing(session, ['subscriptions'], async (tx) => {
        const [count] = await tx.find<{ n: number }>(sql`select count(*) as n from event_listener`)
        if (Number(count?.n) >= MOST_LISTENERS)
          throw new ApiError('TOO_MANY_LISTENERS', 400, `There are ${MOST_LISTENERS} listeners already`)
        const id = await tx.nextId(eventListener)
        const until = Math.floor(now) + LEASE
        tx.insert(eventListener, { id, events, salt, user_id: person.id, created: Math.floor(now), until, lost: 0 })
        const description = { events: events.slice(0, 500) }
        await audit(call, tx, { type: 'EVENT_LISTEN', module: 'rest', item: `listener ${id}`, description })
        tx.afterCommit(portal.deliveries.wake)
        return id
      })
      return { ID: id, APPLICATION_TOKEN: await tokenOf(call, { id, salt }), LEASE }
    },
  }),
  method({
    name: 'portico.listen.next',
    scope: null,
    style: 'legacy',
    waits: true,
    batch: false,
    params: { id: need.id, done: take.any, limit: take.integer(100), wait: take.integer(0) },
    async run({ id, done, limit, wait }, call) {
      requireOperator(call)
      const { portal } = call
      const listener = await existing(call, call.session, id)
      await settle(call, listener, idsOf(done))
      const until = performance.now() + Math.min(Math.max(wait ?? 0, 0), LONGEST) * 1000
      const most = Math.min(Math.max(limit ?? 100, 1), MOST)
      for (;;) {
        await handOut(call)
        const rows = await portal.store
          .session()
          .find<Heard>(
            sql`select id, event, data, ts from event_heard where listener_id = ${id} order by seq, id limit ${most}`,
          )
        const left = until - performance.now()
        if (rows.length > 0 || left <= 0 || portal.heard.closed) {
          const { lost } = listener
          return { EVENTS: await shown(call, listener, rows), LOST: Number(lost) }
        }
        await portal.heard.wait(Math.min(left, LOOK_EVERY))
        if (portal.heard.closed) return { EVENTS: [], LOST: Number(listener.lost) }
      }
    },
  }),
  method({
    name: 'portico.listen.stop',
    scope: null,
    style: 'legacy',
    params: { id: need.id },
    async run({ id }, call) {
      requireOperator(call)
      const { portal, session } = call
      await portal.caches.changing(session, ['subscriptions'], async (tx) => {
        await existing(call, tx, id)
        await tx.change(sql`delete from event_listener where id = ${id}`)
        await tx.change(sql`delete from event_heard where listener_id = ${id}`)
        await audit(call, tx, { type: 'EVENT_LISTEN_END', module: 'rest', item: `listener ${id}` })
      })
      return true
    },
  }),
]

const idsOf = (input: unknown): number[] =>
  (isBlank(input) || (isMap(input) && Object.keys(input).length === 0) ? [] : listOfInput(input))
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0)
    .slice(0, MOST)

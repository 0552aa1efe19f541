import { type Fragment, sql } from '../store/sql.ts'
import type { Transaction } from '../store/store.ts'
import type { Table } from '../store/table.ts'
import type { Application } from './applications.ts'
import type { Portal } from './context.ts'
import { digest } from './digest.ts'
import { momentOf } from './outbox.ts'

/**
 * What is to be sent, and what was: one row for one event and one address. While it waits it stands in two queues, of
 * its host and of its lane; when it has ended it stands in none.
 */
export const eventDelivery: Table = {
  name: 'event_delivery',
  columns: {
    id: 'integer',
    /** `binding`, `outbound`, or `application` for the addresses of an application itself. */
    source: 'text',
    /** `event_handler_id`. */
    handler_id: 'integer',
    /** 0: belongs to no application. */
    application_id: 'integer',
    /** The application as it was, for what it is told of its own end. */
    sender: 'text',
    event: 'text',
    data: 'text',
    /** For whom the tokens act; 0: there are none. */
    user_id: 'integer',
    refresh: 'text',
    /** When it happened: `ts`, the same at every attempt. */
    ts: 'integer',
    url: 'text',
    entity_type_id: 'integer',
    record_id: 'integer',
    /** Its place in its lane. */
    seq: 'integer',
    /** `waiting`, `delivered`, `failed`, `dropped`. */
    state: 'text',
    attempts: 'integer',
    /** While it waits: where it goes, with what it keeps in order, when it may go, who has taken it and until when. */
    host: 'text',
    lane: 'text',
    due: 'integer',
    claim: 'text',
    claimed: 'integer',
    finished: 'integer',
  },
  indexes: [
    { columns: ['host', 'due'] },
    { columns: ['lane', 'seq'] },
    { columns: ['finished'] },
    { columns: ['application_id', 'state'] },
  ],
}

/** Every attempt to send: the ledger. Never a secret. */
export const eventAttempt: Table = {
  name: 'event_attempt',
  columns: {
    id: 'integer',
    delivery_id: 'integer',
    time: 'integer',
    /** Milliseconds. */
    duration: 'integer',
    /** Of HTTP; 0: there was no answer. */
    status: 'integer',
    /** How the answer begins. */
    answer: 'text',
    error: 'text',
  },
  indexes: [{ columns: ['delivery_id'] }, { columns: ['time'] }],
}

/** Wakes whoever sends, of this process; others look by themselves. */
export class Deliveries {
  #listener: { happened(): void; wake(): void } = { happened: () => {}, wake: () => {} }
  /** Something is in the outbox, which may be of interest to nobody. */
  readonly happened = (): void => this.#listener.happened()
  /** Something is to be sent, or somebody has begun to listen. */
  readonly wake = (): void => this.#listener.wake()

  listen(listener: { happened(): void; wake(): void }): void {
    this.#listener = listener
  }
}

type Within = { readonly tx: Transaction; readonly portal: Portal; readonly now: number }

/** One event for one address. */
export interface NewDelivery {
  readonly source: 'binding' | 'outbound' | 'application'
  readonly handlerId: number
  readonly applicationId: number
  readonly sender?: Application | undefined
  readonly url: string
  readonly event: string
  readonly data: string
  readonly userId: number
  readonly withRefreshToken: boolean
  /** Epoch seconds. */
  readonly ts: number
  /** Epoch seconds before which it isn't sent. */
  readonly due: number
  readonly entityTypeId: number
  readonly recordId: number
  /** See {@link momentOf}. */
  readonly seq: number
}

/** The queue of an address: scheme, host and port. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : 'nowhere')

type Placed = Pick<NewDelivery, 'source' | 'handlerId' | 'applicationId' | 'url' | 'entityTypeId' | 'recordId' | 'data'>

/**
 * What happens to one object reaches one handler in its order, whichever of its events that is; and so does what happens
 * to an application itself.
 */
export function laneOf(given: Placed): string {
  const owner = given.source === 'outbound' ? `outbound ${given.handlerId}` : `application ${given.applicationId}`
  return `${owner} ${digest(given.url)} ${given.source === 'application' ? 'itself' : objectOf(given)}`
}

/** Objects that have no number are told by what is said about them. */
export const objectOf = ({
  entityTypeId,
  recordId,
  data,
}: Pick<Placed, 'entityTypeId' | 'recordId' | 'data'>): string =>
  recordId > 0 ? `${entityTypeId}:${recordId}` : `${entityTypeId}:${digest(data)}`

/** Puts a delivery into its queues; answers its id. */
export async function queueDelivery(tx: Transaction, given: NewDelivery): Promise<number> {
  const id = await tx.nextId(eventDelivery)
  tx.insert(eventDelivery, {
    id,
    source: given.source,
    handler_id: given.handlerId,
    application_id: given.applicationId,
    sender: given.sender === undefined ? null : JSON.stringify(given.sender),
    event: given.event,
    data: given.data,
    user_id: given.userId,
    refresh: given.withRefreshToken ? 'Y' : 'N',
    ts: given.ts,
    url: given.url,
    entity_type_id: given.entityTypeId,
    record_id: given.recordId,
    seq: given.seq,
    state: 'waiting',
    attempts: 0,
    host: hostOf(given.url),
    lane: laneOf(given),
    due: given.due,
    claim: null,
    claimed: null,
    finished: null,
  })
  return id
}

/** An event of an application's own life, for one address. */
export interface OwnEvent {
  readonly applicationId: number
  readonly url: string
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
  /** In whose name; nobody: without tokens. */
  readonly userId?: number | undefined
  readonly withRefreshToken?: boolean
}

/**
 * Sends one event to one address of an application, after the commit, with retries and a ledger, in the order in which
 * they were given. Tokens are made when it is sent. What is sent after the application has gone has none.
 */
export async function deliver(within: Within, given: OwnEvent): Promise<number> {
  const sender = await within.portal.applications.find(within.tx, given.applicationId)
  return send(within, { ...given, source: 'application', handlerId: 0, sender })
}

/**
 * The same for whoever the application has bound to the event by `event.bind`; also for handlers that go with it in the
 * same transaction, if it is called first. Answers how many there are.
 */
export async function deliverToHandlers(within: Within, given: Omit<OwnEvent, 'url'>): Promise<number> {
  const sender = await within.portal.applications.find(within.tx, given.applicationId)
  const handlers = await within.tx.find<{ id: number; handler: string; auth_type: number }>(
    sql`select id, handler, auth_type from event_handler where application_id = ${given.applicationId} and event = ${given.event} and offline = 'N' order by id`,
  )
  for (const { id, handler, auth_type } of handlers) {
    const userId = given.userId === undefined ? undefined : Number(auth_type) || given.userId
    await send(within, { ...given, url: handler, userId, source: 'application', handlerId: Number(id), sender })
  }
  return handlers.length
}

type Sent = OwnEvent & Pick<NewDelivery, 'source' | 'handlerId' | 'sender'>

async function send({ tx, portal, now }: Within, given: Sent): Promise<number> {
  const id = await queueDelivery(tx, {
    ...given,
    data: JSON.stringify(given.data),
    userId: given.userId ?? 0,
    withRefreshToken: given.withRefreshToken ?? false,
    ts: Math.floor(now),
    due: Math.floor(now),
    entityTypeId: 0,
    recordId: 0,
    seq: momentOf(portal.sources.now()),
  })
  tx.afterCommit(portal.deliveries.wake)
  return id
}

/** Forgets what waits for a handler that is there no more. */
export async function dropDeliveries(tx: Transaction, of: Fragment, now: number): Promise<void> {
  await tx.change(
    sql`update event_delivery set state = 'dropped', host = null, lane = null, due = null, claim = null, claimed = null, finished = ${Math.floor(now)} where ${of} and state = 'waiting'`,
  )
}

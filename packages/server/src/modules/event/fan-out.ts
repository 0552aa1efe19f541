import type { Application } from '../../records/applications.ts'
import type { Portal } from '../../records/context.ts'
import { digest } from '../../records/digest.ts'
import { objectOf, queueDelivery } from '../../records/deliveries.ts'
import { liveEvent, TURN } from '../../records/live.ts'
import { momentOf } from '../../records/outbox.ts'
import { type Binding, eventHeard, eventOffline, type Subscribed } from '../../records/subscriptions.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { mayHear } from './bindings.ts'
import { namesOf, scopeOfEvent } from './names.ts'
import { takeTurn } from './turn.ts'

interface OutboxRow {
  readonly id: number
  readonly event: string
  readonly entity_type_id: number
  readonly record_id: number
  readonly user_id: number
  readonly time: number
  readonly payload: string
  readonly at: number | null
  readonly connector: string | null
}

/** What a round has done. */
export interface FannedOut {
  /** Events that were taken from the outbox; at most as many as were asked for. */
  readonly taken: number
  /** Deliveries that were made of them. */
  readonly queued: number
  /** Nobody is bound to anything. */
  readonly unheard: boolean
}

/** Events that are dropped at once where nobody listens. */
const UNHEARD = 5_000

/**
 * Turns what has happened into what is to be sent, and takes it from the outbox, all in one transaction: an event is
 * handed out once, whatever becomes of the server. Where nobody listens, the outbox is just emptied.
 */
export async function fanOut(portal: Portal, tx: Transaction, most: number): Promise<FannedOut> {
  const turn = await takeTurn(tx)
  const unheard = await drop(portal, tx)
  if (unheard !== undefined) return { taken: unheard, queued: 0, unheard: true }
  const rows = await tx.find<OutboxRow>(
    sql`delete from outbox where id in (select id from outbox order by at, id limit ${most}) returning id, event, entity_type_id, record_id, user_id, time, payload, at, connector`,
  )
  rows.sort((a, b) => Number(a.at ?? 0) - Number(b.at ?? 0) || Number(a.id) - Number(b.id))
  // After the events: whoever was bound before one of them happened is seen now.
  const subscribed = await portal.subscriptions.now(tx)
  const round = new Round(portal, tx, subscribed, await portal.applications.all(tx), turn)
  for (const row of rows) await round.hand(row)
  await round.ping()
  return { taken: rows.length, queued: round.queued, unheard: false }
}

class Heard extends Error {}

/** Empties the outbox of what nobody wants to know; undefined where somebody does. */
async function drop(portal: Portal, tx: Transaction): Promise<number | undefined> {
  if (!isUnheard(await portal.subscriptions.now(tx))) return undefined
  try {
    return await tx.nested(async () => {
      const taken = await tx.change(
        sql`delete from outbox where id in (select id from outbox order by at, id limit ${UNHEARD})`,
      )
      // Somebody may have been bound, and something have happened, between the look and this.
      if (!isUnheard(await portal.subscriptions.now(tx))) throw new Heard()
      return taken
    })
  } catch (cause) {
    if (cause instanceof Heard) return undefined
    throw cause
  }
}

const isUnheard = ({ bindings, outbound, listeners, watched }: Subscribed): boolean =>
  bindings.length === 0 && outbound.length === 0 && listeners.length === 0 && !watched

/** Events that are put aside for one listener; what is more is lost to it, and it is told so. */
const MOST_HEARD = 10_000

/** One round of handing out. */
class Round {
  queued = 0
  readonly #portal: Portal
  readonly #tx: Transaction
  readonly #subscribed: Subscribed
  readonly #applications: ReadonlyMap<number, Application>
  /** Applications for which something new waits. */
  readonly #waiting = new Set<number>()
  /** How much more is put aside for a listener. */
  readonly #room = new Map<number, number>()

  readonly #turn: number
  #shown = 0

  constructor(
    portal: Portal,
    tx: Transaction,
    subscribed: Subscribed,
    applications: ReadonlyMap<number, Application>,
    turn: number,
  ) {
    this.#turn = turn
    this.#portal = portal
    this.#tx = tx
    this.#subscribed = subscribed
    this.#applications = applications
  }

  async hand(row: OutboxRow): Promise<void> {
    if (this.#subscribed.watched) this.#show(row)
    const names = namesOf(row.event, Number(row.entity_type_id))
    for (const { id, events } of this.#subscribed.listeners)
      // An event of one smart process has two names; whoever hears everything hears it once.
      for (const event of events === undefined ? names.slice(0, 1) : names.filter((name) => events.has(name)))
        await this.#putAside(row, event, id)
    for (const event of names) {
      for (const { id, url } of this.#subscribed.outboundByEvent.get(event) ?? [])
        await this.#queue(row, event, { source: 'outbound', handlerId: id, applicationId: 0, url, userId: 0 })
      for (const binding of this.#subscribed.byEvent.get(event) ?? []) {
        if (!this.#hears(binding, event, row)) continue
        if (binding.offline) await this.#keep(row, event, binding)
        else
          await this.#queue(row, event, {
            source: 'binding',
            handlerId: binding.id,
            applicationId: binding.applicationId,
            url: binding.handler,
            userId: binding.authType > 0 ? binding.authType : Number(row.user_id),
          })
      }
    }
  }

  /** For pages that are open. */
  #show(row: OutboxRow): void {
    this.#tx.insert(liveEvent, {
      seq: this.#turn * TURN + this.#shown++,
      event: row.event,
      entity_type_id: Number(row.entity_type_id),
      record_id: Number(row.record_id),
      user_id: Number(row.user_id),
      time: Number(row.time),
    })
    this.#tx.afterCommit(() => this.#portal.live.ring())
  }

  /** What happens before an application has been installed is not kept for it (api-reference/events/index.md). */
  #hears({ applicationId }: Binding, event: string, { entity_type_id }: OutboxRow): boolean {
    const application = this.#applications.get(applicationId)
    if (application?.installed !== true) return false
    return mayHear(application.scopes, scopeOfEvent(event, [Number(entity_type_id)]) ?? '')
  }

  async #queue(
    row: OutboxRow,
    event: string,
    to: {
      source: 'binding' | 'outbound'
      handlerId: number
      applicationId: number
      url: string
      userId: number
    },
  ): Promise<void> {
    await queueDelivery(this.#tx, {
      ...to,
      event,
      data: row.payload,
      withRefreshToken: false,
      ts: Number(row.time),
      due: Number(row.time),
      entityTypeId: Number(row.entity_type_id),
      recordId: Number(row.record_id),
      seq: Number(row.at ?? 0),
    })
    this.queued++
  }

  async #putAside(row: OutboxRow, event: string, listenerId: number): Promise<void> {
    const room = this.#room.get(listenerId) ?? (await this.#roomOf(listenerId))
    this.#room.set(listenerId, room - 1)
    if (room <= 0) {
      await this.#tx.change(sql`update event_listener set lost = lost + 1 where id = ${listenerId}`)
      return
    }
    this.#tx.insert(eventHeard, {
      id: await this.#tx.nextId(eventHeard),
      listener_id: listenerId,
      event,
      data: row.payload,
      ts: Number(row.time),
      seq: Number(row.at ?? 0),
    })
    this.#tx.afterCommit(() => this.#portal.heard.ring())
  }

  async #roomOf(listenerId: number): Promise<number> {
    const [row] = await this.#tx.find<{ n: number }>(
      sql`select count(*) as n from event_heard where listener_id = ${listenerId}`,
    )
    return MOST_HEARD - Number(row?.n ?? 0)
  }

  /** One record per object, of its latest change. What was taken already stays with whoever took it. */
  async #keep(row: OutboxRow, event: string, { applicationId, connector }: Binding): Promise<void> {
    // Whoever has changed it knows.
    if (connector !== '' && row.connector === connector) return
    const object = objectOf({
      entityTypeId: Number(row.entity_type_id),
      recordId: Number(row.record_id),
      data: row.payload,
    })
    const messageId = digest(`${event} ${object}`).slice(0, 32)
    const known = await this.#tx.change(
      sql`update event_offline set timestamp_x = ${Number(row.time)}, data = ${row.payload} where application_id = ${applicationId} and connector = ${connector} and message_id = ${messageId} and process_id = '' and error = 0`,
    )
    if (known === 0)
      this.#tx.insert(eventOffline, {
        id: await this.#tx.nextId(eventOffline),
        application_id: applicationId,
        connector,
        event_name: event,
        message_id: messageId,
        timestamp_x: Number(row.time),
        data: row.payload,
        process_id: '',
        taken: null,
        error: 0,
      })
    this.#waiting.add(applicationId)
  }

  /** ONOFFLINEEVENT: something waits. Told once in `minTimeout` seconds (api-reference/events/on-offline-event.md). */
  async ping(): Promise<void> {
    const now = Math.floor(this.#portal.sources.now())
    for (const binding of this.#subscribed.byEvent.get('ONOFFLINEEVENT') ?? []) {
      if (!this.#waiting.has(binding.applicationId) || binding.offline) continue
      const [row] = await this.#tx.find<{ told: number; waiting: number }>(
        sql`select told, (select count(*) from event_delivery where source = 'binding' and handler_id = ${binding.id} and application_id = ${binding.applicationId} and state = 'waiting' and claim is null) as waiting from event_handler where id = ${binding.id}`,
      )
      // One that is yet to be sent tells of this, too.
      if (row === undefined || Number(row.waiting) > 0) continue
      const due = Math.max(now, Number(row.told))
      await this.#tx.change(sql`update event_handler set told = ${due + binding.minTimeout} where id = ${binding.id}`)
      await queueDelivery(this.#tx, {
        source: 'binding',
        handlerId: binding.id,
        applicationId: binding.applicationId,
        url: binding.handler,
        event: 'ONOFFLINEEVENT',
        data: '{}',
        userId: binding.authType > 0 ? binding.authType : binding.userId,
        withRefreshToken: true,
        ts: now,
        due,
        entityTypeId: 0,
        recordId: binding.id,
        seq: momentOf(this.#portal.sources.now()),
      })
      this.queued++
    }
  }
}

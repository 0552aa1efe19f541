import { sql } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import type { Table } from '../store/table.ts'
import type { Cached, Caches } from './cache.ts'

/** Handlers that applications have bound to events (api-reference/events/event-bind.md). */
export const eventHandler: Table = {
  name: 'event_handler',
  columns: {
    id: 'integer',
    application_id: 'integer',
    event: 'text',
    handler: 'text',
    /** In whose name; 0: of whoever causes the event. */
    auth_type: 'integer',
    offline: 'text',
    connector: 'text',
    options: 'text',
    user_id: 'integer',
    created: 'integer',
    /** Until when ONOFFLINEEVENT has been told. */
    told: 'integer',
  },
  indexes: [{ columns: ['application_id', 'event'] }],
}

/** Addresses that administrators have bound to events (local-integrations/local-webhooks.md). */
export const outboundWebhook: Table = {
  name: 'outbound_webhook',
  columns: {
    id: 'integer',
    title: 'text',
    url: 'text',
    /** With commas between them. */
    events: 'text',
    /** Makes the token that its handler compares; another one makes another. */
    salt: 'text',
    active: 'text',
    user_id: 'integer',
    created: 'integer',
  },
}

/** Changes that wait until an application asks for them (api-reference/events/offline-events.md). */
export const eventOffline: Table = {
  name: 'event_offline',
  columns: {
    id: 'integer',
    application_id: 'integer',
    connector: 'text',
    event_name: 'text',
    /** The same for the same event of the same object. */
    message_id: 'text',
    timestamp_x: 'integer',
    data: 'text',
    /** Who has taken it, and when; empty: nobody. */
    process_id: 'text',
    taken: 'integer',
    error: 'integer',
  },
  indexes: [{ columns: ['application_id', 'connector', 'message_id'] }, { columns: ['taken'] }],
}

/** Of a listener: it hears everything. */
export const EVERY_EVENT = '*'

/** Who asks for events by themselves, as long as they do (modules/operator/listen.ts). */
export const eventListener: Table = {
  name: 'event_listener',
  columns: {
    id: 'integer',
    /** With commas between them, or {@link EVERY_EVENT}. */
    events: 'text',
    salt: 'text',
    user_id: 'integer',
    created: 'integer',
    /** When it is forgotten, unless it has asked again. */
    until: 'integer',
    /** How many events there was no room for. */
    lost: 'integer',
  },
}

/** What is put aside for a listener until it has said that it has it. */
export const eventHeard: Table = {
  name: 'event_heard',
  columns: { id: 'integer', listener_id: 'integer', event: 'text', data: 'text', ts: 'integer', seq: 'integer' },
  indexes: [{ columns: ['listener_id', 'seq'] }],
}

export interface Listener {
  readonly id: number
  /** Undefined: all. */
  readonly events: ReadonlySet<string> | undefined
}

export interface Binding {
  readonly id: number
  readonly applicationId: number
  /** `ONCRMDEALADD` */
  readonly event: string
  /** Empty where changes wait to be asked for. */
  readonly handler: string
  readonly authType: number
  readonly offline: boolean
  readonly connector: string
  /** Seconds between two ONOFFLINEEVENT. */
  readonly minTimeout: number
  readonly userId: number
}

export interface OutboundWebhook {
  readonly id: number
  readonly title: string
  readonly url: string
  readonly events: readonly string[]
  readonly salt: string
  readonly active: boolean
  readonly userId: number
}

export interface Subscribed {
  readonly bindings: readonly Binding[]
  readonly outbound: readonly OutboundWebhook[]
  readonly listeners: readonly Listener[]
  /** Somebody looks at the portal's pages (records/live.ts). */
  readonly watched: boolean
  /** By event. */
  readonly byEvent: ReadonlyMap<string, readonly Binding[]>
  readonly outboundByEvent: ReadonlyMap<string, readonly OutboundWebhook[]>
}

interface BindingRow {
  readonly id: number
  readonly application_id: number
  readonly event: string
  readonly handler: string
  readonly auth_type: number
  readonly offline: string
  readonly connector: string
  readonly options: string
  readonly user_id: number
}

interface OutboundRow {
  readonly id: number
  readonly title: string
  readonly url: string
  readonly events: string
  readonly salt: string
  readonly active: string
  readonly user_id: number
}

/** The caches whose changes decide who is told. */
const CACHES = ['applications', 'subscriptions'] as const

/** Who is told of what, kept in memory under `subscriptions`. */
export class Subscriptions {
  readonly #caches: Caches
  readonly #all: Cached<Subscribed>
  #versions = ''

  constructor(caches: Caches) {
    this.#caches = caches
    this.#all = caches.define('subscriptions', load)
  }

  all(reader: Reader): Promise<Subscribed> {
    return this.#all.get(reader)
  }

  /**
   * As they are at this very moment, whichever process has changed them: what is read from memory may be a quarter of
   * a second old, and the first event after a binding would be lost.
   */
  async now(reader: Reader): Promise<Subscribed> {
    const versions = await this.versions(reader)
    if (versions !== this.#versions) this.#caches.drop(...CACHES)
    const all = await this.all(reader)
    this.#versions = versions
    return all
  }

  /** Another text after each change. */
  async versions(reader: Reader): Promise<string> {
    const rows = await reader.find<{ name: string; version: number }>(
      sql`select name, version from cache_version where name in (${sql.join([...CACHES])}) order by name`,
    )
    return rows.map(({ name, version }) => `${name} ${version}`).join()
  }
}

async function load(reader: Reader): Promise<Subscribed> {
  const bindings = (
    await reader.find<BindingRow>(
      sql`select id, application_id, event, handler, auth_type, offline, connector, options, user_id from event_handler order by id`,
    )
  ).map(readBinding)
  const outbound = (
    await reader.find<OutboundRow>(
      sql`select id, title, url, events, salt, active, user_id from outbound_webhook order by id`,
    )
  ).map(readOutbound)
  const listeners = (
    await reader.find<{ id: number; events: string }>(sql`select id, events from event_listener order by id`)
  ).map(({ id, events }) => ({
    id: Number(id),
    events: events === EVERY_EVENT ? undefined : new Set(events.split(',')),
  }))
  const [watch] = await reader.find<{ server: string }>(sql`select server from live_watch limit 1`)
  return {
    bindings,
    outbound,
    listeners,
    watched: watch !== undefined,
    byEvent: grouped(bindings, ({ event }) => [event]),
    outboundByEvent: grouped(outbound, ({ active, events }) => (active ? events : [])),
  }
}

function grouped<T>(all: readonly T[], eventsOf: (each: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const each of all) for (const event of eventsOf(each)) groups.set(event, [...(groups.get(event) ?? []), each])
  return groups
}

const readBinding = (row: BindingRow): Binding => ({
  id: Number(row.id),
  applicationId: Number(row.application_id),
  event: row.event,
  handler: row.handler,
  authType: Number(row.auth_type),
  offline: row.offline === 'Y',
  connector: row.connector,
  minTimeout: (JSON.parse(row.options) as { minTimeout?: number }).minTimeout ?? 1,
  userId: Number(row.user_id),
})

const readOutbound = (row: OutboundRow): OutboundWebhook => ({
  id: Number(row.id),
  title: row.title,
  url: row.url,
  events: row.events.split(',').filter(Boolean),
  salt: row.salt,
  active: row.active === 'Y',
  userId: Number(row.user_id),
})

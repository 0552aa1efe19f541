import { keyOf, ownersOf, type Place } from '../modules/event/owners.ts'
import type { Context, Portal } from '../records/context.ts'
import { type Live, liveWatch, type Viewer } from '../records/live.ts'
import type { Logger } from '../records/logger.ts'
import type { Person } from '../records/people.ts'
import { select } from '../store/entity-query.ts'
import { and } from '../store/entity-test.ts'
import { sql } from '../store/sql.ts'
import type { Reader, Session } from '../store/store.ts'

/** Milliseconds between looks at what other servers have written. */
const LOOK_EVERY = 1_000
/** Seconds for which this server counts as one with open pages, and after which that is written anew. */
const LEASE = 90
const RENEW = 30
/** Milliseconds after which a page hears that the stream is alive, and it is asked whether it may still listen. */
const BEAT = 20_000
/** Events that are shown at a time; a page that is told of more reads everything anew. */
const MOST = 500
/** Pages of one person, and of this server. */
const MOST_OF_ONE = 30
const MOST_OF_ALL = 5_000

/** Settings that pages keep in memory, by the names under which the server itself does. */
const SETTINGS = ['directories', 'entities', 'people', 'roles', 'settings'] as const

interface Row {
  readonly seq: number
  readonly event: string
  readonly entity_type_id: number
  readonly record_id: number
  readonly user_id: number
}

/** What a page is told: never more than its person may read. */
interface Happened extends Place {
  readonly event: string
  readonly userId: number
  /** The records in whose cards it shows: those that an activity or a comment belongs to. */
  readonly owners?: readonly Place[]
}

/**
 * Tells open pages what happens in the portal, whichever server it happens at: events are handed out to a small table
 * as long as there are any pages, and every server with pages reads it.
 */
export class LiveHub implements Live {
  readonly #portal: Portal
  readonly #log: Logger
  readonly #viewers = new Set<Viewer>()
  #isRunning = false
  #renewed = 0

  constructor(portal: Portal, log: Logger) {
    this.#portal = portal
    this.#log = log
  }

  /** False where there are too many pages already. */
  add(viewer: Viewer): boolean {
    const own = [...this.#viewers].filter(({ userId }) => userId === viewer.userId).length
    if (own >= MOST_OF_ONE || this.#viewers.size >= MOST_OF_ALL || this.#portal.live.closed) return false
    this.#viewers.add(viewer)
    this.#begin()
    return true
  }

  #begin(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    void this.#run()
      .catch((cause: unknown) => {
        this.#log.warn({ err: cause }, 'open pages are not told what happens')
        // They open their streams again, and read everything anew.
        for (const each of this.#viewers) each.end()
        this.#viewers.clear()
      })
      .finally(() => {
        this.#isRunning = false
        // A page may have come when the last one had just gone.
        if (this.#viewers.size > 0) this.#begin()
      })
  }

  remove(viewer: Viewer): void {
    this.#viewers.delete(viewer)
  }

  async #run(): Promise<void> {
    const { live, store } = this.#portal
    const session = store.session()
    await this.#watch(session)
    let last = await lastOf(session)
    let versions = await versionsOf(session)
    let beaten = performance.now()
    while (this.#viewers.size > 0 && !live.closed) {
      await live.wait(LOOK_EVERY)
      if (live.closed) break
      await this.#watch(session)
      const rows = await session.find<Row>(
        sql`select seq, event, entity_type_id, record_id, user_id from live_event where seq > ${last} order by seq limit ${MOST}`,
      )
      last = Number(rows.at(-1)?.seq ?? last)
      if (rows.length === MOST) {
        last = await lastOf(session)
        this.#tell('much', {})
      } else if (rows.length > 0) await this.#show(session, rows)
      const now = await versionsOf(session)
      const changed = SETTINGS.filter((name) => now.get(name) !== versions.get(name))
      versions = now
      if (changed.length > 0) this.#tell('settings', { names: changed })
      if (performance.now() - beaten >= BEAT) {
        beaten = performance.now()
        await this.#beat()
      }
    }
    if (!live.closed) return
    for (const viewer of this.#viewers) viewer.end()
    this.#viewers.clear()
  }

  #tell(event: 'settings' | 'much', data: unknown): void {
    for (const viewer of this.#viewers) viewer.send(event, data)
  }

  /** Says that there are pages here; whoever hands out events looks at it. */
  async #watch(session: Session): Promise<void> {
    const { caches, requests, sources, deliveries } = this.#portal
    const now = Math.floor(sources.now())
    if (this.#renewed + RENEW > now && this.#renewed <= now) return
    const until = now + LEASE
    const known = await session.transaction((tx) =>
      tx.change(sql`update live_watch set until = ${until} where server = ${requests.server}`),
    )
    if (known === 0)
      await caches.changing(session, ['subscriptions'], async (tx) => {
        tx.insert(liveWatch, { server: requests.server, until })
        tx.afterCommit(deliveries.wake)
      })
    await session.settled()
    this.#renewed = now
  }

  async #beat(): Promise<void> {
    for (const viewer of this.#viewers)
      if (await viewer.isSignedIn()) viewer.beat()
      else {
        this.#viewers.delete(viewer)
        viewer.end()
      }
  }

  async #show(session: Session, rows: readonly Row[]): Promise<void> {
    const places = rows.map((row) => ({ row, entityTypeId: Number(row.entity_type_id), id: Number(row.record_id) }))
    const owners = await ownersOf(session, places)
    for (const userId of new Set([...this.#viewers].map((viewer) => viewer.userId))) {
      const person = await this.#portal.people.find(session, userId)
      if (person === undefined) continue
      const told = await this.#toldTo(session, person, places, owners)
      for (const viewer of this.#viewers)
        if (viewer.userId === userId) for (const happened of told) viewer.send('happened', happened)
    }
  }

  /** What one person may know of what has happened. */
  async #toldTo(
    session: Session,
    person: Person,
    places: readonly (Place & { readonly row: Row })[],
    owners: ReadonlyMap<string, readonly Place[]>,
  ): Promise<Happened[]> {
    const { sources } = this.#portal
    const context: Context = { portal: this.#portal, session, person, now: sources.now() }
    const readable = await readablePlaces(context, [...places, ...[...owners.values()].flat()])
    const told: Happened[] = []
    for (const { row, entityTypeId, id } of places) {
      const common = { event: row.event, entityTypeId, userId: Number(row.user_id) }
      const of = owners.get(keyOf({ entityTypeId, id }))
      if (of !== undefined) {
        const seen = of.filter((owner) => readable.has(keyOf(owner)))
        if (seen.length > 0) told.push({ ...common, id, owners: seen })
        continue
      }
      const level = readable.get(keyOf({ entityTypeId, id }))
      // Whoever may read a part of the records learns of one that is gone, or not theirs, only that there was something.
      if (level !== undefined) told.push({ ...common, id: level === 'some' ? 0 : id })
    }
    return told
  }
}

const lastOf = async (reader: Reader): Promise<number> => {
  const [row] = await reader.find<{ last: number | null }>(sql`select max(seq) as last from live_event`)
  return Number(row?.last ?? 0)
}

const versionsOf = async (reader: Reader): Promise<Map<string, number>> => {
  const rows = await reader.find<{ name: string; version: number }>(
    sql`select name, version from cache_version where name in (${sql.join([...SETTINGS])})`,
  )
  return new Map(rows.map(({ name, version }) => [name, Number(version)]))
}

/** Which records a person may read: `this` one, or `some` of its type, though perhaps not this one. */
async function readablePlaces(
  context: Context,
  places: readonly Place[],
): Promise<ReadonlyMap<string, 'this' | 'some'>> {
  const { portal, session } = context
  const readable = new Map<string, 'this' | 'some'>()
  for (const typeId of new Set(places.map(({ entityTypeId }) => entityTypeId))) {
    const entity = await portal.entities.any(session, typeId)
    if (entity === undefined) continue
    const reach = await portal.access.reach(context, entity, 'read')
    if (reach.none) continue
    const own = places.filter(({ entityTypeId }) => entityTypeId === typeId)
    const ids = entity.field('id')
    const test = and([
      { is: 'compare', field: ids, op: 'in', values: own.map(({ id }) => id) },
      ...(reach.test === undefined ? [] : [reach.test]),
    ])
    const rows = reach.all ? [] : await select(session, { entity, fields: [ids], test })
    const held = new Set(rows.map(({ values }) => Number(values[0])))
    // Whose a part is, a deleted one's for instance, is not known here.
    const isWhole = reach.all && entity.rights !== 'owner'
    for (const place of own) readable.set(keyOf(place), isWhole || held.has(place.id) ? 'this' : 'some')
  }
  return readable
}

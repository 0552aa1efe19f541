import type { Portal } from '../../records/context.ts'
import { KEPT } from '../../records/live.ts'
import { sql } from '../../store/sql.ts'
import type { Session } from '../../store/store.ts'

const DAY = 86_400
/** Seconds for which what was delivered, and what was not, can be looked up and sent again. */
const DELIVERED = 3 * DAY
const FAILED = 30 * DAY
/** Seconds that an application has for what it has taken (api-reference/events/offline-events.md). */
const TAKEN = 30 * DAY
/** Deliveries that go at once, so that nobody waits for them. */
const MOST = 10_000

/** Forgets what has had its time, a part at a time. */
export async function prune(portal: Portal, session: Session): Promise<void> {
  const now = Math.floor(portal.sources.now())
  const [old] = await session.find<{ id: number }>(
    sql`select id from event_delivery where finished < ${now - DELIVERED} limit 1`,
  )
  if (old !== undefined)
    await session.transaction(async (tx) => {
      const ended = sql`select id from event_delivery where finished < ${now - FAILED} or (finished < ${now - DELIVERED} and state = 'delivered') order by finished, id limit ${MOST}`
      await tx.change(sql`delete from event_attempt where delivery_id in (${ended})`)
      await tx.change(sql`delete from event_delivery where id in (${ended})`)
      // Of deliveries that were sent again and again.
      await tx.change(sql`delete from event_attempt where time < ${now - FAILED - DAY}`)
    })
  const [taken] = await session.find<{ id: number }>(
    sql`select id from event_offline where taken < ${now - TAKEN} limit 1`,
  )
  if (taken !== undefined)
    await session.transaction((tx) => tx.change(sql`delete from event_offline where taken < ${now - TAKEN}`))
}

/** Forgets what every open page has been told, and servers that have no pages any more. */
export async function pruneLive(portal: Portal, session: Session): Promise<void> {
  const now = Math.floor(portal.sources.now())
  const [old] = await session.find<{ seq: number }>(sql`select seq from live_event where time < ${now - KEPT} limit 1`)
  if (old !== undefined)
    await session.transaction((tx) => tx.change(sql`delete from live_event where time < ${now - KEPT}`))
  const [gone] = await session.find<{ server: string }>(sql`select server from live_watch where until < ${now} limit 1`)
  if (gone !== undefined)
    await portal.caches.changing(session, ['subscriptions'], (tx) =>
      tx.change(sql`delete from live_watch where until < ${now}`),
    )
}

import type { Portal } from '../../records/context.ts'
import { sql } from '../../store/sql.ts'
import type { Session } from '../../store/store.ts'

/** Days that what was delivered, what has failed, and what an application has taken but not cleared are kept. */
const DELIVERED = 3
const FAILED = 30
/** As is documented (api-reference/events/offline-events.md). */
const TAKEN = 30
const DAY = 86_400
/** Rows that go at once, so that nobody waits for them. */
const MOST = 5_000

/** Forgets what has had its time, a part at a time. */
export async function prune(portal: Portal, session: Session): Promise<void> {
  const now = Math.floor(portal.sources.now())
  const [old] = await session.find<{ id: number }>(
    sql`select id from event_delivery where finished < ${now - DELIVERED * DAY} limit 1`,
  )
  if (old !== undefined)
    await session.transaction(async (tx) => {
      const ended = await tx.find<{ id: number }>(
        sql`select id from event_delivery where (finished < ${now - DELIVERED * DAY} and state = 'delivered') or finished < ${now - FAILED * DAY} order by finished limit ${MOST}`,
      )
      const ids = ended.map(({ id }) => id)
      if (ids.length === 0) return
      await tx.change(sql`delete from event_attempt where delivery_id in (${sql.join(ids)})`)
      await tx.change(sql`delete from event_delivery where id in (${sql.join(ids)}) and state <> 'waiting'`)
    })
  const [taken] = await session.find<{ id: number }>(
    sql`select id from event_offline where taken < ${now - TAKEN * DAY} limit 1`,
  )
  if (taken !== undefined)
    await session.transaction((tx) => tx.change(sql`delete from event_offline where taken < ${now - TAKEN * DAY}`))
}

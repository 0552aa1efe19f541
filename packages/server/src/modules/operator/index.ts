import { eventHeard, eventListener } from '../../records/subscriptions.ts'
import { sql } from '../../store/sql.ts'
import type { Module } from '../module.ts'
import { listenMethods } from './listen.ts'
import { tendDetails } from './log-details.ts'
import { logMethods } from './log.ts'
import { seedEntry } from './seed-table.ts'

/** What the command line asks a running server for: its last requests, and events for whoever listens. */
export const operator: Module = {
  name: 'operator',
  methods: [...listenMethods, ...logMethods],
  tables: [eventListener, eventHeard, seedEntry],
  checks: [
    {
      name: 'what was put aside belongs to a listener',
      faults: () =>
        sql`select 'event ' || cast(h.id as text) as fault from event_heard h where not exists (select 1 from event_listener l where l.id = h.listener_id)`,
    },
  ],
  /** Whoever has not asked for a while is gone: what happens is not put aside for them any more. */
  async tend(portal, session) {
    await tendDetails(portal, session)
    const over = sql`until < ${Math.floor(portal.sources.now())}`
    const [gone] = await session.find<{ id: number }>(sql`select id from event_listener where ${over} limit 1`)
    if (gone === undefined) return
    await portal.caches.changing(session, ['subscriptions'], async (tx) => {
      await tx.change(sql`delete from event_heard where listener_id in (select id from event_listener where ${over})`)
      await tx.change(sql`delete from event_listener where ${over}`)
    })
  },
}

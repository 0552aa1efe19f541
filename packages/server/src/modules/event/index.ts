import { dropDeliveries, eventAttempt, eventDelivery } from '../../records/deliveries.ts'
import { liveEvent, liveWatch } from '../../records/live.ts'
import { eventHandler, eventOffline, outboundWebhook } from '../../records/subscriptions.ts'
import { sql } from '../../store/sql.ts'
import type { Module } from '../module.ts'
import bindings from './bindings.ts'
import { prune, pruneLive } from './retention.ts'
import ledger from './ledger.ts'
import offline from './offline.ts'
import outbound from './outbound.ts'
import { eventTurn } from './turn.ts'

/** Events: who is told of what happens. */
export const events: Module = {
  name: 'event',
  methods: [...bindings, ...offline, ...outbound, ...ledger],
  tables: [eventHandler, outboundWebhook, eventOffline, eventDelivery, eventAttempt, eventTurn, liveWatch, liveEvent],
  async applicationRemoved(tx, { id }, portal) {
    await portal.caches.touch(tx, 'subscriptions')
    tx.afterCommit(() => portal.caches.drop('subscriptions'))
    await tx.change(sql`delete from event_handler where application_id = ${id}`)
    await tx.change(sql`delete from event_offline where application_id = ${id}`)
    await dropDeliveries(tx, sql`source = 'binding' and application_id = ${id}`, portal.sources.now())
  },
  checks: [
    {
      name: 'deliveries stand in their queues exactly while they wait',
      faults: () =>
        sql`select 'delivery ' || cast(id as text) || ' is ' || state || ' but not where such ones stand' as fault from event_delivery where (state = 'waiting') <> (host is not null and lane is not null and due is not null)`,
    },
  ],
  async tend(portal, session) {
    await prune(portal, session)
    await pruneLive(portal, session)
  },
}

import { sql } from '../store/sql.ts'
import type { Transaction } from '../store/store.ts'
import type { SettingsOf } from './access.ts'
import { auditSettings } from './audit.ts'
import type { Context } from './context.ts'
import { Failure } from './failure.ts'
import { announceEvent } from './outbox.ts'

/**
 * Changes settings of the CRM, or `of` an entity: for their administrators only, one at a time; what is kept in memory
 * under `caches` is fresh when the body begins and renewed when it has ended. The body reads from memory before it
 * writes, not after. The event log tells who it was.
 */
export async function administer<T>(
  context: Context,
  caches: readonly string[],
  body: (tx: Transaction) => Promise<T>,
  of?: SettingsOf,
): Promise<T> {
  await context.portal.access.requireSettings(context, of)
  return context.portal.caches.changing(context.session, caches, async (tx) => {
    const value = await body(tx)
    await auditSettings(context, tx)
    return value
  })
}

/** Settings are for whoever may read some records at least. */
export async function requireReader(context: Context): Promise<void> {
  for (const entity of await context.portal.entities.all(context.session))
    if (!(await context.portal.access.reach(context, entity, 'read')).none) return
  throw new Failure({ why: 'access-denied' })
}

/** Announces a change of settings, e.g. `ONCRMTYPEADD`, in its own transaction. */
export async function announceSetting(
  context: Context,
  tx: Transaction,
  event: string,
  id: number | string,
): Promise<void> {
  const recordId = typeof id === 'number' ? id : 0
  await announceEvent({ ...context, tx }, { event, entityTypeId: 0, recordId, data: { FIELDS: { ID: id } } })
}

/** Whether a table has a row in which a column holds a value. */
export async function hasRow(tx: Transaction, table: string, column: string, value: string | number): Promise<boolean> {
  const rows = await tx.find<{ one: number }>(
    sql`select 1 as one from ${sql.table(table)} where ${sql.ref(column)} = ${value} limit 1`,
  )
  return rows.length > 0
}

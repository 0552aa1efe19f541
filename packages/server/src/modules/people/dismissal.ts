import { audit } from '../../records/audit.ts'
import type { Context } from '../../records/context.ts'
import { endTokensOf } from '../../records/tokens.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'

/** Whether somebody works here, in the transaction that may change it. */
export async function isActive(tx: Transaction, id: number): Promise<boolean> {
  const [row] = await tx.find<{ active: string }>(sql`select active from portal_user where id = ${id}`)
  return row?.active === 'Y'
}

/**
 * Ends what somebody has opened for later: sessions, and the tokens of applications, which would live again if the
 * person was taken back. Webhooks stay, closed as long as their person is.
 */
async function endAccess(tx: Transaction, id: number): Promise<void> {
  await tx.change(sql`delete from person_session where user_id = ${id}`)
  await endTokensOf(tx, id)
}

/** What follows from that somebody was dismissed or taken back, written down with who did it. */
export async function activityChanged(context: Context, tx: Transaction, id: number, active: boolean): Promise<void> {
  if (!active) await endAccess(tx, id)
  await audit(context, tx, { type: active ? 'USER_ACTIVATE' : 'USER_DEACTIVATE', module: 'main', item: `user ${id}` })
}

import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { itemKind } from '../state.ts'
import type { Clone, Page } from '../step.ts'

/** Rows that a new portal has from the start. */
export interface Defaults {
  readonly entityTypeId: number
  readonly tables: readonly string[]
  /** The table whose rows use them. */
  readonly unless: string
  readonly more?: (tx: Transaction) => Promise<unknown>
}

/** Whether rows of a new portal make room for the source's: where ids are kept and nothing has used them yet. */
export async function makesRoom({ state, session }: Clone, { entityTypeId, unless }: Defaults): Promise<boolean> {
  if (!state.keepsIds || (await state.all(session, itemKind(entityTypeId))).size > 0) return false
  return (await session.find(sql`select 1 as one from ${sql.table(unless)} limit 1`)).length === 0
}

/**
 * A new portal has a few rows of its own (rates of tax, units, templates), whose numbers another portal may have given
 * to something else. They go in the transaction in which the source's come.
 */
export async function clearDefaults({ tx }: Pick<Page, 'tx'>, { tables, more }: Defaults): Promise<void> {
  for (const table of tables) tx.count(table, -(await tx.change(sql`delete from ${sql.table(table)}`)))
  await more?.(tx)
}

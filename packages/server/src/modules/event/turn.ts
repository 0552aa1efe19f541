import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import type { Table } from '../../store/table.ts'

/** One row, which holds whoever works on the queues. */
export const eventTurn: Table = { name: 'event_turn', columns: { name: 'text', turns: 'integer' }, key: ['name'] }

/**
 * Until the end of the transaction, no other server hands out events. Were it two at a time, what happened to a record
 * second could stand in the queue before what happened first. Answers the number of the turn.
 */
export async function takeTurn(tx: Transaction): Promise<number> {
  const [row] = await tx.find<{ turns: number }>(
    sql`insert into event_turn (name, turns) values ('events', 1) on conflict (name) do update set turns = event_turn.turns + 1 returning turns`,
  )
  return Number(row?.turns)
}

import { type Fragment, sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { activity } from './activity.ts'
import { bindingTable } from './tables.ts'

/** How many activities wait: all that aren't done, of these the overdue ones, and those that clients have begun. */
export interface Waiting {
  readonly waiting: number
  readonly overdue: number
  readonly incoming: number
}

export interface CounterQuestion {
  /** Epoch seconds: what was due before is overdue. */
  readonly now: number
  /** Only one person's. */
  readonly responsibleId?: number
}

interface Row {
  readonly owner_id: number
  readonly waiting: number
  readonly overdue: number
  readonly incoming: number
}

const activities = sql.table(activity.table)
const bindings = sql.table(bindingTable.name)

const counts = (now: number): Fragment =>
  sql`count(*) as waiting, count(case when a.deadline < ${now} then 1 end) as overdue, count(case when a.is_incoming_channel = 'Y' then 1 end) as incoming`

const whose = ({ responsibleId }: CounterQuestion): Fragment =>
  responsibleId === undefined ? sql`` : sql` and a.responsible_id = ${responsibleId}`

const waitingOf = (row: Row | undefined): Waiting => ({
  waiting: Number(row?.waiting ?? 0),
  overdue: Number(row?.overdue ?? 0),
  incoming: Number(row?.incoming ?? 0),
})

/** What waits at records of one type, by record; those at which nothing waits are left out. */
export async function activityCounters(
  reader: Reader,
  question: CounterQuestion & { readonly entityTypeId: number; readonly ids: readonly number[] },
): Promise<ReadonlyMap<number, Waiting>> {
  const { entityTypeId, ids, now } = question
  if (ids.length === 0) return new Map()
  const rows = await reader.find<Row>(
    sql`select b.owner_id, ${counts(now)} from ${bindings} as b join ${activities} as a on a.id = b.activity_id where b.owner_type_id = ${entityTypeId} and b.owner_id in (${sql.join(ids)}) and a.completed = 'N'${whose(question)} group by b.owner_id`,
  )
  return new Map(rows.map((row) => [row.owner_id, waitingOf(row)]))
}

/** What waits for a person, wherever it is; each activity counts once. */
export async function personalCounters(
  reader: Reader,
  question: CounterQuestion & { readonly responsibleId: number },
): Promise<Waiting> {
  const [row] = await reader.find<Row>(
    sql`select 0 as owner_id, ${counts(question.now)} from ${activities} as a where a.completed = 'N'${whose(question)}`,
  )
  return waitingOf(row)
}

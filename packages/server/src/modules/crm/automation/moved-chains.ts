import type { Merge } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { type Chain, keyOf, ROBOT, STEP, TIMEOUT } from './chain.ts'
import type { RobotCall } from './robot-action.ts'

interface JobRow {
  readonly kind: string
  readonly due: number | null
  readonly user_id: number
  readonly payload: string
}

const jobsOf = (tx: Transaction, key: string): Promise<JobRow[]> =>
  tx.find<JobRow>(
    sql`select kind, due, user_id, payload from job where kind in (${STEP}, ${ROBOT}, ${TIMEOUT}) and key = ${key} order by id`,
  )

/** The rule that a job is about to run, and when: two records of one stage wait for the same. */
const nextOf = ({ rules, at }: Chain): number => rules[at] ?? 0

/**
 * Chains that wait with a record that goes in a merger go on with the one that stays, but for what that one waits for
 * itself: nobody is to get the same letter twice. They get new jobs, because one that is being run at this moment ends
 * with its own row.
 */
export async function moveChains({ tx, portal, entity, into, from }: Merge): Promise<void> {
  const { entityTypeId } = entity
  if (entity.stageField === undefined) return
  const moved = <C extends Chain>(chain: C): C => ({ ...chain, recordId: into })
  const waiting = (await jobsOf(tx, keyOf(entityTypeId, into))).filter(({ kind }) => kind === STEP)
  const awaited = new Set(waiting.map(({ payload }) => nextOf(JSON.parse(payload) as Chain)))
  for (const { kind, due, user_id: userId, payload: json } of await jobsOf(tx, keyOf(entityTypeId, from))) {
    // Given up after its last try.
    if (due === null) continue
    let payload = JSON.parse(json) as Record<string, unknown>
    if (kind === STEP) {
      const chain = payload as unknown as Chain
      if (awaited.has(nextOf(chain))) continue
      payload = { ...moved(chain) }
    }
    if (kind === ROBOT) {
      const call = payload as unknown as RobotCall
      payload = { ...call, chain: moved(call.chain) }
    }
    await portal.jobs.schedule(tx, { kind, key: keyOf(entityTypeId, into), due, userId, payload })
  }
  await tx.change(
    sql`delete from job where kind in (${STEP}, ${ROBOT}, ${TIMEOUT}) and key = ${keyOf(entityTypeId, from)}`,
  )
  const subscriptions = await tx.find<{ id: number; state: string }>(
    sql`select id, state from bizproc_subscription where entity_type_id = ${entityTypeId} and record_id = ${from}`,
  )
  for (const { id, state } of subscriptions)
    await tx.change(
      sql`update bizproc_subscription set record_id = ${into}, state = ${JSON.stringify(moved(JSON.parse(state) as Chain))} where id = ${id}`,
    )
}

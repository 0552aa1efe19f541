import { digest } from '../../../auth/secrets.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { type Chain, goOn, TIMEOUT, keyOf, type Within } from './chain.ts'
import { descriptionsOf, type RobotRow } from './robot-row.ts'
import { writeRun } from './run-log.ts'
import { subscription as table } from './tables.ts'

interface SubscriptionRow {
  readonly id: number
  readonly rule_id: number
  readonly entity_type_id: number
  readonly record_id: number
  readonly user_id: number
  readonly expires: number
  readonly robot_code: string
  readonly returns: string
  readonly state: string
}

/** Makes a chain wait for an answer; only a hash of the token that the answer must bring is kept. */
export async function openSubscription(
  { tx, portal, person }: Pick<Within, 'tx' | 'portal' | 'person'>,
  given: { chain: Chain; ruleId: number; robot: RobotRow; expires: number },
): Promise<{ id: number; token: string }> {
  const { chain, ruleId, robot, expires } = given
  const id = await tx.nextId(table)
  const token = `${chain.workflowId}|A${ruleId}_${id}|${portal.sources.token(48)}`
  tx.insert(table, {
    id,
    token_hash: digest(token),
    rule_id: ruleId,
    entity_type_id: chain.entityTypeId,
    record_id: chain.recordId,
    user_id: person.id,
    expires: Math.floor(expires),
    robot_code: robot.code,
    returns: JSON.stringify(Object.keys(descriptionsOf(robot.return_properties))),
    state: JSON.stringify(chain),
  })
  return { id, token }
}

export async function findByToken(tx: Transaction, token: string): Promise<SubscriptionRow | undefined> {
  const [row] = await tx.find<SubscriptionRow>(
    sql`select * from bizproc_subscription where token_hash = ${digest(token)}`,
  )
  return row
}

export async function findById(tx: Transaction, id: number): Promise<SubscriptionRow | undefined> {
  const [row] = await tx.find<SubscriptionRow>(sql`select * from bizproc_subscription where id = ${id}`)
  return row
}

export const findOfRule = (tx: Transaction, ruleId: number): Promise<SubscriptionRow[]> =>
  tx.find<SubscriptionRow>(sql`select * from bizproc_subscription where rule_id = ${ruleId} order by id`)

/** How a wait has ended. */
export interface Ending {
  readonly returned?: Readonly<Record<string, unknown>>
  readonly error?: string
  readonly note?: string
}

/** Ends a wait, writes what became of the rule and goes on with the chain. False if it has ended before. */
export async function closeSubscription(within: Within, row: SubscriptionRow, ending: Ending): Promise<boolean> {
  const { tx, now } = within
  if ((await tx.change(sql`delete from bizproc_subscription where id = ${row.id}`)) === 0) return false
  const chain = JSON.parse(row.state) as Chain
  await writeRun(tx, {
    ruleId: row.rule_id,
    entityTypeId: row.entity_type_id,
    recordId: row.record_id,
    time: now,
    result: ending.error === undefined ? 'done' : 'failed',
    error: ending.error ?? ending.note ?? '',
  })
  const known = JSON.parse(row.returns) as string[]
  const values = Object.fromEntries(Object.entries(ending.returned ?? {}).filter(([name]) => known.includes(name)))
  await goOn(within, { ...chain, returned: { ...chain.returned, [row.robot_code]: values } }, now, true)
  return true
}

/** The job that would have ended a wait is not needed any more. */
export async function forgetTimeout(tx: Transaction, row: SubscriptionRow): Promise<void> {
  const key = keyOf(row.entity_type_id, row.record_id)
  await tx.change(
    sql`delete from job where kind = ${TIMEOUT} and key = ${key} and payload = ${JSON.stringify({ subscription: row.id })}`,
  )
}

import type { Change } from '../../../records/change.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { activeRules, type Rule } from './rule.ts'
import { writeRun } from './run-log.ts'

/** The kinds of jobs that carry a chain on. */
export const STEP = 'crm.automation.step'
export const ROBOT = 'crm.automation.robot'
export const TIMEOUT = 'crm.automation.timeout'

/** How often rules may start rules by what they write, before that is taken for a circle. */
export const MAX_DEPTH = 10

/** The rules that one cause has started, one after another, and how far they have come: what is kept between two. */
export interface Chain {
  readonly entityTypeId: number
  readonly recordId: number
  /** As they were when it began. */
  readonly rules: readonly number[]
  /** Which of them is next. */
  readonly at: number
  /** The stage that started it; null for a trigger. */
  readonly stageId: string | null
  /** Whether time has passed since the rule before: the record may have gone on meanwhile. */
  readonly waited: boolean
  readonly depth: number
  /** Names this chain to applications. */
  readonly workflowId: string
  /** What robots have returned, by their code. */
  readonly returned: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** A transaction in which a chain goes on, and on whose behalf. */
export type Within = Pick<Change, 'tx' | 'portal' | 'person' | 'now'>

/** How deep the rules are whose writes a transaction holds. */
const depths = new WeakMap<Transaction, number>()
export const markDepth = (tx: Transaction, depth: number): void => void depths.set(tx, depth)

export const keyOf = (entityTypeId: number, recordId: number): string => `${entityTypeId}:${recordId}`

/** Starts rules for a record; they run after the commit. */
export async function startChain(
  within: Within,
  rules: readonly Rule[],
  record: Pick<Chain, 'entityTypeId' | 'recordId' | 'stageId'>,
): Promise<void> {
  const [first] = rules
  if (first === undefined) return
  const depth = (depths.get(within.tx) ?? 0) + 1
  if (depth > MAX_DEPTH) {
    const error = `rules have started each other ${MAX_DEPTH} times`
    await writeRun(within.tx, { ...record, ruleId: first.id, time: within.now, result: 'failed', error })
    return
  }
  const { entityTypeId, recordId, stageId } = record
  await schedule(within, {
    entityTypeId,
    recordId,
    stageId,
    rules: rules.map(({ id }) => id),
    at: 0,
    waited: false,
    depth,
    workflowId: within.portal.sources.token(24),
    returned: {},
  })
}

/** Goes on to the next rule, at once or when its time has come (`due`, epoch seconds). */
export async function goOn(within: Within, chain: Chain, due = within.now, waited = due > within.now): Promise<void> {
  if (chain.at + 1 < chain.rules.length) await schedule(within, { ...chain, at: chain.at + 1, waited }, due)
}

async function schedule(within: Within, chain: Chain, due = within.now): Promise<void> {
  const { portal, tx, person, now } = within
  const rule = (await activeRules(portal, tx)).find(chain.rules[chain.at] ?? 0)
  const delay = rule?.delay ?? 0
  await portal.jobs.schedule(tx, {
    kind: STEP,
    key: keyOf(chain.entityTypeId, chain.recordId),
    due: Math.max(due, now) + delay,
    userId: person.id,
    payload: { ...chain, waited: chain.waited || delay > 0 },
  })
}

/** Ends all chains of a record that goes, with everything that they have left. */
export async function forgetChains(tx: Transaction, entityTypeId: number, recordId: number): Promise<void> {
  const key = keyOf(entityTypeId, recordId)
  await tx.change(sql`delete from job where kind in (${STEP}, ${ROBOT}, ${TIMEOUT}) and key = ${key}`)
  await tx.change(
    sql`delete from bizproc_subscription where entity_type_id = ${entityTypeId} and record_id = ${recordId}`,
  )
  await tx.change(
    sql`delete from crm_automation_log where entity_type_id = ${entityTypeId} and record_id = ${recordId}`,
  )
}

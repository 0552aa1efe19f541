import type { Context } from '../../../records/context.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { run } from './tables.ts'

/** `done`; `skipped` where its conditions or the record's stage said no; `failed`. */
export type RunResult = 'done' | 'skipped' | 'failed'

export interface Run {
  readonly id: number
  readonly ruleId: number
  readonly entityTypeId: number
  readonly recordId: number
  /** Epoch seconds. */
  readonly time: number
  readonly result: RunResult
  /** Why it was skipped or has failed; else what there is to say about it, or nothing. */
  readonly error: string
}

const MAX_ERROR = 1000

/** Keeps what became of a rule, in the transaction of its effect; nothing of one that was deleted meanwhile. */
export async function writeRun(tx: Transaction, given: Omit<Run, 'id'>): Promise<void> {
  const rules = await tx.find<{ id: number }>(sql`select id from crm_automation_rule where id = ${given.ruleId}`)
  if (rules.length === 0) return
  tx.insert(run, {
    id: await tx.nextId(run),
    rule_id: given.ruleId,
    entity_type_id: given.entityTypeId,
    record_id: given.recordId,
    time: Math.floor(given.time),
    result: given.result,
    error: given.error.slice(0, MAX_ERROR),
  })
}

export interface RunFilter {
  readonly ruleId?: number
  readonly entityTypeId?: number
  readonly recordId?: number
  /** Only older ones than this: for the next page. */
  readonly before?: number
  readonly limit?: number
}

/** What rules have done, the newest first: for administrators. */
export async function listRuns(context: Context, filter: RunFilter = {}): Promise<readonly Run[]> {
  await context.portal.access.requireSettings(context)
  const { ruleId, entityTypeId, recordId, before, limit = 50 } = filter
  const conditions = [
    sql`1 = 1`,
    ...(ruleId === undefined ? [] : [sql`rule_id = ${ruleId}`]),
    ...(entityTypeId === undefined ? [] : [sql`entity_type_id = ${entityTypeId}`]),
    ...(recordId === undefined ? [] : [sql`record_id = ${recordId}`]),
    ...(before === undefined ? [] : [sql`id < ${before}`]),
  ]
  const rows = await context.session.find<{
    id: number
    rule_id: number
    entity_type_id: number
    record_id: number
    time: number
    result: RunResult
    error: string
  }>(
    sql`select * from crm_automation_log where ${sql.join(conditions, sql` and `)} order by id desc limit ${Math.min(Math.max(limit, 1), 500)}`,
  )
  return rows.map((row) => ({
    id: row.id,
    ruleId: row.rule_id,
    entityTypeId: row.entity_type_id,
    recordId: row.record_id,
    time: row.time,
    result: row.result,
    error: row.error,
  }))
}

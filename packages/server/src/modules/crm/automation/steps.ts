import { readFilter } from '../../../methods/conditions.ts'
import { ApiError, inStyle, itemStyle } from '../../../methods/errors.ts'
import { Failure } from '../../../records/failure.ts'
import type { JobContext, JobHandler } from '../../../records/jobs.ts'
import { OutgoingError } from '../../../records/outgoing.ts'
import type { Entity } from '../../../schema/entity.ts'
import { InvalidValue } from '../../../schema/kind.ts'
import { itemWire } from '../../../schema/wire.ts'
import { scalarOf, select, type Stored } from '../../../store/entity-query.ts'
import { and, type Test } from '../../../store/entity-test.ts'
import type { Transaction } from '../../../store/store.ts'
import { type Effect, lookupOf } from './action.ts'
import { actions } from './actions.ts'
import { type Chain, goOn, markDepth, ROBOT, STEP, TIMEOUT, type Within } from './chain.ts'
import { callRobot, type RobotCall } from './robot-action.ts'
import { activeRules, type Rule } from './rule.ts'
import { type RunResult, writeRun } from './run-log.ts'
import { closeSubscription, findById } from './subscription.ts'

/** How often something that may be better later is tried before the chain goes on without it: in some thirteen minutes. */
const MAX_TRIES = 5

interface Outcome extends Effect {
  readonly result: RunResult
  /** The rest of the chain is not run. */
  readonly ends?: true
}

/** Runs one rule of a chain; the next is a job of its own, stored in the transaction that ends this one. */
const step: JobHandler = async (context) => {
  const chain = context.job.payload as unknown as Chain
  const { portal, session } = context
  const entity = await portal.entities.find(session, chain.entityTypeId)
  if (entity === undefined) return
  const rule = (await activeRules(portal, session)).find(chain.rules[chain.at] ?? 0)
  if (rule === undefined) {
    // Deleted or switched off meanwhile: it is passed over, and there is nothing to tell of it.
    await transaction(context, chain, (within) => goOn(within, chain))
    return
  }
  const stored = await read(context, entity, chain.recordId)
  // With the record, everything that belonged to it has gone.
  if (stored === undefined) return
  let outcome: Outcome
  try {
    outcome = await attempt(context, chain, rule, entity, stored)
  } catch (cause) {
    outcome = { result: 'failed', note: await finalReason(cause, context) }
  }
  try {
    await conclude(context, chain, rule, outcome)
  } catch (cause) {
    await conclude(context, chain, rule, { result: 'failed', note: await finalReason(cause, context) })
  }
}

async function attempt(
  context: JobContext,
  chain: Chain,
  rule: Rule,
  entity: Entity,
  stored: Stored,
): Promise<Outcome> {
  const { stageField } = entity
  const stage = stageField === undefined ? null : scalarOf(stored, entity.field(stageField))
  if (chain.waited && chain.stageId !== null && chain.stageId !== stage)
    return { result: 'skipped', ends: true, note: 'the record has left the stage' }
  if (!(await meets(context, rule, entity, chain.recordId)))
    return { result: 'skipped', note: 'the conditions are not met' }
  const action = actions.get(rule.kind)
  if (action === undefined)
    throw new Failure({ why: 'rule', text: `nothing is known of rules of the kind ${rule.kind}` })
  const lookup = lookupOf(context.portal, { entity, stored, chain })
  const effect = await action.run({ context, chain, rule, entity, stored, lookup })
  return { ...effect, result: 'done' }
}

const same = (entity: Entity, id: number): Test => ({
  is: 'compare',
  field: entity.field('id'),
  op: 'eq',
  values: [id],
})

async function read({ session }: JobContext, entity: Entity, id: number): Promise<Stored | undefined> {
  return (await select(session, { entity, fields: entity.fields, test: same(entity, id) }))[0]
}

async function meets({ portal, session }: JobContext, rule: Rule, entity: Entity, id: number): Promise<boolean> {
  const test = readFilter(entity, itemWire, rule.conditions, { zone: portal.zone })
  if (test === undefined) return true
  const found = await select(session, { entity, fields: [entity.field('id')], test: and([same(entity, id), test]) })
  return found.length > 0
}

/** The effect, its line in the log and the way on: all of it, once. */
async function conclude(context: JobContext, chain: Chain, rule: Rule, outcome: Outcome): Promise<void> {
  const act = async (within: Within): Promise<void> => {
    await outcome.within?.(within)
    if (outcome.suspended === true) return
    const { result, note = '' } = outcome
    const { entityTypeId, recordId } = chain
    await writeRun(within.tx, { ruleId: rule.id, entityTypeId, recordId, time: context.now, result, error: note })
    if (outcome.ends !== true) await goOn(within, chain, outcome.due)
  }
  await transaction(context, chain, act, rule.entityTypeId)
}

/** Ends the job together with what the body writes; the rules that this starts are one deeper. */
async function transaction(
  context: JobContext,
  chain: Pick<Chain, 'depth' | 'recordId'>,
  body: (within: Within) => Promise<unknown>,
  /** Of the record, where it is written or written about. */
  entityTypeId?: number,
): Promise<void> {
  const { portal, session, person, now } = context
  await session.transaction(async (tx) => {
    // The record before its jobs, as its removal takes them: two at once must not wait for each other.
    if (entityTypeId !== undefined && !(await lockRecord(context, tx, entityTypeId, chain.recordId))) return
    if (!(await context.finish(tx))) return
    markDepth(tx, chain.depth)
    await body({ tx, portal, person, now })
  })
}

/** False if the record has gone, and with it whatever was to be done. */
async function lockRecord({ portal }: JobContext, tx: Transaction, entityTypeId: number, id: number): Promise<boolean> {
  const entity = await portal.entities.find(tx, entityTypeId)
  if (entity === undefined) return false
  const rows = await select(tx, { entity, fields: [entity.field('id')], test: same(entity, id), lock: true })
  return rows.length > 0
}

/** In words, what went wrong for good; throws what may be better when it is tried again. */
async function finalReason(cause: unknown, { job }: JobContext): Promise<string> {
  const isFinal =
    cause instanceof Failure ||
    cause instanceof InvalidValue ||
    (cause instanceof ApiError && cause.status < 500) ||
    (cause instanceof OutgoingError && cause.permanent)
  if (!isFinal && job.attempts + 1 < MAX_TRIES) throw cause
  if (cause instanceof InvalidValue) return cause.reason
  if (!(cause instanceof Failure)) return cause instanceof ApiError ? cause.description : errorText(cause)
  const refused: unknown = await inStyle(itemStyle, 'write', () => Promise.reject(cause)).catch(
    (words: unknown) => words,
  )
  return refused instanceof ApiError ? refused.description : errorText(refused)
}

const errorText = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** Calls a robot that a chain waits for; if it can't be reached, the chain goes on without its answer. */
const robot: JobHandler = async (context) => {
  const call = context.job.payload as unknown as RobotCall
  try {
    await callRobot(context, call)
  } catch (cause) {
    const error = await finalReason(cause, context)
    await close(context, call.subscription, error)
  }
}

const timeout: JobHandler = (context) =>
  close(context, context.job.payload.subscription as number, 'the robot has not answered in time')

async function close(context: JobContext, subscription: number, error: string): Promise<void> {
  await transaction(context, { depth: 0, recordId: 0 }, async (within) => {
    const row = await findById(within.tx, subscription)
    if (row !== undefined) await closeSubscription(within, row, { error })
  })
}

export const jobs: Readonly<Record<string, JobHandler>> = { [STEP]: step, [ROBOT]: robot, [TIMEOUT]: timeout }

import { readFilter } from '../../../methods/conditions.ts'
import type { Map as Settings } from '../../../methods/method.ts'
import { administer } from '../../../records/administration.ts'
import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { itemWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import { stageDirectory } from '../stages.ts'
import { refuse } from './action.ts'
import { actions } from './actions.ts'
import { CACHE, type Rule, ruleOf, type RuleRow, type Trigger } from './rule.ts'
import { closeSubscription, findOfRule } from './subscription.ts'
import { rule as table, turn } from './tables.ts'

/*
 * Automation rules as the portal's administrators keep them. No REST method is documented for this: the web CRM and
 * tests call these. They refuse with a Failure, and with an ApiError what is wrong in conditions.
 */

export interface NewRule {
  readonly entityTypeId: number
  readonly kind: string
  readonly settings: Settings
  readonly name?: string
  readonly categoryId?: number | null
  readonly stageId?: string | null
  readonly trigger?: Trigger | null
  /** 500 if not given. */
  readonly sort?: number
  /** Seconds; none if not given. */
  readonly delay?: number
  readonly conditions?: Settings | null
  /** Switched on if not given. */
  readonly active?: boolean
}

const DEFAULT_SORT = 500
const MAX_DELAY = 10 * 366 * 86_400

/** Makes a rule; answers its id. */
export async function addRule(context: Context, given: NewRule): Promise<number> {
  await context.portal.access.requireSettings(context)
  const rule = await checked(context, { ...blank, ...defined(given) })
  return administer(context, [CACHE], async (tx) => {
    const id = await tx.nextId(table)
    const now = Math.floor(context.now)
    const by = context.person.id
    tx.insert(table, { id, ...columnsOf(rule), created_by: by, created: now, updated_by: by, updated: now })
    tx.insert(turn, { rule_id: id, turn: 0 })
    return id
  })
}

/** Changes what is named of a rule; everything else stays. */
export async function updateRule(context: Context, id: number, changes: Partial<NewRule>): Promise<void> {
  await context.portal.access.requireSettings(context)
  const before = (await listRules(context)).find((rule) => rule.id === id)
  if (before === undefined) throw new Failure({ why: 'not-found' })
  const rule = await checked(context, { ...before, ...defined(changes) })
  await administer(context, [CACHE], async (tx) => {
    const columns = { ...columnsOf(rule), updated_by: context.person.id, updated: Math.floor(context.now) }
    const sets = Object.entries(columns).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
    if ((await tx.change(sql`update crm_automation_rule set ${sql.join(sets)} where id = ${id}`)) === 0)
      throw new Failure({ why: 'not-found' })
  })
}

/** Removes a rule and what the log has of it; chains that are under way, or wait for its answer, pass over it. */
export async function deleteRule(context: Context, id: number): Promise<void> {
  await administer(context, [CACHE], async (tx) => {
    for (const row of await findOfRule(tx, id))
      await closeSubscription({ ...context, tx }, row, { error: 'the rule was deleted' })
    if ((await tx.change(sql`delete from crm_automation_rule where id = ${id}`)) === 0)
      throw new Failure({ why: 'not-found' })
    await tx.change(sql`delete from crm_automation_turn where rule_id = ${id}`)
    await tx.change(sql`delete from crm_automation_log where rule_id = ${id}`)
  })
}

/** Rules in the order in which they run, of a type or of one stage. */
export async function listRules(
  context: Context,
  { entityTypeId, stageId }: { readonly entityTypeId?: number; readonly stageId?: string } = {},
): Promise<readonly Rule[]> {
  await context.portal.access.requireSettings(context)
  const conditions = [
    sql`1 = 1`,
    ...(entityTypeId === undefined ? [] : [sql`entity_type_id = ${entityTypeId}`]),
    ...(stageId === undefined ? [] : [sql`stage_id = ${stageId}`]),
  ]
  const rows = await context.session.find<RuleRow>(
    sql`select * from crm_automation_rule where ${sql.join(conditions, sql` and `)} order by entity_type_id, sort, id`,
  )
  return rows.map(ruleOf)
}

type Wanted = Omit<Rule, 'id'>

const blank = {
  name: '',
  categoryId: null,
  stageId: null,
  trigger: null,
  sort: DEFAULT_SORT,
  delay: 0,
  conditions: null,
  active: true,
} as const

/** Without what is there but undefined, which means unchanged. */
const defined = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T

async function checked(context: Context, rule: Wanted): Promise<Wanted> {
  const { portal, session } = context
  const entity = await portal.entities.find(session, rule.entityTypeId)
  if (entity?.stageField === undefined) throw refuse(`Records of the type ${rule.entityTypeId} have no stages`)
  if (!Number.isSafeInteger(rule.sort)) throw refuse('The order must be a whole number')
  if (!Number.isSafeInteger(rule.delay) || rule.delay < 0 || rule.delay > MAX_DELAY)
    throw refuse('The delay must be whole seconds, ten years at most')
  if (rule.trigger !== null && rule.trigger.code === '') throw refuse('The trigger must have a code')
  await checkStage(context, rule)
  readFilter(entity, itemWire, rule.conditions, { zone: portal.zone })
  const action = actions.get(rule.kind)
  if (action === undefined) throw refuse(`There are no rules of the kind ${rule.kind}`)
  await action.check(rule.settings, entity, context)
  return rule
}

async function checkStage({ portal, session }: Context, rule: Wanted): Promise<void> {
  if (rule.stageId === null) {
    if (rule.trigger === null) throw refuse('The rule must name the stage or the trigger that starts it')
    return
  }
  const pipelines = await portal.directories.categories(session, rule.entityTypeId)
  const candidates = rule.categoryId === null ? [0, ...pipelines.map(({ id }) => id)] : [rule.categoryId]
  for (const id of candidates) {
    const stages = await portal.directories.statuses(session, stageDirectory(rule.entityTypeId, id))
    if (stages.some(({ statusId }) => statusId === rule.stageId)) return
  }
  throw refuse(`There is no stage ${rule.stageId}`)
}

const columnsOf = (rule: Wanted) => ({
  name: rule.name,
  entity_type_id: rule.entityTypeId,
  category_id: rule.categoryId,
  stage_id: rule.stageId,
  trigger_owner: rule.trigger?.owner ?? null,
  trigger_code: rule.trigger?.code ?? null,
  sort: rule.sort,
  delay: rule.delay,
  conditions: rule.conditions === null ? null : JSON.stringify(rule.conditions),
  kind: rule.kind,
  settings: JSON.stringify(rule.settings),
  active: rule.active ? 'Y' : 'N',
})

import type { Map as Settings } from '../../../methods/method.ts'
import type { Cached, Caches } from '../../../records/cache.ts'
import type { Portal } from '../../../records/context.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'

/** Something that is done by itself, when a record comes into a stage or a trigger is pulled. */
export interface Rule {
  readonly id: number
  readonly name: string
  readonly entityTypeId: number
  /** Null: in every pipeline. */
  readonly categoryId: number | null
  /** What starts the rule, or where a trigger starts it; null (of a trigger's rules only): in every stage. */
  readonly stageId: string | null
  /** Null: the stage starts it. */
  readonly trigger: Trigger | null
  /** Rules of one stage run one after another, in this order. */
  readonly sort: number
  /** Seconds to wait before it, after the rule before it. */
  readonly delay: number
  /** As a filter of `crm.item.list`; the record must pass. */
  readonly conditions: Settings | null
  readonly kind: string
  readonly settings: Settings
  readonly active: boolean
}

export interface Trigger {
  /** The credential of the application that has registered it; empty for one that `crm.automation.trigger` pulls. */
  readonly owner: string
  readonly code: string
}

export interface RuleRow {
  readonly id: number
  readonly name: string
  readonly entity_type_id: number
  readonly category_id: number | null
  readonly stage_id: string | null
  readonly trigger_owner: string | null
  readonly trigger_code: string | null
  readonly sort: number
  readonly delay: number
  readonly conditions: string | null
  readonly kind: string
  readonly settings: string
  readonly active: string
}

export const ruleOf = (row: RuleRow): Rule => ({
  id: row.id,
  name: row.name,
  entityTypeId: row.entity_type_id,
  categoryId: row.category_id,
  stageId: row.stage_id,
  trigger: row.trigger_code === null ? null : { owner: row.trigger_owner ?? '', code: row.trigger_code },
  sort: row.sort,
  delay: row.delay,
  conditions: row.conditions === null ? null : (JSON.parse(row.conditions) as Settings),
  kind: row.kind,
  settings: JSON.parse(row.settings) as Settings,
  active: row.active === 'Y',
})

/** Where a record stands. */
export interface Place {
  readonly entityTypeId: number
  readonly categoryId: number
  readonly stageId: string
}

/** The rules that are switched on, in the order in which they run. */
export class ActiveRules {
  readonly #byId: ReadonlyMap<number, Rule>
  readonly #byStage = new Map<string, Rule[]>()
  readonly #byTrigger: readonly Rule[]

  constructor(rules: readonly Rule[]) {
    this.#byId = new Map(rules.map((rule) => [rule.id, rule]))
    this.#byTrigger = rules.filter(({ trigger }) => trigger !== null)
    for (const rule of rules) {
      if (rule.trigger !== null || rule.stageId === null) continue
      const key = keyOf(rule.entityTypeId, rule.stageId)
      this.#byStage.set(key, [...(this.#byStage.get(key) ?? []), rule])
    }
  }

  find(id: number): Rule | undefined {
    return this.#byId.get(id)
  }

  /** Those that a stage starts. */
  of({ entityTypeId, categoryId, stageId }: Place): readonly Rule[] {
    if (this.#byStage.size === 0) return []
    const rules = this.#byStage.get(keyOf(entityTypeId, stageId)) ?? []
    return rules.filter((rule) => rule.categoryId === null || rule.categoryId === categoryId)
  }

  /** Those that a trigger starts, for a record that stands there. */
  ofTrigger({ owner, code }: Trigger, place: Place): readonly Rule[] {
    return this.#byTrigger.filter(
      ({ trigger, entityTypeId, categoryId, stageId }) =>
        trigger?.owner === owner &&
        trigger.code === code &&
        entityTypeId === place.entityTypeId &&
        (categoryId === null || categoryId === place.categoryId) &&
        (stageId === null || stageId === place.stageId),
    )
  }
}

const keyOf = (entityTypeId: number, stageId: string): string => `${entityTypeId} ${stageId}`

/** Rules of a type that is no more go with it; whoever calls this changes {@link CACHE}. */
export async function forgetRulesOfType(tx: Transaction, entityTypeId: number): Promise<void> {
  const rules = sql`select id from crm_automation_rule where entity_type_id = ${entityTypeId}`
  await tx.change(sql`delete from crm_automation_turn where rule_id in (${rules})`)
  await tx.change(sql`delete from crm_automation_log where rule_id in (${rules})`)
  await tx.change(sql`delete from crm_automation_rule where entity_type_id = ${entityTypeId}`)
}

/** The name under which processes keep the rules in memory. */
export const CACHE = 'automation'
const known = new WeakMap<Caches, Cached<ActiveRules>>()

/** The rules, from memory: a portal without rules must not pay for them at each record that it makes. */
export function activeRules({ caches }: Pick<Portal, 'caches'>, reader: Reader): Promise<ActiveRules> {
  let cached = known.get(caches)
  if (cached === undefined) {
    cached = caches.define(CACHE, async (from) => {
      const rows = await from.find<RuleRow>(
        sql`select * from crm_automation_rule where active = 'Y' order by entity_type_id, sort, id`,
      )
      return new ActiveRules(rows.map(ruleOf))
    })
    known.set(caches, cached)
  }
  return cached.get(reader)
}

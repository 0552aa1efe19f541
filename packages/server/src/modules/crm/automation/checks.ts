import type { Check } from '../../../records/check.ts'
import type { Portal } from '../../../records/context.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'

/** Rows of a table whose record isn't there. */
async function orphans(portal: Portal, reader: Reader, table: string, record: string): Promise<Fragment> {
  const column = sql.ref(record)
  const owned = (await portal.entities.all(reader)).map(
    (entity) =>
      sql`(r.entity_type_id = ${entity.entityTypeId} and exists (select 1 from ${sql.table(entity.table)} o where o.id = r.${column}))`,
  )
  return sql`select 'row ' || cast(r.id as text) || ' of ' || cast(r.entity_type_id as text) || ' ' || cast(r.${column} as text) as fault from ${sql.table(table)} r where not (${sql.join(owned, sql` or `)})`
}

const ofARecord = (name: string, table: string, record: string): Check => ({
  name,
  faults: (portal, reader) => orphans(portal, reader, table, record),
})

const ofARule = (name: string, table: string): Check => ({
  name,
  faults: () =>
    sql`select 'rule ' || cast(rule_id as text) as fault from ${sql.table(table)} where not exists (select 1 from crm_automation_rule where crm_automation_rule.id = rule_id)`,
})

export const checks: readonly Check[] = [
  ofARecord('the stage history has its record', 'crm_stage_history', 'owner_id'),
  ofARecord('the log of rules has its record', 'crm_automation_log', 'record_id'),
  ofARecord('what waits for an answer has its record', 'bizproc_subscription', 'record_id'),
  ofARule('the log of rules has its rule', 'crm_automation_log'),
  ofARule('what waits for an answer has its rule', 'bizproc_subscription'),
  ofARule('a turn has its rule', 'crm_automation_turn'),
  {
    name: 'a rule is of a type that is there',
    async faults(portal, reader) {
      const ids = (await portal.entities.all(reader)).map(({ entityTypeId }) => entityTypeId)
      return sql`select 'rule ' || cast(id as text) as fault from crm_automation_rule where entity_type_id not in (${sql.join(ids)})`
    },
  },
]

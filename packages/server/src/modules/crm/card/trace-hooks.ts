import type { Check } from '../../../records/check.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'

/** Traces go with the last record that has them. */
export const traceHooks: Hooks = {
  async removed({ entity, id, tx }) {
    const own = sql`entity_type_id = ${entity.entityTypeId} and entity_id = ${id}`
    const traces = await tx.find<{ trace_id: number }>(sql`select trace_id from crm_trace_entity where ${own}`)
    if (traces.length === 0) return
    await tx.change(sql`delete from crm_trace_entity where ${own}`)
    const ids = sql.join(traces.map(({ trace_id: trace }) => trace))
    await tx.change(
      sql`delete from crm_trace where id in (${ids}) and id not in (select trace_id from crm_trace_entity where trace_id in (${ids}))`,
    )
  },
}

const tables: readonly (readonly [entityTypeId: number, table: string])[] = [
  [1, 'crm_lead'],
  [2, 'crm_deal'],
  [3, 'crm_contact'],
  [4, 'crm_company'],
  [7, 'crm_quote'],
]

export const traceChecks: readonly Check[] = [
  {
    name: 'owners of traces have their trace',
    faults: () =>
      sql`select 'owner of trace ' || cast(e.trace_id as text) as fault from crm_trace_entity e where not exists (select 1 from crm_trace t where t.id = e.trace_id)`,
  },
  ...tables.map(([entityTypeId, table]): Check => ({
    name: `traces of ${table} have their record`,
    faults: () =>
      sql`select 'trace ' || cast(e.trace_id as text) || ' of ' || cast(e.entity_id as text) as fault from crm_trace_entity e where e.entity_type_id = ${entityTypeId} and not exists (select 1 from ${sql.table(table)} o where o.id = e.entity_id)`,
  })),
]

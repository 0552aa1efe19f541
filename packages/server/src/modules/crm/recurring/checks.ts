import type { Check } from '../../../records/check.ts'
import { sql } from '../../../store/sql.ts'
import { EXPOSE } from './hooks.ts'
import type { Recurring } from './recurring.ts'

/** What must hold for the settings of one kind. */
export const checksOf = ({ setting, template, entityTypeId }: Recurring): Check[] => [
  {
    name: `settings of ${setting.name} have a template`,
    async faults(portal, reader) {
      const owner = await portal.entities.get(reader, entityTypeId)
      return sql`select 'setting ' || cast(s.id as text) || ' has no template' as fault from ${sql.table(setting.table)} s where not exists (select 1 from ${sql.table(owner.table)} o where o.id = s.${sql.ref(setting.columnOf(template))})`
    },
  },
  {
    name: `settings of ${setting.name} have a job for their next date`,
    faults: () =>
      sql`select 'setting ' || cast(s.id as text) || ' has no job' as fault from ${sql.table(setting.table)} s where s.next_execution is not null and not exists (select 1 from job j where j.kind = ${EXPOSE} and j.key = ${`${setting.name}:`} || cast(s.id as text))`,
  },
  {
    name: `jobs of ${setting.name} have a setting`,
    faults: () =>
      sql`select 'job ' || cast(j.id as text) || ' has no setting' as fault from job j where j.kind = ${EXPOSE} and j.key like ${`${setting.name}:%`} and not exists (select 1 from ${sql.table(setting.table)} s where j.key = ${`${setting.name}:`} || cast(s.id as text))`,
  },
]

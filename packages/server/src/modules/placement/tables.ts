import type { Check } from '../../records/check.ts'
import { sql } from '../../store/sql.ts'
import type { Table } from '../../store/table.ts'

/** What applications have put into places. */
export const placementHandler: Table = {
  name: 'placement_handler',
  columns: {
    id: 'integer',
    application_id: 'integer',
    placement: 'text',
    /** Whom it is for; 0 is everyone. */
    user_id: 'integer',
    handler: 'text',
    title: 'text',
    description: 'text',
    group_name: 'text',
    /** `{language: {TITLE, DESCRIPTION, GROUP_NAME}}` as JSON. */
    lang_all: 'text',
    options: 'text',
    created: 'integer',
  },
  indexes: [{ columns: ['placement'] }, { columns: ['application_id'] }],
}

/** Who has opened an application before: its first run is told to it once for every person. */
export const applicationRun: Table = {
  name: 'application_run',
  columns: { application_id: 'integer', user_id: 'integer', time: 'integer' },
  key: ['application_id', 'user_id'],
}

export const checks: readonly Check[] = [
  {
    name: 'widgets belong to applications',
    faults: () =>
      sql`select 'widget ' || cast(p.id as text) || ' has no application' as fault from placement_handler as p left join application as a on a.id = p.application_id where a.id is null`,
  },
  {
    name: 'types of user fields belong to applications',
    faults: () =>
      sql`select 'type ' || t.code || ' of user fields has no application' as fault from user_field_type as t left join application as a on a.id = t.application_id where a.id is null`,
  },
]

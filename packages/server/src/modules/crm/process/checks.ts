import type { Check } from '../../../records/check.ts'
import { sql } from '../../../store/sql.ts'

/** What must hold of the settings of work with records. */
export const processChecks: readonly Check[] = [
  {
    name: 'cards are somebody’s',
    faults: () =>
      sql`select 'card of person ' || cast(c.user_id as text) as fault from crm_card_configuration c where c.user_id <> 0 and not exists (select 1 from portal_user u where u.id = c.user_id)`,
  },
  {
    name: 'cards of smart processes have their pipeline',
    faults: () =>
      sql`select 'card of ' || cast(c.entity_type_id as text) || ' in pipeline ' || cast(c.variant as text) as fault from crm_card_configuration c where c.variant <> 0 and c.entity_type_id <> 1 and not exists (select 1 from crm_category p where p.id = c.variant and p.entity_type_id = c.entity_type_id)`,
  },
  {
    name: 'workplaces of smart processes are there',
    faults: () =>
      sql`select 'workplace of smart process ' || cast(t.id as text) as fault from crm_type t where t.custom_section_id is not null and not exists (select 1 from crm_automated_solution s where s.id = t.custom_section_id)`,
  },
]

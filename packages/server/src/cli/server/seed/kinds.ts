import type { Section } from './items.ts'
import { apps, outbound, webhooks } from './kinds/access.ts'
import { fields } from './kinds/fields.ts'
import type { Kind } from './kinds/kind.ts'
import { departments, roles, users } from './kinds/people.ts'
import { currencies, portal } from './kinds/settings.ts'
import { pipelines, statuses, types } from './kinds/structure.ts'

/** How things of each section are made; what makes records is in record-kinds.ts. */
export const kinds: Readonly<Record<Exclude<Section, 'records'>, Kind>> = {
  portal,
  departments,
  users,
  roles,
  currencies,
  types,
  pipelines,
  statuses,
  fields,
  apps,
  webhooks,
  outbound,
}

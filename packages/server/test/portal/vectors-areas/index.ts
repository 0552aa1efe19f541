import { activity } from './activity.ts'
import { automation } from './automation.ts'
import { catalog } from './catalog.ts'
import { document } from './document.ts'
import { duplicate } from './duplicate.ts'
import { humanResources } from './humanresources.ts'
import { invoice } from './invoice.ts'
import { links } from './links.ts'
import { payment } from './payment.ts'
import { people } from './people.ts'
import { card } from './card.ts'
import { event } from './event.ts'
import { placement } from './placement.ts'
import { process } from './process.ts'
import { productRows } from './product-rows.ts'
import { recurring } from './recurring.ts'
import { requisite } from './requisite.ts'
import { restV3 } from './rest-v3.ts'
import { timeline } from './timeline.ts'
import type { VectorArea } from './area.ts'

export const areas: readonly VectorArea[] = [
  links,
  duplicate,
  productRows,
  activity,
  timeline,
  requisite,
  automation,
  process,
  card,
  document,
  invoice,
  recurring,
  payment,
  people,
  event,
  placement,
  humanResources,
  restV3,
  catalog,
]

import type { Step } from '../step.ts'
import { activities } from './activities.ts'
import { addresses } from './addresses.ts'
import { catalogue } from './catalogue.ts'
import { links } from './links.ts'
import { prices } from './prices.ts'
import { productRows } from './product-rows.ts'
import { products } from './products.ts'
import { requisiteLinks } from './requisite-links.ts'
import { requisitePresets } from './requisite-presets.ts'
import { bankDetails, requisites } from './requisites.ts'
import { sections } from './sections.ts'
import { stageHistory } from './stage-history.ts'
import { timeline } from './timeline.ts'

/** What belongs to the items of the CRM, and the catalogue: in the order in which they refer to each other. */
export const partSteps: readonly Step[] = [
  links,
  catalogue,
  sections,
  products,
  prices,
  productRows,
  requisitePresets,
  requisites,
  bankDetails,
  addresses,
  requisiteLinks,
  activities,
  timeline,
  stageHistory,
]

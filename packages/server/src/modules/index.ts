import { batch } from '../methods/batch.ts'
import type { Method } from '../methods/method.ts'
import { applications } from './application/index.ts'
import { audit } from './audit/index.ts'
import { events } from './event/index.ts'
import { exports } from './export/index.ts'
import { operator } from './operator/index.ts'
import { humanResources } from './humanresources/index.ts'
import { placements } from './placement/index.ts'
import { restV3 } from './rest-v3/index.ts'
import { rights } from './rights/index.ts'
import { sessions } from './session/index.ts'
import { catalog } from './catalog/index.ts'
import { clone } from './clone/index.ts'
import { activity } from './crm/activity/index.ts'
import { automation } from './crm/automation/index.ts'
import { cards } from './crm/card/index.ts'
import { documents } from './crm/document/index.ts'
import { duplicate } from './crm/duplicate/index.ts'
import { invoice } from './crm/invoice/index.ts'
import { links } from './crm/links/index.ts'
import { payment } from './crm/payment/index.ts'
import { process } from './crm/process/index.ts'
import { productRows } from './crm/product-rows/index.ts'
import { recurring } from './crm/recurring/index.ts'
import { requisite } from './crm/requisite/index.ts'
import { timeline } from './crm/timeline/index.ts'
import { crm } from './crm/index.ts'
import type { Module } from './module.ts'
import { people } from './people/index.ts'
import systemMethods from './system.ts'
import { web } from './web/index.ts'
import { webForms } from './webform/index.ts'
import userMethods from './user.ts'
import userFieldConfigMethods from './userfieldconfig.ts'

const base: Module = {
  name: 'base',
  methods: [batch, ...systemMethods, ...userMethods, ...userFieldConfigMethods],
}

/** The table of contents. Hooks of items run in this order. */
export const modules: readonly Module[] = [
  base,
  restV3,
  audit,
  people,
  sessions,
  rights,
  applications,
  events,
  operator,
  exports,
  placements,
  humanResources,
  crm,
  catalog,
  links,
  duplicate,
  productRows,
  activity,
  timeline,
  requisite,
  automation,
  process,
  cards,
  documents,
  invoice,
  recurring,
  payment,
  clone,
  web,
  webForms,
]

/** Every method of the portal. */
export const methods: readonly Method[] = modules.flatMap((module) => module.methods)

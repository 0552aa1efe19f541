import { type Component, defineAsyncComponent } from 'vue'
import { say } from '../i18n/index.ts'
import type { RecordType } from '../model/record-types.ts'
import type { Placement } from './placements.ts'

/** A tab of a card beside the fields. Its component takes `{ type, item }`. */
export interface CardTab {
  /** As the address names it: `?tab=products`. */
  readonly id: string
  readonly title: string
  readonly component: Component
  /** What the component takes beside the record. */
  readonly props?: Readonly<Record<string, unknown>>
}

const tab = (load: () => Promise<{ default: Component }>): Component =>
  defineAsyncComponent({ loader: load, delay: 0, suspensible: false })

const ProductsTab = tab(() => import('../products/ProductsTab.vue'))
const RelatedTab = tab(() => import('./related/RelatedTab.vue'))
const RequisitesTab = tab(() => import('./requisites/RequisitesTab.vue'))
const HistoryTab = tab(() => import('../timeline/History.vue'))
const PlacementTab = tab(() => import('./PlacementTab.vue'))

const CONTACT = 3
const COMPANY = 4

/** The tabs of a type's cards, in their order; `general` holds the fields and the timeline and stands before them. */
export function cardTabs(type: RecordType, placements: readonly Placement[]): readonly CardTab[] {
  const isClient = type.entityTypeId === CONTACT || type.entityTypeId === COMPANY
  return [
    ...(type.hasProducts ? [{ id: 'products', title: say('cards.tab.products'), component: ProductsTab }] : []),
    { id: 'related', title: say('cards.tab.related'), component: RelatedTab },
    ...(isClient ? [{ id: 'requisites', title: say('cards.tab.requisites'), component: RequisitesTab }] : []),
    { id: 'history', title: say('timeline.history.title'), component: HistoryTab },
    ...placements.map(({ id, title }) => ({
      id: `app-${id}`,
      title: title || say('cards.tab.application'),
      component: PlacementTab,
      props: { widget: id, title },
    })),
  ]
}

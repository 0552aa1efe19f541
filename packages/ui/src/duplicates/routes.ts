import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/crm/:type(lead|contact|company)/duplicates/', component: () => import('./DuplicatesPage.vue') },
  { path: '/crm/:type(lead|deal|contact|company)/merge/', component: () => import('./MergePage.vue') },
]

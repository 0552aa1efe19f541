import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/crm/:type(lead|deal|contact|company|quote|smart_invoice|type/\\d+)/import/',
    component: () => import('./ImportPage.vue'),
  },
  { path: '/settings/import/', component: () => import('./ImportHome.vue') },
  { path: '/settings/audit/', component: () => import('./audit/AuditPage.vue') },
]

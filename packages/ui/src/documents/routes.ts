import type { RouteRecordRaw } from 'vue-router'
import { routes as duplicates } from '../duplicates/routes.ts'

export const routes: RouteRecordRaw[] = [
  ...duplicates,
  { path: '/crm/:type(quote|smart_invoice)/print/:id(\\d+)/', component: () => import('./PrintPage.vue') },
]

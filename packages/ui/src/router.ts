import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { routes as analytics } from './analytics/routes.ts'
import { routes as developer } from './developer/routes.ts'
import { routes as documents } from './documents/routes.ts'
import { routes as settings } from './settings/routes.ts'
import { routes as transfer } from './transfer/routes.ts'
import { routes as webforms } from './webforms/routes.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Opens over the page that it is opened from (shell/sliders.ts), and alone when it is visited directly. */
    slider?: true
  }
}

/** `/crm/lead/…` for the types that every portal has, `/crm/type/1220/…` for smart processes: the addresses that integrations know. */
const OF_TYPE = '/crm/:type(lead|deal|contact|company|quote|smart_invoice|type/\\d+)'

/** Every page of the web CRM. Each is loaded when it is first visited. */
const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/crm/lead/kanban/' },
  { path: `${OF_TYPE}/`, redirect: ({ path }) => `${path.replace(/\/$/, '')}/list/` },
  { path: `${OF_TYPE}/kanban/`, component: () => import('./boards/BoardPage.vue') },
  { path: `${OF_TYPE}/list/`, component: () => import('./lists/ListPage.vue') },
  { path: `${OF_TYPE}/details/:id(\\d+)/`, component: () => import('./cards/CardPage.vue'), meta: { slider: true } },
  ...analytics,
  ...documents,
  ...transfer,
  ...webforms,
  ...settings,
  ...developer,
  { path: '/:path(.*)*', component: () => import('./shell/MissingPage.vue') },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  // Back returns to where one was, everything else begins at its top.
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

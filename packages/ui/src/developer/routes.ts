import type { RouteRecordRaw } from 'vue-router'

/** Pages for whoever connects other programs to the portal. */
export const routes: RouteRecordRaw[] = [
  { path: '/developer/', component: () => import('./StartPage.vue') },
  { path: '/developer/console/', component: () => import('./console/ConsolePage.vue') },
  { path: '/developer/webhooks/', component: () => import('./hooks/WebhooksPage.vue') },
  { path: '/developer/outbound/', component: () => import('./hooks/OutboundPage.vue') },
  { path: '/developer/apps/', component: () => import('./apps/AppsPage.vue') },
  {
    path: '/developer/apps/:id(\\d+)/open/',
    component: () => import('./apps/OpenAppPage.vue'),
    meta: { slider: true },
  },
  { path: '/developer/deliveries/', component: () => import('./deliveries/DeliveriesPage.vue') },
  { path: '/developer/log/', component: () => import('./log/LogPage.vue') },
]

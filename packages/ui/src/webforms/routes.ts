import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/webforms/', component: () => import('./FormsPage.vue') },
  { path: '/webforms/:id(\\d+)/', component: () => import('./FormPage.vue') },
]

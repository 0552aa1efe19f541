import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: '/analytics/', component: () => import('./AnalyticsPage.vue') }]

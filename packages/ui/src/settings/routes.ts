import type { RouteRecordRaw } from 'vue-router'

/** The same addresses of types as in the CRM: `lead`, `type/1220`. */
const TYPE = ':type(lead|deal|contact|company|quote|smart_invoice|type/\\d+)'

export const routes: RouteRecordRaw[] = [
  { path: '/settings/', component: () => import('./SettingsHome.vue') },
  { path: `/settings/stages/${TYPE}?/`, component: () => import('./stages/StagesPage.vue') },
  { path: `/settings/fields/${TYPE}?/`, component: () => import('./fields/FieldsPage.vue') },
  { path: `/settings/automation/${TYPE}?/`, component: () => import('./automation/AutomationPage.vue') },
  { path: '/settings/processes/', component: () => import('./processes/ProcessesPage.vue') },
  { path: '/settings/cards/', component: () => import('./layouts/LayoutsPage.vue') },
  { path: '/settings/directories/:code?/', component: () => import('./directories/DirectoriesPage.vue') },
  { path: '/settings/currencies/', component: () => import('./currencies/CurrenciesPage.vue') },
  { path: '/settings/crm/', component: () => import('./portal/PortalPage.vue') },
  { path: '/settings/users/', component: () => import('./people/UsersPage.vue') },
  { path: '/settings/departments/', component: () => import('./departments/DepartmentsPage.vue') },
  { path: '/settings/roles/:id(\\d+)?/', component: () => import('./roles/RolesPage.vue') },
]

import type { IconComponent } from '@bitrix24/b24ui-nuxt'
import AuditIcon from '@bitrix24/b24icons-vue/outline/ClockBackIcon'
import CardIcon from '@bitrix24/b24icons-vue/outline/ContactDetailsIcon'
import CrmIcon from '@bitrix24/b24icons-vue/outline/CrmIcon'
import CurrencyIcon from '@bitrix24/b24icons-vue/outline/MoneyIcon'
import DepartmentIcon from '@bitrix24/b24icons-vue/outline/DepartmentIcon'
import DirectoryIcon from '@bitrix24/b24icons-vue/outline/BulletedListIcon'
import FieldIcon from '@bitrix24/b24icons-vue/outline/CrmFieldSimpleIcon'
import PeopleIcon from '@bitrix24/b24icons-vue/outline/ThreePersonsIcon'
import ProcessIcon from '@bitrix24/b24icons-vue/outline/SmartProcessIcon'
import RobotIcon from '@bitrix24/b24icons-vue/outline/RobotIcon'
import RoleIcon from '@bitrix24/b24icons-vue/outline/ShieldIcon'
import StageIcon from '@bitrix24/b24icons-vue/outline/StagesIcon'
import type { Wanted } from './rights.ts'

export interface SettingsEntry {
  /** Its texts are `settings.pages.<id>.{title,text}`. */
  readonly id: string
  readonly path: string
  readonly icon: IconComponent
  readonly wanted: Wanted
}

/** Every page of the settings, in groups whose titles are `settings.groups.<id>`. */
export const groups: readonly { readonly id: string; readonly pages: readonly SettingsEntry[] }[] = [
  {
    id: 'crm',
    pages: [
      { id: 'stages', path: '/settings/stages/', icon: StageIcon, wanted: 'type' },
      { id: 'fields', path: '/settings/fields/', icon: FieldIcon, wanted: 'type' },
      { id: 'automation', path: '/settings/automation/', icon: RobotIcon, wanted: 'crm' },
      { id: 'processes', path: '/settings/processes/', icon: ProcessIcon, wanted: 'crm' },
      { id: 'layouts', path: '/settings/cards/', icon: CardIcon, wanted: 'crm' },
      { id: 'directories', path: '/settings/directories/', icon: DirectoryIcon, wanted: 'crm' },
      { id: 'currencies', path: '/settings/currencies/', icon: CurrencyIcon, wanted: 'crm' },
      { id: 'portal', path: '/settings/crm/', icon: CrmIcon, wanted: 'crm' },
    ],
  },
  {
    id: 'people',
    pages: [
      { id: 'users', path: '/settings/users/', icon: PeopleIcon, wanted: 'administrator' },
      { id: 'departments', path: '/settings/departments/', icon: DepartmentIcon, wanted: 'administrator' },
      { id: 'roles', path: '/settings/roles/', icon: RoleIcon, wanted: 'administrator' },
    ],
  },
  { id: 'control', pages: [{ id: 'audit', path: '/settings/audit/', icon: AuditIcon, wanted: 'administrator' }] },
]

import type { IconComponent } from '@bitrix24/b24ui-nuxt'
import AppsIcon from '@bitrix24/b24icons-vue/outline/AppsIcon'
import CompanyIcon from '@bitrix24/b24icons-vue/outline/CompanyIcon'
import DeveloperResourcesIcon from '@bitrix24/b24icons-vue/outline/DeveloperResourcesIcon'
import FormIcon from '@bitrix24/b24icons-vue/outline/FormIcon'
import GraphsDiagramIcon from '@bitrix24/b24icons-vue/outline/GraphsDiagramIcon'
import HandshakeIcon from '@bitrix24/b24icons-vue/outline/HandshakeIcon'
import InvoiceIcon from '@bitrix24/b24icons-vue/outline/InvoiceIcon'
import LeadIcon from '@bitrix24/b24icons-vue/outline/LeadIcon'
import PersonIcon from '@bitrix24/b24icons-vue/outline/PersonIcon'
import QuoteIcon from '@bitrix24/b24icons-vue/outline/QuoteIcon'
import SettingsIcon from '@bitrix24/b24icons-vue/outline/SettingsIcon'
import SmartProcessIcon from '@bitrix24/b24icons-vue/outline/SmartProcessIcon'
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { boot } from '../api/boot.ts'
import { mayIn, pathOf, type RecordType, useRecordTypes } from '../model/record-types.ts'
import { titleOfMany } from '../model/type-title.ts'
import { lastViewOf } from './last-view.ts'
import { page } from './sliders.ts'

const icons: Readonly<Record<string, IconComponent>> = {
  lead: LeadIcon,
  deal: HandshakeIcon,
  contact: PersonIcon,
  company: CompanyIcon,
  quote: QuoteIcon,
  smart_invoice: InvoiceIcon,
}
/** The picture of a type of records, by its name. */
export const iconOf = (name: string): IconComponent => icons[name] ?? SmartProcessIcon

export interface NavigationEntry {
  /** `lead`, `analytics`: the same for as long as the portal stands. */
  readonly id: string
  readonly label: string
  readonly icon: IconComponent
  readonly to: string
  /** The page that is shown now belongs to it. */
  readonly active: boolean
  /** A page of the server's own, outside of the web CRM. */
  readonly external?: true
}

export interface NavigationSection {
  readonly id: 'crm' | 'processes' | 'portal'
  readonly label: string
  readonly entries: readonly NavigationEntry[]
}

/** What the bar at the side lists: what the person may read, and the pages beside it. */
export function useNavigation(): ComputedRef<readonly NavigationSection[]> {
  const { t } = useI18n()
  const { data: types } = useRecordTypes()
  const isAt = (path: string): boolean => page.value?.path.startsWith(path) === true
  const ofType = (type: RecordType): NavigationEntry => ({
    id: type.name,
    label: titleOfMany(type),
    icon: iconOf(type.name),
    // Asked for anew with every page: another view may have been chosen.
    to: page.value === undefined ? `${pathOf(type)}/` : lastViewOf(type),
    active: isAt(`${pathOf(type)}/`),
  })
  return computed(() => {
    const readable = (types.value ?? []).filter((type) => mayIn(type, 'read'))
    const mayConfigure = boot.user.admin || readable.some((type) => mayIn(type, 'configure'))
    const entry = (id: string, icon: IconComponent, to: string): NavigationEntry => ({
      id,
      label: t(`nav.${id}`),
      icon,
      to,
      active: isAt(to),
    })
    const sections: NavigationSection[] = [
      { id: 'crm', label: t('nav.crm'), entries: readable.filter(({ isDynamic }) => !isDynamic).map(ofType) },
      {
        id: 'processes',
        label: t('nav.processes'),
        entries: readable.filter(({ isDynamic }) => isDynamic).map(ofType),
      },
      {
        id: 'portal',
        label: t('nav.portal'),
        entries: [
          ...(readable.length > 0 ? [entry('analytics', GraphsDiagramIcon, '/analytics/')] : []),
          ...(mayConfigure ? [entry('forms', FormIcon, '/webforms/')] : []),
          { ...entry('applications', AppsIcon, '/marketplace/'), external: true },
          ...(mayConfigure ? [entry('settings', SettingsIcon, '/settings/')] : []),
          entry('developer', DeveloperResourcesIcon, '/developer/'),
        ],
      },
    ]
    return sections.filter(({ entries }) => entries.length > 0)
  })
}

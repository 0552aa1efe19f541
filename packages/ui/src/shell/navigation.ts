import type { IconComponent, NavigationMenuItem } from '@bitrix24/b24ui-nuxt'
import CompanyIcon from '@bitrix24/b24icons-vue/outline/CompanyIcon'
import CubeIcon from '@bitrix24/b24icons-vue/outline/ProductIcon'
import HandshakeIcon from '@bitrix24/b24icons-vue/outline/HandshakeIcon'
import InvoiceIcon from '@bitrix24/b24icons-vue/outline/InvoiceIcon'
import LeadIcon from '@bitrix24/b24icons-vue/outline/LeadIcon'
import PersonIcon from '@bitrix24/b24icons-vue/outline/PersonIcon'
import QuoteIcon from '@bitrix24/b24icons-vue/outline/QuoteIcon'
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { homeOf, useRecordTypes } from '../model/record-types.ts'

const icons: Readonly<Record<string, IconComponent>> = {
  lead: LeadIcon,
  deal: HandshakeIcon,
  contact: PersonIcon,
  company: CompanyIcon,
  quote: QuoteIcon,
  smart_invoice: InvoiceIcon,
}
export const iconOf = (name: string): IconComponent => icons[name] ?? CubeIcon

/** What the bar at the side lists: what the person may read, and the pages beside it. */
export function useNavigation(): ComputedRef<NavigationMenuItem[][]> {
  const { t } = useI18n()
  const { data: types } = useRecordTypes()
  return computed(() => [
    [
      { type: 'label', label: t('nav.crm') },
      ...(types.value ?? []).map((type) => ({ label: type.title, icon: iconOf(type.name), to: homeOf(type) })),
    ],
  ])
}

import type { IconComponent } from '@bitrix24/b24ui-nuxt'
import AddressIcon from '@bitrix24/b24icons-vue/outline/LocationIcon'
import BlockIcon from '@bitrix24/b24icons-vue/outline/ProductIcon'
import BooleanIcon from '@bitrix24/b24icons-vue/outline/CircleCheckIcon'
import CrmIcon from '@bitrix24/b24icons-vue/outline/CrmFieldLinkedIcon'
import DateIcon from '@bitrix24/b24icons-vue/outline/CalendarIcon'
import DateTimeIcon from '@bitrix24/b24icons-vue/outline/CalendarWithSlotsIcon'
import DirectoryIcon from '@bitrix24/b24icons-vue/outline/LinksListIcon'
import EmployeeIcon from '@bitrix24/b24icons-vue/outline/PersonIcon'
import FileIcon from '@bitrix24/b24icons-vue/outline/AttachIcon'
import ListIcon from '@bitrix24/b24icons-vue/outline/BulletedListIcon'
import MoneyIcon from '@bitrix24/b24icons-vue/outline/MoneyIcon'
import NumberIcon from '@bitrix24/b24icons-vue/outline/Digits123Icon'
import OtherIcon from '@bitrix24/b24icons-vue/outline/CrmFieldSimpleIcon'
import TextIcon from '@bitrix24/b24icons-vue/outline/TextIcon'
import UrlIcon from '@bitrix24/b24icons-vue/outline/LinkIcon'

/**
 * One setting of a type. Its label is `settings.fields.setting.<key>`, a choice's words are
 * `settings.fields.choice.<word>`.
 */
export type SettingInput =
  | { readonly key: string; readonly as: 'whole' | 'number' | 'text' | 'flag' | 'size' | 'extensions' }
  | { readonly key: string; readonly as: 'choice'; readonly words: readonly string[] }
  | { readonly key: string; readonly as: 'moment'; readonly time: boolean }
  | { readonly key: string; readonly as: 'onOff' | 'yesNoWords' | 'directory' | 'money' }
  /** The settings themselves are the choice: `{ LEAD: 'Y', … }`. */
  | { readonly key: 'TARGETS'; readonly as: 'targets' }

export interface FieldType {
  readonly icon: IconComponent
  readonly settings: readonly SettingInput[]
  /** Can't have several values. */
  readonly single?: true
}

const block: readonly SettingInput[] = [{ key: 'IBLOCK_ID', as: 'text' }]

/** The types of custom fields in the order in which they are offered; texts are `settings.fields.type.<id>`. */
export const fieldTypes: Readonly<Record<string, FieldType>> = {
  string: {
    icon: TextIcon,
    settings: [
      { key: 'DEFAULT_VALUE', as: 'text' },
      { key: 'ROWS', as: 'whole' },
      { key: 'MIN_LENGTH', as: 'whole' },
      { key: 'MAX_LENGTH', as: 'whole' },
      { key: 'REGEXP', as: 'text' },
    ],
  },
  enumeration: {
    icon: ListIcon,
    settings: [
      { key: 'DISPLAY', as: 'choice', words: ['LIST', 'UI', 'CHECKBOX'] },
      { key: 'CAPTION_NO_VALUE', as: 'text' },
    ],
  },
  integer: {
    icon: NumberIcon,
    settings: [
      { key: 'DEFAULT_VALUE', as: 'number' },
      { key: 'MIN_VALUE', as: 'number' },
      { key: 'MAX_VALUE', as: 'number' },
    ],
  },
  double: {
    icon: NumberIcon,
    settings: [
      { key: 'PRECISION', as: 'whole' },
      { key: 'DEFAULT_VALUE', as: 'number' },
      { key: 'MIN_VALUE', as: 'number' },
      { key: 'MAX_VALUE', as: 'number' },
    ],
  },
  money: { icon: MoneyIcon, settings: [{ key: 'DEFAULT_VALUE', as: 'money' }] },
  boolean: {
    icon: BooleanIcon,
    single: true,
    settings: [
      { key: 'DEFAULT_VALUE', as: 'onOff' },
      { key: 'DISPLAY', as: 'choice', words: ['CHECKBOX', 'RADIO', 'DROPDOWN'] },
      { key: 'LABEL', as: 'yesNoWords' },
    ],
  },
  date: { icon: DateIcon, settings: [{ key: 'DEFAULT_VALUE', as: 'moment', time: false }] },
  datetime: {
    icon: DateTimeIcon,
    settings: [
      { key: 'DEFAULT_VALUE', as: 'moment', time: true },
      { key: 'USE_SECOND', as: 'flag' },
    ],
  },
  employee: { icon: EmployeeIcon, settings: [] },
  crm: { icon: CrmIcon, settings: [{ key: 'TARGETS', as: 'targets' }] },
  crm_status: { icon: DirectoryIcon, settings: [{ key: 'ENTITY_TYPE', as: 'directory' }] },
  file: {
    icon: FileIcon,
    settings: [
      { key: 'EXTENSIONS', as: 'extensions' },
      { key: 'MAX_ALLOWED_SIZE', as: 'size' },
    ],
  },
  url: {
    icon: UrlIcon,
    settings: [
      { key: 'DEFAULT_VALUE', as: 'text' },
      { key: 'POPUP', as: 'flag' },
    ],
  },
  address: { icon: AddressIcon, settings: [] },
  iblock_element: { icon: BlockIcon, settings: block },
  iblock_section: { icon: BlockIcon, settings: block },
}

export const iconOfType = (id: string): IconComponent => fieldTypes[id]?.icon ?? OtherIcon

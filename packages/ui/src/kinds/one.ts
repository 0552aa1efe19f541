import { type Component, defineAsyncComponent } from 'vue'
import type { Field } from '../model/fields.ts'
import { directoryNames, directoryOf } from './status/directory.ts'
import * as format from '../model/format.ts'
import { say } from '../i18n/index.ts'
import { optionText } from './enumeration/options.ts'
import { isEmpty, type Kind, listOf } from './kind.ts'
import { personName } from './user/name.ts'
import { linkedIds, linkText } from './link/links.ts'
import { writeFile } from './file/files.ts'
import { amountText, moneyText } from './money/parts.ts'
import { pointsOf, writePoints } from './multifield/points.ts'
import AddressView from './address/View.vue'
import AmountView from './amount/View.vue'
import ApplicationView from './application/View.vue'
import BooleanView from './boolean/View.vue'
import CategoryView from './category/View.vue'
import CurrencyView from './currency/View.vue'
import DateView from './date/View.vue'
import DatetimeView from './datetime/View.vue'
import DoubleView from './double/View.vue'
import EnumerationView from './enumeration/View.vue'
import FileView from './file/View.vue'
import LinkView from './link/View.vue'
import MoneyView from './money/View.vue'
import MultifieldView from './multifield/View.vue'
import StatusView from './status/View.vue'
import StringView from './string/View.vue'
import TextView from './text/View.vue'
import UrlView from './url/View.vue'
import UserView from './user/View.vue'

const plain = (value: unknown): string =>
  isEmpty(value) ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** Inputs are loaded when the first of their kind is opened: most pages only show. */
export const late = (load: () => Promise<{ default: Component }>): Component =>
  defineAsyncComponent({ loader: load, delay: 0, suspensible: false })

const kind = (View: Component, load: () => Promise<{ default: Component }>, more: Partial<Kind> = {}): Kind => ({
  View,
  Input: late(load),
  text: plain,
  ...more,
})

const string = kind(StringView, () => import('./string/Input.vue'))
const text = kind(TextView, () => import('./text/Input.vue'), { multiline: true })
const integer = kind(DoubleView, () => import('./integer/Input.vue'), {
  text: (value) => (isEmpty(value) ? '' : format.number(Number(value))),
})
const double = kind(DoubleView, () => import('./double/Input.vue'), {
  text: (value) => (isEmpty(value) ? '' : format.number(Number(value), 12)),
})
const amount = kind(AmountView, () => import('./amount/Input.vue'), {
  text: (value, _field, row) => amountText(value, row),
})
const boolean = kind(BooleanView, () => import('./boolean/Input.vue'), {
  text: (value) => (isEmpty(value) ? '' : say(value === 'Y' || value === true ? 'kinds.yes' : 'kinds.no')),
})
const date = kind(DateView, () => import('./date/Input.vue'), { text: (value) => format.date(value as string | null) })
const datetime = kind(DatetimeView, () => import('./datetime/Input.vue'), {
  text: (value) => format.dateTime(value as string | null),
})
const money = kind(MoneyView, () => import('./money/Input.vue'), { text: moneyText })
const enumeration = kind(EnumerationView, () => import('./enumeration/Input.vue'), {
  text: (value, field) =>
    listOf(value)
      .map((each) => optionText(field, each))
      .join(', '),
})
const status = kind(StatusView, () => import('./status/Input.vue'), {
  text: (value, field, row) =>
    listOf(value)
      .map((each) => directoryNames(directoryOf(field, row)).get(String(each)) ?? plain(each))
      .join(', '),
})
export const user = kind(UserView, () => import('./user/Input.vue'), {
  interactive: true,
  text: (value) =>
    listOf(value)
      .filter((each) => Number(each) > 0)
      .map((each) => personName(Number(each)))
      .join(', '),
})
export const link = kind(LinkView, () => import('./link/Input.vue'), {
  interactive: true,
  text: (value, field) =>
    linkedIds(field, value)
      .map(({ entityTypeId, id }) => linkText(entityTypeId, id))
      .join(', '),
})
const multifield = kind(MultifieldView, () => import('./multifield/Input.vue'), {
  interactive: true,
  text: (value, field) =>
    pointsOf(value, field)
      .map((point) => point.value)
      .join(', '),
  write: writePoints,
})
const file = kind(FileView, () => import('./file/Input.vue'), {
  interactive: true,
  text: (value) => (isEmpty(value) ? '' : say('kinds.files', { n: listOf(value).length })),
  write: writeFile,
})
const url = kind(UrlView, () => import('./url/Input.vue'), { interactive: true })
const address = kind(AddressView, () => import('./address/Input.vue'), {
  text: (value) => plain(value).split('|')[0] ?? '',
})
const category = kind(CategoryView, () => import('./category/Input.vue'))
const currency = kind(CurrencyView, () => import('./currency/Input.vue'))
const block = kind(StringView, () => import('./integer/Input.vue'))
const application = kind(ApplicationView, () => import('./application/Input.vue'), { interactive: true })
const unknown = kind(StringView, () => import('./unknown/Input.vue'))

const byType: Readonly<Record<string, Kind>> = {
  string,
  text,
  location: string,
  integer,
  double,
  boolean,
  char: boolean,
  date,
  datetime,
  money,
  enumeration,
  crm_status: status,
  user,
  employee: user,
  crm: link,
  crm_entity: link,
  crm_multifield: multifield,
  file,
  url,
  address,
  crm_category: category,
  crm_currency: currency,
  iblock_element: block,
  iblock_section: block,
}

/** Kinds whose inputs hold one value: several of them are repeated. */
export const repeated = new Set<Kind>([
  string,
  text,
  integer,
  double,
  date,
  datetime,
  money,
  url,
  address,
  block,
  unknown,
])

/** Amounts that stand beside a currency of their record. */
const AMOUNTS = new Set(['opportunity', 'taxValue', 'revenue', 'opportunityAccount', 'taxValueAccount'])

/** The kind of one of a field's values, where it may have several. */
export function kindOfOne({ type, name }: Pick<Field, 'type' | 'name'>): Kind {
  if (type === 'double' && AMOUNTS.has(name)) return amount
  if (/^rest_\d+_/.test(type)) return application
  return byType[type] ?? (/^crm_(?:lead|deal|contact|company|quote|dynamic|smart)/.test(type) ? link : unknown)
}

import type { Kind } from './kind.ts'
import { address, addressSettings } from './kinds/address.ts'
import { boolean, booleanSettings } from './kinds/boolean.ts'
import { crmStatus, crmStatusSettings } from './kinds/crm-status.ts'
import { crm, crmTargets, readCrmSettings } from './kinds/crm.ts'
import { date, dateSettings } from './kinds/date.ts'
import { datetime, datetimeSettings } from './kinds/datetime.ts'
import { double, doubleSettings } from './kinds/double.ts'
import { employee } from './kinds/employee.ts'
import { enumeration, enumerationSettings } from './kinds/enumeration.ts'
import { file, fileSettings } from './kinds/file.ts'
import { blockSettings } from './kinds/iblock.ts'
import { iblockElement } from './kinds/iblock-element.ts'
import { iblockSection } from './kinds/iblock-section.ts'
import { money, moneySettings } from './kinds/money.ts'
import { url, urlSettings } from './kinds/url.ts'
import { integerSettings, userInteger } from './kinds/user-integer.ts'
import { stringSettings, userString } from './kinds/user-string.ts'
import { line, readSettings, type Setting, type Settings } from './setting.ts'

/** A type of user fields: what its values are and which settings it has. */
export interface UserFieldType {
  readonly id: string
  readonly kind: Kind
  /** Its names in `crm.userfield.types` and in `userfieldconfig.getTypes`, which differ. */
  readonly title: string
  readonly description: string
  /** Settings as `crm.userfield.settings.fields` tells them. */
  readonly told: Readonly<Record<string, { readonly type: string; readonly title: string }>>
  /** Settings from the wire over the stored ones, complete. Throws InvalidValue. */
  read(input: unknown, before: Settings): Settings
  /** Whether a field of this type may hold several values. */
  readonly multiple: boolean
}

function type(
  id: string,
  kind: Kind,
  [title, description]: readonly [string, string],
  settings: readonly Setting[],
  more: Partial<UserFieldType> = {},
): readonly [string, UserFieldType] {
  const told = Object.fromEntries(
    settings
      .flatMap((each) => (each.told === undefined ? [] : [[each.key, each.told] as const]))
      // The default comes first in descriptions and last in settings.
      .sort(([a], [b]) => Number(b === 'DEFAULT_VALUE') - Number(a === 'DEFAULT_VALUE')),
  )
  return [
    id,
    {
      id,
      kind,
      title,
      description,
      told,
      read: (input, before) => readSettings(settings, input, before),
      multiple: true,
      ...more,
    },
  ]
}

const crmTitles = { LEAD: 'Leads', CONTACT: 'Contacts', COMPANY: 'Companies', DEAL: 'Deals' } as const

/**
 * The documented types of user fields, in the order of
 * api-reference/crm/universal/user-defined-fields/crm-userfield-types.md.
 */
export const userFieldTypes: ReadonlyMap<string, UserFieldType> = new Map([
  type('string', userString, ['String', 'String'], stringSettings),
  type('integer', userInteger, ['Integer', 'Integer'], integerSettings),
  type('double', double, ['Number', 'Number'], doubleSettings),
  type('boolean', boolean, ['Yes/No', 'Yes/No'], booleanSettings, { multiple: false }),
  type('enumeration', enumeration, ['List', 'List'], enumerationSettings),
  type('datetime', datetime, ['Date/Time', 'Date with time'], datetimeSettings),
  type('date', date, ['Date', 'Date'], dateSettings),
  type('money', money, ['Money', 'Money'], moneySettings),
  type('url', url, ['Link', 'Link'], urlSettings),
  type('address', address, ['Google Maps Address', 'Address'], addressSettings),
  type('file', file, ['File', 'File'], fileSettings),
  type('employee', employee, ['Binding to User', 'Linked to employee'], []),
  type('crm_status', crmStatus, ['Binding to CRM Directories', 'Linked to CRM directories'], crmStatusSettings),
  type(
    'iblock_section',
    iblockSection,
    ['Binding to Information Block Sections', 'Linked to information block sections'],
    blockSettings,
  ),
  type(
    'iblock_element',
    iblockElement,
    ['Binding to Information Block Elements', 'Linked to information block elements'],
    blockSettings,
  ),
  type('crm', crm, ['Binding to CRM Entities', 'Linked to CRM entities'], [], {
    told: Object.fromEntries(crmTargets.map((name) => [name, { type: 'char', title: crmTitles[name] }])),
    read: readCrmSettings,
  }),
])

/**
 * A type by its name. `rest_<application>_<code>` is one of an application's: its values are texts, which only the
 * application understands. Fields keep such a type, and their values, when the application is gone.
 */
export function userFieldTypeOf(id: string): UserFieldType | undefined {
  const own = userFieldTypes.get(id)
  if (own !== undefined || !/^rest_\d+_[a-z0-9_]+$/.test(id)) return own
  const kind: Kind = { ...userString, type: { legacy: id, item: id } }
  return type(id, kind, [id, id], [line('DEFAULT_VALUE')])[1]
}

/**
 * The value that a new record gets where the request gives none, as the wire would bring it: `DEFAULT_VALUE` of the
 * settings, of dates `{TYPE: NONE|NOW|FIXED, VALUE}`. `now` is epoch seconds. Blank is none.
 */
export function initialValue(settings: Settings, now: number): unknown {
  const value = settings.DEFAULT_VALUE
  if (typeof value !== 'object' || value === null) return value
  const { TYPE: moment, VALUE: fixed } = value as Settings
  return moment === 'NOW' ? Math.floor(now) : moment === 'FIXED' ? fixed : null
}

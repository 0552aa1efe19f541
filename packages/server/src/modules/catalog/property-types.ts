import type { Settings } from '../../schema/setting.ts'
import { InvalidValue, isBlank, textOf, type Kind } from '../../schema/kind.ts'
import { crm } from '../../schema/kinds/crm.ts'
import { date } from '../../schema/kinds/date.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { double } from '../../schema/kinds/double.ts'
import { employee } from '../../schema/kinds/employee.ts'
import { enumeration } from '../../schema/kinds/enumeration.ts'
import { file } from '../../schema/kinds/file.ts'
import { iblockElement } from '../../schema/kinds/iblock-element.ts'
import { iblockSection } from '../../schema/kinds/iblock-section.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { money } from '../../schema/kinds/money.ts'
import { text } from '../../schema/kinds/text.ts'
import { choice } from './kinds.ts'

/** A type of properties: a basic type (`S`, `N`, `L`, `F`, `E`, `G`), alone or with a type of its own upon it. */
export interface PropertyType {
  readonly propertyType: string
  readonly userType: string
  readonly description: string
  readonly kind: Kind
  /** Its settings, with what they are where nobody says it. */
  readonly settings: Settings
}

/** A formatted text: `{TYPE: "HTML", TEXT: "<b>…</b>"}`. */
const html: Kind = {
  ...text,
  name: 'html',
  isOne: (input) => typeof input === 'object' && input !== null && ('TEXT' in input || 'text' in input),
  decode(input) {
    if (isBlank(input) || input === false) return null
    const map = (typeof input === 'object' ? input : { TEXT: input }) as Record<string, unknown>
    const written = textOf(map.TEXT ?? map.text ?? '')
    if (written === '') return null
    const type = textOf(map.TYPE ?? map.type ?? 'HTML').toUpperCase()
    if (type !== 'HTML' && type !== 'TEXT') throw new InvalidValue('the type of a text is HTML or TEXT')
    return JSON.stringify({ TYPE: type, TEXT: written })
  },
  operand: (input) => textOf(input),
  legacy: (value) => (value === null ? null : JSON.parse(String(value))),
  item: (value) => (value === null ? null : JSON.parse(String(value))),
}

const number: Kind = {
  ...double,
  decode: (input, field, context) => double.decode(input, { ...field, settings: { PRECISION: 4 } }, context),
  operand: (input, field, context) =>
    double.operand?.(input, { ...field, settings: { PRECISION: 4 } }, context) ?? null,
}

const listing: Settings = { SIZE: 1, WIDTH: 0, GROUP: 'N', MULTIPLE: 'N' }
const crmEntities: Settings = { LEAD: 'N', CONTACT: 'Y', COMPANY: 'Y', DEAL: 'N', VISIBLE: 'Y' }

const type = (
  propertyType: string,
  userType: string,
  description: string,
  kind: Kind,
  settings: Settings = {},
): PropertyType => ({ propertyType, userType, description, kind, settings })

/** The documented types of properties (api-reference/catalog/product-property/catalog-product-property-add.md). */
export const propertyTypes: readonly PropertyType[] = [
  type('S', '', 'String', text),
  type('N', '', 'Number', number),
  type('L', '', 'List', enumeration),
  type('F', '', 'File', file),
  type('G', '', 'Binding to sections', iblockSection),
  type('E', '', 'Binding to elements', iblockElement),
  type('S', 'HTML', 'HTML/text', html, { HEIGHT: 200 }),
  type('S', 'Date', 'Date', date),
  type('S', 'DateTime', 'Date/Time', datetime),
  type('S', 'Money', 'Money', money),
  type('S', 'employee', 'Binding to employee', employee),
  type('S', 'UserID', 'Binding to user', employee),
  type('S', 'ECrm', 'Binding to CRM elements', crm, crmEntities),
  type('S', 'map_google', 'Binding to Google Maps', text),
  type('S', 'map_yandex', 'Binding to Yandex Maps', text),
  type('S', 'directory', 'Directory', text, { ...listing, TABLE_NAME: '' }),
  type('S', 'DiskFile', 'File (Drive)', text),
  type('N', 'Sequence', 'Counter', integer, { WRITE: 'N', CURRENT_VALUE: 0 }),
  type('L', 'BoolEnum', 'Check box', choice(['Y', 'N'], null)),
  type('G', 'SectionAuto', 'Binding to sections with auto-search', iblockSection, {
    VIEW: 'A',
    SHOW_ADD: 'N',
    MAX_WIDTH: 0,
  }),
  type('E', 'SKU', 'Binding to products (variations)', iblockElement, { VIEW: 'A', SHOW_ADD: 'N', MAX_WIDTH: 0 }),
  type('E', 'EList', 'Binding to elements in list form', iblockElement, listing),
  type('E', 'EAutocomplete', 'Binding to elements with auto-search', iblockElement, {
    VIEW: 'A',
    SHOW_ADD: 'N',
    MAX_WIDTH: 0,
  }),
]

export const propertyTypeOf = (propertyType: unknown, userType: unknown): PropertyType | undefined =>
  propertyTypes.find((each) => each.propertyType === propertyType && each.userType === (userType ?? ''))

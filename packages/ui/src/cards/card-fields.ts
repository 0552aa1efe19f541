import type { Field } from '../model/fields.ts'
import { fieldTitle } from '../model/field-title.ts'
import type { RecordType } from '../model/record-types.ts'
import { usableFields } from '../model/usable-fields.ts'
import { isEmpty } from '../kinds/kind.ts'
import { partOf, POINT_TYPES, pointsOf } from '../kinds/multifield/points.ts'
import { say } from '../i18n/index.ts'

/** A field as it stands on a card. Phones and the like are parts of one field of the API, and stand apart here. */
export interface CardField {
  /** What configurations of cards call it: `OPPORTUNITY_WITH_CURRENCY`, `PHONE`, `UF_CRM_1`. */
  readonly key: string
  readonly title: string
  readonly field: Field
  /** Shown and never changed. */
  readonly isFixed: boolean
}

/** Single phones and e-mails are told a second time, one by one: they are read-only extracts of `fm`. */
const EXTRACTS = new Set([
  'phone',
  'phoneMobile',
  'phoneWork',
  'phoneMailing',
  'email',
  'emailHome',
  'emailWork',
  'emailMailing',
])
/** What the page shows elsewhere, or what nobody reads on a card. */
const ELSEWHERE = new Set(['id', 'currencyId', 'stageSemanticId', 'hasPhone', 'hasEmail', 'entityTypeId'])

const DOCUMENTED_KEYS: Readonly<Record<string, string>> = {
  opportunity: 'OPPORTUNITY_WITH_CURRENCY',
  observers: 'OBSERVER',
}

const keyOf = ({ name, upperName }: Field): string => DOCUMENTED_KEYS[name] ?? upperName

/** Every field that a type's card may show. */
export function cardFields(type: RecordType, fields: readonly Field[]): readonly CardField[] {
  const hasCurrency = fields.some(({ name }) => name === 'currencyId')
  const shown = usableFields(fields, type).filter(
    ({ name, isDeprecated }) =>
      !EXTRACTS.has(name) &&
      isDeprecated !== true &&
      (!ELSEWHERE.has(name) || (name === 'currencyId' && !hasCurrency)) &&
      name !== type.stageField,
  )
  const single = shown.map((field) => ({
    key: keyOf(field),
    title: fieldTitle(field),
    field,
    isFixed: field.isReadOnly,
  }))
  const whole = fields.find(({ name }) => name === 'fm')
  const points =
    whole === undefined
      ? []
      : POINT_TYPES.map((typeId) => {
          const title = say(`kinds.point.${typeId}`)
          return { key: typeId, title, field: { ...whole, title, settings: { typeId } }, isFixed: false }
        })
  return [...single, ...points]
}

/** A group of fields that configurations of cards name as one. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  CLIENT: ['COMPANY_ID', 'CONTACT_IDS'],
  CONTACT: ['CONTACT_IDS', 'CONTACT_ID'],
  COMPANY: ['COMPANY_IDS', 'COMPANY_ID'],
  UTM: ['UTM_SOURCE', 'UTM_MEDIUM', 'UTM_CAMPAIGN', 'UTM_CONTENT', 'UTM_TERM'],
}

/** Other names by which integrations know a field. */
const ALIASES: Readonly<Record<string, string>> = {
  OPPORTUNITY: 'OPPORTUNITY_WITH_CURRENCY',
  OBSERVERS: 'OBSERVER',
  CREATED_BY_ID: 'CREATED_BY',
  MODIFY_BY_ID: 'UPDATED_BY',
  MOVED_BY_ID: 'MOVED_BY',
  DATE_CREATE: 'CREATED_TIME',
  DATE_MODIFY: 'UPDATED_TIME',
  COMPANY_TYPE: 'TYPE_ID',
  LEAD_ID: 'LEAD_ID',
}

const bare = (name: string): string => name.replace(/_/g, '').toUpperCase()

/** The fields that a configuration means by a name; none where the type does not have it. */
export function fieldsNamed(all: readonly CardField[], name: string): readonly CardField[] {
  const upper = name.toUpperCase()
  const wanted = GROUPS[upper] ?? [ALIASES[upper] ?? upper]
  const found = wanted.flatMap((key) => all.filter((each) => each.key === key))
  if (found.length > 0) return found
  return all.filter(({ key, field }) => bare(key) === bare(name) || bare(field.name) === bare(name)).slice(0, 1)
}

/** Whether there is something to see. */
export function isFilled({ field }: CardField, row: Readonly<Record<string, unknown>>): boolean {
  const value = row[field.name]
  if (partOf(field) !== undefined) return pointsOf(value, field).length > 0
  if (isEmpty(value)) return false
  return !(value === 0 && field.type !== 'integer' && field.type !== 'double')
}

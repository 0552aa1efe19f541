/*
 * The engine of imports and exports: rows in, parameters out. Nothing in this folder reads a file, calls a portal or
 * needs Node, so that it runs wherever JavaScript does.
 */

/** Which names and which spellings of values an API has: `crm.lead.*` or `crm.item.*`. */
export type Dialect = 'legacy' | 'item'

/** A field as the `fields` method of its API tells it. */
export interface FieldInfo {
  /** Its name in rows. */
  readonly key: string
  readonly type: string
  /** Other names that people know it by: title, labels, the upper-case name. */
  readonly titles: readonly string[]
  /**
   * Of user fields only: system fields are told to be required that no method asks for
   * (`api-reference/crm/contacts/crm-contact-fields.md`).
   */
  readonly required: boolean
  readonly readOnly: boolean
  readonly multiple: boolean
  /** The choices of an enumeration. */
  readonly items?: readonly { readonly id: string; readonly value: string }[] | undefined
  /** The directory of a crm_status. */
  readonly statusType?: string | undefined
  readonly settings: Readonly<Record<string, unknown>>
  /** A multifield type that stands inside of another field: `PHONE` in `fm`. */
  readonly within?: string | undefined
}

type Row = Readonly<Record<string, unknown>>

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The types of contact points, each a column of its own. */
export const multifieldTypes = ['PHONE', 'EMAIL', 'WEB', 'IM', 'LINK'] as const

/** Fields that an import may give although they are read-only, when it keeps history (`IMPORT=Y`). */
const HISTORY = new Set(
  [
    'DATE_CREATE',
    'DATE_MODIFY',
    'CREATED_BY_ID',
    'MODIFY_BY_ID',
    'MOVED_BY_ID',
    'MOVED_TIME',
    'CREATED_TIME',
    'UPDATED_TIME',
    'CREATED_BY',
    'UPDATED_BY',
    'MOVED_BY',
  ].map(plainName),
)
export const isHistory = ({ key }: FieldInfo): boolean => HISTORY.has(plainName(key))

/** What two spellings of one name have in common: `STAGE_ID`, `stageId`, `Stage id`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_]/g, '')
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const flag = (value: unknown): boolean => value === true || value === 'Y' || value === '1' || value === 1

function fieldOf(key: string, described: unknown): FieldInfo {
  // `user.fields` tells titles only.
  if (!isRow(described))
    return {
      key,
      type: 'string',
      titles: [text(described)],
      required: false,
      readOnly: false,
      multiple: false,
      settings: {},
    }
  const { title, listLabel, formLabel, filterLabel, upperName, items, statusType, settings } = described
  return {
    key,
    type: text(described.type) || 'string',
    titles: [...new Set([title, listLabel, formLabel, filterLabel, upperName].map(text))].filter(
      (each) => each !== '' && each !== key,
    ),
    required: flag(described.isRequired) && flag(described.isDynamic),
    // The stored form of an address: it belongs to its record, and an import writes the parts of the address.
    readOnly: flag(described.isReadOnly) || key.endsWith('ADDRESS_LOC_ADDR_ID'),
    multiple: flag(described.isMultiple),
    settings: isRow(settings) ? settings : {},
    ...(Array.isArray(items)
      ? {
          items: items
            .filter(isRow)
            .map((item) => ({ id: text(item.ID ?? item.id), value: text(item.VALUE ?? item.value) })),
        }
      : {}),
    ...(text(statusType) === '' ? {} : { statusType: text(statusType) }),
  }
}

/**
 * The fields of an entity, from the answer of `crm.lead.fields`, `crm.item.fields` or their like. The contact points of
 * `crm.item.*`, which stand together in `fm`, become fields of their own, in place of the read-only extracts of them.
 */
export function readFields(answer: unknown): FieldInfo[] {
  const described = isRow(answer) && isRow(answer.fields) && !('type' in answer.fields) ? answer.fields : answer
  const fields = Object.entries(isRow(described) ? described : {}).map(([key, each]) => fieldOf(key, each))
  if (!fields.some(({ key }) => key === 'fm')) return fields
  const taken = new Set<string>(multifieldTypes.map(plainName))
  return fields
    .filter(({ key }) => !taken.has(plainName(key)))
    .flatMap((field): FieldInfo[] =>
      field.key !== 'fm'
        ? [field]
        : multifieldTypes.map((key) => ({
            key,
            type: 'crm_multifield',
            titles: [],
            required: false,
            readOnly: false,
            multiple: true,
            settings: {},
            within: 'fm',
          })),
    )
}

/**
 * What a list is asked for, to show fields: contact points of items come with `*` only
 * (`api-reference/crm/universal/crm-item-list.md`).
 */
export const selectOf = (fields: readonly FieldInfo[]): string[] => [
  ...new Set(fields.map(({ key, within }) => (within === undefined ? key : '*'))),
]

export const isMultifield = ({ type }: FieldInfo): boolean => type === 'crm_multifield'
export const isFile = ({ type }: FieldInfo): boolean => /^(file|diskfile|disk_file)$/.test(type)

/** The kind of record that a field links to (`crm_company`), where it is one kind. */
export function linkTarget({ type, settings }: FieldInfo): string | number | undefined {
  if (/^crm_(lead|deal|contact|company|quote)$/.test(type)) return type
  const parent = settings.parentEntityTypeId
  return type === 'crm_entity' && (typeof parent === 'number' || typeof parent === 'string')
    ? Number(parent)
    : undefined
}

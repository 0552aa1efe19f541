import type { UserFieldOptionRow, UserFieldRow } from '../../records/entities.ts'
import { type LabelColumn, labelColumns } from '../../records/user-fields.ts'
import { type Labels, languages } from '../../schema/languages.ts'
import type { Settings } from '../../schema/setting.ts'
import { camelFromUpper } from '../../schema/user-field-names.ts'

const columns = [
  'ID',
  'ENTITY_ID',
  'FIELD_NAME',
  'USER_TYPE_ID',
  'XML_ID',
  'SORT',
  'MULTIPLE',
  'MANDATORY',
  'SHOW_FILTER',
  'SHOW_IN_LIST',
  'EDIT_IN_LIST',
  'IS_SEARCHABLE',
] as const

export const labelsOf = (row: UserFieldRow, column: LabelColumn): Labels | null => {
  const stored = row[column]
  return stored === null ? null : (JSON.parse(stored) as Labels)
}

/** PHP's empty map is a list. */
const mapOrList = (map: Settings): unknown => (Object.keys(map).length === 0 ? [] : map)

/** What every answer about a field tells: flags and numbers as strings, settings as they are. */
function properties(row: UserFieldRow, name: (upper: string) => string): Record<string, unknown> {
  const told: Record<string, unknown> = {}
  for (const column of columns) {
    const value = row[column.toLowerCase() as keyof UserFieldRow]
    told[name(column)] = value === null ? null : String(value)
  }
  told[name('SETTINGS')] = mapOrList(JSON.parse(row.settings) as Settings)
  return told
}

/**
 * A field as UPPER_CASE methods show it. `labels`: all languages as maps (get), one language as texts (list with
 * LANG), or none (list).
 */
export function upperRow(
  row: UserFieldRow,
  options: readonly UserFieldOptionRow[],
  labels: { readonly all: true } | { readonly language: string } | undefined,
): Record<string, unknown> {
  const told = properties(row, (upper) => upper)
  if (labels !== undefined)
    for (const column of labelColumns) {
      const texts = labelsOf(row, column)
      told[column.toUpperCase()] =
        'language' in labels
          ? (texts?.[labels.language] ?? null)
          : Object.fromEntries(languages.map((language) => [language, texts?.[language] ?? '']))
    }
  if (row.user_type_id === 'enumeration')
    told.LIST = options.map((option) => ({
      ID: String(option.id),
      SORT: String(option.sort),
      VALUE: option.value,
      DEF: option.def,
      XML_ID: option.xml_id,
    }))
  return told
}

/** The languages that any label of the field is in, in the order in which they were given. */
const languagesOf = (row: UserFieldRow): string[] => [
  ...new Set(labelColumns.flatMap((column) => Object.keys(labelsOf(row, column) ?? {}))),
]

/** Labels of a field in these languages, as `userfieldconfig.*` shows them. */
function labelMaps(row: UserFieldRow, shown: readonly string[]): Record<string, unknown> {
  const told: Record<string, unknown> = { languageId: mapOrList(Object.fromEntries(shown.map((each) => [each, each]))) }
  for (const column of labelColumns) {
    const texts = labelsOf(row, column)
    told[camelFromUpper(column.toUpperCase())] = mapOrList(
      Object.fromEntries(shown.map((language) => [language, texts?.[language] ?? null])),
    )
  }
  return told
}

/** Labels of a field in one language, as its lists show them: null where there is none. */
function labelsIn(row: UserFieldRow, language: string): Record<string, unknown> {
  const told: Record<string, unknown> = { languageId: { [language]: language } }
  for (const column of labelColumns) {
    const text = labelsOf(row, column)?.[language]
    told[camelFromUpper(column.toUpperCase())] = text === undefined || text === '' ? null : { [language]: text }
  }
  return told
}

const enumOf = (options: readonly UserFieldOptionRow[]): unknown[] =>
  options.map((option) => ({
    id: String(option.id),
    userFieldId: String(option.user_field_id),
    value: option.value,
    def: option.def,
    sort: String(option.sort),
    xmlId: option.xml_id,
  }))

/** A field as `userfieldconfig.{add,get,update}` show it. */
export const camelRow = (row: UserFieldRow, options: readonly UserFieldOptionRow[]): Record<string, unknown> => ({
  ...properties(row, camelFromUpper),
  ...labelMaps(row, languagesOf(row)),
  ...(row.user_type_id === 'enumeration' ? { enum: enumOf(options) } : {}),
})

/** A field as `userfieldconfig.list` shows it: the named properties, labels in one language if one is asked for. */
export function selectedRow(
  row: UserFieldRow,
  options: readonly UserFieldOptionRow[],
  selection: { readonly names: readonly string[]; readonly language: string | undefined },
): Record<string, unknown> {
  const { names, language } = selection
  const all = properties(row, camelFromUpper)
  const told = names.includes('*')
    ? all
    : Object.fromEntries(Object.entries(all).filter(([key]) => names.includes(key)))
  if (language !== undefined) Object.assign(told, labelsIn(row, language))
  if (names.includes('enum') && row.user_type_id === 'enumeration') told.enum = enumOf(options)
  return told
}

import type { OptionInput } from '../../records/user-field-options.ts'
import { type LabelColumn, labelColumns, type UserFieldChanges } from '../../records/user-fields.ts'
import { everywhere, type Labels, languages } from '../../schema/languages.ts'
import { yesNo } from '../../schema/kind.ts'
import { camelFromUpper } from '../../schema/user-field-names.ts'
import { argument, isMap, listOfInput, type Map } from '../method.ts'

/** Looks a property up by its UPPER_CASE name, in the spelling of the family. */
export type Lookup = (name: string) => unknown
export const upperLookup =
  (fields: Map): Lookup =>
  (name) =>
    argument(fields, name)
export const camelLookup =
  (fields: Map): Lookup =>
  (name) =>
    argument(fields, camelFromUpper(name)) ?? argument(fields, name)

/** A text or number as text, without the one character that no PostgreSQL text can hold. */
export const textIn = (input: unknown): string | undefined =>
  typeof input === 'string' || typeof input === 'number' ? String(input).replaceAll('\u0000', '') : undefined

const flagIn = (input: unknown): 'Y' | 'N' | undefined => {
  const value = input === undefined || input === null ? undefined : yesNo(input)
  return value === undefined ? undefined : value ? 'Y' : 'N'
}

function wholeIn(input: unknown, min: number): number | undefined {
  const value = typeof input === 'number' || (typeof input === 'string' && input.trim() !== '') ? Number(input) : NaN
  return Number.isSafeInteger(value) && value >= min ? value : undefined
}

/** A text is for all languages; of a map, the languages that the portal knows. `rest` fills those not given. */
export function labelsIn(input: unknown, rest?: string): Labels | undefined {
  if (isMap(input)) {
    const given = languages.flatMap((language): [string, string][] => {
      const text = textIn(input[language]) ?? rest
      return text === undefined ? [] : [[language, text]]
    })
    return Object.fromEntries(given)
  }
  const text = textIn(input)
  return text === undefined ? undefined : everywhere(text)
}

/** `LIST` or `enum`: a list, or a map with any keys. */
export function optionsIn(input: unknown, lookup: (fields: Map) => Lookup): OptionInput[] | undefined {
  if (!isMap(input) && !Array.isArray(input)) return undefined
  return listOfInput(input)
    .filter(isMap)
    .map((each) => {
      const get = lookup(each)
      const id = wholeIn(get('ID'), 1)
      const value = textIn(get('VALUE'))?.trim()
      const sort = wholeIn(get('SORT'), 0)
      const preset = flagIn(get('DEF'))
      const xmlId = textIn(get('XML_ID'))
      return {
        ...(id === undefined ? {} : { id }),
        ...(value === undefined ? {} : { value }),
        ...(sort === undefined ? {} : { sort }),
        ...(preset === undefined ? {} : { isDefault: preset === 'Y' }),
        ...(xmlId === undefined || xmlId === '' ? {} : { xmlId }),
        remove: flagIn(get('DEL')) === 'Y',
      }
    })
}

/** What both families let a request say about a field; labels and options are theirs to read. */
export function changesIn(get: Lookup, flags: readonly string[]): Omit<UserFieldChanges, 'labels' | 'options'> {
  const xmlId = get('XML_ID')
  const sort = wholeIn(get('SORT'), 1)
  const shown = textIn(get('SHOW_FILTER'))?.toUpperCase()
  const showFilter = shown !== undefined && /^[IES]$/.test(shown) ? shown : flagIn(get('SHOW_FILTER'))
  const settings = get('SETTINGS')
  return {
    ...(xmlId === undefined ? {} : { xmlId: textIn(xmlId) || null }),
    ...(sort === undefined ? {} : { sort }),
    ...(showFilter === undefined ? {} : { showFilter }),
    ...(isMap(settings) ? { settings } : {}),
    flags: Object.fromEntries(
      flags.flatMap((name) => {
        const value = flagIn(get(name))
        return value === undefined ? [] : [[name.toLowerCase(), value]]
      }),
    ),
  }
}

/** The labels among these columns that a request gives. */
export function labelMapsIn(
  get: Lookup,
  read: (input: unknown) => Labels | undefined,
  columns: readonly LabelColumn[] = labelColumns,
): UserFieldChanges['labels'] {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const labels = read(get(column.toUpperCase()))
      return labels === undefined ? [] : [[column, labels]]
    }),
  )
}

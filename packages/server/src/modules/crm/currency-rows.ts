import type { Context } from '../../records/context.ts'
import { sql } from '../../store/sql.ts'
import type { Reader, Transaction } from '../../store/store.ts'
import type { Row } from '../../store/table.ts'
import { currencyLocalization } from '../../store/tables.ts'
import { InvalidValue, integerOf, isBlank, textOf, yesNo } from '../../schema/kind.ts'
import {
  type CurrencyLocalization,
  defaultLocalization,
  type ThousandsVariant,
  thousandsSeparators,
} from './defaults/currencies.ts'

export interface CurrencyRow {
  readonly currency: string
  readonly base: string
  readonly amount_cnt: number
  readonly amount: string
  readonly sort: number
  readonly date_update: number
}

interface LocalizationRow {
  readonly currency: string
  readonly lang: string
  readonly full_name: string
  readonly format_string: string
  readonly dec_point: string
  readonly thousands_variant: ThousandsVariant | null
  readonly thousands_sep: string | null
  readonly decimals: number
  readonly hide_zero: string
}

/** By language, English first, as the documentation shows them. */
export type Localizations = ReadonlyMap<string, CurrencyLocalization>

const MAX_TEXT = 255
const MAX_DECIMALS = 20

/** `usd` is the dollar as well; undefined for what can't be a code. */
export function currencyCode(input: unknown): string | undefined {
  const code = typeof input === 'string' ? input.trim().toUpperCase() : ''
  return /^[A-Z0-9]{3}$/.test(code) ? code : undefined
}

export async function findCurrency(reader: Reader, code: string): Promise<CurrencyRow | undefined> {
  const [row] = await reader.find<CurrencyRow>(sql`select * from crm_currency where currency = ${code}`)
  return row
}

/** The localizations of one currency, or of all. */
export async function localizationsOf(reader: Reader, code?: string): Promise<ReadonlyMap<string, Localizations>> {
  const rows = await reader.find<LocalizationRow>(
    code === undefined
      ? sql`select * from crm_currency_localization order by currency, lang`
      : sql`select * from crm_currency_localization where currency = ${code} order by lang`,
  )
  const found = new Map<string, Map<string, CurrencyLocalization>>()
  for (const row of [...rows].sort((a, b) => Number(b.lang === 'en') - Number(a.lang === 'en'))) {
    const languages = found.get(row.currency) ?? new Map<string, CurrencyLocalization>()
    found.set(row.currency, languages)
    languages.set(row.lang, {
      fullName: row.full_name,
      formatString: row.format_string,
      decPoint: row.dec_point,
      thousandsSep: row.thousands_sep,
      thousandsVariant: row.thousands_variant,
      decimals: row.decimals,
      hideZero: row.hide_zero === 'Y',
    })
  }
  return found
}

export const encodeLocalization = (local: CurrencyLocalization): Record<string, unknown> => ({
  FORMAT_STRING: local.formatString,
  FULL_NAME: local.fullName,
  DEC_POINT: local.decPoint,
  THOUSANDS_SEP: local.thousandsSep,
  DECIMALS: String(local.decimals),
  THOUSANDS_VARIANT: local.thousandsVariant,
  HIDE_ZERO: local.hideZero ? 'Y' : 'N',
})

/** PHP's empty map is a list. */
export const encodeLocalizations = (languages: Localizations | undefined): unknown =>
  languages === undefined || languages.size === 0
    ? []
    : Object.fromEntries([...languages].map(([lang, local]) => [lang, encodeLocalization(local)]))

/**
 * `LANG` as sent, on top of what there is: languages and keys that are not named stay as they are, a new language
 * starts from the defaults. Throws InvalidValue. What is no language of two letters is left out.
 */
export function readLocalizations(
  input: Readonly<Record<string, unknown>>,
  code: string,
  before: Localizations | undefined,
): Map<string, CurrencyLocalization> {
  const read = new Map<string, CurrencyLocalization>()
  for (const [key, value] of Object.entries(input)) {
    const lang = key.toLowerCase()
    if (!/^[a-z]{2}$/.test(lang) || typeof value !== 'object' || value === null) continue
    read.set(lang, readOne(value as Record<string, unknown>, before?.get(lang) ?? defaultLocalization(code)))
  }
  return read
}

function readOne(fields: Readonly<Record<string, unknown>>, before: CurrencyLocalization): CurrencyLocalization {
  const text = (name: string, old: string): string => {
    if (isBlank(fields[name])) return old
    const value = textOf(fields[name])
    if (value.length > MAX_TEXT) throw new InvalidValue(`${name} is longer than ${MAX_TEXT} characters`)
    return value
  }
  const formatString = text('FORMAT_STRING', before.formatString)
  if (!formatString.includes('#')) throw new InvalidValue('FORMAT_STRING must contain the symbol #')
  const decimals = isBlank(fields.DECIMALS) ? before.decimals : integerOf(fields.DECIMALS)
  if (decimals < 0 || decimals > MAX_DECIMALS) throw new InvalidValue('DECIMALS is out of range')
  const variant = fields.THOUSANDS_VARIANT
  const isVariant = typeof variant === 'string' && Object.hasOwn(thousandsSeparators, variant)
  // An empty separator is not allowed: "none" is the variant N (api-reference/crm/data-types.md#crm_currency_localization).
  const separator = isBlank(fields.THOUSANDS_SEP) ? undefined : text('THOUSANDS_SEP', '')
  return {
    fullName: text('FULL_NAME', before.fullName),
    formatString,
    decPoint: text('DEC_POINT', before.decPoint),
    decimals,
    hideZero: isBlank(fields.HIDE_ZERO) ? before.hideZero : yesNo(fields.HIDE_ZERO) === true,
    ...(isVariant
      ? {
          thousandsVariant: variant as ThousandsVariant,
          thousandsSep: thousandsSeparators[variant as ThousandsVariant],
        }
      : separator !== undefined
        ? { thousandsVariant: null, thousandsSep: separator }
        : { thousandsVariant: before.thousandsVariant, thousandsSep: before.thousandsSep }),
  }
}

/** How a currency is written in one language, as it is stored. */
export const localizationRow = (code: string, lang: string, local: CurrencyLocalization): Row => ({
  currency: code,
  lang,
  full_name: local.fullName,
  format_string: local.formatString,
  dec_point: local.decPoint,
  thousands_variant: local.thousandsVariant,
  thousands_sep: local.thousandsSep,
  decimals: local.decimals,
  hide_zero: local.hideZero ? 'Y' : 'N',
})

export async function writeLocalizations(tx: Transaction, code: string, languages: Localizations): Promise<void> {
  for (const [lang, local] of languages) {
    await tx.change(sql`delete from crm_currency_localization where currency = ${code} and lang = ${lang}`)
    tx.insert(currencyLocalization, localizationRow(code, lang, local))
  }
}

/** Notes who changed a currency last, and when. */
export async function markChanged(context: Context, tx: Transaction, code: string): Promise<void> {
  await tx.change(
    sql`update crm_currency set date_update = ${Math.floor(context.now)}, modified_by = ${context.person.id} where currency = ${code}`,
  )
}

/** The base currency is worth one of itself, always; rates of others stay for people to set again. */
export async function makeBase(tx: Transaction, code: string): Promise<void> {
  await tx.change(sql`update crm_currency set base = 'N' where base = 'Y'`)
  await tx.change(
    sql`update crm_currency set base = 'Y', amount = '1.0000', amount_cnt = 1, current_base_rate = '1.0000' where currency = ${code}`,
  )
}

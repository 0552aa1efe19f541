/** How `THOUSANDS_VARIANT` spells the separator: none, comma, dot, space, non-breaking space. */
export type ThousandsVariant = 'N' | 'C' | 'D' | 'S' | 'B'

/** What a given variant puts into `THOUSANDS_SEP` (api-reference/crm/data-types.md#crm_currency_localization). */
export const thousandsSeparators: Readonly<Record<ThousandsVariant, string>> = {
  N: '',
  C: ',',
  D: '.',
  S: ' ',
  B: '&nbsp;',
}

export interface CurrencyLocalization {
  readonly fullName: string
  /** `#` stands for the number. */
  readonly formatString: string
  readonly decPoint: string
  /** As it goes out: an HTML entity for the non-breaking space, null for a preset comma. */
  readonly thousandsSep: string | null
  readonly thousandsVariant: ThousandsVariant | null
  readonly decimals: number
  readonly hideZero: boolean
}

export interface CurrencyDefault {
  /** ISO 4217 code: a currency has no other id. */
  readonly currency: string
  readonly base: boolean
  /** Units that `amount` buys in the base currency. */
  readonly amountCnt: number
  /** Rate to the base currency as a decimal with four digits. A starting value: nothing renews it by itself. */
  readonly amount: string
  readonly sort: number
  readonly lang: Readonly<Record<string, CurrencyLocalization>>
}

/** What a localization has where the caller says nothing (api-reference/crm/data-types.md#crm_currency_localization). */
export const defaultLocalization = (currency: string): CurrencyLocalization => ({
  fullName: currency,
  formatString: '#',
  decPoint: '.',
  thousandsSep: ' ',
  thousandsVariant: 'S',
  decimals: 2,
  hideZero: false,
})

type Words = readonly [fullName: string, formatString: string]

/**
 * Separators as api-reference/crm/currency/crm-currency-get.md shows them for the dollar:
 * English with a preset comma that goes out as null, German with a non-breaking space and a decimal dot.
 */
const english = ([fullName, formatString]: Words, decimals: number): CurrencyLocalization => ({
  fullName,
  formatString,
  decPoint: '.',
  thousandsSep: null,
  thousandsVariant: 'C',
  decimals,
  hideZero: true,
})
const german = (words: Words, decimals: number): CurrencyLocalization => ({
  ...english(words, decimals),
  thousandsSep: thousandsSeparators.B,
  thousandsVariant: 'B',
})

const known: readonly (readonly [
  currency: string,
  amount: string,
  en: Words,
  de: Words,
  amountCnt?: number,
  decimals?: number,
])[] = [
  ['USD', '1.0000', ['United States Dollar', '$#'], ['US-Dollar', '# $']],
  ['EUR', '1.1000', ['Euro', '€#'], ['Euro', '# €']],
  ['GBP', '1.3000', ['Pound Sterling', '£#'], ['Pfund Sterling', '# £']],
  ['CHF', '1.1500', ['Swiss Franc', 'CHF #'], ['Schweizer Franken', '# CHF']],
  ['CAD', '0.7300', ['Canadian Dollar', 'CA$#'], ['Kanadischer Dollar', '# CAD']],
  ['AUD', '0.6600', ['Australian Dollar', 'A$#'], ['Australischer Dollar', '# AUD']],
  ['PLN', '0.2500', ['Polish Zloty', '# zł'], ['Polnischer Zloty', '# zł']],
  ['BRL', '0.1800', ['Brazilian Real', 'R$#'], ['Brasilianischer Real', '# R$']],
  ['INR', '1.2000', ['Indian Rupee', '₹#'], ['Indische Rupie', '# ₹'], 100],
  ['JPY', '0.6700', ['Japanese Yen', '¥#'], ['Japanischer Yen', '# ¥'], 100, 0],
  ['UAH', '2.4000', ['Ukrainian Hryvnia', '# ₴'], ['Ukrainische Hrywnja', '# ₴'], 100],
  ['RUB', '1.2000', ['Russian Ruble', '# ₽'], ['Russischer Rubel', '# ₽'], 100],
]

export const baseCurrency = 'USD'

/** Currencies of a fresh portal, the base first. */
export const currencies: readonly CurrencyDefault[] = known.map(
  ([currency, amount, en, de, amountCnt = 1, decimals = 2], index) => ({
    currency,
    base: currency === baseCurrency,
    amountCnt,
    amount,
    sort: (index + 1) * 100,
    lang: { en: english(en, decimals), de: german(de, decimals) },
  }),
)

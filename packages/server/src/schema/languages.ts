/** The languages that labels of fields are kept in, in the order of answers (api-reference/crm/data-types.md, "lang-ids"). */
export const languages = [
  'ar',
  'br',
  'de',
  'en',
  'fr',
  'hi',
  'id',
  'in',
  'it',
  'ja',
  'kz',
  'la',
  'ms',
  'pl',
  'ru',
  'sc',
  'tc',
  'th',
  'tr',
  'ua',
  'vn',
] as const

/** Texts by language. */
export type Labels = Readonly<Record<string, string>>

/** One text for every language. */
export const everywhere = (text: string): Labels => Object.fromEntries(languages.map((language) => [language, text]))

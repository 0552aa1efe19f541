import type { App } from 'vue'
import { createI18n } from 'vue-i18n'
import { boot } from '../api/boot.ts'
import type messages from './locales/en/index.ts'

/** Languages of the interface, in their own words. Another one is a folder in `locales` and a line here. */
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const loaders: Record<Language, () => Promise<{ default: typeof messages }>> = {
  en: () => import('./locales/en/index.ts'),
  de: () => import('./locales/de/index.ts'),
}

const KEY = 'portico-language'
const isLanguage = (code: string | null | undefined): code is Language => code != null && Object.hasOwn(languages, code)

/** What the person has chosen here, else what their browser asks for, else what the portal speaks. */
function preferred(): Language {
  const asked = [localStorage.getItem(KEY), ...navigator.languages.map((each) => each.slice(0, 2)), boot.lang]
  return asked.find(isLanguage) ?? 'en'
}

/** What of vue-i18n is used outside of components; its own types follow every message to its end. */
interface Speaking {
  readonly global: {
    readonly locale: { value: string }
    t(key: string, named?: Readonly<Record<string, unknown>>): string
    setLocaleMessage(locale: string, messages: object): void
  }
  install(app: App): void
}

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: {} as Record<string, never>,
}) as unknown as Speaking

/** @see Language */
export async function speak(language: Language): Promise<void> {
  const { default: messages } = await loaders[language]()
  i18n.global.setLocaleMessage(language, messages)
  i18n.global.locale.value = language
  document.documentElement.lang = language
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language)
  await speak(language)
}

export const speakPreferred = (): Promise<void> => speak(preferred())

/** A text of the interface, for code outside of components; inside, `useI18n().t`. */
export const say = (key: string, named?: Readonly<Record<string, unknown>>): string =>
  named === undefined ? i18n.global.t(key) : i18n.global.t(key, named)

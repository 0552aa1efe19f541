import type { App } from 'vue'
import { createI18n } from 'vue-i18n'
import { boot } from '../api/boot.ts'
import { tellServer } from '../api/tell-server.ts'
import { compileMessage } from './compile.ts'
import type core from './locales/en/core.ts'
import type more from './locales/en/more.ts'

/** Languages of the interface, in their own words. Another one is a folder in `locales` and a line here. */
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

/** What boards and lists say, and what the rest does. */
const loaders: Record<
  Language,
  { core: () => Promise<{ default: typeof core }>; more: () => Promise<{ default: typeof more }> }
> = {
  en: { core: () => import('./locales/en/core.ts'), more: () => import('./locales/en/more.ts') },
  de: { core: () => import('./locales/de/core.ts'), more: () => import('./locales/de/more.ts') },
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
    te(key: string, locale?: string): boolean
    setLocaleMessage(locale: string, messages: object): void
    mergeLocaleMessage(locale: string, messages: object): void
  }
  install(app: App): void
}

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: {} as Record<string, never>,
  messageCompiler: compileMessage,
} as never) as unknown as Speaking

async function speak(language: Language): Promise<void> {
  const { default: messages } = await loaders[language].core()
  i18n.global.setLocaleMessage(language, messages)
  i18n.global.locale.value = language
  document.documentElement.lang = language
}

const complete = new Map<Language, Promise<void>>()

async function complement(language: Language): Promise<void> {
  const { default: messages } = await loaders[language].more()
  i18n.global.mergeLocaleMessage(language, messages)
}

/** The texts of all other pages too; nothing where they are there already. */
export async function speakOfAll(language = i18n.global.locale.value as Language): Promise<void> {
  let known = complete.get(language)
  if (known === undefined) complete.set(language, (known = complement(language)))
  try {
    await known
  } catch (cause) {
    complete.delete(language)
    throw cause
  }
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language)
  tellServer(KEY, language)
  // Whatever is shown now: nothing of it stands there without its words in between.
  await loaders[language].core()
  await loaders[language].more()
  await speak(language)
  complete.delete(language)
  await speakOfAll(language)
}

export const speakPreferred = (): Promise<void> => speak(preferred())

/** A text of the interface, for code outside of components; inside, `useI18n().t`. */
export const say = (key: string, named?: Readonly<Record<string, unknown>>): string =>
  named === undefined ? i18n.global.t(key) : i18n.global.t(key, named)

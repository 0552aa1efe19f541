import type { IconComponent } from '@bitrix24/b24ui-nuxt'
import KeyboardIcon from '@bitrix24/b24icons-vue/outline/KeyboardIcon'
import LogOutIcon from '@bitrix24/b24icons-vue/outline/LogOutIcon'
import MoonIcon from '@bitrix24/b24icons-vue/outline/MoonIcon'
import PlusLIcon from '@bitrix24/b24icons-vue/outline/PlusLIcon'
import TranslationIcon from '@bitrix24/b24icons-vue/outline/TranslationIcon'
import UserProfileIcon from '@bitrix24/b24icons-vue/outline/UserProfileIcon'
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { chooseLanguage, type Language, languages } from '../../i18n/index.ts'
import { boardPath, cardPath, listPath, mayIn, useRecordTypes } from '../../model/record-types.ts'
import { titleOfMany, titleOfNew } from '../../model/type-title.ts'
import { router } from '../../router.ts'
import { shortcutsOpen } from '../frame.ts'
import { iconOf, useNavigation } from '../navigation.ts'
import { actions, wordsOf } from '../palette.ts'
import { signOut } from '../sign-out.ts'
import { openSlider } from '../sliders.ts'
import { chooseTheme, themes } from '../theme.ts'

/** One line of the palette. */
export interface Entry {
  readonly id: string
  readonly label: string
  readonly text?: string | undefined
  /** Other words that it is found by. */
  readonly keywords?: string | undefined
  readonly icon?: IconComponent | undefined
  /** `New lead` leads to an address, which may be opened in a window of its own. */
  readonly href?: string | undefined
  readonly keys?: string | undefined
  /** Offered before anything is typed. */
  readonly isFirst?: boolean
  readonly run: () => void
}

/** What is made most often. */
const FIRST: readonly string[] = ['lead', 'deal', 'contact', 'company']

/** Pages that the person may open. */
export function usePages(): ComputedRef<readonly Entry[]> {
  const { t } = useI18n()
  const navigation = useNavigation()
  const { data: types } = useRecordTypes()
  return computed(() => {
    const goTo = (href: string) => () => void router.push(href)
    const sections = navigation.value
      .flatMap(({ entries }) => entries)
      .map(({ id, label, icon, to, external }) => ({
        id: `page.${id}`,
        label,
        icon,
        href: to,
        isFirst: true,
        run: external ? () => location.assign(to) : goTo(to),
      }))
    const views = (types.value ?? [])
      .filter((type) => type.stageField !== null && mayIn(type, 'read'))
      .flatMap((type) => [
        {
          id: `page.${type.name}.board`,
          label: t('palette.board', { type: titleOfMany(type) }),
          icon: iconOf(type.name),
          href: boardPath(type),
          run: goTo(boardPath(type)),
        },
        {
          id: `page.${type.name}.list`,
          label: t('palette.list', { type: titleOfMany(type) }),
          icon: iconOf(type.name),
          href: listPath(type),
          run: goTo(listPath(type)),
        },
      ])
    const account = {
      id: 'page.account',
      label: t('nav.account'),
      icon: UserProfileIcon,
      href: '/account',
      run: () => location.assign('/account'),
    }
    return [...sections, ...views, account]
  })
}

/** What can be done: on this page first, then everywhere. */
export function useCommands(): ComputedRef<readonly Entry[]> {
  const { t } = useI18n()
  const { data: types } = useRecordTypes()
  return computed(() => {
    const ofPages = [...actions.values()].map(({ label, keywords, ...action }) => ({
      ...action,
      isFirst: true,
      label: wordsOf(label),
      keywords: wordsOf(keywords),
    }))
    const creating = (types.value ?? [])
      .filter((type) => mayIn(type, 'add'))
      .map((type) => ({
        id: `create.${type.name}`,
        label: titleOfNew(type),
        icon: PlusLIcon,
        href: cardPath(type, 0),
        isFirst: FIRST.includes(type.name),
        run: () => void openSlider(cardPath(type, 0)),
      }))
    return [
      ...ofPages,
      ...creating,
      ...themes.map((theme) => ({
        id: `theme.${theme}`,
        label: t('palette.themeTo', { theme: t(`theme.${theme}`) }),
        icon: MoonIcon,
        run: () => chooseTheme(theme),
      })),
      ...Object.entries(languages).map(([code, language]) => ({
        id: `language.${code}`,
        label: t('palette.languageTo', { language }),
        icon: TranslationIcon,
        run: () => void chooseLanguage(code as Language),
      })),
      {
        id: 'shortcuts',
        label: t('nav.shortcuts'),
        icon: KeyboardIcon,
        keys: '?',
        run: () => void (shortcutsOpen.value = true),
      },
      { id: 'sign-out', label: t('nav.signOut'), icon: LogOutIcon, run: signOut },
    ]
  })
}

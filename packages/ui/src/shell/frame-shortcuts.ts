import { watchEffect } from 'vue'
import type { useI18n } from 'vue-i18n'
import { cardPath, mayIn, typeOfPath, useRecordTypes } from '../model/record-types.ts'
import { router } from '../router.ts'
import { paletteOpen, shortcutsOpen } from './frame.ts'
import { useNavigation } from './navigation.ts'
import { useShortcut } from './shortcuts.ts'
import { depthOnTop, openSlider, page } from './sliders.ts'

/** The field that a page is searched by: that of the layer on top. */
function searchField(): HTMLElement | null {
  const layers = document.querySelectorAll('[data-slider]')
  const top = layers[layers.length - 1] ?? document.querySelector('#content')
  return top?.querySelector<HTMLElement>('[data-page-search], input[type="search"], [role="searchbox"]') ?? null
}

/** Shortcuts that work on every page. */
export function useFrameShortcuts(t: ReturnType<typeof useI18n>['t']): void {
  const { data: types } = useRecordTypes()
  const navigation = useNavigation()

  useShortcut('mod+k', () => (paletteOpen.value = !paletteOpen.value), { label: () => t('shortcuts.palette') })
  useShortcut('?', () => (shortcutsOpen.value = true), { label: () => t('shortcuts.list') })
  useShortcut(
    '/',
    () => {
      const field = searchField()
      if (field === null) paletteOpen.value = true
      else field.focus()
    },
    { label: () => t('shortcuts.search') },
  )
  useShortcut(
    'c',
    () => {
      const type = typeOfPath(types.value ?? [], String(page.value?.params.type ?? ''))
      if (type !== undefined && mayIn(type, 'add')) void openSlider(cardPath(type, 0))
      else paletteOpen.value = true
    },
    { label: () => t('shortcuts.create'), when: () => depthOnTop() === 0 },
  )
  for (const [letter, id] of Object.entries(GO))
    useShortcut(
      `g ${letter}`,
      () => {
        const entry = entryOf(id)
        if (entry === undefined) return
        if (entry.external) location.assign(entry.to)
        else void router.push(entry.to)
      },
      {
        label: () => t('shortcuts.go', { page: entryOf(id)?.label ?? '' }),
        when: () => entryOf(id) !== undefined,
      },
    )
  const entryOf = (id: string) => navigation.value.flatMap(({ entries }) => entries).find((entry) => entry.id === id)
  // Nothing of it stays open over another page.
  watchEffect(() => {
    if (page.value?.path !== undefined) shortcutsOpen.value = false
  })
}

/** After `G`: the letter of a page. */
const GO: Readonly<Record<string, string>> = {
  l: 'lead',
  d: 'deal',
  c: 'contact',
  o: 'company',
  q: 'quote',
  i: 'smart_invoice',
  a: 'analytics',
  f: 'forms',
  p: 'applications',
  s: 'settings',
  v: 'developer',
}

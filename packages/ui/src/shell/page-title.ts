import { computed, type MaybeRefOrGetter, onScopeDispose, shallowReactive, toValue, watchEffect } from 'vue'
import { useDepth } from './scope.ts'

interface Title {
  readonly depth: number
  readonly text: () => string
}

const titles = shallowReactive(new Set<Title>())

/** What is shown on top, in words: the last title of the highest layer. */
export const shownTitle = computed(() => {
  let top: Title | undefined
  for (const title of titles) if (title.text() !== '' && (top === undefined || title.depth >= top.depth)) top = title
  return top?.text() ?? ''
})

/** The title of the window, for as long as the component lives; sliders come before what they lie over. */
export function usePageTitle(text: MaybeRefOrGetter<string | undefined>): void {
  const title: Title = { depth: useDepth() ?? 0, text: () => toValue(text) ?? '' }
  titles.add(title)
  onScopeDispose(() => titles.delete(title))
}

/** Writes the title into the window, for good. */
export function startTitles(): void {
  watchEffect(() => {
    document.title = shownTitle.value === '' ? 'Portico' : `${shownTitle.value} · Portico`
  })
}

import { tellServer } from '../api/tell-server.ts'
import { computed, readonly, ref, watchEffect } from 'vue'

/** What the person has chosen: `auto` follows their system. */
export type Theme = 'auto' | 'light' | 'dark'
export const themes: readonly Theme[] = ['auto', 'light', 'dark']

// index.html reads the same before anything is drawn (public/assets/theme-1.js).
const KEY = 'portico-theme'
const isTheme = (text: string | null): text is Theme => themes.includes(text as Theme)
const stored = (): Theme => {
  const text = localStorage.getItem(KEY)
  return isTheme(text) ? text : 'auto'
}

const system = matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = ref(system.matches)
const chosen = ref(stored())

export const theme = readonly(chosen)
/** Whether dark is shown now: charts and the like draw by it. */
export const isDark = computed(() => (chosen.value === 'auto' ? systemIsDark.value : chosen.value === 'dark'))

export function chooseTheme(theme: Theme): void {
  chosen.value = theme
  localStorage.setItem(KEY, theme)
  tellServer(KEY, theme)
}

/** Keeps the page in the theme, other windows of the portal too. */
export function startTheme(): void {
  system.addEventListener('change', ({ matches }) => {
    systemIsDark.value = matches
  })
  window.addEventListener('storage', ({ key }) => {
    if (key === KEY) chosen.value = stored()
  })
  watchEffect(() => {
    const { classList } = document.documentElement
    classList.toggle('dark', isDark.value)
    classList.toggle('light', !isDark.value)
    document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', isDark.value ? 'dark' : 'light')
  })
}

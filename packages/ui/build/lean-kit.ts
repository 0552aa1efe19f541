import type { Plugin } from 'vite'

const NONE = '\0virtual:no-head'

/**
 * What the kit brings along to every page, and no first page needs: a keeper of the page's head, as titles are
 * shell/page-title.ts (8 kB), and toasts, which shell/Toasts.vue loads when there is the first of them (12 kB).
 */
export function leanKit(): Plugin {
  return {
    name: 'portico:lean-kit',
    enforce: 'pre',
    resolveId: (id) => (/^@unhead\/vue(?:\/client)?$/.test(id) ? NONE : null),
    load: (id) =>
      id === NONE
        ? 'export const createHead = () => ({ install() {} })\nexport const useHead = () => undefined\nexport const injectHead = () => ({})\n'
        : null,
    transform(code, id) {
      if (!id.endsWith('@bitrix24/b24ui-nuxt/dist/runtime/components/App.vue')) return null
      return code.replace('import B24Toaster from "./Toaster.vue"', 'const B24Toaster = null')
    },
  }
}

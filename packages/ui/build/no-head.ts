import type { Plugin } from 'vite'

const NONE = '\0virtual:no-head'

/** The kit brings a keeper of the page's head along, which has nothing to do here (8 kB): titles are shell/page-title.ts. */
export function noHead(): Plugin {
  return {
    name: 'portico:no-head',
    enforce: 'pre',
    resolveId: (id) => (/^@unhead\/vue(?:\/client)?$/.test(id) ? NONE : null),
    load: (id) =>
      id === NONE
        ? 'export const createHead = () => ({ install() {} })\nexport const useHead = () => undefined\nexport const injectHead = () => ({})\n'
        : null,
  }
}

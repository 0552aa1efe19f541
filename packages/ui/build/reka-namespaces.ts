import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const MODULE = 'reka-ui/namespaced'
const VIRTUAL = 'virtual:reka-namespace/'

/** `DropdownMenu` → `{ Root: DropdownMenuRoot, … }`, as the library writes them. */
function namespaces(): ReadonlyMap<string, string> {
  const library = dirname(createRequire(import.meta.url).resolve('reka-ui/package.json'))
  const source = readFileSync(join(library, 'dist/namespaced/index.mjs'), 'utf8')
  return new Map([...source.matchAll(/^const (\w+) = (\{[^}]*\});/gm)].map(([, name = '', body = '']) => [name, body]))
}

/**
 * The kit takes `DropdownMenu` and the like from one module that holds them all, so that a menu would bring calendars
 * and combo boxes along (43 kB). Each becomes a module of its own.
 */
export function rekaNamespaces(): Plugin {
  let known: ReadonlyMap<string, string> | undefined
  return {
    name: 'portico:reka-namespaces',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith(VIRTUAL) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${VIRTUAL}`)) return null
      const name = id.slice(VIRTUAL.length + 1)
      const body = (known ??= namespaces()).get(name)
      if (body === undefined) throw new Error(`reka-ui has no namespace ${name}`)
      const parts = [...new Set([...body.matchAll(/:\s*(\w+)/g)].map(([, part]) => part))]
      return `import { ${parts.join(', ')} } from 'reka-ui'\nexport const ${name} = ${body}\n`
    },
    transform(code, id) {
      if (!id.includes('@bitrix24/b24ui-nuxt') || !code.includes(MODULE)) return null
      return code.replace(/import \{([^}]+)\} from ["']reka-ui\/namespaced["'];?/g, (_all, names: string) =>
        names
          .split(',')
          .map((each) => each.trim())
          .filter((each) => each !== '')
          .map((each) => `import { ${each} } from '${VIRTUAL}${each.split(' as ')[0]?.trim()}'`)
          .join('\n'),
      )
    },
  }
}

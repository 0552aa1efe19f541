// Enforces the direction of imports (docs/decisions, CONTRIBUTING): an import may only point to the left of
//   schema ← store ← records ← methods ← modules ← pipeline ← http · mcp · cli · events ← main
// with auth/ right of methods/ and config.ts apart. Reading order is thereby learning order.
import { readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './lib/root.mjs'

/** What each layer may import besides itself. Neighbours of one level do not know each other. */
const lower = {
  config: [],
  schema: [],
  store: ['schema'],
  records: ['schema', 'store'],
  methods: ['schema', 'store', 'records'],
  auth: ['schema', 'store', 'records', 'methods'],
}
lower.modules = [...lower.methods, 'methods', 'auth']
lower.pipeline = [...lower.modules, 'modules']
for (const entry of ['http', 'mcp', 'cli', 'events']) lower[entry] = [...lower.pipeline, 'pipeline']
lower.http.push('config')
lower.mcp.push('config')
// `portico mcp` serves MCP over stdin and stdout, `portico record` and `replay` serve HTTP.
lower.cli.push('config', 'mcp', 'http')
lower.main = Object.keys(lower)
// What composes is split by what it composes: the portal, the servers, the program.
for (const part of ['compose', 'server', 'sources', 'testing'])
  lower[part] = [...lower.main, 'compose', 'server', 'sources', 'testing']
lower.main = Object.keys(lower)

/** Packages that have one home. */
const homes = [
  { home: 'store', packages: /^(kysely|libsql|pg)(\/|$)/ },
  { home: 'http', packages: /^(fastify|@fastify\/[^/]+)(\/|$)/ },
]

/** schema/ is pure: of Node's own modules it gets those that can neither read nor write, tell time or roll dice. */
const pureBuiltins = new Set([
  'node:assert',
  'node:buffer',
  'node:path',
  'node:string_decoder',
  'node:url',
  'node:util',
])

/**
 * @param {Map<string, string[]>} imports for each file, as a path below src/ with forward slashes, what it imports
 * @returns {string[]} a line for every import that points the wrong way
 */
export function layerFaults(imports) {
  return [...imports].flatMap(([file, specifiers]) => {
    const layer = layerOf(file)
    if (!lower[layer]) return [`${file} lies in no layer: name ${layer} in scripts/check-layers.mjs, or move it`]
    return specifiers.flatMap((specifier) => {
      const fault = faultOf(file, layer, specifier)
      return fault ? [`${file} imports ${specifier}: ${fault}`] : []
    })
  })
}

function faultOf(file, layer, specifier) {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier)
    if (target.startsWith('..')) return 'it lies outside src/'
    const other = layerOf(target)
    return other === layer || lower[layer].includes(other) ? undefined : `${layer} may not know ${other}`
  }
  if (layer === 'schema' && specifier.startsWith('node:') && !pureBuiltins.has(specifier)) return 'schema is pure'
  const owner = homes.find(({ packages }) => packages.test(specifier))
  return owner && owner.home !== layer ? `only ${owner.home} may` : undefined
}

/** `store/query.ts` → store, `main.ts` → main. */
function layerOf(path) {
  return path.split('/')[0].replace(/\.ts$/, '')
}

async function importsOf(source) {
  const { default: ts } = await import('typescript')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return new Map(
    files.map((name) => {
      // Finds static, type-only, dynamic and re-exporting imports alike.
      const { importedFiles } = ts.preProcessFile(readFileSync(join(source, name), 'utf8'), true, true)
      return [name.replaceAll('\\', '/'), importedFiles.map(({ fileName }) => fileName)]
    }),
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = layerFaults(await importsOf(join(root, 'packages/server/src')))
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
}

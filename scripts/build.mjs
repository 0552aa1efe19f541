// Bundles the server into packages/server/dist/portico.mjs: one file and a few lazily loaded chunks start in half the
// time of a few hundred modules. `node scripts/build.mjs` always builds, the client as well; `npm start` builds the
// server when something changed.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { builtUi, ensureUi } from './build-ui.mjs'
import { alone } from './lib/alone.mjs'
import { root } from './lib/root.mjs'

const server = join(root, 'packages/server')
const stamp = join(server, 'dist/.stamp')

/** Stays outside of the bundle: libsql is a native binary; pg-native is optional to pg and not installed. */
export const external = ['libsql', 'pg-native']

/** The bundle's path. */
export const bundle = join(server, 'dist/portico.mjs')

/** Builds unless the bundle was made from exactly the present sources and packages. */
export async function ensureBuilt() {
  // Two at once would take from under each other what they build.
  await alone('build', async () => {
    ensureUi()
    if (readStamp() === fingerprint()) return
    console.error('Building…')
    await build()
  })
}

/**
 * @param {string} directory where to; tests bundle into one of their own
 * @throws {Error} when esbuild refuses the sources; it has printed why
 */
export async function build(directory = join(server, 'dist')) {
  const made = fingerprint()
  const esbuild = await import('esbuild')
  rmSync(directory, { recursive: true, force: true })
  await esbuild.build({
    // What bin/portico.mjs runs, and what tests import as portico/testing: both share the chunks of the server.
    entryPoints: { portico: join(server, 'src/main.ts'), testing: join(server, 'src/testing/index.ts') },
    chunkNames: 'chunks/[name]-[hash]',
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // A lazily imported CommonJS chunk would have a default export only, so take the packages' ES modules.
    mainFields: ['module', 'main'],
    // Our own packages are taken from their sources.
    conditions: ['portico-source', 'module'],
    minifySyntax: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    external,
    // Bundled CommonJS packages call require() and __dirname, which ES modules do not have.
    banner: {
      js: [
        "import { createRequire as porticoCreateRequire } from 'node:module'",
        'const require = porticoCreateRequire(import.meta.url)',
        'const { filename: __filename, dirname: __dirname } = import.meta',
      ].join(';'),
    },
  })
  await buildWeb(esbuild, directory)
  writeCatalogue(directory)
  if (existsSync(builtUi)) cpSync(builtUi, join(directory, 'ui'), { recursive: true })
  writeFileSync(join(directory, '.stamp'), made)
}

/** The scripts and the style of the pages, for browsers of the last years. */
async function buildWeb(esbuild, directory) {
  await esbuild.build({
    entryPoints: ['frame.ts', 'frame.css', 'bx24.ts', 'form.ts', 'embed.ts'].map((name) => join(server, 'web', name)),
    outdir: join(directory, 'web'),
    bundle: true,
    format: 'iife',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  })
}

/** What is documented, for descriptions of methods (packages/server/src/methods/documentation.ts), in one compact file. */
function writeCatalogue(directory) {
  const catalogue = join(root, 'catalogue')
  const read = (path) => JSON.parse(readFileSync(join(catalogue, path), 'utf8'))
  const names = readdirSync(join(catalogue, 'vectors')).filter((name) => name.endsWith('.json'))
  const vectors = names.flatMap((name) => read(join('vectors', name)))
  const compact = vectors.map(({ method, api, requests, response }) => ({
    method,
    api,
    requests: requests.slice(0, 1).map(({ params, placeholders }) => ({ params, placeholders })),
    response: { result: response?.result },
  }))
  writeFileSync(join(directory, 'catalogue.json'), JSON.stringify({ methods: read('methods.json'), vectors: compact }))
}

function readStamp() {
  try {
    return readFileSync(stamp, 'utf8')
  } catch {
    return undefined
  }
}

/** A hash over everything that the bundle is made from: by content, since a checkout changes times, not contents. */
export function fingerprint() {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', 'packages/server/package.json', 'scripts/build.mjs']) add(join(root, file))
  addAll(join(root, 'catalogue'))
  const uiStamp = join(builtUi, '.stamp')
  if (existsSync(uiStamp)) add(uiStamp)
  for (const name of ['client', 'server']) for (const part of ['src', 'web']) addAll(join(root, 'packages', name, part))
  return hash.digest('hex')

  function add(path) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  }

  function addAll(directory) {
    for (const entry of entriesOf(directory)) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) addAll(path)
      else if (entry.isFile()) add(path)
    }
  }
}

function entriesOf(directory) {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureUi()
  await build()
  const { buildClient } = await import('./build-client.mjs')
  buildClient()
  const { buildTestingTypes } = await import('./build-testing-types.mjs')
  buildTestingTypes()
}

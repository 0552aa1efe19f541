// Builds the web CRM into packages/ui/dist, from where the server takes it; nothing is done where nothing has changed.
// `--types` checks the types instead: the kit's own come with the first build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './lib/root.mjs'

const ui = join(root, 'packages/ui')
export const builtUi = join(ui, 'dist')
const stamp = join(builtUi, '.stamp')

/** Builds unless the last build was made from exactly the present sources and packages. */
export function ensureUi() {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error('Building the web CRM…')
  const built = node('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn')
  if (built !== 0) throw new Error('the web CRM could not be built')
  writeFileSync(stamp, wanted)
}

const node = (script, ...args) =>
  spawnSync(process.execPath, [join(root, script), ...args], { cwd: ui, stdio: ['ignore', 'inherit', 'inherit'] })
    .status

/** By content, since a checkout changes times, not contents. */
export function fingerprint() {
  const hash = createHash('sha256')
  const add = (path) => hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  for (const name of [
    'package-lock.json',
    'packages/ui/package.json',
    'packages/ui/vite.config.ts',
    'packages/ui/index.html',
  ])
    add(join(root, name))
  for (const directory of [
    'packages/ui/src',
    'packages/ui/build',
    'packages/ui/public',
    'packages/client/src',
    'packages/server/src/cli/transfer/engine',
  ])
    for (const entry of readdirSync(join(root, directory), { recursive: true, withFileTypes: true }).sort(byPath))
      if (entry.isFile()) add(join(entry.parentPath, entry.name))
  return hash.digest('hex')
}

const byPath = (a, b) => (join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureUi()
  if (process.argv.includes('--types'))
    process.exitCode = node('node_modules/vue-tsc/bin/vue-tsc.js', '--project', 'tsconfig.json') ?? 1
}

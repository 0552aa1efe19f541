// `npm run check`: everything that can be said about the sources without running them; also the first part of npm test.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled } from './lib/install.mjs'
import { root } from './lib/root.mjs'

const cache = join(root, 'node_modules/.cache')

/** Each step is a name and a Node script with its arguments. */
const steps = [
  ['types', 'node_modules/typescript/bin/tsc', ...typesOf('packages/server')],
  ['types of the client', 'node_modules/typescript/bin/tsc', ...typesOf('packages/client')],
  ["types of the client's tests", 'node_modules/typescript/bin/tsc', ...typesOf('packages/client/test')],
  ['types of the pages', 'node_modules/typescript/bin/tsc', ...typesOf('packages/server/web')],
  ['types of the configuration', 'node_modules/typescript/bin/tsc', ...typesOf('.')],
  ['lint', 'node_modules/oxlint/bin/oxlint', '--deny-warnings', '--quiet'],
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--cache', '--log-level=warn', '.'],
  ['layers', 'scripts/check-layers.mjs'],
  ['generated files', 'scripts/gen.mjs', '--check'],
  ['lock file', 'scripts/check-lock.mjs'],
]

/**
 * Runs every step, also after a failure, and prints one line for each.
 * @returns {{ passed: number, failed: number }} counts of steps
 */
export function check() {
  const outcome = { passed: 0, failed: 0 }
  for (const [name, script, ...args] of steps) {
    const begun = performance.now()
    const done = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, encoding: 'utf8' })
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    const good = done.status === 0
    outcome[good ? 'passed' : 'failed']++
    console.log(`${good ? '✓' : '✗'} ${name} (${seconds} s)`)
    if (!good) console.log(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trimEnd())
  }
  return outcome
}

function typesOf(project) {
  const kept = join(cache, `types-${project === '.' ? 'root' : project.replaceAll('/', '-')}.tsbuildinfo`)
  return ['--project', project, '--incremental', '--tsBuildInfoFile', kept]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureInstalled()
  process.exitCode = check().failed > 0 ? 1 : 0
}

// `npm run check`: everything that can be said about the sources without running them; also the first part of npm test.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled } from './lib/install.mjs'
import { root } from './lib/root.mjs'

const cache = join(root, 'node_modules/.cache')

/** Each step is a name and a Node script with its arguments. */
const steps = [
  ['types', 'node_modules/typescript/bin/tsc', ...typesOf('packages/server')],
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--cache', '--log-level=warn', '.'],
  ['types of the client', 'node_modules/typescript/bin/tsc', ...typesOf('packages/client')],
  ["types of the client's tests", 'node_modules/typescript/bin/tsc', ...typesOf('packages/client/test')],
  ['types of the pages', 'node_modules/typescript/bin/tsc', ...typesOf('packages/server/web')],
  ['types of the web CRM', 'scripts/build-ui.mjs', '--types'],
  ["types of the web CRM's tests", 'node_modules/typescript/bin/tsc', ...typesOf('packages/ui/test')],
  ['types of the configuration', 'node_modules/typescript/bin/tsc', ...typesOf('.')],
  ['lint', 'node_modules/oxlint/bin/oxlint', '--deny-warnings', '--quiet'],
  ['layers', 'scripts/check-layers.mjs'],
  ['generated files', 'scripts/gen.mjs', '--check'],
  ['lock file', 'scripts/check-lock.mjs'],
]

/**
 * Runs every step, two at a time and also after a failure, and prints one line for each.
 * @returns {Promise<{ passed: number, failed: number }>} counts of steps
 */
export async function check() {
  const outcome = { passed: 0, failed: 0 }
  const waiting = [...steps]
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const [name, script, ...args] = step
      const begun = performance.now()
      const { good, said } = await run([join(root, script), ...args])
      const seconds = ((performance.now() - begun) / 1000).toFixed(1)
      outcome[good ? 'passed' : 'failed']++
      console.log(`${good ? '✓' : '✗'} ${name} (${seconds} s)`)
      if (!good) console.log(said.trimEnd())
    }
  }
  await Promise.all([work(), work()])
  return outcome
}

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
    child.once('error', (error) => resolve({ good: false, said: error.message }))
    child.once('close', (code) => resolve({ good: code === 0, said }))
  })
}

function typesOf(project) {
  const kept = join(cache, `types-${project === '.' ? 'root' : project.replaceAll('/', '-')}.tsbuildinfo`)
  return ['--project', project, '--incremental', '--tsBuildInfoFile', kept]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureInstalled()
  process.exitCode = (await check()).failed > 0 ? 1 : 0
}

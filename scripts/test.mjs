// `npm test`: installs, checks, then runs every test on SQLite and on PostgreSQL. `npm test -- <file or option>…` hands
// its arguments to vitest and leaves the checks out. The last line reads `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { ensureChromium } from './lib/chromium.mjs'
import { startPostgres } from './lib/postgres.mjs'
import { ensureRunners } from './lib/runners.mjs'
import { root } from './lib/root.mjs'
import { check } from './check.mjs'
import { tally } from './lib/tally.mjs'

const begun = performance.now()
const args = process.argv.slice(2)
const total = { passed: 0, failed: 0, skipped: 0 }
let vitest
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true
    vitest?.kill('SIGTERM')
  })
}

ensureInstalled()
if (args.length === 0 || args.some((arg) => /frames|packages\/ui/.test(arg))) ensureChromium()
if (args.length === 0 || args.some((arg) => /examples/.test(arg))) ensureRunners()
if (args.length === 0) add(await check())
if (!interrupted) add(await testsOnBothDatabases())
if (interrupted && total.failed === 0) add({ failed: 1 })

console.log(`\nin ${Math.round((performance.now() - begun) / 1000)} s${interrupted ? ', interrupted' : ''}`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

function add(counts) {
  for (const name of Object.keys(total)) total[name] += counts[name] ?? 0
}

async function testsOnBothDatabases() {
  const given = process.env.TEST_DATABASE_URL
  let postgres
  try {
    postgres = given ? { url: given, origin: 'TEST_DATABASE_URL', stop() {} } : await startPostgres()
  } catch (error) {
    console.error(error.message)
    return { failed: 1 }
  }
  try {
    console.log(`PostgreSQL: ${postgres.origin}`)
    return await runVitest(postgres.url)
  } finally {
    await postgres.stop()
  }
}

async function runVitest(url) {
  const directory = mkdtempSync(join(tmpdir(), 'portico-test-'))
  const results = join(directory, 'results.json')
  try {
    if (interrupted) return {}
    const options = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
    vitest = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...options, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TEST_DATABASE_URL: url },
    })
    const [code] = await once(vitest, 'exit')
    return tally(read(results), code)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

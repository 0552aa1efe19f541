// Installs the packages of the lock file when they are missing or older than it. Must run before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

const lock = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules/.portico-lock')

/** Brings node_modules to the state of package-lock.json; costs a millisecond when it is there already. */
export function ensureInstalled() {
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex')
  if (installed(wanted)) return
  console.error('Installing packages (once)…')
  // npm names itself to the scripts it runs; started without it, the one on the PATH is taken.
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawnSync('npm', args, {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32',
      })
  if (done.status !== 0) {
    console.error(`\`npm ci\` failed${done.error ? `: ${done.error.message}` : ''}; the packages are not installed.`)
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

function installed(wanted) {
  try {
    if (readFileSync(stamp, 'utf8') === wanted) return true
  } catch {
    // No stamp: perhaps a plain `npm install` or `npm ci` was here.
  }
  try {
    // npm writes its hidden lock file last, when everything is in place.
    const current = statSync(join(root, 'node_modules/.package-lock.json')).mtimeMs >= statSync(lock).mtimeMs
    if (current) writeFileSync(stamp, wanted)
    return current
  } catch {
    return false
  }
}

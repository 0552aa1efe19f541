import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Where distributions put Chromium; packages/server/test/support/browser.ts looks there, too. */
const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]

const found = () => process.env.PORTICO_CHROMIUM ?? usual.find((path) => existsSync(path))

/**
 * The tests of the pages need Chromium. Where this process may, it installs the distribution's own; elsewhere it says
 * what to do, and those tests are skipped.
 */
export function ensureChromium() {
  if (found() !== undefined) return
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && runs('apt-get', ['--version'])
  if (mayInstall) {
    console.log('Installing Chromium for the tests of the pages…')
    const options = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    spawnSync('apt-get', ['update', '-qq'], options)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
    if (found() !== undefined) return
  }
  console.warn(
    'There is no Chromium here: the tests of the pages will be SKIPPED. Install it (Debian and Ubuntu: apt-get install chromium), or name it in PORTICO_CHROMIUM.',
  )
}

const runs = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

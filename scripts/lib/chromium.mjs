import { existsSync } from 'node:fs'
import { install, mayInstall } from './debian.mjs'

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
  if (mayInstall()) {
    console.log('Installing Chromium for the tests of the pages…')
    install('chromium')
    if (found() !== undefined) return
  }
  console.warn(
    'There is no Chromium here: the tests of the pages will be SKIPPED. Install it (Debian and Ubuntu: apt-get install chromium), or name it in PORTICO_CHROMIUM.',
  )
}

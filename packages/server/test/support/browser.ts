import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian, Ubuntu, Fedora and Google put Chromium. */
const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]

/** The browser of the tests: `PORTICO_CHROMIUM`, or where it usually is; undefined where there is none. */
export const chromiumPath: string | undefined = process.env.PORTICO_CHROMIUM ?? USUAL.find((path) => existsSync(path))

if (chromiumPath === undefined)
  console.warn(
    'SKIPPED: the tests in a browser need Chromium. Install it (Debian: apt-get install chromium), or name it in PORTICO_CHROMIUM.',
  )

/** Real Chromium, without a window. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    // Root, as in containers, has no sandbox; /dev/shm is small there.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
  })

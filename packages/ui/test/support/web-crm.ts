import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { type BrowserPortal, browserPortal } from '../../../server/test/support/browser-portal.ts'

export interface Look {
  /** Whose page it is; the administrator's where nothing is said. */
  readonly userId?: number
  readonly mobile?: boolean
  readonly dark?: boolean
  /** `de-DE`; English where nothing is said. */
  readonly locale?: string
}

export interface WebCrm extends BrowserPortal {
  /** A page in a browser of its own. Its errors, and requests that leave the portal, fail the test file at its end. */
  open(path: string, look?: Look): Promise<Page>
  /** What is expected to go wrong in this file: texts of the browser's console. */
  readonly expected: RegExp[]
}

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1440, height: 900 }
const SCREENS = join(import.meta.dirname, '../../../../test-artifacts/screens')

const optionsOf = ({ mobile = false, dark = false, locale = 'en-US' }: Look): BrowserContextOptions => ({
  viewport: mobile ? PHONE : DESK,
  ...(mobile ? { hasTouch: true, isMobile: true } : {}),
  colorScheme: dark ? 'dark' : 'light',
  locale,
  timezoneId: 'Europe/Berlin',
  reducedMotion: 'reduce',
})

/** A portal with its web CRM, and Chromium in front of it. */
export async function webCrm(): Promise<WebCrm> {
  const portal = await browserPortal()
  const faults: string[] = []
  const expected: RegExp[] = []
  afterAll(() => expect(faults.filter((fault) => !expected.some((each) => each.test(fault)))).toEqual([]))
  return {
    ...portal,
    expected,
    async open(path, look = {}) {
      const context = await portal.visitor(look.userId ?? 1, optionsOf(look))
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(`${path}: ${error.stack ?? error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(`${path}: ${message.text()} ${message.location().url}`)
      })
      page.on('request', (request) => {
        const { protocol, origin } = new URL(request.url())
        if (/^https?:$/.test(protocol) && origin !== portal.url) faults.push(`${path}: asked ${request.url()}`)
      })
      await page.goto(portal.url + path)
      return page
    },
  }
}

/** Fails on what WCAG 2.2 AA forbids and a program can find. */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
  await page.evaluate(AxeBuilder.source)
  const violations = await page.evaluate(async (root) => {
    const { axe } = globalThis as unknown as { axe: typeof AxeBuilder }
    const found = await axe.run(root ?? document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return found.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ''}`)
          .slice(0, 4)
          .join(' | ')}`,
    )
  }, within)
  expect(violations).toEqual([])
}

/**
 * Keeps pictures of a page at a desk and on a phone, light and dark, in `test-artifacts/screens`.
 *
 * @param settle waits until the page shows what it is to show, and brings it into the state to be seen
 */
export async function screens(
  crm: WebCrm,
  name: string,
  path: string,
  settle: (page: Page) => Promise<void>,
  look: Look = {},
): Promise<void> {
  mkdirSync(SCREENS, { recursive: true })
  for (const mobile of [false, true]) {
    const page = await crm.open(path, { ...look, mobile })
    await settle(page)
    for (const dark of [false, true]) {
      // The pages follow what the system says of light and dark at once.
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
      await page.waitForFunction((wanted) => {
        const { classList } = document.documentElement
        // Pages without a choice follow by their style alone.
        return !(classList.contains('dark') || classList.contains('light')) || classList.contains('dark') === wanted
      }, dark)
      await page.screenshot({
        path: join(SCREENS, `${name}-${mobile ? 'phone' : 'desk'}-${dark ? 'dark' : 'light'}.png`),
        animations: 'disabled',
      })
    }
    await page.context().close()
  }
}

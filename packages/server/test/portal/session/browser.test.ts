import type { BrowserContextOptions, Page } from 'playwright-core'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../support/browser.ts'
import type { BrowserPortal } from '../../support/browser-portal.ts'
import { localApplication } from '../../support/local-application.ts'
import { database } from '../../support/portal.ts'

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const PASSWORD = 'correct horse'

/** Texts whose contrast is below WCAG 2.2 AA, each with its ratio; runs in the page. */
const FAINT = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = color
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  }
  const light = (color) => {
    const [r, g, b] = color.map((each) => { const c = each / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor)
      if (color[3] === 255) return color
    }
    return [255, 255, 255, 255]
  }
  const faint = []
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('[aria-hidden], svg') || element.checkVisibility?.() === false) continue
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join('')
    if (text === '') continue
    const style = getComputedStyle(element)
    const [a, b] = [light(rgba(style.color)), light(ground(element))].sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    const size = parseFloat(style.fontSize)
    if (ratio < (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5)) faint.push(text + ' ' + ratio.toFixed(2))
  }
  return faint
})()`
const WIDER = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
/** Controls that fingers can't hit: below 24 pixels, and no link in running text. */
const SMALL = `[...document.querySelectorAll('a, button, input:not([type=hidden]):not(.hide), summary')]
  .filter((each) => each.checkVisibility() && getComputedStyle(each).display !== 'inline')
  .filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.outerHTML)`
const FOCUS = `(() => {
  const style = getComputedStyle(document.activeElement)
  const name = document.activeElement.id || document.activeElement.textContent.trim()
  return [name, style.boxShadow !== 'none' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)]
})()`

/** Each control that the Tab key comes to, and whether it is seen there. */
async function tabs(page: Page, times: number): Promise<(readonly [string, boolean])[]> {
  const found: (readonly [string, boolean])[] = []
  for (let time = 0; time < times; time++) {
    found.push(await page.evaluate<readonly [string, boolean]>(FOCUS))
    await page.keyboard.press('Tab')
  }
  return found
}

describe.skipIf(chromiumPath === undefined)('the pages in a browser', async () => {
  if (chromiumPath === undefined) return
  const { browserPortal } = await import('../../support/browser-portal.ts')
  const portal: BrowserPortal = await browserPortal()

  /** A stranger's browser, and what it complains of. */
  async function stranger(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    const context = await portal.browser.newContext({ ignoreHTTPSErrors: true, viewport: SIZES.desk, ...options })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      // What is gone and what was not right is answered so, and the browser calls it an error.
      if (message.type() === 'error' && !/\b(404|422)\b/.test(message.text())) complaints.push(message.text())
    })
    page.on('pageerror', (cause) => complaints.push(cause.message))
    return { page, complaints }
  }

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${portal.url}/login`)
    await page.waitForSelector('#account:focus')
    await page.keyboard.type('admin@example.com')
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${portal.url}/`)
  }

  it('are used by the keyboard alone, and show where it is', async () => {
    const { page, complaints } = await stranger()
    await page.goto(`${portal.url}/login`)
    await page.waitForSelector('#account:focus')
    expect(await tabs(page, 4)).toEqual([
      ['account', true],
      ['password', true],
      ['Sign in', true],
      ['Forgot your password?', true],
    ])
    await signIn(page)
    const cookies = await page.context().cookies()
    expect(cookies.find(({ name }) => name === '__Host-portico')).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
    })
    await page.goto(`${portal.url}/account`)
    await page.keyboard.press('Tab')
    const order = await tabs(page, 9)
    expect(order.map(([name]) => name)).toEqual([
      'To the content',
      'Portico',
      'To the CRM',
      expect.stringContaining('Portal Administrator'),
      'Sign out',
      'Change your password',
      'Set it up',
      'End',
      'Make a webhook',
    ])
    expect(order.every(([, isSeen]) => isSeen)).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  // How pages look has nothing to do with the database.
  it
    .runIf(database === 'sqlite')
    .each(
      Object.entries(SIZES).flatMap(([size, viewport]) =>
        (['light', 'dark'] as const).map((colorScheme) => [size, colorScheme, viewport] as const),
      ),
    )('are readable and fit: %s, %s', async (_size, colorScheme, viewport) => {
    const { page, complaints } = await stranger({ viewport, colorScheme })
    const look = async (what: string): Promise<void> => {
      const found = [await page.evaluate(FAINT), await page.evaluate(WIDER), await page.evaluate(SMALL)]
      expect([what, ...found]).toEqual([what, [], 0, []])
    }
    for (const path of ['/', '/login', '/password/forgot', `/invitation/${'a'.repeat(40)}`, '/login?done=out']) {
      await page.goto(portal.url + path)
      await look(path)
    }
    await page.goto(`${portal.url}/login`)
    await page.fill('#account', 'x'.repeat(200))
    await page.fill('#password', 'x')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[role=alert]')
    await look('a refused sign-in')
    await signIn(page)
    await look('the front page')
    await page.goto(`${portal.url}/account`)
    for (const summary of await page.locator('summary').all()) await summary.click()
    await look('the account')
    await page.fill('#current-for-factor', PASSWORD)
    await page.click('button:has-text("Go on")')
    await page.waitForURL(/factor$/)
    await look('the second factor')
    const secret = ((await page.textContent('.secret')) ?? '').replaceAll(' ', '')
    await page.fill('#code', new TOTP({ secret: Secret.fromBase32(secret) }).generate())
    await page.keyboard.press('Enter')
    await page.waitForSelector('.codes')
    await look('the recovery codes')
    await page.goto(`${portal.url}/account`)
    for (const summary of await page.locator('summary').all()) await summary.click()
    await look('the account with a second factor')
    await page.fill('#current-for-factor', PASSWORD)
    await page.click('button:has-text("Turn it off")')
    await page.waitForURL(/done=factor-off/)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('lead on to an application on another origin, which the policy of the form would stop', async () => {
    const { application } = await localApplication(portal, { handlerUrl: `${portal.demo.origin}/landing` })
    const { page } = await stranger()
    await page.goto(`${portal.url}/oauth/authorize/?client_id=${application.clientId}&state=a-state`)
    await page.waitForSelector('#account')
    await page.fill('#account', 'admin@example.com')
    await page.fill('#password', PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(/[?&]code=/)
    const url = new URL(page.url())
    expect([url.origin, url.searchParams.get('state')]).toEqual([new URL(portal.demo.origin).origin, 'a-state'])
    await page.context().close()
  })

  it('carry what the API asks of a page', async () => {
    const { page } = await stranger()
    await signIn(page)
    const call = (headers: string): Promise<number> =>
      page.evaluate<number>(`(async () => {
        const { csrf } = await (await fetch('/session')).json()
        const answer = await fetch('/rest/user.current', { method: 'POST', headers: ${headers} })
        return answer.status
      })()`)
    // The front page lets no script run; a page of the API does.
    await page.goto(`${portal.url}/health`)
    expect(await call("{ 'X-Portico-CSRF': csrf }")).toBe(200)
    expect(await call('{}')).toBe(401)
    await page.context().close()
  })
})

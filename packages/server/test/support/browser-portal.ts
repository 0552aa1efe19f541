import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { type RunningServer, startServer } from '../../src/server.ts'
import { realSources } from '../../src/sources.ts'
import { user } from '../../src/store/tables.ts'
import { launch } from './browser.ts'
import { type DemoApplication, demoApplication } from './demo-application.ts'
import { freshDatabase } from './portal.ts'

export interface BrowserPortal extends RunningServer {
  /** `https://localhost:8443` */
  readonly url: string
  readonly demo: DemoApplication
  readonly browser: Browser
  /** A browser of its own, in which a person is signed in. */
  visitor(userId: number, options?: BrowserContextOptions): Promise<BrowserContext>
  /** Somebody who is no administrator; answers the id. */
  employee(name: string): Promise<number>
  /** Calls a method as the first administrator. */
  call<T>(method: string, parameters?: object): Promise<T>
}

/** A server as `npm start` makes it, with the built-in HTTPS, and a browser in front of it; closed after the tests. */
export async function browserPortal(): Promise<BrowserPortal> {
  const data = mkdtempSync(join(tmpdir(), 'portico-browser-'))
  const { url: databaseUrl, drop } = await freshDatabase()
  const database = databaseUrl === null ? [] : [`--database-url=${databaseUrl}`]
  const server = await startServer(loadConfig(['--port=0', '--https-port=0', `--data=${data}`, ...database], {}), {
    sources: realSources,
    log: { error: (details) => console.error(details), warn: () => {}, info: () => {} },
    administrator: { email: 'admin@example.com', password: 'correct horse' },
  })
  const url = String(server.httpsUrl)
  const demo = await demoApplication(() => url)
  const browser = await launch()
  const session = server.portal.store.session()
  const code = await server.credentials.createWebhook(session, { userId: 1, scope: '*', title: 'test' })
  await session.settled()
  afterAll(async () => {
    await browser.close()
    await demo.close()
    const faults = await server.faults()
    await server.close()
    await drop()
    rmSync(data, { recursive: true, force: true })
    expect(faults).toEqual([])
  })
  return {
    ...server,
    url,
    demo,
    browser,
    async visitor(userId, options = {}) {
      const own = server.portal.store.session()
      const token = await own.transaction((tx) => server.sessions.start(tx, { userId, visitor: undefined }))
      await own.settled()
      const context = await browser.newContext({
        ignoreHTTPSErrors: true,
        viewport: { width: 1440, height: 900 },
        ...options,
      })
      await context.addCookies([
        { name: '__Host-portico', value: token, url, secure: true, httpOnly: true, sameSite: 'Lax' },
      ])
      return context
    },
    async employee(name) {
      const own = server.portal.store.session()
      const id = await server.portal.caches.changing(own, ['people'], async (tx) => {
        const id = await tx.nextId(user)
        tx.insert(user, {
          id,
          active: 'Y',
          email: `p${id}@example.com`,
          login: `p${id}`,
          name,
          last_name: 'Employee',
          is_admin: 'N',
          password: null,
          date_register: 0,
          timestamp_x: 0,
          uf_department: '[1]',
          user_type: 'employee',
          time_zone: '',
        })
        tx.count(user.name, 1)
        return id
      })
      await own.settled()
      return id
    },
    async call<T>(method: string, parameters: object = {}) {
      const answer = await fetch(`${server.httpUrl}/rest/1/${code}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(parameters),
      })
      const body = (await answer.json()) as { result: T; error?: unknown }
      expect(body.error).toBeUndefined()
      return body.result
    },
  }
}

/** The frame of an application in a page, once its script says that it has started, or what else it is waiting for. */
export async function applicationIn(page: Page, said: RegExp = /^started$/, inside = '#host-frame'): Promise<Frame> {
  // Looked up anew each time: the page around the frame may be just being loaded again.
  const output = page.frameLocator(`${inside} iframe`).locator('#said')
  await expect.poll(() => output.textContent({ timeout: 5000 }), { timeout: 15_000 }).toMatch(said)
  const frame = await (await page.waitForSelector(`${inside} iframe`)).contentFrame()
  if (frame === null) throw new Error('there is no frame')
  return frame
}

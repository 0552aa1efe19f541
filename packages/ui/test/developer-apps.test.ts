import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, webCrm } from './support/web-crm.ts'

/** What comes by itself, on a machine that others work on, too. */
const SOON = { timeout: 15_000 }

describe.skipIf(chromiumPath === undefined)('local applications', async () => {
  const crm = await webCrm()
  const { origin } = crm.demo
  // Pages of applications are their makers', and come from their own servers.
  crm.expected.push(/asked http:\/\/127\.0\.0\.1:\d+\//, /127\.0\.0\.1/)

  interface App {
    readonly ID: number
    readonly TITLE: string
    readonly INSTALLED: boolean
  }
  const apps = () => crm.call<App[]>('portico.app.list')

  it('registers an application, whose keys are shown once, and opens it to be installed', async () => {
    const page = await crm.open('/developer/apps/')
    await page.getByText('No applications yet').waitFor()
    await page.getByRole('button', { name: 'New application' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Register' }).click()
    await dialog.getByText('An application needs a title.').waitFor()
    await dialog.getByLabel('Title').fill('Supplies')
    await dialog.getByLabel('Address of its page').fill(`${origin}/sdk`)
    await dialog.getByLabel('Address of its installer').fill(`${origin}/sdk/install`)
    await expectAccessible(page, '[role="dialog"]')
    await dialog.getByRole('button', { name: 'Register' }).click()
    await dialog.getByText('client_secret', { exact: true }).waitFor()
    const secret = String(await dialog.locator('code').last().textContent())
    expect(secret.length).toBeGreaterThan(20)
    await dialog.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('Waits for its installation').waitFor()
    expect(await page.content()).not.toContain(secret)

    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.waitForURL('**/developer/apps/*/open/')
    const frame = page.frameLocator('iframe[title="Supplies"]')
    const inner = frame.frameLocator('#host-frame iframe')
    await expect.poll(() => inner.locator('#said').textContent({ timeout: 5_000 }), SOON).toMatch(/^ready to finish/)
    const held = page.frames().find((each) => each.url().includes('/sdk/install'))
    await held?.evaluate(() => (globalThis as unknown as { finish(): Promise<void> }).finish())
    await expect.poll(async () => (await apps())[0]?.INSTALLED, SOON).toBe(true)
    await page.keyboard.press('Escape')
    await page.waitForURL('**/developer/apps/**')
    await page.getByText('Installed', { exact: true }).waitFor()
    await page.getByText('CRM_DEAL_DETAIL_TAB').waitFor()
    await expectAccessible(page, '#content')
  })

  it('gives an application a new secret, and the old one ends', async () => {
    const [app] = await apps()
    const page = await crm.open(`/developer/apps/?app=${app?.ID}`)
    await page.getByRole('button', { name: 'New secret' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click()
    await page.getByText('It is shown this once.').waitFor()
    expect(
      String(
        await page
          .locator('code')
          .filter({ hasText: /^[a-z0-9]{50}$/ })
          .textContent(),
      ),
    ).toHaveLength(50)
  })

  it('shows its page in a tab of the cards that it has bound itself to', async () => {
    const { ID, CODE, SECRET } = await crm.call<{ ID: number; CODE: string; SECRET: string }>('portico.app.add', {
      fields: { TITLE: 'Leads helper', HANDLER: `${origin}/sdk`, SCOPE: ['crm', 'placement', 'user_brief'] },
    })
    expect(SECRET).toBeTruthy()
    // As its own server does it, with a token of the application.
    const token = await tokenOf(ID)
    const bound = await fetch(`${crm.httpUrl}/rest/placement.bind`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ PLACEMENT: 'CRM_LEAD_DETAIL_TAB', HANDLER: `${origin}/sdk?lead=1`, TITLE: 'Helper tab' }),
    })
    expect(await bound.json()).toMatchObject({ result: true })
    const lead = await crm.call<number>('crm.lead.add', { fields: { TITLE: 'With a tab' } })
    const page = await crm.open(`/crm/lead/details/${lead}/`)
    await page.getByRole('tab', { name: 'Helper tab' }).click()
    const holder = page.frameLocator('iframe[src*="/placement/CRM_LEAD_DETAIL_TAB/"]')
    await expect
      .poll(() => holder.frameLocator('#host-frame iframe').locator('#said').textContent({ timeout: 5_000 }), {
        timeout: 20_000,
      })
      .toBe('started')
    const visit = crm.demo.visits.findLast(({ query }) => query.get('lead') === '1')
    expect(visit?.body.get('PLACEMENT')).toBe('CRM_LEAD_DETAIL_TAB')
    expect(JSON.parse(String(visit?.body.get('PLACEMENT_OPTIONS')))).toMatchObject({ ID: String(lead) })
    const details = await crm.open(`/developer/apps/?app=${ID}`)
    await details.getByText('CRM_LEAD_DETAIL_TAB').waitFor()
    await details.getByText(CODE).first().waitFor()
    await details.getByRole('button', { name: 'Delete', exact: true }).click()
    await details.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect.poll(async () => (await apps()).map(({ TITLE }) => TITLE), SOON).toEqual(['Supplies'])
  })

  async function tokenOf(id: number): Promise<string> {
    const { issueTokens } = await import('../../server/src/records/applications.ts')
    const { portal } = crm
    const session = portal.store.session()
    const application = await portal.applications.find(session, id)
    if (application === undefined) throw new Error('there is no application')
    const { accessToken } = await session.transaction((tx) => issueTokens(portal, tx, application, 1))
    await session.settled()
    return accessToken
  }
})

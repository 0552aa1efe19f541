import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('the pages before the web CRM', async () => {
  const crm = await webCrm()
  // A wrong password is answered so, and the browser calls it an error.
  crm.expected.push(/422/)

  it('speak German where the browser asks for it, and lead back to where one wanted to go', async () => {
    const context = await crm.browser.newContext({ ignoreHTTPSErrors: true, locale: 'de-DE' })
    const page = await context.newPage()
    await page.goto(`${crm.url}/crm/deal/list/`)
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await expectAccessible(page)
    await page.getByLabel('E-Mail oder Anmeldename').fill('nobody@example.com')
    await page.getByLabel('Passwort').fill('wrong horse')
    await page.getByRole('button', { name: 'Anmelden' }).click()
    await page.getByText('Adresse und Passwort passen nicht zusammen.').waitFor()
    await page.getByRole('link', { name: 'Passwort vergessen?' }).click()
    await page.getByRole('heading', { name: 'Neues Passwort' }).waitFor()
    await expectAccessible(page)
    await context.close()
  })

  it('speak English to everybody else', async () => {
    const context = await crm.browser.newContext({ ignoreHTTPSErrors: true, locale: 'fr-FR' })
    const page = await context.newPage()
    await page.goto(`${crm.url}/login`)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await context.close()
  })

  it('have an account page in German, with a way back into the CRM', async () => {
    const page = await crm.open('/account', { locale: 'de-DE', mobile: true })
    await page.getByRole('heading', { name: 'Ihr Konto' }).waitFor()
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await page.getByRole('link', { name: 'Zum CRM' }).click()
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor()
    await page.context().close()
  })
})

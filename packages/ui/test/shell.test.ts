import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('the web CRM', async () => {
  const crm = await webCrm()
  const id = await crm.call<number>('crm.lead.add', { fields: { TITLE: 'Bulk order, 400 units' } })
  await crm.call('crm.lead.add', { fields: { TITLE: 'Second thoughts' } })

  it('shows the board of leads to whoever is signed in, and a card over it that Escape closes', async () => {
    const page = await crm.open('/')
    const link = page.getByRole('link', { name: 'Bulk order, 400 units' })
    await link.click()
    await page.waitForURL(`**/crm/lead/details/${id}/`)
    const card = page.getByRole('dialog')
    await card.waitFor()
    await page.getByRole('button', { name: 'Close the card' }).waitFor()
    await page.keyboard.press('Escape')
    await page.waitForURL('**/crm/lead/kanban/')
    await card.waitFor({ state: 'detached' })
    // The cursor is where it was before.
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await page.title()).toBe('Leads · Portico')
    await page.context().close()
  })

  it('shows a card alone where it is visited directly, with a way to the others', async () => {
    const page = await crm.open(`/crm/lead/details/${id}/`)
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.locator('#content').getByRole('link', { name: 'Leads' }).click()
    await page.waitForURL('**/crm/lead/kanban/')
    await page.context().close()
  })

  it('is used by keys alone: skip link, letters that lead to pages, the list of shortcuts', async () => {
    const page = await crm.open('/')
    await page.getByRole('link', { name: 'Bulk order, 400 units' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await page.waitForURL('**/crm/company/list/')
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await dialog.getByText('To Deals').waitFor()
    // Letters rest while a dialog is open.
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    expect(new URL(page.url()).pathname).toBe('/crm/company/list/')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('looks and speaks as the person has chosen, after a reload too, and so do the pages of the server', async () => {
    const page = await crm.open('/')
    await page.getByRole('button', { name: /^Account and display/ }).click()
    await page.getByRole('menuitem', { name: 'Appearance' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Dark' }).click()
    await page.waitForSelector('html.dark')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Account and display/ }).click()
    await page.getByRole('menuitem', { name: 'Language' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Deutsch' }).click()
    await page.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name: 'Unternehmen' }).waitFor()
    await page.reload()
    await page.waitForSelector('html.dark[lang=de]')
    await page.goto(`${crm.url}/account`)
    await page.getByRole('heading', { name: 'Ihr Konto', level: 1 }).waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.getByRole('link', { name: 'Zum CRM' }).click()
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor()
    await page.context().close()
  })

  it('shows on a phone what leads elsewhere, in a drawer', async () => {
    const page = await crm.open('/', { mobile: true })
    await page.getByRole('button', { name: 'Open the navigation' }).click()
    const drawer = page.getByRole('dialog', { name: 'Navigation' })
    await expectAccessible(page)
    await drawer.getByRole('link', { name: 'Contacts' }).click()
    await page.waitForURL('**/crm/contact/list/')
    await drawer.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('shows nobody pages that they may not open', async () => {
    const page = await crm.open('/', { userId: await crm.employee('Sally') })
    const navigation = page.getByRole('navigation', { name: 'Navigation' })
    await navigation.getByRole('link', { name: 'Leads' }).waitFor()
    expect(await navigation.getByRole('link', { name: 'Settings' }).count()).toBe(0)
    await page.context().close()
  })

  it('tells that the server is gone, and that it is back', async () => {
    crm.expected.push(/Failed to load resource|ERR_/)
    const page = await crm.open('/')
    await page.getByRole('link', { name: 'Bulk order, 400 units' }).waitFor()
    await page.context().setOffline(true)
    await page.getByText('No connection to the server.').waitFor()
    await page.context().setOffline(false)
    await page.getByText('No connection to the server.').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('says so where nothing is', async () => {
    const page = await crm.open('/crm/nothing/of/the/kind/')
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await expectAccessible(page)
    await page.context().close()
  })

  it('signs out', async () => {
    const page = await crm.open('/')
    await page.getByRole('button', { name: /^Account and display/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.waitForURL('**/login?done=out')
    await page.goto(crm.url)
    await page.waitForURL('**/login**')
    await page.context().close()
  })

  it('is accessible in both themes', async () => {
    for (const dark of [false, true]) {
      const page = await crm.open('/', { dark })
      await page.getByRole('link', { name: 'Bulk order, 400 units' }).waitFor()
      await expectAccessible(page)
      await page.context().close()
    }
    await screens(crm, 'shell', '/', (page) => page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor())
  })
})

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('the command palette', async () => {
  const crm = await webCrm()
  const add = async (entityTypeId: number, fields: object): Promise<number> =>
    (await crm.call<{ item: { id: number } }>('crm.item.add', { entityTypeId, fields })).item.id
  const company = await add(4, { title: 'Nordlicht Logistik' })
  const contact = await add(3, {
    name: 'Ana',
    lastName: 'Ortega',
    companyId: company,
    fm: [{ typeId: 'PHONE', valueType: 'WORK', value: '+49 (30) 5557-0123' }],
  })
  await add(1, { title: 'Ortega asks for a quote' })

  async function openPalette(page: Page): Promise<void> {
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /Name, phone/ }).waitFor()
  }

  it('finds a person by a phone in any notation, and opens the card over the page', async () => {
    const page = await crm.open('/')
    await openPalette(page)
    await page.keyboard.type('030 5557 0123')
    const option = page.getByRole('option', { name: /Ana Ortega/ })
    await option.waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/crm/contact/details/${contact}/`)
    await page.getByRole('button', { name: 'Close the card' }).waitFor()
    // What was opened last is there before anything is typed.
    await openPalette(page)
    await page
      .getByRole('group', { name: 'Opened last' })
      .getByRole('option', { name: /Ana Ortega/ })
      .waitFor()
    await page.context().close()
  })

  it('is moved through by arrows, and marks what was typed', async () => {
    const page = await crm.open('/')
    await openPalette(page)
    await page.keyboard.type('ortega')
    await page.getByRole('option', { name: /Ortega asks/ }).waitFor()
    await page.getByRole('option', { name: /Ana Ortega/ }).waitFor()
    expect(await page.locator('[role=option] mark').first().textContent()).toBe('Ortega')
    const chosen = (): Promise<string | null> => page.locator('[role=option][aria-selected=true]').textContent()
    const first = await chosen()
    await page.keyboard.press('ArrowDown')
    expect(await chosen()).not.toBe(first)
    await page.keyboard.press('ArrowUp')
    expect(await chosen()).toBe(first)
    await page.keyboard.press('Escape')
    await page.getByRole('combobox').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('leads to pages and runs commands', async () => {
    const page = await crm.open('/')
    await openPalette(page)
    await page.keyboard.type('deals: li')
    await page.getByRole('option', { name: 'Deals: list' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/crm/deal/list/')
    await openPalette(page)
    await page.keyboard.type('appearance dark')
    await page.getByRole('option', { name: 'Appearance: Dark' }).click()
    await page.waitForSelector('html.dark')
    await page.context().close()
  })

  it('says so where nothing is found, and takes markup as text', async () => {
    const page = await crm.open('/')
    await openPalette(page)
    await page.keyboard.type('<img src=x> nobody')
    await page.getByText('Nothing found for “<img src=x> nobody”').waitFor()
    await page.context().close()
  })

  it('looks well', async () => {
    await screens(crm, 'palette', '/', async (page) => {
      await openPalette(page)
      await page.keyboard.type('ortega')
      await page.getByRole('option', { name: /Ana Ortega/ }).waitFor()
    })
  })
})

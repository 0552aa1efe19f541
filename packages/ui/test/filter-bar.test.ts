import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { eventually } from './support/eventually.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

const rows = (page: Page) => page.locator('.grid-body [role=row]')
const titles = async (page: Page): Promise<string[]> =>
  (await page.locator('.grid-body .record-link').allTextContents()).toSorted()
const shows = (page: Page, expected: readonly string[]) =>
  eventually(() => titles(page)).toEqual([...expected].toSorted())

describe.skipIf(chromiumPath === undefined)('the filter of a list', async () => {
  const crm = await webCrm()
  let colleague = 0

  beforeAll(async () => {
    colleague = await crm.employee('Nora')
    const add = (fields: object) => crm.call('crm.lead.add', { fields })
    await add({ TITLE: 'Forklifts', OPPORTUNITY: 9000, SOURCE_ID: 'CALL', ASSIGNED_BY_ID: colleague })
    await add({ TITLE: 'Chairs', OPPORTUNITY: 500, SOURCE_ID: 'WEB', STATUS_ID: 'IN_PROCESS' })
    await add({ TITLE: 'Tables', OPPORTUNITY: 700, SOURCE_ID: 'WEB', STATUS_ID: 'JUNK' })
  })

  async function add(page: Page, field: string): Promise<void> {
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByPlaceholder('Find a field').fill(field)
    await page.getByRole('option', { name: field, exact: true }).click()
  }

  it('is put together field by field, stands in the address, and survives reload and back', async () => {
    const page = await crm.open('/crm/lead/list/')
    await shows(page, ['Chairs', 'Forklifts', 'Tables'])
    await add(page, 'Source')
    await page.getByRole('option', { name: 'Website', exact: true }).click()
    await shows(page, ['Chairs', 'Tables'])
    await page.keyboard.press('Escape')
    await add(page, 'Amount')
    await page.getByLabel('From').fill('600')
    await page.keyboard.press('Enter')
    await shows(page, ['Tables'])
    const url = new URL(page.url())
    expect(url.searchParams.get('f.sourceId')).toBe('any:WEB')
    expect(url.searchParams.get('f.opportunity')).toBe('range:600..')

    await page.reload()
    await shows(page, ['Tables'])
    await page.getByRole('button', { name: /Source: Website/ }).waitFor()
    await page.goBack()
    await shows(page, ['Chairs', 'Tables'])
    await page.goForward()
    await page.getByRole('button', { name: 'Remove the condition on Source' }).click()
    await shows(page, ['Forklifts', 'Tables'])
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    await shows(page, ['Chairs', 'Forklifts', 'Tables'])
    expect(new URL(page.url()).search).toBe('')
    await page.context().close()
  })

  it('searches as one types, from the keyboard alone', async () => {
    const page = await crm.open('/crm/lead/list/')
    await shows(page, ['Chairs', 'Forklifts', 'Tables'])
    await page.keyboard.press('/')
    await page.keyboard.type('fork')
    await shows(page, ['Forklifts'])
    expect(new URL(page.url()).searchParams.get('q')).toBe('fork')
    await page.keyboard.press('Escape')
    await shows(page, ['Chairs', 'Forklifts', 'Tables'])
    await page.keyboard.press('/')
    await page.keyboard.type('nothing of that kind')
    await page.getByText('Nothing matches this filter').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await shows(page, ['Chairs', 'Forklifts', 'Tables'])
    await page.context().close()
  })

  it('knows people, oneself first, and what is in progress', async () => {
    const page = await crm.open('/crm/lead/list/')
    await add(page, 'Responsible')
    await page.getByRole('option', { name: /^Me/ }).click()
    await shows(page, ['Chairs', 'Tables'])
    await page.getByRole('option', { name: /Nora/ }).click()
    await shows(page, ['Chairs', 'Forklifts', 'Tables'])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Saved filters/ }).click()
    await page.getByRole('button', { name: 'In progress', exact: true }).click()
    await shows(page, ['Chairs', 'Forklifts'])
    await page.getByRole('button', { name: /Saved filters/ }).click()
    await page.getByRole('button', { name: 'Closed', exact: true }).click()
    await shows(page, ['Tables'])
    await page.context().close()
  })

  it('is saved, changed, renamed, begun with, and deleted with a way back', async () => {
    const page = await crm.open('/crm/lead/list/?f.sourceId=any:WEB')
    await page.getByRole('button', { name: 'Save as new' }).click()
    await page.getByRole('button', { name: 'Save as new' }).last().click()
    await page.getByText('Give it a name').waitFor()
    await page.getByLabel('Name', { exact: true }).fill('From the web')
    await page.getByRole('button', { name: 'Save as new' }).last().click()
    const shown = page.getByRole('button', { name: 'Saved filters; shown now: From the web' })
    await shown.waitFor()
    expect(await shown.textContent()).not.toContain('changed')

    // Something else is shown than what it says.
    await page.goto(`${page.url()}&f.opportunity=range:600..`)
    await shows(page, ['Tables'])
    await eventually(() => shown.textContent()).toContain('changed')
    await page.getByRole('button', { name: 'Update “From the web”' }).click()
    await eventually(() => shown.textContent()).notToContain('changed')

    await page.context().close()
  })

  it('is what a page begins with that is opened without a word, and can be renamed and deleted', async () => {
    const value = [
      { id: 'w1', name: 'From the web', conditions: [{ field: 'title', op: 'contains', value: ['able'] }] },
    ]
    await crm.call('portico.preference.set', { name: 'filter.presets.1', value })
    await crm.call('portico.preference.set', { name: 'filter.usual.1', value: 'w1' })
    const other = await crm.open('/crm/lead/list/')
    await shows(other, ['Tables'])
    await other.getByRole('button', { name: 'Clear', exact: true }).click()
    await shows(other, ['Chairs', 'Forklifts', 'Tables'])
    await other.reload()
    await shows(other, ['Chairs', 'Forklifts', 'Tables'])

    await other.getByRole('button', { name: /Saved filters/ }).click()
    await other.getByRole('button', { name: 'Rename “From the web”' }).click()
    await other.getByLabel('Name', { exact: true }).fill('Web, large')
    await other.keyboard.press('Enter')
    await other.getByRole('button', { name: 'Web, large', exact: true }).waitFor()
    await other.getByRole('button', { name: 'Delete “Web, large”' }).click()
    await other.getByRole('button', { name: 'Web, large', exact: true }).waitFor({ state: 'detached' })
    await other.getByRole('button', { name: 'Undo' }).click()
    await other.getByRole('button', { name: 'Web, large', exact: true }).waitFor()
    await other.context().close()
    await crm.call('portico.preference.set', { name: 'filter.usual.1', value: null })
  })

  it('is for everyone where an administrator says so, and nobody else can change that', async () => {
    await crm.call('portico.preference.set', {
      name: 'filter.shared.1',
      common: 'Y',
      value: [{ id: 'x1', name: 'Web for all', conditions: [{ field: 'sourceId', op: 'any', value: ['WEB'] }] }],
    })
    const page = await crm.open('/crm/lead/list/', { userId: colleague })
    await page.getByRole('button', { name: /Saved filters/ }).click()
    await page.getByRole('button', { name: 'Web for all', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Delete “Web for all”' }).count()).toBe(0)
    await page.context().close()
  })

  it('ignores a field that is no longer there, and says so of nothing', async () => {
    const page = await crm.open('/crm/lead/list/?f.ufCrmGone=any:1&f.sourceId=any:WEB')
    await shows(page, ['Chairs', 'Tables'])
    await page.context().close()
  })

  it('fills the screen of a phone', async () => {
    const page = await crm.open('/crm/lead/list/', { mobile: true })
    await page.locator('.record-card .record-link').first().waitFor()
    await page.getByRole('button', { name: /^Filters/ }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Filter', exact: true }).click()
    await sheet.getByRole('option', { name: 'Source', exact: true }).click()
    await sheet.getByRole('option', { name: 'Website', exact: true }).click()
    await sheet.getByRole('button', { name: 'Done' }).click()
    await sheet.getByText('Website').waitFor()
    await expectAccessible(page)
    await sheet.getByRole('button', { name: 'Show the results' }).click()
    await eventually(() => page.locator('.record-card .record-link').allTextContents()).toHaveLength(2)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.context().close()
  })

  it('can be read and reached by everyone, and looked at', async () => {
    const path = '/crm/lead/list/?f.sourceId=any:WEB&f.createdTime=period:this-month&f.opportunity=range:100..5000'
    const page = await crm.open(path)
    await rows(page).first().waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByPlaceholder('Find a field').waitFor()
    await expectAccessible(page)
    await page.context().close()
    await screens(crm, 'filter', path, async (shown) => {
      await shown.locator('.record-link').first().waitFor()
      const isPhone = (shown.viewportSize()?.width ?? 0) < 640
      if (isPhone) await shown.getByRole('button', { name: /^Filters/ }).click()
      else
        await shown
          .getByRole('button', { name: /^Created on/ })
          .first()
          .click()
      await shown.getByRole('dialog').waitFor()
    })
  })
})

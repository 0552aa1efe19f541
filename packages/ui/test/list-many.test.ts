import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { manyLeads } from './support/boards.ts'
import { eventually } from './support/eventually.ts'
import { webCrm } from './support/web-crm.ts'

const inSight = (page: Page): Promise<string[]> => page.locator('.grid-body .record-link').allTextContents()

describe.skipIf(chromiumPath === undefined)('a list of ten thousand leads', async () => {
  const crm = await webCrm()
  await manyLeads(crm, 10_000, ['NEW', 'IN_PROCESS'])
  const colleague = await crm.employee('Nora')
  const assigned = async (filter: object = {}): Promise<number> => {
    const { groups } = await crm.call<{ groups: { count: number }[] }>('portico.item.totals', {
      entityTypeId: 1,
      filter: { assignedById: colleague, ...filter },
    })
    return groups[0]?.count ?? 0
  }

  it('draws what is in sight, and reaches its end at once', async () => {
    const page = await crm.open('/crm/lead/list/?sort=id')
    await page.getByText('10,000 found').waitFor()
    await eventually(() => inSight(page)).toContain('Lead 0')
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3_000)
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('crm.item.list')) asked.push(request.postData() ?? '')
    })
    await page.locator('#list-grid').evaluate((grid) => grid.scrollTo({ top: grid.scrollHeight }))
    await eventually(() => inSight(page)).toContain('Lead 9999')
    expect(asked.length).toBeLessThanOrEqual(3)
    expect(await page.locator('.grid-row').count()).toBeLessThan(60)
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3_000)
    await page.context().close()
  })

  it('selects a range that was never loaded as a whole', async () => {
    const page = await crm.open('/crm/lead/list/?sort=id')
    await page.locator('.grid-row', { hasText: 'Lead 0' }).first().getByRole('checkbox').click()
    await page.locator('#list-grid').evaluate((grid) => grid.scrollTo({ top: 44 * 200 }))
    await page
      .locator('.grid-row', { hasText: 'Lead 205' })
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] })
    await page.getByText('206 selected').waitFor()
    await page.context().close()
  })

  it('changes all that a filter finds, over pages, and none beside them', async () => {
    // Lead 10, 100…109 and 1000…1099, of which every second one is new.
    const filter = '?f.title=contains:Lead+10&f.stageId=any:NEW'
    const found = await crm.call<{ groups: { count: number }[] }>('portico.item.totals', {
      entityTypeId: 1,
      filter: { '%title': 'Lead 10', stageId: 'NEW' },
    })
    const many = found.groups[0]?.count ?? 0
    expect(many).toBeGreaterThan(50)
    const page = await crm.open(`/crm/lead/list/${filter}`)
    await page.getByRole('checkbox', { name: 'Select what is loaded' }).click()
    await page.getByText(/^\d+ selected$/).waitFor()
    await page.getByRole('button', { name: /^Select all/ }).click()
    await page.getByRole('button', { name: 'Assign' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Responsible').first().click()
    await page.getByRole('option', { name: /Nora/ }).click()
    await dialog.getByRole('button', { name: 'Assign' }).click()
    await page
      .getByText(/\d+ done/)
      .first()
      .waitFor()
    await eventually(() => assigned()).toBe(many)
    expect(await assigned({ stageId: 'NEW', '%title': 'Lead 10' })).toBe(many)
    await page.context().close()
  })

  it('assigns 120 that were chosen, and says which of them it could not change', async () => {
    const page = await crm.open('/crm/lead/list/?sort=id')
    await page.locator('.grid-row', { hasText: 'Lead 0' }).first().getByRole('checkbox').click()
    await page.locator('#list-grid').evaluate((grid) => grid.scrollTo({ top: 44 * 115 }))
    await page
      .locator('.grid-row', { hasText: 'Lead 119' })
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] })
    await page.getByText('120 selected').waitFor()
    const before = await assigned({ '<=id': 120 })
    const { items } = await crm.call<{ items: { id: number }[] }>('crm.item.list', {
      entityTypeId: 1,
      filter: { '%title': 'Lead 7' },
      order: { id: 'ASC' },
      select: ['id'],
    })
    // One of them is gone by the time.
    await crm.call('crm.item.delete', { entityTypeId: 1, id: items[0]?.id })
    await page.getByRole('button', { name: 'Assign' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Responsible').first().click()
    await page.getByRole('option', { name: /Nora/ }).click()
    await dialog.getByRole('button', { name: 'Assign' }).click()
    await page.getByText('1 was not changed').first().waitFor()
    await eventually(() => assigned({ '<=id': 121 })).toBeGreaterThan(118)
    expect(before).toBeLessThan(120)
    await page.context().close()
  })
})

import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { card, cardIn, column, count, drag, manyLeads, titles } from './support/boards.ts'
import { webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('a board of ten thousand leads', async () => {
  const crm = await webCrm()
  await manyLeads(crm, 10_000, ['NEW', 'IN_PROCESS', 'PROCESSED'])

  it('is read page by page and drawn only where it is seen', async () => {
    const page = await crm.open('/account')
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/rest/')) asked.push(new URL(request.url()).pathname)
    })
    await page.goto(`${crm.url}/crm/lead/kanban/`)
    await card(page, 'Lead 0').waitFor()
    await expect.poll(() => count(page, 'NEW')).toBe('3,334')
    expect(await count(page, 'PROCESSED')).toBe('3,333')
    await page.waitForLoadState('networkidle').catch(() => undefined)
    // One for the first page of all stages, one for names and activities; the rest is what the page itself needs.
    expect(asked.filter((path) => path.endsWith('/batch')).length).toBeLessThanOrEqual(3)
    expect(asked.length).toBeLessThanOrEqual(16)
    expect(await page.locator('[data-card]').count()).toBeLessThan(60)
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3500)
    await page.context().close()
  })

  it('goes on as far as one scrolls, in order and without a gap', async () => {
    const page = await crm.open('/crm/lead/kanban/')
    await card(page, 'Lead 0').waitFor()
    const list = column(page, 'NEW').locator('[data-cards]')
    for (let n = 0; n < 40; n++) {
      await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
      if ((await list.evaluate((element) => element.scrollHeight)) > 60_000) break
      await page.waitForTimeout(60)
    }
    const numbers = (await titles(page, 'NEW')).map((title) => Number(title.replace('Lead ', '')))
    expect(Math.min(...numbers)).toBeGreaterThan(500)
    // Every third lead stands in this stage.
    for (const [index, number] of numbers.entries()) if (index > 0) expect(number - (numbers[index - 1] ?? 0)).toBe(3)
    expect(await column(page, 'NEW').locator('[data-card]').count()).toBeLessThan(25)
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3500)
    await page.context().close()
  })

  it('carries a card to another stage without reading any of the others', async () => {
    const page = await crm.open('/crm/lead/kanban/')
    await card(page, 'Lead 0').waitFor()
    await expect.poll(() => count(page, 'IN_PROCESS')).toBe('3,333')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.postData() ?? ''))
    await drag(page, card(page, 'Lead 0'), () => column(page, 'IN_PROCESS'))
    await cardIn(page, 'IN_PROCESS', 'Lead 0').first().waitFor()
    await expect.poll(() => count(page, 'IN_PROCESS')).toBe('3,334')
    expect((await titles(page, 'IN_PROCESS'))[0]).toBe('Lead 0')
    expect(asked.filter((body) => body.includes('crm.item.list') && body.includes('start%3D0')).length).toBe(0)
    await page.context().close()
  })
})

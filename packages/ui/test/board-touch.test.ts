import type { CDPSession, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { card, cardIn, column } from './support/boards.ts'
import { expectAccessible, webCrm } from './support/web-crm.ts'

/** A finger, as the browser feels it. */
async function finger(
  page: Page,
): Promise<(type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number) => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page)
  return async (type, x, y) => {
    const touchPoints = x === undefined || y === undefined ? [] : [{ x, y }]
    await session.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
}

describe.skipIf(chromiumPath === undefined)('a board on a phone', async () => {
  const crm = await webCrm()
  const { call } = crm
  const stageOf = async (id: number): Promise<string> =>
    (await call<{ STATUS_ID: string }>('crm.lead.get', { id })).STATUS_ID
  const id = await call<number>('crm.lead.add', { fields: { TITLE: 'Delivery to Lisbon' } })
  for (let n = 0; n < 12; n++) await call('crm.lead.add', { fields: { TITLE: `Lead ${n}` } })
  await call('crm.lead.add', { fields: { TITLE: 'In the middle', STATUS_ID: 'IN_PROCESS' } })

  it('shows one stage at a time, and a switcher to the others', async () => {
    const page = await crm.open('/crm/lead/kanban/', { mobile: true })
    await card(page, 'Lead 11').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await expectAccessible(page)
    await page
      .getByRole('navigation', { name: 'Stages' })
      .getByRole('button', { name: /In process/ })
      .tap()
    await expect.poll(async () => (await column(page, 'IN_PROCESS').boundingBox())?.x).toBeLessThan(60)
    await card(page, 'In the middle').waitFor()
    await expect.poll(() => page.locator('.board-chip[aria-current="true"]').innerText()).toContain('In process')
    await page.context().close()
  })

  it('moves a card that a finger has rested on; one that swipes scrolls', async () => {
    const page = await crm.open('/crm/lead/kanban/', { mobile: true })
    const shown = card(page, 'Lead 11')
    await shown.waitFor()
    const touch = await finger(page)
    const box = (await shown.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const [x, y] = [box.x + 120, box.y + 70]

    await touch('touchStart', x, y)
    for (let step = 1; step <= 8; step++) await touch('touchMove', x, y - step * 20)
    await touch('touchEnd')
    expect(await page.locator('.board-ghost').count()).toBe(0)
    await expect
      .poll(() =>
        column(page, 'NEW')
          .locator('[data-cards]')
          .evaluate((list) => list.scrollTop),
      )
      .toBeGreaterThan(20)
    await column(page, 'NEW')
      .locator('[data-cards]')
      .evaluate((list) => list.scrollTo({ top: 0 }))

    const lead = Number(await column(page, 'NEW').locator('[data-card]').first().getAttribute('data-card'))
    const ghost = page.locator('.board-ghost')
    const over = column(page, 'IN_PROCESS').and(page.locator('.is-over'))
    /** Whether it got there: a browser that is too busy takes the finger for a scrolling one, and the card stays. */
    const carried = async (): Promise<boolean> => {
      await page
        .locator('.board')
        .first()
        .evaluate((board) => board.scrollTo({ left: 0 }))
      await touch('touchStart', x, y)
      await ghost.waitFor()
      await page.locator('.board-zone').first().waitFor()
      await touch('touchMove', x + 5, y + 40)
      // At an edge the next stage comes; a finger that was too long at one goes to the other.
      for (let tries = 0; tries < 100 && (await ghost.isVisible()); tries++) {
        if (await over.isVisible()) return true
        const left = (await column(page, 'IN_PROCESS').boundingBox())?.x ?? 999
        const to = left > 120 ? 386 : left < -120 ? 4 : 200
        await touch('touchMove', to - (tries % 2), y + 60)
        await page.waitForTimeout(60)
      }
      await touch('touchEnd')
      return false
    }
    for (let attempt = 0; attempt < 4 && !(await carried()); attempt++);
    await over.waitFor()
    await touch('touchEnd')
    await expect.poll(() => stageOf(lead)).toBe('IN_PROCESS')
    await column(page, 'IN_PROCESS').locator(`[data-card="${lead}"]`).waitFor()
    await page.context().close()
  })

  it('moves a card from its menu with a thumb', async () => {
    const page = await crm.open('/crm/lead/kanban/', { mobile: true })
    const list = column(page, 'NEW').locator('[data-cards]')
    await card(page, 'Lead 10').waitFor()
    await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
    const shown = card(page, 'Delivery to Lisbon')
    await shown.waitFor()
    const button = shown.getByRole('button', { name: /Actions/ })
    const box = await button.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(32)
    await button.tap()
    await page.getByRole('menuitem', { name: 'Processed', exact: true }).tap()
    await expect.poll(() => stageOf(id)).toBe('PROCESSED')
    expect(await cardIn(page, 'NEW', 'Delivery to Lisbon').count()).toBe(0)
    await page.context().close()
  })
})

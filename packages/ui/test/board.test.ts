import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { card, cardIn, column, count, drag, sum, titles } from './support/boards.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('a board', async () => {
  const crm = await webCrm()
  const { call } = crm
  const lead = (title: string, fields: object = {}): Promise<number> =>
    call('crm.lead.add', { fields: { TITLE: title, ...fields } })
  const stageOf = async (id: number): Promise<string> =>
    (await call<{ STATUS_ID: string }>('crm.lead.get', { id })).STATUS_ID

  const company = await call<number>('crm.company.add', { fields: { TITLE: 'Northwind Traders' } })
  const contact = await call<number>('crm.contact.add', {
    fields: { NAME: 'Mara', LAST_NAME: 'Lind', PHONE: [{ VALUE: '+49 30 901820', VALUE_TYPE: 'WORK' }] },
  })
  const lisbon = await lead('Delivery to Lisbon', {
    OPPORTUNITY: 1200,
    CURRENCY_ID: 'EUR',
    COMPANY_ID: company,
    CONTACT_ID: contact,
  })
  const audit = await lead('Security audit', { OPPORTUNITY: 800, CURRENCY_ID: 'EUR', SOURCE_ID: 'WEB' })
  await lead('Annual support', { STATUS_ID: 'PROCESSED', OPPORTUNITY: 50 })
  await call('crm.activity.todo.add', {
    ownerTypeId: 1,
    ownerId: audit,
    title: 'Call back',
    description: '',
    deadline: '2026-01-05T10:00:00+01:00',
  })

  it('shows what one wants to know of a record, and counts and sums what a stage holds', async () => {
    const page = await crm.open('/crm/lead/kanban/')
    const shown = card(page, 'Delivery to Lisbon')
    await expect.poll(() => shown.innerText()).toContain('Mara Lind · Northwind Traders')
    expect(await shown.innerText()).toContain('€1,200')
    expect(await shown.getByRole('link', { name: /901820/ }).getAttribute('href')).toBe('tel:+4930901820')
    const due = card(page, 'Security audit')
    await expect.poll(() => due.innerText()).toContain('Call back, Jan 5')
    expect(await due.innerText()).toContain('Website')
    expect(await due.getAttribute('aria-label')).toContain('overdue')
    await expect.poll(() => count(page, 'NEW')).toBe('2')
    expect(await sum(page, 'NEW')).toMatch(/\d/)
    await expectAccessible(page)
    await shown.getByRole('link', { name: 'Delivery to Lisbon' }).click()
    await page.waitForURL(`**/crm/lead/details/${lisbon}/`)
    await page.context().close()
  })

  it('moves a card by mouse: it stands there at once, counts and sums follow, and the portal knows', async () => {
    const page = await crm.open('/crm/lead/kanban/')
    await expect.poll(() => count(page, 'NEW')).toBe('2')
    const before = await sum(page, 'IN_PROCESS')
    await drag(page, card(page, 'Delivery to Lisbon'), () => column(page, 'IN_PROCESS'))
    await cardIn(page, 'IN_PROCESS', 'Delivery to Lisbon').waitFor({ timeout: 1000 })
    expect([await count(page, 'NEW'), await count(page, 'IN_PROCESS')]).toEqual(['1', '1'])
    await expect.poll(() => sum(page, 'IN_PROCESS')).not.toBe(before)
    await expect.poll(() => stageOf(lisbon)).toBe('IN_PROCESS')
    // The click that ends the drag opens nothing.
    expect(new URL(page.url()).pathname).toBe('/crm/lead/kanban/')
    // It is undone with the keys that undo.
    await page.keyboard.press('Control+z')
    await expect.poll(() => stageOf(lisbon)).toBe('NEW')
    await cardIn(page, 'NEW', 'Delivery to Lisbon').waitFor()
    await page.context().close()
  })

  it('takes a card back with Escape while it is held', async () => {
    const page = await crm.open('/crm/lead/kanban/')
    await drag(
      page,
      card(page, 'Delivery to Lisbon'),
      () => column(page, 'IN_PROCESS'),
      () => page.keyboard.press('Escape'),
    )
    expect(await page.locator('.board-ghost').count()).toBe(0)
    await cardIn(page, 'NEW', 'Delivery to Lisbon').waitFor()
    expect(await stageOf(lisbon)).toBe('NEW')
    await page.context().close()
  })

  it('closes a record at the bottom of the window, and asks for the reason where there are several', async () => {
    await call('crm.status.add', {
      fields: { ENTITY_ID: 'STATUS', STATUS_ID: 'NO_MONEY', NAME: 'No budget', SORT: 990, SEMANTICS: 'F' },
    })
    const page = await crm.open('/crm/lead/kanban/')
    const id = await lead('Leaflets')
    await card(page, 'Leaflets').waitFor()
    await drag(page, card(page, 'Leaflets'), () => page.locator('.board-zone').filter({ hasText: 'Lost' }))
    const dialog = page.getByRole('dialog', { name: 'What was the reason?' })
    await dialog.waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'No budget' }).click()
    await expect.poll(() => stageOf(id)).toBe('NO_MONEY')
    // What was closed can be taken back for a while.
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => stageOf(id)).toBe('NEW')
    await call('crm.lead.delete', { id })
    await page.context().close()
  })

  it('moves a card by keyboard alone, and says what happens', async () => {
    const page = await crm.open('/crm/lead/kanban/')
    const said = page.locator('[data-said]')
    await card(page, 'Security audit').focus()
    await page.keyboard.press('Space')
    await expect.poll(() => said.innerText()).toContain('Lifted Security audit')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => said.innerText()).toContain('stage 2 of')
    await page.keyboard.press('Escape')
    await expect.poll(() => said.innerText()).toContain('Put back')
    expect(await stageOf(audit)).toBe('NEW')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await cardIn(page, 'PROCESSED', 'Security audit').waitFor()
    await expect.poll(() => stageOf(audit)).toBe('PROCESSED')
    await expect.poll(() => said.innerText()).toContain('“Security audit” is in')
    // The cursor has gone along; arrows lead on from there, Enter opens.
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-card'))).toBe(String(audit))
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Annual support')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/crm/lead/details/*/')
    await page.goBack()
    await page.waitForURL('**/crm/lead/kanban/**')
    await page.context().close()
    await call('crm.lead.update', { id: audit, fields: { STATUS_ID: 'NEW' } })
  })

  it('moves a card from its menu', async () => {
    const page = await crm.open('/crm/lead/kanban/')
    const shown = card(page, 'Annual support')
    await shown.hover()
    await shown.getByRole('button', { name: 'Actions for Annual support' }).click()
    await expectAccessible(page, '[role="menu"]')
    await page.getByRole('menuitem', { name: 'In process' }).click()
    await cardIn(page, 'IN_PROCESS', 'Annual support').waitFor()
    await page.context().close()
  })

  it('moves all that are selected at once', async () => {
    const page = await crm.open('/crm/lead/kanban/')
    await card(page, 'Delivery to Lisbon').waitFor()
    await card(page, 'Delivery to Lisbon').click({ modifiers: ['Control'], position: { x: 120, y: 60 } })
    await card(page, 'Security audit').click({ modifiers: ['Control'], position: { x: 120, y: 60 } })
    await drag(
      page,
      card(page, 'Security audit'),
      () => column(page, 'PROCESSED'),
      async () => expect(await page.locator('.board-ghost-count').innerText()).toBe('2'),
    )
    await expect.poll(() => count(page, 'PROCESSED')).toBe('2')
    await expect.poll(async () => [await stageOf(lisbon), await stageOf(audit)]).toEqual(['PROCESSED', 'PROCESSED'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => [await stageOf(lisbon), await stageOf(audit)]).toEqual(['NEW', 'NEW'])
    await page.context().close()
  })

  it('adds a record with a name and Enter, and waits for the next', async () => {
    const page = await crm.open('/crm/lead/kanban/')
    await column(page, 'IN_PROCESS')
      .getByRole('button', { name: /Quick add/ })
      .click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Office chairs')
    await page.getByRole('textbox', { name: 'Amount' }).fill('340')
    await page.keyboard.press('Enter')
    await cardIn(page, 'IN_PROCESS', 'Office chairs').and(page.locator('[aria-busy="false"]')).waitFor()
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('')
    await page.getByRole('textbox', { name: 'Name' }).fill('Desk lamps')
    await page.keyboard.press('Enter')
    await cardIn(page, 'IN_PROCESS', 'Desk lamps').and(page.locator('[aria-busy="false"]')).waitFor()
    await page.keyboard.press('Escape')
    const found = await call<{ STATUS_ID: string; OPPORTUNITY: string }[]>('crm.lead.list', {
      filter: { TITLE: 'Office chairs' },
      select: ['STATUS_ID', 'OPPORTUNITY'],
    })
    expect(found).toMatchObject([{ STATUS_ID: 'IN_PROCESS', OPPORTUNITY: '340.00' }])
    expect((await titles(page, 'IN_PROCESS')).slice(0, 2)).toEqual(['Desk lamps', 'Office chairs'])
    await page.context().close()
  })

  it('looks well at every size, in the dark, and with nothing on it', async () => {
    await screens(crm, 'board-leads', '/crm/lead/kanban/', (page) => card(page, 'Security audit').waitFor())
    await screens(crm, 'board-empty', '/crm/deal/kanban/', (page) => page.getByText('The board is waiting').waitFor())
    const german = await crm.open('/crm/deal/kanban/', { locale: 'de-DE' })
    await german.getByText('Das Board wartet').waitFor()
    await expectAccessible(german)
    await german.context().close()
  })
})

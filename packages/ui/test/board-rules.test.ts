import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { card, cardIn, column, count, drag } from './support/boards.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('a board', async () => {
  const crm = await webCrm()
  const { call } = crm
  const deal = (title: string, fields: object = {}): Promise<number> =>
    call('crm.deal.add', { fields: { TITLE: title, ...fields } })
  const row = (id: number) => call<Record<string, string>>('crm.deal.get', { id })
  const require = (stageId: string, fields: readonly string[], entityTypeId = 2) =>
    call('portico.stage.required.set', { entityTypeId, categoryId: 0, stageId, fields })

  it('asks for what a stage needs, and moves the card with it', async () => {
    await require('PREPARATION', ['probability', 'additionalInfo'])
    const id = await deal('Heat pump')
    const page = await crm.open('/crm/deal/kanban/')
    await card(page, 'Heat pump').waitFor()
    await drag(page, card(page, 'Heat pump'), () => column(page, 'PREPARATION'))
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Before it moves to').waitFor()
    // It waits where it was dropped; nothing has been written.
    await cardIn(page, 'PREPARATION', 'Heat pump').waitFor()
    expect(await row(id)).toMatchObject({ STAGE_ID: 'NEW' })
    await expectAccessible(page, '[role="dialog"]')

    await dialog.getByRole('button', { name: 'Save and move' }).click()
    await dialog.getByText('Please fill this in.').first().waitFor()
    expect(await row(id)).toMatchObject({ STAGE_ID: 'NEW' })

    await dialog.getByRole('textbox', { name: /Additional/ }).fill('Two floors')
    await dialog
      .getByLabel(/Probability/)
      .first()
      .fill('40')
    await dialog.getByRole('button', { name: 'Save and move' }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect
      .poll(() => row(id))
      .toMatchObject({ STAGE_ID: 'PREPARATION', PROBABILITY: '40', ADDITIONAL_INFO: 'Two floors' })
    await cardIn(page, 'PREPARATION', 'Heat pump').waitFor()
    await page.context().close()
  })

  it('puts the card back when the person thinks better of it', async () => {
    const id = await deal('Lift shaft')
    const page = await crm.open('/crm/deal/kanban/')
    await card(page, 'Lift shaft').waitFor()
    await expect.poll(() => count(page, 'PREPARATION')).toBe('1')
    await drag(page, card(page, 'Lift shaft'), () => column(page, 'PREPARATION'))
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await cardIn(page, 'NEW', 'Lift shaft').waitFor()
    expect(await count(page, 'PREPARATION')).toBe('1')
    expect(await row(id)).toMatchObject({ STAGE_ID: 'NEW' })
    await page.context().close()
  })

  it('asks once for all cards that lack the same, and for none that has it', async () => {
    await require('EXECUTING', ['comments'])
    const [one, two, three] = [await deal('Alpha'), await deal('Beta'), await deal('Gamma', { COMMENTS: 'own words' })]
    const page = await crm.open('/crm/deal/kanban/')
    for (const title of ['Alpha', 'Beta', 'Gamma'])
      await card(page, title).click({ modifiers: ['Control'], position: { x: 150, y: 40 } })
    await drag(page, card(page, 'Alpha'), () => column(page, 'EXECUTING'))
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 cards still lack').waitFor()
    await dialog.getByRole('textbox').first().fill('for both')
    await dialog.getByRole('button', { name: 'Save and move' }).click()
    for (const id of [one, two, three]) await expect.poll(() => row(id)).toMatchObject({ STAGE_ID: 'EXECUTING' })
    expect((await row(one)).COMMENTS).toContain('for both')
    expect((await row(three)).COMMENTS).toContain('own words')
    await page.context().close()
  })

  it('asks for a phone number by itself', async () => {
    await require('IN_PROCESS', ['PHONE'], 1)
    const id = await call<number>('crm.lead.add', { fields: { TITLE: 'Caller' } })
    const page = await crm.open('/crm/lead/kanban/')
    await card(page, 'Caller').waitFor()
    await drag(page, card(page, 'Caller'), () => column(page, 'IN_PROCESS'))
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Phone' }).fill('+49 30 901820')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => call('crm.lead.get', { id }))
      .toMatchObject({ STATUS_ID: 'IN_PROCESS', PHONE: [{ VALUE: '+49 30 901820' }] })
    await page.context().close()
  })

  it('puts a card back that the portal refuses to move, and says why', async () => {
    const person = await crm.employee('Nora')
    await call('portico.role.assign', { id: 1, access: [] })
    const permissions = [
      { entity: 'deal', action: 'read', level: 'all' },
      { entity: 'deal', action: 'update', level: 'own' },
    ]
    await call('portico.role.add', { fields: { name: 'Own deals', access: [`U${person}`], permissions } })
    const id = await deal('Somebody else’s')
    const page = await crm.open('/crm/deal/kanban/', { userId: person })
    await card(page, 'Somebody else’s').waitFor()
    const before = await count(page, 'PREPAYMENT_INVOICE')
    await drag(page, card(page, 'Somebody else’s'), () => column(page, 'PREPAYMENT_INVOICE'))
    await page.getByText('was not moved').first().waitFor()
    await page.getByText('Access denied').first().waitFor()
    await cardIn(page, 'NEW', 'Somebody else’s').waitFor()
    expect(await count(page, 'PREPAYMENT_INVOICE')).toBe(before)
    expect(await row(id)).toMatchObject({ STAGE_ID: 'NEW' })
    // Who may add none is not invited to.
    expect(await page.getByRole('button', { name: 'Create', exact: true }).count()).toBe(0)
    await page.context().close()
  })

  it('switches between pipelines, keeps the last one and has it in the address', async () => {
    const { category } = await call<{ category: { id: number } }>('crm.category.add', {
      entityTypeId: 2,
      fields: { name: 'Repairs' },
    })
    await deal('Broken pump', { CATEGORY_ID: category.id })
    const page = await crm.open('/crm/deal/kanban/')
    await page.waitForURL('**/crm/deal/kanban/?category=0')
    await page.getByRole('button', { name: /^Repairs/ }).click()
    await page.waitForURL(`**/crm/deal/kanban/?category=${category.id}`)
    await card(page, 'Broken pump').waitFor()
    await page.goBack()
    await card(page, 'Alpha').waitFor()
    await page.goForward()
    await card(page, 'Broken pump').waitFor()
    await expectAccessible(page)
    await page.goto(`${crm.url}/crm/deal/kanban/`)
    await page.waitForURL(`**/crm/deal/kanban/?category=${category.id}`)
    await card(page, 'Broken pump').waitFor()
    await page.context().close()
  })

  it('serves smart processes, quotes and invoices alike', async () => {
    const { type } = await call<{ type: { entityTypeId: number } }>('crm.type.add', {
      fields: { title: 'Complaint', isStagesEnabled: 'Y', isCategoriesEnabled: 'N' },
    })
    const made: [string, number, string][] = [
      [`type/${type.entityTypeId}`, type.entityTypeId, 'Late delivery'],
      ['quote', 7, 'Offer for Lisbon'],
      ['smart_invoice', 31, 'Invoice for Lisbon'],
    ]
    for (const [path, entityTypeId, title] of made) {
      await call('crm.item.add', { entityTypeId, fields: { title } })
      const page = await crm.open(`/crm/${path}/kanban/`)
      await card(page, title).waitFor()
      const second = page.locator('.board-column').nth(1)
      await drag(page, card(page, title), () => second)
      await second.locator('[data-card]').filter({ hasText: title }).waitFor()
      const { items } = await call<{ items: { stageId: string }[] }>('crm.item.list', {
        entityTypeId,
        filter: { title },
      })
      expect(items[0]?.stageId).toBe(await second.getAttribute('data-drop'))
      await page.context().close()
    }
  })

  it('filters by what is looked for, and says so when nothing is found', async () => {
    const page = await crm.open('/crm/deal/kanban/?category=0')
    await card(page, 'Alpha').waitFor()
    await page.locator('[role="search"] input').first().fill('Beta')
    await card(page, 'Beta').waitFor()
    await card(page, 'Alpha').waitFor({ state: 'detached' })
    expect(page.url()).toContain('q=Beta')
    await page.locator('[role="search"] input').first().fill('nothing of the kind')
    await page.getByText('Nothing matches the filter.').waitFor()
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await card(page, 'Alpha').waitFor()
    await page.context().close()
  })

  it('shows other fields on cards, for oneself or for everybody', async () => {
    const page = await crm.open('/crm/deal/kanban/?category=0')
    await card(page, 'Heat pump').waitFor()
    await page.getByRole('button', { name: 'Board settings' }).click()
    await page.getByRole('menuitem', { name: 'What cards show' }).click()
    const dialog = page.getByRole('dialog', { name: 'What cards show' })
    await expectAccessible(page, '[role="dialog"]')
    await dialog.getByRole('searchbox').fill('Additional')
    await dialog.getByRole('checkbox').first().click()
    await dialog.getByRole('checkbox', { name: /everyone/ }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => card(page, 'Heat pump').innerText()).toContain('Two floors')
    await page.context().close()
    const { common } = await call<{ common: Record<string, unknown> }>('portico.preference.list')
    expect(common['board.fields.2']).toContain('additionalInfo')
  })

  it('folds stages away, and keeps them so', async () => {
    const page = await crm.open('/crm/deal/kanban/?category=0')
    await column(page, 'NEW').hover()
    await column(page, 'NEW').getByRole('button', { name: /^Fold/ }).click()
    const folded = page.locator('.board-folded[data-drop="NEW"]')
    await folded.waitFor()
    await page.reload()
    await folded.click()
    await column(page, 'NEW').waitFor()
    await page.context().close()
  })

  it('looks well with pipelines', async () => {
    await screens(crm, 'board-deals', '/crm/deal/kanban/?category=0', (page) => card(page, 'Lift shaft').waitFor())
  })
})

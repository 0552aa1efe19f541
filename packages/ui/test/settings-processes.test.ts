import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, webCrm } from './support/web-crm.ts'

interface Process {
  readonly id: number
  readonly entityTypeId: number
  readonly title: string
  readonly isClientEnabled: string
  readonly isSourceEnabled: string
}

describe.skipIf(chromiumPath === undefined)('smart processes', async () => {
  const crm = await webCrm()
  const processes = async (): Promise<Process[]> => (await crm.call<{ types: Process[] }>('crm.type.list')).types

  it('are made from three answers, and work at once: navigation, board, a first record, stages', async () => {
    const page = await crm.open('/settings/processes/')
    await page.getByRole('button', { name: 'Create a smart process' }).first().click()
    await page.getByLabel('What is it called?').fill('Complaints')
    const stages = page.getByLabel('Which stages does it go through?')
    await stages.fill('Answered')
    await stages.press('Enter')
    await page.getByLabel('What does it belong to?').click()
    await page.getByRole('option', { name: 'Deals' }).click()
    await page.keyboard.press('Escape')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.waitForURL('**/crm/type/*/kanban/**')
    const made = (await processes()).at(-1)
    expect(made).toMatchObject({ title: 'Complaints', isClientEnabled: 'Y' })
    await page.getByRole('link', { name: 'Complaints' }).first().waitFor()
    await page.getByText('Answered').first().waitFor()
    const entityTypeId = made?.entityTypeId ?? 0
    const { item } = await crm.call<{ item: { id: number } }>('crm.item.add', {
      entityTypeId,
      fields: { title: 'Late delivery' },
    })
    await page.reload()
    await page.getByText('Late delivery').first().waitFor()
    const { fields } = await crm.call<{ fields: Record<string, unknown> }>('crm.item.fields', { entityTypeId })
    expect(Object.keys(fields)).toContain('parentId2')
    await page.goto(`${crm.url}/settings/stages/type/${entityTypeId}/`)
    await page.getByRole('textbox', { name: 'Name of the stage Answered' }).waitFor()
    expect(item.id).toBeGreaterThan(0)
  })

  it('are changed, and keep what they can’t give up', async () => {
    const [made] = await processes()
    const page = await crm.open(`/settings/processes/?process=${made?.id}`)
    await page.getByLabel('What is it called?').fill('Claims')
    await page.getByRole('switch', { name: 'Source' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Claims' }).first().waitFor()
    expect((await processes())[0]).toMatchObject({ title: 'Claims', isSourceEnabled: 'Y' })
    await page
      .getByRole('button', { name: /^Claims/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page
      .getByRole('dialog', { name: /Delete the smart process/ })
      .getByRole('button', { name: 'Delete' })
      .click()
    await page.getByText('Claims can’t be deleted').first().waitFor()
    crm.expected.push(/status of 400/)
  })

  it('go when their records have gone, out of the navigation, too', async () => {
    const [made] = await processes()
    const { items } = await crm.call<{ items: { id: number }[] }>('crm.item.list', {
      entityTypeId: made?.entityTypeId,
    })
    for (const { id } of items) await crm.call('crm.item.delete', { entityTypeId: made?.entityTypeId, id })
    const page = await crm.open(`/settings/processes/?process=${made?.id}`)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page
      .getByRole('dialog', { name: /Delete the smart process/ })
      .getByRole('button', { name: 'Delete' })
      .click()
    await page.getByText('No smart processes yet').waitFor()
    expect(await processes()).toEqual([])
    expect(await page.getByRole('link', { name: 'Claims' }).count()).toBe(0)
    await expectAccessible(page)
  })

  it('cards go back to the usual for all', async () => {
    const data = [{ name: 'main', title: 'Only this', type: 'section', elements: [{ name: 'TITLE' }] }]
    await crm.call('crm.lead.details.configuration.set', { scope: 'C', data })
    const page = await crm.open('/settings/cards/')
    await page.getByText('Arranged for all').first().waitFor()
    await page.getByRole('button', { name: 'More about the card of Leads' }).click()
    await page.getByRole('menuitem', { name: 'Back to the usual for all' }).click()
    await page.getByRole('button', { name: 'Back to the usual', exact: true }).click()
    await page.getByText('Arranged for all').waitFor({ state: 'detached' })
    expect(await crm.call('crm.lead.details.configuration.get', { scope: 'C' })).toBeNull()
    await expectAccessible(page)
  })
})

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, webCrm } from './support/web-crm.ts'

interface Rule {
  readonly id: number
  readonly kind: string
  readonly stageId: string
  readonly sort: number
  readonly delay: number
  readonly settings: Record<string, unknown>
  readonly conditions: Record<string, unknown> | null
}

/** A choice of the kit: its button opens a list. */
async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByLabel(label, { exact: true }).first().click()
  await page.getByRole('option', { name: option }).first().click()
}

describe.skipIf(chromiumPath === undefined)('the settings of automation', async () => {
  const crm = await webCrm()
  const rules = async (): Promise<Rule[]> =>
    (await crm.call<{ rules: Rule[] }>('portico.automation.rule.list', { entityTypeId: 1 })).rules

  it('makes a rule in a stage, which runs when a lead comes into it', async () => {
    const page = await crm.open('/settings/automation/lead/')
    await page.getByRole('button', { name: 'Add a rule: In process' }).click()
    await choose(page, 'What happens', 'Change fields')
    await choose(page, 'Add a field', /^Title$/)
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Seen: ')
    await page.getByRole('button', { name: 'Field for Title' }).click()
    await page.getByRole('menuitem', { name: 'ID', exact: true }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Change Title' }).waitFor()
    expect(await rules()).toEqual([
      expect.objectContaining({
        kind: 'field',
        stageId: 'IN_PROCESS',
        delay: 0,
        conditions: null,
        settings: { fields: { title: 'Seen: {{id}}' } },
      }),
    ])
    const id = await crm.call<number>('crm.lead.add', { fields: { TITLE: 'New', STATUS_ID: 'IN_PROCESS' } })
    await expect
      .poll(async () => (await crm.call<{ TITLE: string }>('crm.lead.get', { id })).TITLE, { timeout: 10_000 })
      .toBe(`Seen: ${id}`)
  })

  it('asks for what a rule can’t do without, beside the field', async () => {
    const page = await crm.open('/settings/automation/lead/?stage=NEW')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('This is needed').waitFor()
    expect(await rules()).toHaveLength(1)
  })

  it('orders the rules of a stage by the keys, and deletes one', async () => {
    for (const [index, title] of ['First', 'Second'].entries())
      await crm.call('portico.automation.rule.set', {
        rule: { entityTypeId: 1, stageId: 'NEW', kind: 'activity', name: title, sort: index, settings: { title } },
      })
    const page = await crm.open('/settings/automation/lead/')
    await page.getByRole('button', { name: 'Move Second' }).press('ArrowUp')
    const named = async (): Promise<unknown[]> =>
      (await rules()).filter(({ stageId }) => stageId === 'NEW').map(({ settings }) => settings.title)
    await expect.poll(named).toEqual(['Second', 'First'])
    await page.getByRole('button', { name: 'First', exact: true }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page
      .getByRole('dialog', { name: /Delete the rule/ })
      .getByRole('button', { name: 'Delete' })
      .click()
    await expect.poll(named).toEqual(['Second'])
    await expectAccessible(page)
  })
})

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, webCrm } from './support/web-crm.ts'

interface Field {
  readonly id: string
  readonly fieldName: string
  readonly userTypeId: string
  readonly mandatory: string
  readonly enum?: { value: string; def: string }[]
  readonly settings: Record<string, unknown>
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).first().click()
  await page.getByRole('option', { name: option, exact: true }).first().click()
}

describe.skipIf(chromiumPath === undefined)('the settings of fields and directories', async () => {
  const crm = await webCrm()
  const fieldsOf = async (entityId: string): Promise<Field[]> =>
    (
      await crm.call<{ fields: Field[] }>('userfieldconfig.list', {
        moduleId: 'crm',
        select: { 0: '*', 1: 'enum' },
        filter: { entityId },
      })
    ).fields

  it('makes a list with values, in both languages, which cards and the API have at once', async () => {
    const page = await crm.open('/settings/fields/deal/')
    await page.getByRole('button', { name: 'Add a field' }).first().click()
    await page.getByLabel('Name (English)').fill('Priority')
    await page.getByLabel('Name (Deutsch)').fill('Dringlichkeit')
    await choose(page, 'Type', 'List')
    const value = page.getByRole('textbox', { name: 'Another value, then Enter' })
    for (const text of ['High', 'Low']) {
      await value.fill(text)
      await value.press('Enter')
    }
    // What was typed and not entered counts as well.
    await value.fill('None')
    await page.getByRole('button', { name: 'Preset: Low' }).click()
    await page.getByRole('textbox', { name: /^Code/ }).fill('priority')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByText('UF_CRM_PRIORITY').first().waitFor()
    const [field] = await fieldsOf('CRM_DEAL')
    expect(field).toMatchObject({ fieldName: 'UF_CRM_PRIORITY', userTypeId: 'enumeration' })
    expect(field?.enum?.map(({ value: text, def }) => [text, def])).toEqual([
      ['High', 'N'],
      ['Low', 'Y'],
      ['None', 'N'],
    ])
    const { field: whole } = await crm.call<{ field: { editFormLabel: object } }>('userfieldconfig.get', {
      moduleId: 'crm',
      id: field?.id,
    })
    expect(whole.editFormLabel).toMatchObject({ en: 'Priority', de: 'Dringlichkeit' })
    const { fields } = await crm.call<{ fields: Record<string, { title: string }> }>('crm.item.fields', {
      entityTypeId: 2,
    })
    expect(fields.ufCrmPriority?.title ?? fields.ufCrm_PRIORITY?.title).toBe('Priority')
  })

  it('changes a field: its name, what it must have, its values', async () => {
    const page = await crm.open('/settings/fields/deal/')
    await page.getByRole('button', { name: /^Priority/ }).click()
    await page.getByLabel('Name (English)').fill('Urgency')
    await page.getByRole('switch', { name: 'Mandatory' }).click()
    await page.getByRole('button', { name: 'Remove the value None' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: /^Urgency/ }).waitFor()
    const [field] = await fieldsOf('CRM_DEAL')
    expect(field?.mandatory).toBe('Y')
    expect(field?.enum?.map(({ value }) => value)).toEqual(['High', 'Low'])
  })

  it('keeps the settings of a type, and tells a wrong one beside the buttons', async () => {
    const page = await crm.open('/settings/fields/contact/?field=new')
    await page.getByLabel('Name (English)').fill('Score')
    await choose(page, 'Type', 'Number')
    await page.getByLabel('Digits after the point').fill('1')
    await page.getByLabel('At most', { exact: true }).fill('10')
    await page.getByLabel('Preset', { exact: true }).fill('11')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'default value' }).waitFor()
    expect(await fieldsOf('CRM_CONTACT')).toEqual([])
    await page.getByLabel('Preset', { exact: true }).fill('7.5')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('button', { name: /^Score/ }).waitFor()
    const [field] = await fieldsOf('CRM_CONTACT')
    expect(field?.settings).toMatchObject({ PRECISION: 1, MAX_VALUE: 10, DEFAULT_VALUE: 7.5 })
    crm.expected.push(/status of 400/)
  })

  it('deletes a field only after saying what goes with it', async () => {
    const page = await crm.open('/settings/fields/contact/')
    await page.getByRole('button', { name: /^Score/ }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('All its values go with it').waitFor()
    await page.getByRole('button', { name: 'Delete with all values' }).click()
    await page.getByText('No fields of your own yet').waitFor()
    expect(await fieldsOf('CRM_CONTACT')).toEqual([])
    await expectAccessible(page)
  })

  it('adds, renames, deletes and puts back an entry of a directory', async () => {
    const page = await crm.open('/settings/directories/SOURCE/')
    const named = async (): Promise<string[]> =>
      (await crm.call<{ NAME: string }[]>('crm.status.entity.items', { entityId: 'SOURCE' })).map(({ NAME }) => NAME)
    await page.getByRole('textbox', { name: 'New entry' }).fill('Podcast')
    await page.keyboard.press('Enter')
    await expect.poll(named).toContain('Podcast')
    const field = page.getByRole('textbox', { name: 'Name of the entry Podcast' })
    await field.fill('Podcasts')
    await field.press('Enter')
    await expect.poll(named).toContain('Podcasts')
    await page.getByRole('button', { name: 'Delete the entry Podcasts' }).click()
    await expect.poll(named).not.toContain('Podcasts')
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect.poll(named).toContain('Podcasts')
    await expectAccessible(page)
  })

  it('adds a currency with its rate and notation, and reckons in another base', async () => {
    const page = await crm.open('/settings/currencies/')
    await page.getByRole('button', { name: /^NOK/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Add a currency' }).click()
    await page.getByRole('dialog').getByLabel('Currency', { exact: true }).click()
    await page.keyboard.type('NOK')
    await page.getByRole('option', { name: /^NOK/ }).click()
    await page.getByLabel('Rate').fill('0')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The rate must be a number above nought').waitFor()
    await page.getByLabel('Rate').fill('0.09')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: /^NOK/ }).waitFor()
    expect(await crm.call('crm.currency.get', { id: 'NOK' })).toMatchObject({ AMOUNT: '0.0900', AMOUNT_CNT: '1' })
    await page.getByRole('button', { name: 'Make it the base: EUR' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Make it the base currency' }).click()
    await expect.poll(() => crm.call('crm.currency.base.get')).toBe('EUR')
  })

  it('switches leads off and on', async () => {
    const page = await crm.open('/settings/crm/')
    await page.getByRole('radio', { name: /^Without leads/ }).click()
    await page.getByRole('button', { name: 'Work without leads' }).click()
    await expect.poll(() => crm.call('crm.settings.mode.get')).toBe(2)
    await page.getByRole('radio', { name: /^With leads/ }).click()
    await expect.poll(() => crm.call('crm.settings.mode.get')).toBe(1)
    await expectAccessible(page)
  })
})

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

const LEAD = 1
const DEAL = 2
const CONTACT = 3
const COMPANY = 4

interface Item {
  readonly id: number
  readonly post: string | null
  readonly comments: string | null
  readonly title: string
  readonly stageId: string
  readonly stageSemanticId: string
  readonly additionalInfo: string | null
  readonly opportunity: number
  readonly contactIds: readonly number[]
  readonly photo: { readonly id: number } | null
  readonly fm: readonly { readonly value: string }[]
  readonly [userField: string]: unknown
}

describe.skipIf(chromiumPath === undefined)('what belongs to a card', async () => {
  const crm = await webCrm()
  crm.expected.push(/409 \(Conflict\)/, /400 \(Bad Request\)/)

  const add = async (entityTypeId: number, fields: object): Promise<number> =>
    (await crm.call<{ item: { id: number } }>('crm.item.add', { entityTypeId, fields })).item.id
  const item = async (entityTypeId: number, id: number): Promise<Item> =>
    (await crm.call<{ item: Item }>('crm.item.get', { entityTypeId, id })).item
  const path = (name: string, id: number, query = ''): string => `/crm/${name}/details/${id}/${query}`
  const byKey = (page: Page, key: string) => page.locator(`[data-key="${key}"]`)
  const keysOf = (page: Page): Promise<string[]> =>
    page.locator('[data-key]').evaluateAll((all) => all.map((each) => each.getAttribute('data-key') ?? ''))

  let companyId = 0
  beforeAll(async () => {
    companyId = await add(COMPANY, { title: 'Engines Ltd' })
  })

  it('is arranged for oneself, then for all, and set back', async () => {
    const id = await add(LEAD, { title: 'Arranged' })
    const page = await crm.open(path('lead', id))
    const arrange = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Actions' }).click()
      await page.getByRole('menuitem', { name: 'Arrange the card' }).click()
      await page.locator('[data-layout-editor]').waitFor()
    }
    await arrange()
    await expectAccessible(page, '[data-layout-editor]')
    await page.getByRole('button', { name: 'Take Last name off the card' }).click()
    await page.getByRole('button', { name: 'Move Phone up' }).click()
    await page.locator('[data-layout-editor]').getByRole('button', { name: 'Save', exact: true }).click()
    await page.locator('[data-layout-editor]').waitFor({ state: 'detached' })
    expect(await keysOf(page)).not.toContain('LAST_NAME')
    await page.reload()
    await page.getByRole('heading', { name: 'Arranged' }).waitFor()
    await byKey(page, 'PHONE').waitFor()
    expect(await keysOf(page)).not.toContain('LAST_NAME')

    const colleague = await crm.open(path('lead', id), { userId: await crm.employee('Colleague') })
    await byKey(colleague, 'LAST_NAME').waitFor()
    await arrange()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Save for all' }).click()
    await page.locator('[data-layout-editor]').waitFor({ state: 'detached' })
    await colleague.reload()
    await byKey(colleague, 'PHONE').waitFor()
    expect(await keysOf(colleague)).not.toContain('LAST_NAME')

    await arrange()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Reset for all' }).click()
    await byKey(page, 'LAST_NAME').waitFor()
    await page.context().close()
    await colleague.context().close()
  })

  it('sells products: the sums are the portal’s, to the cent', async () => {
    const id = await add(DEAL, { title: 'Furniture', currencyId: 'EUR' })
    const page = await crm.open(path('deal', id, '?tab=products'))
    const type = async (label: string, text: string): Promise<void> => {
      await page.getByLabel(label, { exact: true }).fill(text)
      await page.keyboard.press('Enter')
    }
    await page.getByText('No products yet').waitFor()
    await page.getByLabel('Add a product').click()
    await page.getByPlaceholder('Name of the product').fill('Desk')
    await page.getByRole('button', { name: /free line/ }).click()
    await type('Price of Desk', '33.33')
    await expect.poll(async () => (await item(DEAL, id)).opportunity).toBe(33.33)
    await type('Quantity of Desk', '3')
    await expect.poll(async () => (await item(DEAL, id)).opportunity).toBe(99.99)
    await type('Discount of Desk', '10')
    // 33.33 less a tenth is 30.00, thrice.
    await expect.poll(async () => (await item(DEAL, id)).opportunity).toBe(90)
    await page.locator('[data-totals]').getByText('€90.00').first().waitFor()
    await expectAccessible(page, '[data-products]')
    await page.getByRole('button', { name: 'What can be done with Desk' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await expect.poll(async () => (await item(DEAL, id)).opportunity).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect.poll(async () => (await item(DEAL, id)).opportunity).toBe(90)
    await page.context().close()
  })

  it('is created with a contact that is created on the way', async () => {
    const page = await crm.open(path('deal', 0, `?companyId=${companyId}`))
    await byKey(page, 'TITLE').getByRole('textbox').fill('First order')
    await byKey(page, 'COMPANY_ID').getByText('Engines Ltd').waitFor()
    await byKey(page, 'CONTACT_IDS')
      .getByRole('combobox')
      .or(byKey(page, 'CONTACT_IDS').getByRole('button'))
      .first()
      .click()
    await page.getByPlaceholder('Name, phone or e-mail').fill('Grace Hopper')
    await page.getByRole('button', { name: /Grace Hopper/ }).click()
    const dialog = page.getByRole('dialog', { name: 'New contact' })
    expect(await dialog.locator('[data-key="NAME"] input').inputValue()).toBe('Grace')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await dialog.waitFor({ state: 'detached' })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('heading', { name: 'First order' }).waitFor()
    const id = Number(/details\/(\d+)/.exec(page.url())?.[1])
    const deal = await item(DEAL, id)
    expect(deal).toMatchObject({ title: 'First order', companyId })
    expect(await item(CONTACT, deal.contactIds[0] ?? 0)).toMatchObject({ name: 'Grace', lastName: 'Hopper' })
    await page.context().close()
  })

  it('shows what points at a record, and begins what follows from it', async () => {
    const dealId = await add(DEAL, { title: 'Pumps', companyId, opportunity: 500, currencyId: 'EUR' })
    const page = await crm.open(path('company', companyId, '?tab=related'))
    await page.locator('[data-group="deal"]').getByRole('link', { name: 'Pumps' }).waitFor()
    await expectAccessible(page, '[data-related]')
    await page.goto(crm.url + path('quote', 0, `?basis=2:${dealId}`))
    await byKey(page, 'TITLE').getByRole('textbox').waitFor()
    expect(await byKey(page, 'TITLE').getByRole('textbox').inputValue()).toBe('Pumps')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('heading', { name: 'Pumps' }).waitFor()
    const quote = await item(7, Number(/details\/(\d+)/.exec(page.url())?.[1]))
    expect(quote).toMatchObject({ title: 'Pumps', companyId, dealId, opportunity: 500, currencyId: 'EUR' })
    await page.context().close()
  })

  it('keeps who a client is on paper', async () => {
    const page = await crm.open(path('company', companyId, '?tab=requisites'))
    await page.getByRole('button', { name: 'New company details' }).click()
    await page.getByRole('menuitem').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Company name', { exact: true }).fill('Engines Limited')
    await dialog.getByLabel('VAT ID').fill('DE123456789')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('DE123456789').waitFor()
    await page.getByRole('button', { name: 'New bank account' }).click()
    await dialog.getByLabel('IBAN').fill('DE02120300000000202051')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('DE02120300000000202051').waitFor()
    await page.getByRole('button', { name: 'New address' }).click()
    await dialog.getByLabel('City').fill('Berlin')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Berlin').waitFor()
    await expectAccessible(page, '[data-requisites]')
    const [requisite] = await crm.call<Record<string, string>[]>('crm.requisite.list', {
      filter: { ENTITY_TYPE_ID: COMPANY, ENTITY_ID: companyId },
    })
    expect(requisite).toMatchObject({ RQ_COMPANY_NAME: 'Engines Limited', RQ_VAT_ID: 'DE123456789' })
    await page.context().close()
  })

  it('offers nobody what they may not do', async () => {
    const id = await add(LEAD, { title: 'Read only' })
    const reader = await crm.employee('Reader')
    await crm.call('portico.role.assign', { id: 1, access: [] })
    await crm.call('portico.role.add', {
      fields: {
        name: 'Readers',
        access: [`U${reader}`],
        permissions: [{ entity: 'lead', action: 'read', level: 'all' }],
      },
    })
    const page = await crm.open(path('lead', id), { userId: reader })
    await page.getByRole('heading', { name: 'Read only' }).waitFor()
    expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Arrange the card' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Delete' }).count()).toBe(0)
    await page.context().close()
  })

  it('keeps its looks', async () => {
    const id = await add(DEAL, { title: 'Shop fittings', currencyId: 'EUR', companyId })
    for (const [name, price] of [
      ['Shelf, oak, with a name that is longer than its column', 129.9],
      ['Assembly', 80],
    ] as const)
      await crm.call('crm.item.productrow.add', {
        fields: { ownerType: 'D', ownerId: id, productName: name, price, quantity: 4, taxRate: 20 },
      })
    await screens(crm, 'card-products', path('deal', id, '?tab=products'), async (page) => {
      await page.locator('[data-row]').nth(1).waitFor()
    })
    await screens(crm, 'card-new', path('deal', 0), async (page) => {
      await byKey(page, 'TITLE').waitFor()
    })
    await screens(crm, 'card-related', path('company', companyId, '?tab=related'), async (page) => {
      await page.locator('[data-group]').first().waitFor()
    })
  })
})

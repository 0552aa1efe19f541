import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

const LEAD = 1
const DEAL = 2
const CONTACT = 3

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

describe.skipIf(chromiumPath === undefined)('a card', async () => {
  const crm = await webCrm()
  crm.expected.push(/409 \(Conflict\)/, /400 \(Bad Request\)/)

  const add = async (entityTypeId: number, fields: object): Promise<number> =>
    (await crm.call<{ item: { id: number } }>('crm.item.add', { entityTypeId, fields })).item.id
  const item = async (entityTypeId: number, id: number): Promise<Item> =>
    (await crm.call<{ item: Item }>('crm.item.get', { entityTypeId, id })).item
  const path = (name: string, id: number, query = ''): string => `/crm/${name}/details/${id}/${query}`
  const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`).first()
  const byKey = (page: Page, key: string) => page.locator(`[data-key="${key}"]`)
  const edit = async (page: Page, name: string): Promise<void> => {
    await field(page, name).getByRole('button', { name: /^Edit/ }).click()
  }
  const save = (page: Page) =>
    page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' })
  const saved = (page: Page) => page.getByText('Saved', { exact: true }).first().waitFor()

  let contactId = 0
  beforeAll(async () => {
    contactId = await add(CONTACT, { name: 'Ada', lastName: 'Byron' })
  })

  it('shows a record, and keeps what is typed into a field with Enter', async () => {
    const id = await add(LEAD, { title: 'Bulk order', post: 'Buyer' })
    const page = await crm.open(path('lead', id))
    await page.getByRole('heading', { name: 'Bulk order' }).waitFor()
    await edit(page, 'post')
    await field(page, 'post').getByRole('textbox').fill('Head of purchasing')
    await page.keyboard.press('Enter')
    await saved(page)
    expect((await item(LEAD, id)).post).toBe('Head of purchasing')

    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect.poll(async () => (await item(LEAD, id)).post).toBe('Buyer')
    await expectAccessible(page)
    await page.context().close()
  })

  it('gives an input to every kind of field, and what it says is what the API then says', async () => {
    const own = async (type: string, more: object = {}): Promise<string> => {
      const name = `UF_CRM_${type.toUpperCase()}`
      await crm.call('userfieldconfig.add', {
        moduleId: 'crm',
        field: {
          entityId: 'CRM_LEAD',
          fieldName: name,
          userTypeId: type,
          editFormLabel: { en: `My ${type}` },
          ...more,
        },
      })
      return `ufCrm${type[0]?.toUpperCase()}${type.slice(1)}`
    }
    for (const type of ['integer', 'double', 'boolean', 'url', 'money', 'date', 'address']) await own(type)
    await own('enumeration', { multiple: 'Y', enum: [{ value: 'Red' }, { value: 'Blue' }] })
    await own('string', { multiple: 'Y' })
    const { fields } = await crm.call<{ fields: Record<string, { upperName: string }> }>('crm.item.fields', {
      entityTypeId: LEAD,
    })
    const named = (upper: string): string =>
      Object.keys(fields).find((name) => fields[name]?.upperName === upper) ?? upper
    const id = await add(LEAD, { title: 'Every kind' })
    const page = await crm.open(path('lead', id))
    const fill = async (name: string, text: string): Promise<void> => {
      await edit(page, name)
      await field(page, name).locator('input, textarea').first().fill(text)
    }
    await page.getByRole('heading', { name: 'Every kind' }).waitFor()
    await fill(named('UF_CRM_INTEGER'), '42')
    await fill(named('UF_CRM_DOUBLE'), '1,234.5')
    await fill(named('UF_CRM_URL'), 'https://example.com/x')
    await fill(named('UF_CRM_MONEY'), '99.90')
    await fill(named('UF_CRM_ADDRESS'), 'High Street 1')
    await edit(page, named('UF_CRM_BOOLEAN'))
    await field(page, named('UF_CRM_BOOLEAN')).getByRole('switch').click()
    await edit(page, named('UF_CRM_DATE'))
    await field(page, named('UF_CRM_DATE')).getByRole('spinbutton').first().click()
    await page.keyboard.type('02142027')
    await edit(page, named('UF_CRM_ENUMERATION'))
    await page.getByRole('option', { name: 'Blue' }).click()
    await page.keyboard.press('Escape')
    await fill(named('UF_CRM_STRING'), 'one')
    await field(page, named('UF_CRM_STRING')).getByRole('button', { name: 'Add' }).click()
    await field(page, named('UF_CRM_STRING')).getByRole('textbox').nth(1).fill('two')
    await byKey(page, 'PHONE').getByRole('button', { name: /^Edit/ }).click()
    await byKey(page, 'PHONE').getByRole('textbox').first().pressSequentially('+49 30 901820')
    await edit(page, 'comments')
    await field(page, 'comments').getByRole('textbox').fill('Line one\nline two')
    await save(page).click()
    await saved(page)
    const lead = await item(LEAD, id)
    const values = Object.fromEntries(
      ['INTEGER', 'DOUBLE', 'BOOLEAN', 'URL', 'ADDRESS', 'STRING'].map((type) => [type, lead[named(`UF_CRM_${type}`)]]),
    )
    expect(values).toEqual({
      INTEGER: 42,
      DOUBLE: 1234.5,
      BOOLEAN: 'Y',
      URL: 'https://example.com/x',
      ADDRESS: 'High Street 1',
      STRING: ['one', 'two'],
    })
    expect(lead[named('UF_CRM_MONEY')]).toMatch(/^99\.9\|[A-Z]{3}$/)
    expect(lead[named('UF_CRM_DATE')]).toMatch(/^2027-02-14/)
    expect(lead[named('UF_CRM_ENUMERATION')]).toHaveLength(1)
    expect(lead.comments).toBe('Line one\nline two')
    expect(lead.fm).toMatchObject([{ typeId: 'PHONE', valueType: 'WORK', value: '+49 30 901820' }])
    // And it is shown as people read it.
    await byKey(page, 'PHONE').getByRole('link', { name: '+49 30 901820' }).waitFor()
    await page.context().close()
  })

  it('sends files with the next save, shows their names and takes them away again', async () => {
    const page = await crm.open(path('contact', contactId))
    await page.getByRole('heading', { name: 'Ada Byron' }).waitFor()
    await page
      .getByRole('button', { name: /empty fields/ })
      .first()
      .click()
    await edit(page, 'photo')
    await field(page, 'photo')
      .locator('input[type=file]')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
    await field(page, 'photo').getByText('notes.txt').waitFor()
    await save(page).click()
    await saved(page)
    await field(page, 'photo').getByRole('link', { name: 'notes.txt', exact: true }).waitFor()
    const { photo } = await item(CONTACT, contactId)
    expect(photo?.id).toBeGreaterThan(0)
    await edit(page, 'photo')
    await field(page, 'photo')
      .getByRole('button', { name: /^Remove the file/ })
      .click()
    await save(page).click()
    await expect.poll(async () => (await item(CONTACT, contactId)).photo).toBeNull()
    await page.context().close()
  })

  it('says beside the field what the portal refuses, and keeps what was typed', async () => {
    const id = await add(CONTACT, { name: 'Grace' })
    const page = await crm.open(path('contact', id))
    await byKey(page, 'EMAIL').getByRole('button', { name: /^Edit/ }).click()
    await byKey(page, 'EMAIL').getByRole('textbox').first().pressSequentially('no address')
    await save(page).click()
    await byKey(page, 'EMAIL')
      .getByText(/invalid address/i)
      .waitFor()
    expect(await byKey(page, 'EMAIL').getByRole('textbox').first().inputValue()).toBe('no address')
    expect((await item(CONTACT, id)).fm).toEqual([])
    await page.context().close()
  })

  it('never overwrites what somebody else has changed: it shows both and asks', async () => {
    const id = await add(LEAD, { title: 'Shared', post: 'Buyer' })
    const [mine, theirs] = [await crm.open(path('lead', id)), await crm.open(path('lead', id))]
    for (const page of [mine, theirs]) await page.getByRole('heading', { name: 'Shared' }).waitFor()
    await edit(mine, 'post')
    await field(mine, 'post').getByRole('textbox').fill('Mine')
    await edit(theirs, 'post')
    await field(theirs, 'post').getByRole('textbox').fill('Theirs')
    await save(theirs).click()
    await saved(theirs)
    await save(mine).click()
    const dialog = mine.getByRole('dialog', { name: 'Changed by two people' })
    await dialog.getByText('Theirs').waitFor()
    expect((await item(LEAD, id)).post).toBe('Theirs')
    await expectAccessible(mine, '[role=dialog]')
    await dialog.getByRole('button', { name: 'Save these' }).click()
    await saved(mine)
    expect((await item(LEAD, id)).post).toBe('Mine')
    await mine.context().close()
    await theirs.context().close()
  })

  it('shows at once what is changed elsewhere', async () => {
    const id = await add(LEAD, { title: 'Watched', post: 'Buyer' })
    const page = await crm.open(path('lead', id))
    await field(page, 'post').getByText('Buyer').waitFor()
    await crm.call('crm.item.update', { entityTypeId: LEAD, id, fields: { post: 'Director' } })
    await field(page, 'post').getByText('Director').waitFor()
    await page.context().close()
  })

  it('keeps unsaved text over a reload, and asks before the card is left', async () => {
    const id = await add(LEAD, { title: 'Draft', post: 'Buyer' })
    const page = await crm.open(path('lead', id))
    await edit(page, 'post')
    await field(page, 'post').getByRole('textbox').fill('Half typed')
    await page.waitForTimeout(400)
    await page.reload()
    await page.getByText(/Brought back from/).waitFor()
    await field(page, 'post').getByText('Half typed').waitFor()
    await page.getByRole('link', { name: 'Contacts' }).first().click()
    await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Discard', exact: true }).click()
    await field(page, 'post').getByText('Buyer').waitFor()
    await page.reload()
    await field(page, 'post').getByText('Buyer').waitFor()
    await page.context().close()
  })

  it('moves through stages, and asks for what a stage needs', async () => {
    const id = await add(DEAL, { title: 'On its way' })
    await crm.call('portico.stage.required.set', {
      entityTypeId: DEAL,
      categoryId: 0,
      stageId: 'EXECUTING',
      fields: ['additionalInfo'],
    })
    const page = await crm.open(path('deal', id))
    const stages = page.getByRole('group', { name: 'Stages' })
    await stages.getByRole('button', { name: 'Document preparation' }).click()
    await expect.poll(async () => (await item(DEAL, id)).stageId).toBe('PREPARATION')
    await stages.getByRole('button', { name: 'In progress' }).click()
    const dialog = page.getByRole('dialog', { name: 'Before “In progress”' })
    await dialog.getByRole('textbox').fill('Signed by both')
    await dialog.getByRole('button', { name: 'Save and move' }).click()
    await expect.poll(async () => (await item(DEAL, id)).stageId).toBe('EXECUTING')
    expect((await item(DEAL, id)).additionalInfo).toBe('Signed by both')
    // By keyboard, to the end.
    await stages.getByRole('button', { name: 'In progress' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Deal lost' }).or(page.getByRole('menuitem').nth(1)).first().click()
    await expect.poll(async () => (await item(DEAL, id)).stageSemanticId).toBe('F')
    await page.context().close()
  })

  it('is deleted after a while, and not if one thinks better of it', async () => {
    const [kept, gone] = [await add(LEAD, { title: 'Kept' }), await add(LEAD, { title: 'Gone' })]
    const page = await crm.open(path('lead', kept))
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await page.goto(crm.url + path('lead', gone))
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('1 record deleted', { exact: true }).waitFor()
    // Whoever leaves does not think better of it any more.
    await page.goto('about:blank')
    await expect
      .poll(
        async () =>
          (await crm.call<{ items: unknown[] }>('crm.item.list', { entityTypeId: LEAD, filter: { id: gone } })).items,
        { timeout: 10_000 },
      )
      .toEqual([])
    expect((await item(LEAD, kept)).title).toBe('Kept')
    await page.context().close()
  })

  it('keeps its looks', async () => {
    const id = await add(DEAL, {
      title: 'Equipment for the new warehouse, with delivery, installation and training of the staff',
      opportunity: 12_300,
      contactIds: [contactId],
    })
    await screens(crm, 'card-deal', path('deal', id), async (page) => {
      await page.getByRole('heading', { name: /Equipment/ }).waitFor()
      await page.getByText('Ada Byron').first().waitFor()
    })
  })
})

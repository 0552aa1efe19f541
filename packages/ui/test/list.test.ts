import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { eventually } from './support/eventually.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

const heads = async (page: Page): Promise<string[]> =>
  (await page.getByRole('columnheader').allTextContents()).map((text) => text.trim()).filter(Boolean)
/** A cell by its record and its column's place among those that have names. */
const cell = (page: Page, record: string, column: number): Locator =>
  page
    .locator('.grid-row', { hasText: record })
    .getByRole('gridcell')
    .nth(column + 1)
const titles = (page: Page): Promise<string[]> => page.locator('.grid-body .record-link').allTextContents()

describe.skipIf(chromiumPath === undefined)('a list of records', async () => {
  const crm = await webCrm()
  const ids: Record<string, number> = {}
  let colleague = 0

  interface Lead {
    readonly TITLE: string
    readonly OPPORTUNITY: string
    readonly ASSIGNED_BY_ID: string
    readonly STATUS_ID: string
  }
  const lead = (title: string): Promise<Lead> => crm.call('crm.lead.get', { id: ids[title] })

  beforeAll(async () => {
    colleague = await crm.employee('Nora')
    for (const [TITLE, more] of Object.entries({
      Anvils: { OPPORTUNITY: 300, NAME: 'Wile', LAST_NAME: 'Coyote' },
      Bolts: { OPPORTUNITY: 100 },
      Cranes: { OPPORTUNITY: 200 },
    }))
      ids[TITLE] = await crm.call('crm.lead.add', { fields: { TITLE, ...more } })
  })

  it('sorts by one column and by several, and keeps that', async () => {
    const page = await crm.open('/crm/lead/list/')
    const sort = page.getByRole('button', { name: /^Amount/ })
    await eventually(() => titles(page)).toEqual(['Cranes', 'Bolts', 'Anvils'])
    await sort.click()
    await eventually(() => titles(page)).toEqual(['Bolts', 'Cranes', 'Anvils'])
    await sort.click()
    await eventually(() => titles(page)).toEqual(['Anvils', 'Cranes', 'Bolts'])
    await page.getByRole('button', { name: /^Stage/ }).click({ modifiers: ['Shift'] })
    await eventually(() => new URL(page.url()).searchParams.get('sort')).toBe('-opportunity,stageId')
    await eventually(() =>
      crm
        .call<{ own: Record<string, { sorting?: unknown[] }> }>('portico.preference.list')
        .then(({ own }) => own['list.layout.1']?.sorting?.length),
    ).toBe(2)
    await page.goto(new URL('/crm/lead/list/', page.url()).href)
    await eventually(() => titles(page)).toEqual(['Anvils', 'Cranes', 'Bolts'])
    await page.context().close()
    await crm.call('portico.preference.set', { name: 'list.layout.1', value: null })
  })

  it('shows the columns that one chooses, in their order and width, after a reload as well', async () => {
    const page = await crm.open('/crm/lead/list/')
    await eventually(() => titles(page)).toHaveLength(3)
    await page.getByRole('button', { name: 'Columns' }).click()
    const list = page.getByRole('dialog')
    await list.getByLabel('Find a field').fill('e-mail')
    await list.getByLabel('E-mail', { exact: true }).check()
    await list.getByLabel('Find a field').fill('')
    await list.getByLabel('Source', { exact: true }).uncheck()
    await eventually(() => heads(page)).toContain('E-mail')
    expect(await heads(page)).not.toContain('Source')
    // The last one goes up by two places.
    const box = list.getByLabel('E-mail', { exact: true })
    await box.focus()
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Alt+ArrowUp')
    await eventually(() => heads(page)).toEqual([
      'Title',
      'Stage',
      'Amount',
      'Phone',
      'E-mail',
      'Responsible',
      'Created on',
    ])
    await page.keyboard.press('Escape')

    const head = page.getByRole('columnheader', { name: 'Stage' })
    const edge = (await head.boundingBox()) as { x: number; y: number; width: number; height: number }
    await page.mouse.move(edge.x + edge.width, edge.y + 20)
    await page.mouse.down()
    await page.mouse.move(edge.x + edge.width + 60, edge.y + 20, { steps: 4 })
    await page.mouse.up()
    const width = async (): Promise<number> => Math.round((await head.boundingBox())?.width ?? 0)
    await eventually(width).toBe(Math.round(edge.width) + 60)
    await eventually(() =>
      crm
        .call<{ own: Record<string, { columns?: { id: string; width?: number }[] }> }>('portico.preference.list')
        .then(({ own }) => own['list.layout.1']?.columns?.find(({ id }) => id === 'stageId')?.width),
    ).toBe(Math.round(edge.width) + 60)

    await page.reload()
    await eventually(() => heads(page)).toEqual([
      'Title',
      'Stage',
      'Amount',
      'Phone',
      'E-mail',
      'Responsible',
      'Created on',
    ])
    expect(await width()).toBe(Math.round(edge.width) + 60)
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('button', { name: 'Reset' }).click()
    await eventually(() => heads(page)).toContain('Source')
    await page.context().close()
  })

  it('lets a cell be changed where it stands, and goes on to the next', async () => {
    const page = await crm.open('/crm/lead/list/')
    await cell(page, 'Bolts', 2).dblclick()
    const input = page.getByRole('group', { name: 'Change Amount' }).locator('input').first()
    await eventually(() => input.inputValue()).toMatch(/^100/)
    await input.fill('4242.5')
    await page.keyboard.press('Tab')
    await page.getByRole('group', { name: 'Change Source' }).waitFor()
    await eventually(async () => (await lead('Bolts')).OPPORTUNITY).toBe('4242.50')
    expect(await cell(page, 'Bolts', 2).textContent()).toContain('4,242.50')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')

    await cell(page, 'Bolts', 2).dblclick()
    await input.fill('1')
    await page.keyboard.press('Escape')
    expect((await lead('Bolts')).OPPORTUNITY).toBe('4242.50')
    expect(await cell(page, 'Bolts', 2).textContent()).toContain('4,242.50')
    await page.context().close()
  })

  await crm.call('crm.lead.userfield.add', {
    fields: {
      FIELD_NAME: 'CODE',
      USER_TYPE_ID: 'string',
      EDIT_FORM_LABEL: 'Code',
      SETTINGS: { MAX_LENGTH: 0, REGEXP: '/^[A-Z]{3}$/' },
    },
  })

  it('takes a value back that the portal refuses, says why, and keeps what was typed', async () => {
    const field = Object.keys((await crm.call<{ fields: object }>('crm.item.fields', { entityTypeId: 1 })).fields).find(
      (name) => /^ufCrm.*CODE$/i.test(name),
    ) as string
    await crm.call('portico.preference.set', {
      name: 'list.layout.1',
      value: { columns: [{ id: 'title' }, { id: field }, { id: 'opportunity' }] },
    })
    crm.expected.push(/status of 400/)
    const page = await crm.open('/crm/lead/list/')
    await cell(page, 'Anvils', 1).dblclick()
    await page.getByRole('group', { name: 'Change Code' }).locator('input').fill('nonsense')
    await page.keyboard.press('Enter')
    await page.getByText('Code of “Anvils” was not saved').first().waitFor()
    await eventually(() => cell(page, 'Anvils', 1).locator('.truncate').allTextContents()).notToContain('nonsense')
    await cell(page, 'Anvils', 1).dblclick()
    const input = page.getByRole('group', { name: 'Change Code' }).locator('input')
    await eventually(() => input.inputValue()).toBe('nonsense')
    await page.getByRole('group', { name: 'Change Code' }).getByRole('alert').waitFor()
    await input.fill('ABC')
    await page.keyboard.press('Enter')
    await eventually(() =>
      crm
        .call<{ item: Record<string, unknown> }>('crm.item.get', { entityTypeId: 1, id: ids.Anvils })
        .then(({ item }) => item[field]),
    ).toBe('ABC')
    await page.context().close()
    await crm.call('portico.preference.set', { name: 'list.layout.1', value: null })
  })

  it('never overwrites what somebody else has just written without asking', async () => {
    crm.expected.push(/status of 409/)
    const page = await crm.open('/crm/lead/list/')
    await cell(page, 'Cranes', 2).dblclick()
    const input = page.getByRole('group', { name: 'Change Amount' }).locator('input').first()
    await input.fill('777')
    await crm.call('crm.lead.update', { id: ids.Cranes, fields: { OPPORTUNITY: 555 } })
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: /was changed meanwhile/ })
    await dialog.getByText(/555/).waitFor()
    expect((await lead('Cranes')).OPPORTUNITY).toBe('555.00')
    await dialog.getByRole('button', { name: 'Save mine' }).click()
    await eventually(async () => (await lead('Cranes')).OPPORTUNITY).toBe('777.00')
    await page.context().close()
  })

  it('is walked through, selected and opened by keyboard', async () => {
    const page = await crm.open('/crm/lead/list/')
    await eventually(() => titles(page)).toHaveLength(3)
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByText('2 selected').waitFor()
    expect(await page.locator('.grid-row[aria-selected=true] .record-link').allTextContents()).toEqual([
      'Bolts',
      'Anvils',
    ])
    await page.keyboard.press('Escape')
    await page.getByText('2 selected').waitFor({ state: 'detached' })
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/crm/lead/details/${ids.Anvils}/`)
    await page.context().close()
  })

  it('is sorted by keyboard from its header, which is the row above the first', async () => {
    const page = await crm.open('/crm/lead/list/')
    await eventually(() => titles(page)).toHaveLength(3)
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await eventually(() => titles(page)).toEqual(['Anvils', 'Bolts', 'Cranes'])
    await page.context().close()
  })

  it('shows what others change while it is open', async () => {
    const page = await crm.open('/crm/lead/list/')
    await eventually(() => titles(page)).toHaveLength(3)
    await crm.call('crm.lead.update', { id: ids.Bolts, fields: { TITLE: 'Bolts, galvanised' } })
    await page.getByText('Bolts, galvanised').waitFor()
    await crm.call('crm.lead.update', { id: ids.Bolts, fields: { TITLE: 'Bolts' } })
    await page.context().close()
  })

  it('deletes with a way back', async () => {
    const id = await crm.call<number>('crm.lead.add', { fields: { TITLE: 'Doomed' } })
    const page = await crm.open('/crm/lead/list/')
    const row = page.locator('.grid-row', { hasText: 'Doomed' })
    await row.getByRole('checkbox').click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.waitFor()
    await row.getByRole('checkbox').click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await eventually(() =>
      crm
        .call<{ items: unknown[] }>('crm.item.list', { entityTypeId: 1, filter: { id } })
        .then(({ items }) => items.length),
    ).toBe(0)
    await page.context().close()
  })

  it('is the same for smart processes, and shows only what a person may do', async () => {
    const { type } = await crm.call<{ type: { entityTypeId: number } }>('crm.type.add', {
      fields: { title: 'Repair', isStagesEnabled: 'Y', isClientEnabled: 'Y' },
    })
    const { entityTypeId } = type
    const company = await crm.call<number>('crm.company.add', { fields: { TITLE: 'Acme' } })
    await crm.call('crm.item.add', { entityTypeId, fields: { title: 'Broken hinge', companyId: company } })
    const page = await crm.open(`/crm/type/${entityTypeId}/list/`)
    await page.getByRole('link', { name: 'Broken hinge' }).waitFor()
    await page.getByRole('link', { name: 'Acme' }).waitFor()
    await page.getByRole('navigation', { name: /./ }).getByRole('link', { name: 'Board' }).waitFor()
    await page.getByRole('link', { name: 'Broken hinge' }).click()
    await page.waitForURL(`**/crm/type/${entityTypeId}/details/1/`)
    await page.context().close()
  })

  it('can be read and reached by everyone, and looked at', async () => {
    const page = await crm.open('/crm/lead/list/')
    await eventually(() => titles(page)).toHaveLength(3)
    await page.locator('.grid-row').first().getByRole('checkbox').click()
    await page.getByText('1 selected').waitFor()
    await expectAccessible(page)
    await page.context().close()
    const settle = async (shown: Page): Promise<void> => {
      await shown.locator('.record-link').first().waitFor()
      await shown.waitForTimeout(300)
    }
    await screens(crm, 'list-leads', '/crm/lead/list/', settle)
    await screens(crm, 'list-companies', '/crm/company/list/', settle)
    await screens(crm, 'list-empty', '/crm/quote/list/', async (shown) => {
      await shown.getByText(/No quotes yet/i).waitFor()
    })
  })

  it('offers nothing that would be refused to whoever may only read', async () => {
    const { roles } = await crm.call<{ roles: { id: number }[] }>('portico.role.list')
    for (const { id } of roles) await crm.call('portico.role.assign', { id, access: [] })
    await crm.call('portico.role.add', {
      fields: {
        name: 'Readers',
        access: [`U${colleague}`],
        permissions: [{ entity: 'lead', action: 'read', level: 'all' }],
      },
    })
    const page = await crm.open('/crm/lead/list/', { userId: colleague })
    await eventually(() => titles(page)).toHaveLength(3)
    expect(await page.getByRole('button', { name: 'Create', exact: true }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'More for this list' }).count()).toBe(0)
    await cell(page, 'Bolts', 2).dblclick()
    expect(await page.getByRole('group', { name: /^Change/ }).count()).toBe(0)
    await page.locator('.grid-row').first().getByRole('checkbox').click()
    const bar = page.getByRole('region', { name: 'What to do with the selection' })
    await bar.waitFor()
    expect(await bar.getByRole('button', { name: /Assign|Delete|Export|Edit/ }).count()).toBe(0)
    await page.context().close()
  })
})

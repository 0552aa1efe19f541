import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, webCrm } from './support/web-crm.ts'

interface Role {
  readonly id: number
  readonly name: string
  readonly access: string[]
  readonly permissions: { entity: string; action: string; level: string; stageId: string | null }[]
}

describe.skipIf(chromiumPath === undefined)('the settings of people', async () => {
  const crm = await webCrm()
  const userOf = async (email: string) =>
    (
      await crm.call<{ ID: string; NAME: string; ACTIVE: boolean; UF_DEPARTMENT: number[] }[]>('user.get', {
        FILTER: { EMAIL: email },
      })
    )[0]
  const departments = async (): Promise<{ ID: string; NAME: string; PARENT?: string; UF_HEAD?: string }[]> =>
    crm.call('department.get')

  it('invites somebody, hands their link over, and dismisses them', async () => {
    const page = await crm.open('/settings/users/')
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'E-mail' }).fill('nobody')
    await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
    await page.getByText('This is no e-mail address').waitFor()
    await page.getByRole('dialog').getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com')
    await page.getByLabel('First name').fill('Ada')
    await page.getByLabel('Last name').fill('Lovelace')
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
    const link = await page.getByLabel('Invitation link', { exact: true }).inputValue()
    expect(link).toMatch(/\/invitation\/[a-z0-9]{40}$/)
    expect((await fetch(`${crm.httpUrl}${new URL(link).pathname}`)).status).toBe(200)
    expect(await userOf('ada@example.com')).toMatchObject({ NAME: 'Ada', ACTIVE: true })
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await page
      .getByRole('button', { name: /ada@example\.com/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('dialog', { name: 'Dismiss Ada Lovelace?' }).getByRole('button', { name: 'Dismiss' }).click()
    await expect.poll(async () => (await userOf('ada@example.com'))?.ACTIVE).toBe(false)
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect.poll(async () => (await userOf('ada@example.com'))?.ACTIVE).toBe(true)
    await expectAccessible(page)
  })

  it('builds the structure: a department with a head, moved below another one, and deleted', async () => {
    const page = await crm.open('/settings/departments/')
    const add = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: 'Add a department', exact: true }).click()
      await page.getByLabel('Name').fill(name)
      await page.getByRole('button', { name: 'Save' }).click()
      await page
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .first()
        .waitFor()
    }
    await add('Sales')
    await add('Partners')
    await page.getByRole('button', { name: 'Change Partners' }).click()
    await page.getByLabel('Belongs to').click()
    await page.getByRole('option', { name: 'Sales' }).click()
    await page.getByLabel('Head').click()
    await page.getByRole('option', { name: 'Ada Lovelace' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'What is below Sales' }).waitFor()
    const sales = (await departments()).find(({ NAME }) => NAME === 'Sales')
    const partners = (await departments()).find(({ NAME }) => NAME === 'Partners')
    expect(partners).toMatchObject({ PARENT: sales?.ID, UF_HEAD: (await userOf('ada@example.com'))?.ID })
    await page.getByRole('button', { name: 'Change Sales' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page
      .getByRole('dialog', { name: /Delete the department/ })
      .getByRole('button', { name: 'Delete' })
      .click()
    await expect.poll(async () => (await departments()).some(({ NAME }) => NAME === 'Sales')).toBe(false)
    expect((await departments()).find(({ NAME }) => NAME === 'Partners')?.PARENT).toBe('1')
  })

  it('makes a role in the matrix, down to a stage, gives it to somebody, and holds them to it', async () => {
    const id = await crm.employee('Rita')
    await crm.call('portico.role.assign', { id: 1, access: ['U1'] })
    const lead = await crm.call<number>('crm.lead.add', { fields: { TITLE: 'Somebody else’s', STATUS_ID: 'NEW' } })
    await crm.call('crm.lead.add', { fields: { TITLE: 'Hidden in progress', STATUS_ID: 'IN_PROCESS' } })
    const page = await crm.open('/settings/roles/')
    await page.getByRole('button', { name: 'Add a role' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Reader of new leads')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('searchbox', { name: 'Person or department' }).fill('Rita')
    await page.getByRole('button', { name: 'Rita Employee' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Pipelines and stages of Leads' }).click()
    const [first] = await crm.call<{ STATUS_ID: string; NAME: string }[]>('crm.status.list', {
      filter: { ENTITY_ID: 'STATUS', STATUS_ID: 'NEW' },
    })
    await page.getByLabel(`${first?.NAME}: Read`).first().selectOption('all')
    await page.getByText('There are unsaved changes').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('There are unsaved changes').waitFor({ state: 'detached' })
    const { roles } = await crm.call<{ roles: Role[] }>('portico.role.list')
    expect(roles.find(({ name }) => name === 'Reader of new leads')).toMatchObject({
      access: [`U${id}`],
      permissions: [{ entity: 'lead', action: 'read', level: 'all', stageId: 'NEW' }],
    })
    const theirs = await crm.open('/crm/lead/list/', { userId: id })
    await theirs.getByText('Somebody else’s').first().waitFor()
    expect(await theirs.getByText('Hidden in progress').count()).toBe(0)
    expect(lead).toBeGreaterThan(0)
  })

  it('asks before unsaved rights are left, copies a role and deletes the copy', async () => {
    const page = await crm.open('/settings/roles/')
    await page.getByRole('link', { name: /^Reader of new leads/ }).click()
    await page.getByLabel('Everything else: Delete').selectOption('own')
    await page.getByRole('link', { name: 'All roles' }).click()
    await page.getByText('Leave without saving?').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('link', { name: 'All roles' }).click()
    await page.getByRole('button', { name: 'More about Reader of new leads' }).click()
    await page.getByRole('menuitem', { name: 'Copy' }).click()
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Reader of new leads (copy)')
    await page.getByRole('button', { name: 'More about Reader of new leads (copy)' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect
      .poll(async () => (await crm.call<{ roles: Role[] }>('portico.role.list')).roles.map(({ name }) => name))
      .not.toContain('Reader of new leads (copy)')
  })

  it('is closed to whoever is no administrator', async () => {
    const userId = await crm.employee('Olaf')
    for (const path of ['/settings/', '/settings/users/', '/settings/roles/1/']) {
      const page = await crm.open(path, { userId })
      await page.getByRole('heading', { name: 'This page is for administrators' }).waitFor()
      await page.context().close()
    }
    crm.expected.push(/status of 40[03]/)
  })
})

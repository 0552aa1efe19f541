import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('the audit log', async () => {
  const crm = await webCrm()
  for (let index = 0; index < 60; index++) await crm.call('portico.export.begin', { entityTypeId: 1, count: index })
  await crm.call('portico.role.add', { fields: { name: 'Interns', access: [], permissions: [] } })

  it('tells in words what was done, the newest first, and goes on for as long as one reads', async () => {
    const page = await crm.open('/settings/audit/')
    const rows = page.getByRole('row')
    await page.getByText('Role was added').waitFor()
    expect(await rows.nth(1).textContent()).toContain('Role was added')
    expect(await rows.nth(1).textContent()).toContain('Interns')
    expect(await rows.count()).toBe(51)
    await page.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => rows.count()).toBeGreaterThan(61)
    await expectAccessible(page, '#content')
  })

  it('can be asked for one kind of act, and keeps that in its address', async () => {
    const page = await crm.open('/settings/audit/')
    await page.getByLabel('What happened').first().click()
    await page.getByRole('option', { name: 'Role was added' }).click()
    await page.waitForURL('**type=ROLE_ADD')
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
  })

  it('is for administrators only', async () => {
    const page = await crm.open('/settings/audit/', { userId: await crm.employee('Eve') })
    await page.getByText('Only administrators of the portal may read its audit log.').waitFor()
  })

  it('looks as it should', async () => {
    await screens(crm, 'audit', '/settings/audit/', async (page) => {
      await page.getByText('Role was added').waitFor()
    })
  })
})

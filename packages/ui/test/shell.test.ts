import { describe, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('the web CRM', async () => {
  const crm = await webCrm()

  it('shows the board of leads to whoever is signed in', async () => {
    await crm.call('crm.lead.add', { fields: { TITLE: 'Bulk order, 400 units' } })
    const page = await crm.open('/')
    await page.getByText('Bulk order, 400 units').click()
    await page.waitForURL('**/crm/lead/details/*/')
    await page.getByRole('heading', { name: 'Bulk order, 400 units' }).waitFor()
  })
})

import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { card, cardIn, column, count, drag } from './support/boards.ts'
import { webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('a board that others work on', async () => {
  const crm = await webCrm()
  const { call } = crm
  const colleague = await crm.employee('Nora')

  it('shows what a colleague does, as it happens, without reading the rest anew', async () => {
    for (let n = 0; n < 60; n++) await call('crm.lead.add', { fields: { TITLE: `Other ${n}` } })
    const id = await call<number>('crm.lead.add', { fields: { TITLE: 'Delivery to Lisbon' } })
    const mine = await crm.open('/crm/lead/kanban/')
    const theirs = await crm.open('/crm/lead/kanban/', { userId: colleague })
    await card(mine, 'Delivery to Lisbon').waitFor()
    await card(theirs, 'Delivery to Lisbon').waitFor()
    await expect.poll(() => count(mine, 'NEW')).toBe('61')

    let pages = 0
    mine.on('request', (request) => {
      if (
        request.postData()?.includes('crm.item.list') &&
        request.postData()?.includes('stageId%5D') &&
        request.postData()?.includes('order')
      )
        pages++
    })
    await drag(theirs, card(theirs, 'Delivery to Lisbon'), () => column(theirs, 'IN_PROCESS'))
    await cardIn(mine, 'IN_PROCESS', 'Delivery to Lisbon').waitFor()
    await expect.poll(() => count(mine, 'NEW')).toBe('60')
    expect(await count(mine, 'IN_PROCESS')).toBe('1')

    // Whoever changes it by the API is seen as well.
    await call('crm.lead.update', { id, fields: { TITLE: 'Delivery to Porto' } })
    await cardIn(mine, 'IN_PROCESS', 'Delivery to Porto').waitFor()
    const made = await call<number>('crm.lead.add', { fields: { TITLE: 'Fresh from a form' } })
    await cardIn(mine, 'NEW', 'Fresh from a form').waitFor()
    await call('crm.lead.delete', { id: made })
    await cardIn(mine, 'NEW', 'Fresh from a form').waitFor({ state: 'detached' })
    await call('crm.activity.todo.add', {
      ownerTypeId: 1,
      ownerId: id,
      title: 'Ask for the pallet size',
      description: '',
      deadline: '2036-01-05T10:00:00+01:00',
    })
    await expect.poll(() => card(mine, 'Delivery to Porto').innerText()).toContain('Ask for the pallet size')
    expect(pages).toBe(0)
    await mine.context().close()
    await theirs.context().close()
  })

  it('keeps what one has scrolled to while others move cards', async () => {
    const page = await crm.open('/crm/lead/kanban/')
    const list = column(page, 'NEW').locator('[data-cards]')
    await card(page, 'Other 59').waitFor()
    await list.evaluate((element) => element.scrollTo({ top: 1500 }))
    await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(1400)
    await call('crm.lead.add', { fields: { TITLE: 'One more', STATUS_ID: 'IN_PROCESS' } })
    await cardIn(page, 'IN_PROCESS', 'One more').waitFor()
    expect(await list.evaluate((element) => element.scrollTop)).toBeGreaterThan(1400)
    await page.context().close()
  })
})

import { describe, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

const LONG = 'A title that somebody has written at great length, to see what becomes of it '.repeat(3).slice(0, 200)

describe.skipIf(chromiumPath === undefined)('pictures of the pages for developers', async () => {
  const crm = await webCrm()
  await crm.call('portico.log.keep', { minutes: 60 })
  await crm.call('portico.webhook.add', {
    title: LONG,
    scope: ['crm', 'user', 'catalog', 'department', 'placement', 'task'],
  })
  await crm.call('portico.webhook.add', { title: 'Shop', scope: ['crm'] })
  const { ID } = await crm.call<{ ID: number }>('portico.outbound.add', {
    title: 'Warehouse',
    url: 'http://127.0.0.1:8181/hook',
    events: ['ONCRMLEADADD', 'ONCRMLEADUPDATE', 'ONCRMDEALADD'],
  })
  await crm.call('portico.app.add', {
    fields: { TITLE: LONG, HANDLER: 'https://example.com/app', SCOPE: ['crm', 'placement'] },
  })
  for (let n = 0; n < 12; n++) await crm.call('crm.lead.add', { fields: { TITLE: `Lead ${n}` } })
  await crm.call('portico.outbound.test', { id: ID })

  it.each([
    ['start', '/developer/', 'Where the API is'],
    ['console', '/developer/console/?method=crm.item.list&params={"entityTypeId":1}', 'Parameters'],
    ['webhooks', '/developer/webhooks/', 'Shop'],
    ['outbound', '/developer/outbound/', 'Warehouse'],
    ['apps', '/developer/apps/?app=1', 'Its event handlers'],
    ['deliveries', '/developer/deliveries/', 'ONAPPTEST'],
    ['log', '/developer/log/?method=crm.lead', 'crm.lead.add'],
  ])('%s', async (name, path, text) => {
    await screens(crm, `developer-${name}`, path, async (page) => {
      await page.getByText(text).first().waitFor()
      await page.waitForTimeout(300)
      await expectAccessible(page, '#content')
    })
  })
})

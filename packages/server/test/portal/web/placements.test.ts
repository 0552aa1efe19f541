import { describe, expect, it } from 'vitest'
import { localApplication } from '../../support/local-application.ts'
import { testPortal } from '../../support/portal.ts'

describe('portico.placement.list', async () => {
  const portal = await testPortal()
  const app = await localApplication(portal)
  const token = await app.token()
  const list = async (placement: string): Promise<unknown> =>
    (await portal.call('portico.placement.list', { placement })).body.result

  it('lists what applications have put into a place, by its title, and nothing of other places', async () => {
    const bound = { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: 'https://app.example.com/tab', TITLE: 'Supplies' }
    expect(await list('CRM_DEAL_DETAIL_TAB')).toEqual({ widgets: [] })
    expect((await portal.call('placement.bind', bound, { token })).body.result).toBe(true)
    expect(await list('crm_deal_detail_tab')).toEqual({ widgets: [{ id: expect.any(Number), title: 'Supplies' }] })
    expect(await list('CRM_LEAD_DETAIL_TAB')).toEqual({ widgets: [] })
    await portal.call('placement.unbind', bound, { token })
    expect(await list('CRM_DEAL_DETAIL_TAB')).toEqual({ widgets: [] })
  })

  it('wants to know which place', async () => {
    expect((await portal.call('portico.placement.list')).body.error).toBe('100')
  })
})

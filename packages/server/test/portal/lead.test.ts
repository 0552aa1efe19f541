import { describe, expect, it } from 'vitest'
import { testPortal } from '../support/portal.ts'

const portal = await testPortal()

describe('crm.lead.*', () => {
  it('creates a lead with phones and shows it in both dialects', async () => {
    const added = await portal.call('crm.lead.add', {
      fields: { TITLE: 'A', OPPORTUNITY: '19999.99', PHONE: [{ VALUE: '+1 555', VALUE_TYPE: 'MOBILE' }] },
    })
    expect(added.status).toBe(200)
    const id = added.body.result
    expect(id).toBeTypeOf('number')
    const legacy = await portal.call('crm.lead.get', { ID: id })
    expect(legacy.body.result).toMatchObject({
      ID: String(id),
      TITLE: 'A',
      OPPORTUNITY: '19999.99',
      STATUS_ID: 'NEW',
      HAS_PHONE: 'Y',
      CURRENCY_ID: 'USD',
    })
    expect(legacy.body.result.PHONE).toMatchObject([{ VALUE: '+1 555', VALUE_TYPE: 'MOBILE', TYPE_ID: 'PHONE' }])
    const item = await portal.call('crm.item.get', { entityTypeId: 1, id })
    expect(item.body.result.item).toMatchObject({
      id,
      title: 'A',
      opportunity: 19999.99,
      stageId: 'NEW',
      phoneMobile: '+1 555',
      contactIds: [],
      observers: [],
    })
  })

  it('changes only what is given', async () => {
    const { body } = await portal.call('crm.lead.add', { fields: { TITLE: 'B', NAME: 'Ann' } })
    expect((await portal.call('crm.lead.update', { id: body.result, fields: { NAME: '' } })).body.result).toBe(true)
    expect((await portal.call('crm.lead.get', { id: body.result })).body.result).toMatchObject({ TITLE: 'B', NAME: '' })
  })

  it('deletes a lead and then does not find it', async () => {
    const { body } = await portal.call('crm.item.add', { entityTypeId: 1, fields: { title: 'C' } })
    expect((await portal.call('crm.item.delete', { entityTypeId: 1, id: body.result.item.id })).body.result).toEqual([])
    expect(await portal.call('crm.lead.get', { id: body.result.item.id })).toMatchObject({
      status: 400,
      body: { error: '', error_description: 'Not found' },
    })
  })

  it('pages by 50 with exact totals, also by stage, and without a total from -1', async () => {
    const cmd = Array.from({ length: 50 }, (_, n) => `crm.lead.add?fields[TITLE]=L${n}&fields[STATUS_ID]=IN_PROCESS`)
    for (let n = 0; n < 2; n++) await portal.call('batch', { cmd })
    const page = await portal.call('crm.lead.list', {
      filter: { STATUS_ID: 'IN_PROCESS' },
      order: { ID: 'DESC' },
      select: ['ID'],
      start: 50,
    })
    expect(page.body).toMatchObject({ total: 100 })
    expect(page.body.next).toBeUndefined()
    expect(page.body.result).toHaveLength(50)
    expect((await portal.call('crm.lead.list', { filter: { STATUS_ID: 'IN_PROCESS' } })).body).toMatchObject({
      total: 100,
      next: 50,
    })
    const blind = await portal.call('crm.item.list', {
      entityTypeId: 1,
      filter: { '>id': 0 },
      order: { ID: 'ASC' },
      start: -1,
    })
    expect(blind.body.total).toBe(0)
    expect(blind.body.next).toBeUndefined()
    expect(blind.body.result.items).toHaveLength(50)
  })
})

import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { asking, dispatched, NOT_FOUND } from './ask.ts'

const portal = await testPortal()
const ask = asking(portal)

const ABSENT = 999_999

describe('what the SDKs tell errors by', () => {
  it.each([
    'crm.lead.get',
    'crm.deal.get',
    'crm.contact.get',
    'crm.company.get',
    'crm.quote.get',
    'crm.product.get',
    'crm.activity.get',
    'crm.status.get',
    'crm.requisite.get',
    'crm.requisite.bankdetail.get',
    'crm.requisite.preset.get',
    'crm.timeline.comment.get',
    'crm.dealcategory.get',
    'crm.lead.userfield.get',
    'crm.company.userfield.delete',
    'crm.lead.delete',
    'crm.deal.delete',
    'crm.deal.update',
  ])('%s says "not found" of an absent record', async (method) => {
    const { status, body } = await portal.call(method, { id: ABSENT, fields: { TITLE: 'x' } })
    expect(status).toBe(400)
    expect(NOT_FOUND).toContain(dispatched(body))
  })

  it.each([
    ['crm.item.get', { entityTypeId: 1, id: ABSENT }],
    ['crm.item.update', { entityTypeId: 2, id: ABSENT, fields: { title: 'x' } }],
    ['crm.item.delete', { entityTypeId: 3, id: ABSENT }],
    ['crm.category.get', { entityTypeId: 2, id: ABSENT }],
  ])('%s says NOT_FOUND of an absent record', async (method, parameters) => {
    expect((await portal.call(method, parameters)).body).toMatchObject({ error: 'NOT_FOUND' })
  })

  it('says ERROR_METHOD_NOT_FOUND of an unknown method, alone and in a batch', async () => {
    const alone = await portal.call('crm.no.such.method')
    expect([alone.status, dispatched(alone.body)]).toEqual([404, 'error_method_not_found'])
    const { result_error } = await ask('batch', { halt: 0, cmd: { one: 'crm.no.such.method' } })
    expect(dispatched(result_error.one)).toBe('error_method_not_found')
  })

  it('has, in a batch, an error of each command by its key, and an empty list without any', async () => {
    const cmd = { gone: `crm.lead.get?ID=${ABSENT}`, fine: 'crm.lead.fields' }
    const { result, result_error } = await ask('batch', { halt: 0, cmd })
    expect(NOT_FOUND).toContain(dispatched(result_error.gone))
    expect(Object.keys(result)).toEqual(['fine'])
    expect((await ask('batch', { halt: 0, cmd: { fine: 'crm.lead.fields' } })).result_error).toEqual([])
  })

  it('refuses a person without rights with a code for it', async () => {
    const { hook } = await portal.person()
    const id = await ask('crm.company.add', { fields: { TITLE: 'of the administrator' } })
    for (const [method, parameters] of [
      ['crm.status.add', { fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'X', NAME: 'x' } }],
      ['crm.type.add', { fields: { title: 'x' } }],
    ] as const) {
      const { status, body } = await portal.call(method, parameters, { as: hook })
      expect([method, status >= 400, typeof body.error_description]).toEqual([method, true, 'string'])
      expect(body.error_description!.toLowerCase()).toMatch(/access|permission|denied|allowed/)
    }
    expect((await ask('crm.company.get', { id })).TITLE).toBe('of the administrator')
  })

  it('answers every error with a code and a text, so that the SDKs see it as one', async () => {
    for (const [method, parameters] of [
      ['crm.lead.get', {}],
      ['crm.item.get', { entityTypeId: 1 }],
      ['crm.deal.add', {}],
      ['crm.activity.add', { fields: {} }],
      ['crm.requisite.add', { fields: {} }],
      ['crm.currency.get', { id: 'QQQ' }],
      ['crm.vat.get', { ID: ABSENT }],
    ] as const) {
      const { status, body } = await portal.call(method, parameters)
      expect([method, status]).toEqual([method, 400])
      expect(Object.keys(body).toSorted()).toEqual(['error', 'error_description'])
      expect(body.error_description).toMatch(/\S/)
    }
  })

  it('has, in each answer, the times that the SDKs read', async () => {
    const { body } = await portal.call('crm.lead.fields')
    expect(body.time).toMatchObject({
      start: expect.any(Number),
      finish: expect.any(Number),
      duration: expect.any(Number),
      processing: expect.any(Number),
      date_start: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
      date_finish: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
    })
  })
})

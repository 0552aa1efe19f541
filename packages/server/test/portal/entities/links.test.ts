import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

interface Item {
  readonly id: number
  readonly [name: string]: unknown
}

const add = async (entityTypeId: number, fields: object = {}): Promise<Item> =>
  (await portal.call('crm.item.add', { entityTypeId, fields })).body.result.item
const get = async (entityTypeId: number, id: number) =>
  (await portal.call('crm.item.get', { entityTypeId, id })).body.result.item
const update = async (entityTypeId: number, id: number, fields: object) =>
  (await portal.call('crm.item.update', { entityTypeId, id, fields })).body.result.item
const several = async (entityTypeId: number, n: number): Promise<number[]> => {
  const ids: number[] = []
  while (ids.length < n) ids.push((await add(entityTypeId)).id)
  return ids
}
const primaries = (role: string, recordId: number) =>
  portal.portal.store
    .session()
    .find<{ to_id: number }>(
      sql`select to_id from crm_link where role = ${role} and record_id = ${recordId} and is_primary = 'Y'`,
    )

describe('contacts of a deal', () => {
  it('come as one, which is the first of the list', async () => {
    const [a] = await several(3, 1)
    expect(await add(2, { contactId: a })).toMatchObject({ contactId: a, contactIds: [a] })
  })

  it('come as a list, whose first is the one', async () => {
    const [a, b, c] = await several(3, 3)
    const { id } = await add(2, { contactIds: [b, a] })
    expect(await get(2, id)).toMatchObject({ contactId: b, contactIds: [b, a] })
    expect(await update(2, id, { contactIds: [c, a] })).toMatchObject({ contactId: c, contactIds: [c, a] })
    expect(await update(2, id, { contactIds: [] })).toMatchObject({ contactId: 0, contactIds: [] })
  })

  it('change their first one by contactId and keep the others', async () => {
    const [a, b, c] = await several(3, 3)
    const { id } = await add(2, { contactIds: [a, b] })
    expect(await update(2, id, { contactId: c })).toMatchObject({ contactId: c, contactIds: [c, b] })
    expect(await update(2, id, { contactId: b })).toMatchObject({ contactId: b, contactIds: [b, c] })
    expect(await update(2, id, { contactId: 0 })).toMatchObject({ contactId: c, contactIds: [c] })
  })

  it('are replaced by CONTACT_IDS, which UPPER_CASE rows do not show', async () => {
    const [a, b] = await several(3, 2)
    const { body } = await portal.call('crm.deal.add', { fields: { CONTACT_IDS: [a, b] } })
    await portal.call('crm.deal.update', { id: body.result, fields: { CONTACT_IDS: [b] } })
    const { result } = (await portal.call('crm.deal.get', { id: body.result })).body
    expect(result.CONTACT_ID).toBe(String(b))
    expect(result).not.toHaveProperty('CONTACT_IDS')
    expect(await get(2, body.result)).toMatchObject({ contactIds: [b] })
  })

  it('are looked for by the list of links too', async () => {
    const [a, b] = await several(3, 2)
    const { id } = await add(2, { contactIds: [a, b] })
    const { body } = await portal.call('crm.item.list', { entityTypeId: 2, filter: { contactIds: b }, select: ['id'] })
    expect(body.result.items).toEqual([{ id }])
  })

  it('must exist for crm.item.*, and are left out by UPPER_CASE methods', async () => {
    const before = await portal.census()
    const refused = await portal.call('crm.item.add', { entityTypeId: 2, fields: { contactIds: [999_999] } })
    expect(refused.body.error).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID')
    expect(await portal.census()).toEqual(before)
    const { body } = await portal.call('crm.deal.add', { fields: { CONTACT_ID: 999_999, COMPANY_ID: 999_999 } })
    expect(await get(2, body.result)).toMatchObject({ contactId: 0, contactIds: [], companyId: 0 })
  })

  it('disappear from deals and leads when they are deleted, and the next one becomes the first', async () => {
    const [a, b] = await several(3, 2)
    const deal = await add(2, { contactIds: [a, b] })
    const lead = await add(1, { contactId: a })
    await portal.call('crm.contact.delete', { id: a })
    expect(await get(2, deal.id)).toMatchObject({ contactId: b, contactIds: [b] })
    expect(await primaries('contact', deal.id)).toContainEqual({ to_id: b })
    expect(await get(1, lead.id)).toMatchObject({ contactId: 0, contactIds: [] })
  })
})

describe('contacts and companies', () => {
  it('are linked from the contact and seen from the company', async () => {
    const [one, two] = await several(4, 2)
    const contact = await add(3, { companyIds: [two, one] })
    expect(contact).toMatchObject({ companyId: two, companyIds: [two, one] })
    expect(await get(4, Number(one))).toMatchObject({ contactIds: [contact.id] })
    const { body } = await portal.call('crm.contact.add', { fields: { COMPANY_ID: one, COMPANY_IDS: [one, two] } })
    expect(await get(3, body.result)).toMatchObject({ companyId: one, companyIds: [one, two] })
    expect(await get(4, Number(one))).toMatchObject({ contactIds: [contact.id, body.result] })
  })

  it('are linked from the company and seen from the contact', async () => {
    const [a, b] = await several(3, 2)
    const first = await add(4, { contactIds: [a, b] })
    const second = await add(4, { contactIds: [b] })
    expect(await get(3, Number(a))).toMatchObject({ companyId: first.id, companyIds: [first.id] })
    expect(await get(3, Number(b))).toMatchObject({ companyId: first.id, companyIds: [first.id, second.id] })
    await update(4, first.id, { contactIds: [a] })
    expect(await get(3, Number(b))).toMatchObject({ companyId: second.id, companyIds: [second.id] })
    expect(await primaries('company', Number(b))).toEqual([{ to_id: second.id }])
    await portal.call('crm.company.update', { id: first.id, fields: { CONTACT_ID: [b] } })
    expect(await get(4, first.id)).toMatchObject({ contactIds: [b] })
    expect(await get(3, Number(a))).toMatchObject({ companyId: 0, companyIds: [] })
    expect(await get(3, Number(b))).toMatchObject({ companyId: second.id, companyIds: [second.id, first.id] })
  })

  it('let go of each other when one is deleted', async () => {
    const [one, two] = await several(4, 2)
    const contact = await add(3, { companyIds: [one, two] })
    const deal = await add(2, { companyId: one })
    await portal.call('crm.item.delete', { entityTypeId: 4, id: one })
    expect(await get(3, contact.id)).toMatchObject({ companyId: two, companyIds: [two] })
    expect(await get(2, deal.id)).toMatchObject({ companyId: 0 })
    await portal.call('crm.item.delete', { entityTypeId: 3, id: contact.id })
    expect(await get(4, Number(two))).toMatchObject({ contactIds: [] })
  })
})

describe('other links', () => {
  it('observers are people, in their order, and nobody else', async () => {
    const { id: person } = await portal.person()
    const { id } = await add(2, { observers: [person, 1] })
    expect(await get(2, id)).toMatchObject({ observers: [person, 1] })
    expect(await update(2, id, { observers: [1] })).toMatchObject({ observers: [1] })
    const refused = await portal.call('crm.item.update', { entityTypeId: 2, id, fields: { observers: [9999] } })
    expect(refused.body.error).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID')
  })

  it('a deal remembers its lead and its estimate, which UPPER_CASE methods only read', async () => {
    const [lead] = await several(1, 1)
    const [quote] = await several(7, 1)
    const { id } = await add(2, { leadId: lead, quoteId: quote })
    await portal.call('crm.deal.update', { id, fields: { LEAD_ID: '', QUOTE_ID: '' } })
    expect((await portal.call('crm.deal.get', { id })).body.result).toMatchObject({
      LEAD_ID: String(lead),
      QUOTE_ID: String(quote),
    })
    expect(await update(2, id, { leadId: null })).toMatchObject({ leadId: null, quoteId: quote })
    await portal.call('crm.quote.delete', { id: quote })
    expect(await get(2, id)).toMatchObject({ quoteId: null })
  })

  it('clients of smart processes and invoices work alike', async () => {
    await portal.call('crm.type.add', { fields: { title: 'Visit', entityTypeId: 132, isClientEnabled: 'Y' } })
    const [a, b] = await several(3, 2)
    const [company] = await several(4, 1)
    for (const entityTypeId of [31, 132]) {
      const { id } = await add(entityTypeId, { contactIds: [a, b], companyId: company })
      expect(await get(entityTypeId, id)).toMatchObject({ contactId: a, contactIds: [a, b], companyId: company })
      expect(await get(entityTypeId, id)).not.toHaveProperty('contacts')
    }
  })
})

describe('a lead', () => {
  it('is of a returning customer once it has a company or a contact', async () => {
    const [contact] = await several(3, 1)
    const [company] = await several(4, 1)
    expect((await add(1)).isReturnCustomer).toBe('N')
    expect((await add(1, { contactIds: [contact] })).isReturnCustomer).toBe('Y')
    const { body } = await portal.call('crm.lead.add', { fields: { IS_RETURN_CUSTOMER: 'Y' } })
    expect((await get(1, body.result)).isReturnCustomer).toBe('N')
    await portal.call('crm.lead.update', { id: body.result, fields: { COMPANY_ID: company } })
    expect((await get(1, body.result)).isReturnCustomer).toBe('Y')
  })
})

describe('a deal of a known client', () => {
  it('is a repeated approach, and a repeat deal after the first that was won', async () => {
    const [company] = await several(4, 1)
    const [contact] = await several(3, 1)
    const first = await add(2, { companyId: company, contactIds: [contact] })
    expect(first).toMatchObject({ isReturnCustomer: 'N', isRepeatedApproach: 'N' })
    expect(await add(2, { companyId: company })).toMatchObject({ isReturnCustomer: 'N', isRepeatedApproach: 'Y' })
    await update(2, first.id, { stageId: 'WON' })
    expect(await add(2, { contactId: contact })).toMatchObject({ isReturnCustomer: 'Y', isRepeatedApproach: 'N' })
    const { body } = await portal.call('crm.deal.add', { fields: { COMPANY_ID: company, IS_RETURN_CUSTOMER: 'N' } })
    expect(await get(2, body.result)).toMatchObject({ isReturnCustomer: 'N' })
  })
})

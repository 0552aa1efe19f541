import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const announced = announcements(portal)

const must = async (method: string, params: object, as?: string) => {
  const { body } = await portal.call(method, params, as === undefined ? {} : { as })
  if (body.error !== undefined) throw new Error(`${method}: ${body.error} ${body.error_description}`)
  return body.result
}
const setMode = async (mode: string) => {
  const session = portal.portal.store.session()
  await portal.portal.caches.changing(session, ['settings'], (tx) => portal.portal.settings.set(tx, 'crm.mode', mode))
  await session.settled()
}
const item = async (entityTypeId: number, id: number) => (await must('crm.item.get', { entityTypeId, id })).item
const dealOf = async (leadId: number) => {
  const rows = await must('crm.deal.list', { filter: { LEAD_ID: leadId }, select: ['ID'] })
  expect(rows).toHaveLength(1)
  return item(2, Number(rows[0].ID))
}
const values = (points: { value: string }[]): string[] => points.map(({ value }) => value)

const form = {
  TITLE: 'From website: Klaus Weber',
  NAME: 'Klaus',
  LAST_NAME: 'Weber',
  COMPANY_TITLE: 'Weber GmbH',
  PHONE: [{ VALUE: '+491701234567', VALUE_TYPE: 'WORK' }],
  EMAIL: [{ VALUE: 'klaus@example.com', VALUE_TYPE: 'HOME' }],
}

describe('in simple mode', () => {
  beforeAll(() => setMode('2'))

  it('the portal says so', async () => {
    expect(await must('crm.settings.mode.get', {})).toBe(2)
  })

  it('a new lead becomes a deal with its contact and its company', async () => {
    const { id: person } = await portal.person()
    await announced()
    const fields = {
      ...form,
      OPPORTUNITY: 1500,
      CURRENCY_ID: 'EUR',
      SOURCE_ID: 'WEB',
      COMMENTS: 'Call back',
      UTM_SOURCE: 'ads',
      ASSIGNED_BY_ID: person,
    }
    const id = await must('crm.lead.add', { fields })
    const lead = await item(1, id)
    const deal = await dealOf(id)
    expect(lead).toMatchObject({
      stageId: 'CONVERTED',
      stageSemanticId: 'S',
      companyId: deal.companyId,
      contactId: deal.contactId,
      isReturnCustomer: 'N',
    })
    expect(deal).toMatchObject({
      title: 'From website: Klaus Weber',
      opportunity: 1500,
      currencyId: 'EUR',
      sourceId: 'WEB',
      comments: 'Call back',
      utmSource: 'ads',
      assignedById: person,
      leadId: id,
      stageId: 'NEW',
      contactIds: [deal.contactId],
    })
    const contact = await item(3, deal.contactId)
    expect(contact).toMatchObject({
      name: 'Klaus',
      lastName: 'Weber',
      leadId: id,
      assignedById: person,
      companyIds: [deal.companyId],
    })
    expect(values(contact.fm)).toEqual(['+491701234567', 'klaus@example.com'])
    const company = await item(4, deal.companyId)
    expect(company).toMatchObject({ title: 'Weber GmbH', leadId: id, fm: [] })
    expect(await announced()).toEqual([
      { event: 'ONCRMLEADADD', fields: { ID: id } },
      { event: 'ONCRMCOMPANYADD', fields: { ID: company.id } },
      { event: 'ONCRMCONTACTADD', fields: { ID: contact.id } },
      { event: 'ONCRMDEALADD', fields: { ID: deal.id } },
      { event: 'ONCRMLEADUPDATE', fields: { ID: id } },
    ])
  })

  it('crm.item.add answers with the converted lead, and observers and all contacts go along', async () => {
    const { id: person } = await portal.person()
    const contacts = [await must('crm.contact.add', { fields: {} }), await must('crm.contact.add', { fields: {} })]
    const fields = { name: 'Ann', contactIds: contacts, observers: [person] }
    const before = (await portal.census()).crm_contact
    const made = (await must('crm.item.add', { entityTypeId: 1, fields })).item
    expect(made).toMatchObject({ stageId: 'CONVERTED', contactIds: contacts, isReturnCustomer: 'Y' })
    const deal = await dealOf(made.id)
    expect(deal).toMatchObject({ contactIds: contacts, observers: [person], title: `Deal #${deal.id}` })
    expect((await portal.census()).crm_contact).toBe(before)
  })

  it('a company alone has the phones itself', async () => {
    const id = await must('crm.lead.add', { fields: { COMPANY_TITLE: 'Solo', PHONE: [{ VALUE: '+4930' }] } })
    const deal = await dealOf(id)
    expect(deal).toMatchObject({ contactIds: [] })
    expect(values((await item(4, deal.companyId)).fm)).toEqual(['+4930'])
  })

  it('imports are converted too', async () => {
    const id = await must('crm.lead.add', { fields: form, params: { IMPORT: 'Y' } })
    expect(await dealOf(id)).toMatchObject({ leadId: id })
  })

  it('a lead that names nobody, or that is closed already, stays as it is', async () => {
    for (const fields of [{ TITLE: 'Nobody' }, { ...form, STATUS_ID: 'JUNK' }, { ...form, STATUS_ID: 'CONVERTED' }]) {
      const before = (await portal.census()).crm_deal
      const id = await must('crm.lead.add', { fields })
      expect((await item(1, id)).stageId).toBe('STATUS_ID' in fields ? fields.STATUS_ID : 'NEW')
      expect((await portal.census()).crm_deal).toBe(before)
    }
  })

  it('changing a lead converts nothing', async () => {
    const id = await must('crm.lead.add', { fields: { TITLE: 'Nobody' } })
    const before = (await portal.census()).crm_deal
    await must('crm.lead.update', { id, fields: { NAME: 'Ann' } })
    expect((await portal.census()).crm_deal).toBe(before)
  })

  it('who may only add leads gets the deal made all the same', async () => {
    const { hook } = await portal.person()
    const session = portal.portal.store.session()
    const grant = async (level: string) => {
      await portal.portal.caches.changing(session, ['roles'], async (tx) => {
        await tx.change(sql`update crm_role_permission set level = ${level} where action <> 'read'`)
        await tx.change(sql`delete from crm_role_permission where entity = 'lead'`)
        if (level === 'none')
          await tx.change(
            sql`insert into crm_role_permission (role_id, entity, action, level) select id, 'lead', 'add', 'all' from crm_role`,
          )
      })
      await session.settled()
    }
    await grant('none')
    const id = await must('crm.lead.add', { fields: form }, hook)
    await grant('all')
    expect(await dealOf(id)).toMatchObject({ leadId: id })
  })

  it('what cannot become a deal is not added at all', async () => {
    const field = await must('crm.deal.userfield.add', {
      fields: { FIELD_NAME: 'MUST', USER_TYPE_ID: 'string', MANDATORY: 'Y', LABEL: 'Must' },
    })
    const before = await portal.census()
    const { status, body } = await portal.call('crm.lead.add', { fields: form })
    expect([status, body.error_description]).toEqual([400, 'The field "Must" is required.'])
    expect(await portal.census()).toEqual(before)
    await must('crm.deal.userfield.delete', { id: field })
  })
})

describe('in classic mode', () => {
  beforeAll(() => setMode('1'))

  it('a lead stays a lead, also when it is moved to the converted stage', async () => {
    const before = await portal.census()
    const id = await must('crm.lead.add', { fields: form })
    expect((await item(1, id)).stageId).toBe('NEW')
    await must('crm.lead.update', { id, fields: { STATUS_ID: 'CONVERTED' } })
    expect(await item(1, id)).toMatchObject({ stageId: 'CONVERTED', contactId: 0, companyId: 0 })
    const after = await portal.census()
    for (const table of ['crm_deal', 'crm_contact', 'crm_company']) expect(after[table]).toBe(before[table])
  })
})

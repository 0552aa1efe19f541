import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

/** The calls of the tutorials' form handlers, one after another, as they make them (tutorials/crm/how-to-add-crm-objects). */
const call = async (method: string, params: object = {}) => {
  const { status, body } = await portal.call(method, params)
  expect([status, body.error, body.error_description]).toEqual([200, undefined, undefined])
  return body.result
}
const setMode = async (mode: string) => {
  const session = portal.portal.store.session()
  await portal.portal.caches.changing(session, ['settings'], (tx) => portal.portal.settings.set(tx, 'crm.mode', mode))
  await session.settled()
}

const FORM = { NAME: 'Klaus', LAST_NAME: 'Weber', PHONE: '+491701234567', EMAIL: 'klaus@example.com' }
type Form = typeof FORM

/** how-to-add-repeat-lead.md */
async function addRepeatLead({ NAME, LAST_NAME, PHONE, EMAIL }: Form): Promise<number> {
  const fields: Record<string, unknown> = {
    TITLE: `From the site: ${[NAME, LAST_NAME].join(' ')}`,
    NAME: NAME || 'Empty name',
    LAST_NAME,
    PHONE: [{ VALUE: PHONE, VALUE_TYPE: 'HOME' }],
    EMAIL: [{ VALUE: EMAIL, VALUE_TYPE: 'HOME' }],
  }
  let duplicates: number[] = []
  for (const [type, value] of [
    ['PHONE', PHONE],
    ['EMAIL', EMAIL],
  ]) {
    const found = await call('crm.duplicate.findbycomm', { entity_type: 'LEAD', type, values: [value] })
    if (!Array.isArray(found)) duplicates = duplicates.concat(found.LEAD)
  }
  if (duplicates.length > 0) {
    const leads = (await call('crm.lead.list', {
      filter: { '=ID': duplicates, STATUS_ID: 'CONVERTED' },
      select: ['ID', 'COMPANY_ID', 'CONTACT_ID'],
    })) as { COMPANY_ID: string | null; CONTACT_ID: string | null }[]
    const company = leads.map((lead) => lead.COMPANY_ID).find((id) => Number(id) > 0)
    const contact = leads.map((lead) => lead.CONTACT_ID).find((id) => Number(id) > 0)
    if (company) fields.COMPANY_ID = company
    if (contact) fields.CONTACT_ID = contact
  }
  return call('crm.lead.add', { fields })
}

describe('the tutorial "Add Repeat Lead"', () => {
  it('links a new lead to the client of an earlier one, once that is converted', async () => {
    const first = await addRepeatLead(FORM)
    expect(await call('crm.lead.get', { id: first })).toMatchObject({
      TITLE: 'From the site: Klaus Weber',
      IS_RETURN_CUSTOMER: 'N',
    })
    // Not converted yet: there is nothing to link to.
    const early = await addRepeatLead(FORM)
    expect((await call('crm.lead.get', { id: early })).IS_RETURN_CUSTOMER).toBe('N')

    const CONTACT_ID = await call('crm.contact.add', { fields: { NAME: 'Klaus', LAST_NAME: 'Weber' } })
    const COMPANY_ID = await call('crm.company.add', { fields: { TITLE: 'Weber GmbH' } })
    await call('crm.lead.update', { id: first, fields: { STATUS_ID: 'CONVERTED', CONTACT_ID, COMPANY_ID } })

    const repeat = await addRepeatLead({ ...FORM, EMAIL: 'other@example.com' })
    const lead = await call('crm.lead.get', { id: repeat })
    expect(lead).toMatchObject({
      COMPANY_ID: String(COMPANY_ID),
      CONTACT_ID: String(CONTACT_ID),
      IS_RETURN_CUSTOMER: 'Y',
      TITLE: 'From the site: Klaus Weber',
    })
    expect(lead.PHONE).toMatchObject([{ VALUE: FORM.PHONE, VALUE_TYPE: 'HOME' }])
    expect(lead.EMAIL).toMatchObject([{ VALUE: 'other@example.com', VALUE_TYPE: 'HOME' }])
    // One from elsewhere is nobody's repeat.
    const stranger = await addRepeatLead({ ...FORM, PHONE: '+4930999', EMAIL: 'stranger@example.com' })
    expect((await call('crm.lead.get', { id: stranger })).CONTACT_ID).toBeNull()
  })
})

describe('the tutorial "Add Lead with Files via Web Form"', () => {
  it('keeps the files of both fields and tells where they are', async () => {
    for (const [FIELD_NAME, MULTIPLE] of [
      ['LEAD_FILE', 'N'],
      ['LEAD_FILES', 'Y'],
    ])
      await call('crm.lead.userfield.add', { fields: { FIELD_NAME, USER_TYPE_ID: 'file', MULTIPLE } })
    const content = (text: string): string => Buffer.from(text).toString('base64')
    const id = await call('crm.lead.add', {
      fields: {
        TITLE: 'From website: Klaus Weber',
        NAME: 'Klaus',
        LAST_NAME: 'Weber',
        COMPANY_TITLE: '',
        PHONE: [{ VALUE: FORM.PHONE, VALUE_TYPE: 'WORK' }],
        EMAIL: [{ VALUE: FORM.EMAIL, VALUE_TYPE: 'HOME' }],
        UF_CRM_LEAD_FILES: [{ fileData: ['one.txt', content('one')] }, { fileData: ['two.txt', content('two')] }],
        UF_CRM_LEAD_FILE: { fileData: ['single.txt', content('single')] },
      },
    })
    const lead = await call('crm.lead.get', { id })
    const shape = { id: expect.any(Number), showUrl: expect.any(String), downloadUrl: expect.any(String) }
    expect(lead.UF_CRM_LEAD_FILE).toEqual(shape)
    expect(lead.UF_CRM_LEAD_FILES).toEqual([shape, shape])
  })
})

describe('the tutorial "Add a Lead via Web Form"', () => {
  it('adds and shows the lead by crm.item.*', async () => {
    const fields = {
      title: 'From the website: Klaus Weber — Müller GmbH',
      name: 'Klaus',
      lastName: 'Weber',
      companyTitle: 'Müller GmbH',
      fm: [
        { typeId: 'PHONE', valueType: 'WORK', value: '+49000000000' },
        { typeId: 'EMAIL', valueType: 'HOME', value: 'klaus@example.com' },
      ],
    }
    const { item } = await call('crm.item.add', { entityTypeId: 1, fields })
    const shown = (await call('crm.item.get', { entityTypeId: 1, id: item.id })).item
    expect(shown).toMatchObject({ ...fields, hasPhone: 'Y', hasEmail: 'Y', stageId: 'NEW' })
  })
})

describe('the tutorial "Add a CRM Activity to a New Lead or Deal Depending on the CRM Mode"', () => {
  /** Whom the handler adds its activity to. */
  const handle = async (): Promise<{ ownerTypeId: number; ownerId: number }> => {
    const leadId = await call('crm.lead.add', {
      fields: {
        TITLE: 'From website: Klaus Weber',
        NAME: 'Klaus',
        LAST_NAME: 'Weber',
        COMPANY_TITLE: '',
        PHONE: [{ VALUE: FORM.PHONE, VALUE_TYPE: 'WORK' }],
        EMAIL: [],
      },
    })
    const { STATUS_ID } = await call('crm.lead.get', { id: leadId })
    if (STATUS_ID !== 'CONVERTED') return { ownerTypeId: 1, ownerId: leadId }
    const deals = await call('crm.deal.list', { select: ['ID'], filter: { LEAD_ID: leadId } })
    expect(deals).toHaveLength(1)
    return { ownerTypeId: 2, ownerId: Number(deals[0].ID) }
  }

  it.each([
    { mode: 1, ownerTypeId: 1 },
    { mode: 2, ownerTypeId: 2 },
  ])('in mode $mode the activity is of the entity $ownerTypeId', async ({ mode, ownerTypeId }) => {
    await setMode(String(mode))
    expect(await call('crm.settings.mode.get')).toBe(mode)
    const owner = await handle()
    expect(owner.ownerTypeId).toBe(ownerTypeId)
    const { id } = await call('crm.activity.todo.add', {
      ...owner,
      deadline: new Date(Date.now() + 3_600_000).toISOString(),
      title: 'Call client',
      description: 'Filled out a request on the website',
    })
    const activities = await call('crm.activity.list', {
      filter: { OWNER_TYPE_ID: owner.ownerTypeId, OWNER_ID: owner.ownerId },
      select: ['ID', 'SUBJECT', 'OWNER_TYPE_ID', 'OWNER_ID'],
    })
    expect(activities).toEqual([
      {
        ID: String(id),
        SUBJECT: 'Call client',
        OWNER_TYPE_ID: String(owner.ownerTypeId),
        OWNER_ID: String(owner.ownerId),
      },
    ])
  })
})

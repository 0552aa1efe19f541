import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { base64, clientOf, type Result } from './tools.ts'

/*
 * Somebody fills in a form on a website, with files. The form's handler finds that they are known, merges what is known
 * twice, and makes a lead, which becomes a deal: at once in simple mode, by a clerk's calls in classic mode.
 */

const START = Date.parse('2026-03-02T09:00:00+01:00') / 1000
const PHONE = '+49 170 555-01-00'
const portal = await testPortal({ at: START })
const news = announcements(portal)
const { add, all, download, item, later, mode, must, timeline } = clientOf(portal)

await add('lead.userfield', { FIELD_NAME: 'PLANS', USER_TYPE_ID: 'file', MULTIPLE: 'Y', LABEL: 'Plans' })

const form = {
  TITLE: 'Form: Klaus Weber',
  NAME: 'Klaus',
  LAST_NAME: 'Weber',
  COMPANY_TITLE: 'Weber GmbH',
  PHONE: [{ VALUE: PHONE, VALUE_TYPE: 'WORK' }],
  UF_CRM_PLANS: [{ fileData: ['ground floor.txt', base64('ground')] }, { fileData: ['roof.txt', base64('roof')] }],
  SOURCE_ID: 'WEBFORM',
}
const texts = async (leadId: number): Promise<string[]> => {
  const { ufCrmPlans } = await item(1, leadId)
  return Promise.all(ufCrmPlans.map(async ({ urlMachine }: Result) => (await download(urlMachine)).bytes.toString()))
}
const blobs = async (): Promise<number> =>
  (await readdir(join(portal.dataDirectory, 'files'), { recursive: true, withFileTypes: true })).filter((each) =>
    each.isFile(),
  ).length
const known = (): Promise<Result> =>
  must('crm.duplicate.findbycomm', { entity_type: 'CONTACT', type: 'PHONE', values: ['+491705550100'] })

it('somebody who is known twice is merged, and the form finds the one who is left', async () => {
  const [early, late] = [
    await add('contact', { NAME: 'Klaus', PHONE: [{ VALUE: '+491705550100', VALUE_TYPE: 'WORK' }] }),
    await add('contact', {
      NAME: 'Klaus',
      LAST_NAME: 'Weber',
      PHONE: [{ VALUE: '+49 (170) 5550100', VALUE_TYPE: 'HOME' }],
      EMAIL: [{ VALUE: 'klaus@example.com', VALUE_TYPE: 'WORK' }],
    }),
  ]
  const order = await add('deal', { TITLE: 'An earlier order', CONTACT_ID: late })
  await must('crm.activity.todo.add', { ownerTypeId: 3, ownerId: late, title: 'Ask', deadline: '2026-03-03T10:00:00' })
  await must('crm.timeline.comment.add', {
    fields: { ENTITY_TYPE: 'contact', ENTITY_ID: late, COMMENT: 'Nice', FILES: [['card.txt', base64('card')]] },
  })
  expect(await known()).toEqual({ CONTACT: [early, late] })
  await news()
  const merged = await must('crm.entity.mergeBatch', { params: { entityTypeId: 3, entityIds: [early, late] } })
  expect(merged).toEqual({ STATUS: 'SUCCESS', ENTITY_IDS: [late] })
  expect(await known()).toEqual({ CONTACT: [early] })
  expect((await news()).map(({ event }) => event).filter((event) => event.startsWith('ONCRMCONTACT'))).toEqual([
    'ONCRMCONTACTUPDATE',
    'ONCRMCONTACTDELETE',
  ])
  // What hung on the other hangs on the one who is left.
  expect(await item(2, order)).toMatchObject({ contactId: early, contactIds: [early] })
  expect(await must('crm.activity.list', { filter: { OWNER_TYPE_ID: 3, OWNER_ID: early } })).toHaveLength(1)
  const [comment] = await must('crm.timeline.comment.list', { filter: { ENTITY_TYPE: 'contact', ENTITY_ID: early } })
  expect(comment.COMMENT).toBe('Nice')
  const file = Object.values((await must('crm.timeline.comment.get', { id: comment.ID })).FILES)[0] as Result
  expect((await download(file.urlDownload)).bytes.toString()).toBe('card')
})

it('in simple mode the lead is a deal at once, and its files stay with it', async () => {
  await mode('2')
  later(3600)
  const [contactId] = (await known()).CONTACT
  const leadId = await add('lead', { ...form, CONTACT_ID: contactId })
  expect(await texts(leadId)).toEqual(['ground', 'roof'])
  expect(await item(1, leadId)).toMatchObject({ stageId: 'CONVERTED', contactId, isReturnCustomer: 'Y' })
  const [deal, ...others] = await must('crm.deal.list', { filter: { LEAD_ID: leadId } })
  expect(others).toEqual([])
  expect(deal).toMatchObject({ CONTACT_ID: String(contactId), SOURCE_ID: 'WEBFORM', STAGE_ID: 'NEW' })
  const told = await timeline({ entityTypeId: 1, id: leadId })
  expect(told.entries.map(({ kind }) => kind)).toContain('created')
  await mode('1')
})

it('in classic mode a clerk converts it, call by call, and the timelines tell the whole story', async () => {
  later(3600)
  const leadId = await add('lead', form)
  later(60)
  await must('crm.lead.update', { id: leadId, fields: { STATUS_ID: 'IN_PROCESS' } })
  later(60)
  await must('crm.lead.update', { id: leadId, fields: { TITLE: 'A new roof', OPPORTUNITY: 900 } })
  later(60)
  // UPPER_CASE methods do not take the lead of a contact, a company or a deal: universal ones do.
  const made = await all({
    lead: `crm.lead.get?id=${leadId}`,
    contact:
      'crm.item.add?entityTypeId=3&fields[name]=$result[lead][NAME]&fields[leadId]=$result[lead][ID]' +
      '&fields[fm][0][typeId]=PHONE&fields[fm][0][valueType]=WORK&fields[fm][0][value]=$result[lead][PHONE][0][VALUE]',
    company: 'crm.item.add?entityTypeId=4&fields[title]=$result[lead][COMPANY_TITLE]&fields[leadId]=$result[lead][ID]',
    link: 'crm.contact.company.add?id=$result[contact][item][id]&fields[COMPANY_ID]=$result[company][item][id]',
    deal:
      'crm.item.add?entityTypeId=2&fields[title]=$result[lead][TITLE]&fields[leadId]=$result[lead][ID]' +
      '&fields[contactId]=$result[contact][item][id]&fields[companyId]=$result[company][item][id]' +
      '&fields[opportunity]=$result[lead][OPPORTUNITY]',
    done:
      `crm.lead.update?id=${leadId}&fields[STATUS_ID]=CONVERTED` +
      '&fields[CONTACT_ID]=$result[contact][item][id]&fields[COMPANY_ID]=$result[company][item][id]',
  })
  const [contactId, companyId, dealId] = [made.contact.item.id, made.company.item.id, made.deal.item.id]
  expect((await known()).CONTACT).toContain(contactId)
  expect(await item(1, leadId)).toMatchObject({ stageId: 'CONVERTED', stageSemanticId: 'S', contactId, companyId })
  expect(await item(2, dealId)).toMatchObject({ leadId, contactId, companyId, title: 'A new roof', opportunity: 900 })
  expect(await item(3, contactId)).toMatchObject({ leadId, companyId, name: 'Klaus' })
  expect(await texts(leadId)).toEqual(['ground', 'roof'])

  const whole = await timeline({ entityTypeId: 1, id: leadId })
  const own = whole.entries.filter(({ kind }) => kind !== 'child').map(({ kind }) => kind)
  expect(own).toEqual(['converted', 'changed', 'stage', 'created'])
  expect(whole.entries.filter(({ kind }) => kind === 'child').map(({ data }) => data.entityTypeId)).toContain(2)
  // Page by page it is the same story, nothing told twice or left out.
  const paged: unknown[] = []
  let before: string | undefined
  do {
    const page = await timeline({ entityTypeId: 1, id: leadId, limit: 1, ...(before === undefined ? {} : { before }) })
    expect(page.entries).toHaveLength(1)
    paged.push(...page.entries)
    before = page.next
  } while (before !== undefined)
  expect(paged).toEqual(whole.entries)

  later(60)
  await must('crm.deal.update', { id: dealId, fields: { STAGE_ID: 'PREPARATION' } })
  later(60)
  await must('crm.deal.update', { id: dealId, fields: { OPPORTUNITY: 950 } })
  const deal = await timeline({ entityTypeId: 2, id: dealId })
  expect(deal.entries.map(({ kind }) => kind)).toEqual(['changed', 'stage', 'created'])
  expect(deal.entries[0]?.data.fields).toContainEqual(expect.objectContaining({ from: 900, to: 950 }))
  expect(deal.entries[1]?.data.stage).toMatchObject({ from: { id: 'NEW' }, to: { id: 'PREPARATION' } })
})

it('a form that sends rubbish beside its files leaves no file behind', async () => {
  const [before, kept] = [await portal.census(), await blobs()]
  for (const wrong of [
    { UF_CRM_PLANS: [...form.UF_CRM_PLANS, { fileData: ['a.txt', '%%%'] }] },
    { CONTACT_ID: 987_654 },
    { ASSIGNED_BY_ID: 987_654 },
  ]) {
    const { status, body } = await portal.call('crm.lead.add', { fields: { ...form, ...wrong } })
    // Where the portal takes the lead without what was wrong in it, it goes as it came.
    if (status === 200) await must('crm.lead.delete', { id: body.result })
  }
  const { crm_lead, stored_file } = await portal.census()
  expect([crm_lead, stored_file, await blobs()]).toEqual([before.crm_lead, before.stored_file, kept])
})

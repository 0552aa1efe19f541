import { beforeAll, expect, it } from 'vitest'
import { docx } from '../../support/docx.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { base64, clientOf, differences, type Result } from './tools.ts'

/* A company with one of everything at it leaves, step by step. What was its own goes; what was others' stays whole. */

const G = 'crm.documentgenerator'
const PROCESS = 1040
const portal = await testPortal({ at: 1_790_000_000, office: 'no-such-office' })
const news = announcements(portal)
const { add, addItem, download, item, must } = clientOf(portal)

await must('crm.type.add', {
  fields: {
    title: 'Visit',
    entityTypeId: PROCESS,
    isClientEnabled: 'Y',
    isStagesEnabled: 'Y',
    relations: { parent: [{ entityTypeId: 2, isChildrenListEnabled: 'Y' }] },
  },
})
const crm = (FIELD_NAME: string, MULTIPLE: string) => ({
  FIELD_NAME,
  MULTIPLE,
  USER_TYPE_ID: 'crm',
  SETTINGS: { COMPANY: 'Y', CONTACT: 'Y' },
})
await add('deal.userfield', crm('RIVAL', 'N'))
await add('lead.userfield', crm('RIVALS', 'Y'))
await add('company.userfield', { FIELD_NAME: 'LOGOS', USER_TYPE_ID: 'file', MULTIPLE: 'Y' })

let empty: Record<string, number>
let company: number
let friend: number
let contact: number
let bystander: Record<'lead' | 'deal', number>
let deal: number
let invoice: number
let visit: number
let quote: number
let requisite: number
const links: string[] = []
const status = async (method: string, id: number): Promise<number> => (await portal.call(method, { id })).status
const kept = async (url: string): Promise<number> => (await download(url)).status

/** What the deletion of a record makes fewer of: everything that isn't a record of what has happened. */
async function gone(body: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await portal.census()
  await body()
  const rows = Object.entries(differences(before, await portal.census()))
  return Object.fromEntries(
    rows.filter(([table]) => !['history', 'outbox', 'job', 'request_log', 'audit_log'].includes(table)),
  )
}

beforeAll(async () => {
  friend = await add('company', { TITLE: 'Friend' })
  bystander = { lead: await add('lead', { TITLE: 'Bystander' }), deal: await add('deal', { TITLE: 'Bystander' }) }
  empty = await portal.census()

  company = await add('company', {
    TITLE: 'Leaving',
    PHONE: [{ VALUE: '+49305', VALUE_TYPE: 'WORK' }],
    EMAIL: [{ VALUE: 'a@example.com', VALUE_TYPE: 'WORK' }],
    ADDRESS_CITY: 'Berlin',
    UF_CRM_LOGOS: [{ fileData: ['logo.txt', base64('logo')] }, { fileData: ['old.txt', base64('old')] }],
  })
  contact = await add('contact', { NAME: 'Ada', COMPANY_ID: company })
  await must('crm.contact.company.add', { id: contact, fields: { COMPANY_ID: friend } })
  const client = { COMPANY_ID: company, CONTACT_ID: contact }
  deal = await add('deal', { TITLE: 'Order', CURRENCY_ID: 'EUR', UF_CRM_RIVAL: `CO_${company}`, ...client })
  quote = await add('quote', { TITLE: 'Offer', DEAL_ID: deal, ...client })
  invoice = (await addItem(31, { title: 'Bill', parentId2: deal, companyId: company, contactId: contact })).id
  visit = (await addItem(PROCESS, { title: 'Visit', parentId2: deal, companyId: company })).id
  await must('crm.deal.update', { id: bystander.deal, fields: { UF_CRM_RIVAL: `CO_${company}` } })
  const rivals = [`CO_${company}`, `CO_${friend}`]
  await must('crm.lead.update', { id: bystander.lead, fields: { UF_CRM_RIVALS: rivals } })

  requisite = await add('requisite', { ENTITY_TYPE_ID: 4, ENTITY_ID: company, PRESET_ID: 1, NAME: 'Main' })
  await add('requisite.bankdetail', { ENTITY_ID: requisite, NAME: 'Bank', RQ_ACC_NUM: 'DE02' })
  for (const TYPE_ID of [1, 6])
    await add('address', { TYPE_ID, ENTITY_TYPE_ID: 8, ENTITY_ID: requisite, CITY: 'Berlin' })
  for (const [ENTITY_TYPE_ID, ENTITY_ID] of [
    [2, deal],
    [7, quote],
    [31, invoice],
  ])
    await must('crm.requisite.link.register', {
      fields: {
        ENTITY_TYPE_ID,
        ENTITY_ID,
        REQUISITE_ID: requisite,
        BANK_DETAIL_ID: 0,
        MC_REQUISITE_ID: 0,
        MC_BANK_DETAIL_ID: 0,
      },
    })

  const rows = [{ productName: 'Engine', price: 100, quantity: 2 }]
  for (const [ownerType, ownerId] of [
    ['D', deal],
    ['Q', quote],
    ['SI', invoice],
  ])
    await must('crm.item.productrow.set', { ownerType, ownerId, productRows: rows })
  const [{ id: rowId }] = (await must('crm.item.productrow.list', { filter: { '=ownerType': 'D', '=ownerId': deal } }))
    .productRows
  const paymentId = await must('crm.item.payment.add', { entityTypeId: 2, entityId: deal })
  await must('crm.item.payment.product.add', { paymentId, rowId, quantity: 1 })
  await must('crm.item.payment.add', { entityTypeId: 31, entityId: invoice })

  for (const [ENTITY_TYPE, ENTITY_ID, type] of [
    ['company', company, 4],
    ['contact', contact, 3],
    ['deal', deal, 2],
  ] as const) {
    const FILES = [[`${ENTITY_TYPE}.txt`, base64(ENTITY_TYPE)]]
    const id = await add('timeline.comment', { ENTITY_TYPE, ENTITY_ID, COMMENT: 'See', FILES })
    const [file] = Object.values((await must('crm.timeline.comment.get', { id })).FILES) as Result[]
    links.push(file.urlDownload)
    await must('crm.timeline.note.save', {
      ownerTypeId: type,
      ownerId: ENTITY_ID,
      itemType: 1,
      itemId: id,
      text: 'Note',
    })
    await must('crm.timeline.item.pin', { id, ownerTypeId: type, ownerId: ENTITY_ID })
    await must('crm.activity.todo.add', {
      ownerTypeId: type,
      ownerId: ENTITY_ID,
      title: 'Ask',
      deadline: '2026-12-01T10:00:00',
    })
    await must('crm.timeline.logmessage.add', {
      fields: { entityTypeId: type, entityId: ENTITY_ID, title: 'Log', text: 'x', iconCode: 'info' },
    })
  }
  await add('activity', {
    OWNER_TYPE_ID: 2,
    OWNER_ID: deal,
    TYPE_ID: 2,
    SUBJECT: 'A call',
    COMMUNICATIONS: [{ VALUE: '+49305', ENTITY_TYPE_ID: 4, ENTITY_ID: company }],
    FILES: [{ fileData: ['call.txt', base64('call')] }],
  })
  for (const [entityTypeId, entityId] of [
    [4, company],
    [2, deal],
    [31, invoice],
  ]) {
    const fileContent = docx(['Signed']).toString('base64')
    const fields = { entityTypeId, entityId, region: 'de', title: 'Contract', number: '5', fileContent }
    const { document } = await must(`${G}.document.upload`, { fields })
    links.push((await must(`${G}.document.enablepublicurl`, { id: document.id })).publicUrl)
  }
  for (const { urlMachine } of (await item(4, company)).ufCrmLogos) links.push(urlMachine)
})

it('the company goes first: its own goes with it, the others lose nothing but the link', async () => {
  const [companyComment, , , companyDocument, , , ...logos] = links
  expect(await portal.faults()).toEqual([])
  expect(await Promise.all(links.map(kept))).toEqual(links.map(() => 200))
  await news()
  const fewer = await gone(() => must('crm.company.delete', { id: company }))
  expect(fewer).toMatchObject({ crm_company: -1, crm_requisite: -1, crm_bank_detail: -1, crm_document: -1 })
  for (const table of ['crm_contact', 'crm_deal', 'crm_quote', 'crm_smart_invoice', 'crm_product_row', 'crm_payment'])
    expect([table, fewer[table] ?? 0]).toEqual([table, 0])
  expect((await news()).filter(({ event }) => event === 'ONCRMCOMPANYDELETE')).toEqual([
    { event: 'ONCRMCOMPANYDELETE', fields: { ID: company } },
  ])
  for (const url of [companyComment, companyDocument, ...logos])
    expect([url, await kept(url ?? '')]).toEqual([url, 404])
  expect(await Promise.all(links.slice(1, 3).map(kept))).toEqual([200, 200])

  expect(await item(3, contact)).toMatchObject({ companyId: friend, companyIds: [friend] })
  expect(await item(2, deal)).toMatchObject({ companyId: 0, contactIds: [contact], opportunity: 200 })
  for (const [type, id] of [
    [7, quote],
    [31, invoice],
    [PROCESS, visit],
  ] as const)
    expect([type, (await item(type, id)).companyId]).toEqual([type, 0])
  expect((await item(2, bystander.deal)).ufCrmRival ?? '').not.toContain(String(company))
  expect((await item(1, bystander.lead)).ufCrmRivals).toEqual([`CO_${friend}`])
  const found = await must('crm.duplicate.findbycomm', { type: 'PHONE', values: ['+49305'] })
  expect(found).toEqual([])
  const activities = await must('crm.activity.list', { filter: { OWNER_TYPE_ID: 4, OWNER_ID: company } })
  expect(activities).toEqual([])
  const call = await must('crm.activity.list', { filter: { SUBJECT: 'A call' }, select: ['ID', 'COMMUNICATIONS'] })
  expect(call).toHaveLength(1)
  expect(await portal.faults()).toEqual([])
})

it('then the deal: rows, payments, documents and files go, its invoices, quotes and visits stand alone', async () => {
  await must('crm.deal.delete', { id: deal })
  expect(await item(31, invoice)).toMatchObject({ parentId2: null, opportunity: 200 })
  expect(await item(PROCESS, visit)).toMatchObject({ parentId2: null })
  expect((await must('crm.quote.get', { id: quote })).DEAL_ID ?? '0').toBe('0')
  expect(await Promise.all([links[2], links[4]].map((url) => kept(url ?? '')))).toEqual([404, 404])
  expect(await kept(links[5] ?? '')).toBe(200)
  expect(await portal.faults()).toEqual([])
})

it('then all the rest, and the portal is as it was', async () => {
  await must('crm.contact.delete', { id: contact })
  await must('crm.quote.delete', { id: quote })
  await must('crm.item.delete', { entityTypeId: 31, id: invoice })
  await must('crm.item.delete', { entityTypeId: PROCESS, id: visit })
  await portal.work()
  expect(await Promise.all(links.map(kept))).toEqual(links.map(() => 404))
  const left = differences(empty, await portal.census())
  // What has happened is told for as long as the portal keeps it, and numbers are never given twice.
  for (const table of ['history', 'outbox', 'job', 'audit_log']) delete left[table]
  // The lead's other company is a value of the bystander's own.
  expect(left).toEqual({ field_value: 1 })
  expect(await status('crm.deal.get', bystander.deal)).toBe(200)
  expect(await portal.faults()).toEqual([])
})

import { beforeAll, describe, expect, it } from 'vitest'
import { requireRecord } from '../../../src/records/records.ts'
import { docx, textOf } from '../../support/docx.ts'
import { batchOn } from '../../support/batch.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { attemptsOn, entities, G, type Name, type Records } from './attempts.ts'
import { base64, clientOf, command, type Result } from './tools.ts'

/*
 * Ann and Bob may read and change what is their own. Ann has one of everything, and the word SECRET in all of it: Bob
 * must neither see the word nor change anything, by whichever road.
 */

const portal = await testPortal({ at: 1_790_000_000, office: 'no-such-office' })
const news = announcements(portal)
const batch = batchOn(portal)
const { add, addItem, download, item, must, rights } = clientOf(portal)
const [ann, bob] = [await portal.person(), await portal.person()]
const phone = [{ VALUE: '+49301234567', VALUE_TYPE: 'WORK' }]

await must('crm.type.add', {
  fields: { title: 'Case', entityTypeId: entities.process, isClientEnabled: 'Y', isStagesEnabled: 'Y' },
})
await add('deal.userfield', { FIELD_NAME: 'PAPER', USER_TYPE_ID: 'file', LABEL: 'Paper' })
await add('deal.userfield', { FIELD_NAME: 'PAPERS', USER_TYPE_ID: 'file', MULTIPLE: 'Y', LABEL: 'Papers' })

async function recordsOf(word: string, as: string): Promise<Records> {
  const company = await add('company', { TITLE: word, PHONE: phone }, as)
  const contact = await add('contact', { NAME: word, PHONE: phone, COMPANY_ID: company }, as)
  const client = { COMPANY_ID: company, CONTACT_ID: contact }
  const paper = { fileData: [`${word}.txt`, base64(word)] }
  return {
    company,
    contact,
    lead: await add('lead', { TITLE: word, PHONE: phone }, as),
    deal: await add('deal', { TITLE: word, OPPORTUNITY: 7, UF_CRM_PAPER: paper, ...client }, as),
    quote: await add('quote', { TITLE: word, ...client }, as),
    invoice: (await addItem(31, { title: word, companyId: company }, as)).id,
    process: (await addItem(entities.process, { title: word, contactId: contact }, as)).id,
  }
}

let hers: Records
let his: Records
let row: number
let todo: number
let comment: number
let log: number
let requisite: number
let account: number
let document: number
let payment: number
let paper: Result
const hisThings = { comment: 0, requisite: 0, todo: 0, payment: 0 }

beforeAll(async () => {
  hers = await recordsOf('SECRET', ann.hook)
  his = await recordsOf('Bob', bob.hook)
  const fields = { ownerType: 'D', ownerId: hers.deal, productName: 'SECRET', price: 7, quantity: 1 }
  row = (await must('crm.item.productrow.add', { fields }, ann.hook)).productRow.id
  const deadline = '2026-12-01T10:00:00'
  const plan = async (ownerId: number, as: string): Promise<number> =>
    (await must('crm.activity.todo.add', { ownerTypeId: 2, ownerId, title: 'SECRET', deadline }, as)).id
  todo = await plan(hers.deal, ann.hook)
  hisThings.todo = await plan(his.deal, bob.hook)
  const said = { ENTITY_TYPE: 'deal', COMMENT: 'SECRET', FILES: [['SECRET.txt', base64('SECRET')]] }
  comment = await add('timeline.comment', { ...said, ENTITY_ID: hers.deal }, ann.hook)
  hisThings.comment = await add('timeline.comment', { ...said, ENTITY_ID: his.deal }, bob.hook)
  const line = { entityTypeId: 2, entityId: hers.deal, title: 'SECRET', text: 'SECRET', iconCode: 'info' }
  log = (await must('crm.timeline.logmessage.add', { fields: line }, ann.hook)).logMessage.id
  const papers = { ENTITY_TYPE_ID: 4, PRESET_ID: 1, NAME: 'SECRET' }
  requisite = await add('requisite', { ...papers, ENTITY_ID: hers.company }, ann.hook)
  hisThings.requisite = await add('requisite', { ...papers, ENTITY_ID: his.company }, bob.hook)
  account = await add('requisite.bankdetail', { ENTITY_ID: requisite, NAME: 'SECRET', RQ_ACC_NUM: '1' }, ann.hook)
  await add('address', { TYPE_ID: 1, ENTITY_TYPE_ID: 8, ENTITY_ID: requisite, CITY: 'SECRET' }, ann.hook)
  const upload = { region: 'de', title: 'SECRET', number: '1', fileContent: docx(['SECRET']).toString('base64') }
  document = (
    await must(`${G}.document.upload`, { fields: { ...upload, entityTypeId: 2, entityId: hers.deal } }, ann.hook)
  ).document.id
  payment = await must('crm.item.payment.add', { entityTypeId: 2, entityId: hers.deal }, ann.hook)
  hisThings.payment = await must('crm.item.payment.add', { entityTypeId: 2, entityId: his.deal }, bob.hook)
  await must('crm.item.payment.product.add', { paymentId: payment, rowId: row, quantity: 1 }, ann.hook)
  paper = (await item(2, hers.deal, ann.hook)).ufCrmPaper
  await rights('own')
})

const attempts = () =>
  attemptsOn({ hers, his, bob: bob.id, row, todo, comment, log, requisite, account, document, payment, hisThings })

/** Nobody was told anything, or that there is nothing. */
const nothing = (result: Result): boolean =>
  [undefined, null, false].includes(result) ||
  (typeof result === 'object' &&
    (result.STATUS !== undefined && result.STATUS !== 'SUCCESS'
      ? true
      : Object.values(result).every((each) => Array.isArray(each) && each.length === 0)))

/** All that Ann has, as she sees it. */
async function state(): Promise<string> {
  const all = []
  for (const name of Object.keys(entities) as Name[]) {
    const { item: shown } = await must('crm.item.get', { entityTypeId: entities[name], id: hers[name] }, ann.hook)
    all.push(shown)
  }
  all.push(await must('crm.deal.productrows.get', { id: hers.deal }, ann.hook))
  all.push(await must('crm.activity.get', { id: todo }, ann.hook))
  all.push(await must('crm.timeline.comment.get', { id: comment }, ann.hook))
  all.push(await must('crm.requisite.get', { id: requisite }, ann.hook))
  all.push(await must('crm.requisite.bankdetail.get', { id: account }, ann.hook))
  all.push(await must('crm.item.payment.get', { id: payment }, ann.hook))
  all.push((await must(`${G}.document.get`, { id: document }, ann.hook)).document.title)
  return JSON.stringify(all)
}

describe('what is hers', () => {
  it('is refused within a transaction too, however long that has waited', async () => {
    const session = portal.portal.store.session()
    const person = await portal.portal.people.find(session, bob.id)
    const entity = await portal.portal.entities.get(session, 2)
    if (person === undefined) throw new Error('nobody')
    const context = { portal: portal.portal, session, person, now: 0 }
    // Longer than rights are taken from memory without a look at the database, which would wait for this transaction.
    const asked = session.transaction(async (tx) => {
      await new Promise((done) => setTimeout(done, 300))
      await requireRecord(context, tx, entity, hers.deal, 'read')
    })
    await expect(asked).rejects.toMatchObject({ reason: { why: 'access-denied' } })
  })

  it('he neither sees nor changes, whatever he calls', async () => {
    const [before, was] = [await portal.census(), await state()]
    await news()
    const wrong: unknown[] = []
    for (const [method, params] of attempts()) {
      const { status, body, text } = await portal.call(method, params, { as: bob.hook })
      if (text.includes('SECRET') || (status === 200 && !nothing(body.result))) wrong.push([method, params, body])
      if ((body.total ?? 0) > 0) wrong.push([method, 'counted', body.total])
      // What is refused for its form would prove nothing.
      if (/METHOD_NOT_FOUND|^100$|INVALID_ARG/.test(String(body.error))) wrong.push([method, params, body])
    }
    expect(wrong).toEqual([])
    expect(await portal.census()).toEqual(before)
    expect(await state()).toBe(was)
    expect(await news()).toEqual([])
  })

  it('is refused in batches too, and cannot be named by references', async () => {
    const [before, was] = [await portal.census(), await state()]
    const commands = attempts().map(([method, params]) => command(method, params))
    for (let from = 0; from < commands.length; from += 45) {
      const answer = await batch(
        { mine: command('crm.deal.get', { id: his.deal }), ...commands.slice(from, from + 45) },
        0,
        { as: bob.hook },
      )
      const { mine, ...others } = answer.result
      expect(mine.TITLE).toBe('Bob')
      expect(JSON.stringify(others)).not.toContain('SECRET')
      expect(Object.values(others).filter((each) => !nothing(each))).toEqual([])
    }
    expect(await portal.census()).toEqual(before)
    expect(await state()).toBe(was)
  })

  it('is in no list of his, is not counted and not found by its values', async () => {
    for (const name of Object.keys(entities) as Name[]) {
      const entityTypeId = entities[name]
      const lists: [string, object][] = [
        ['crm.item.list', { entityTypeId }],
        ['crm.item.list', { entityTypeId, filter: { id: [hers[name], his[name]] } }],
        ['crm.item.list', { entityTypeId, filter: { logic: 'OR', 0: { id: hers[name] }, 1: { id: his[name] } } }],
      ]
      if (!['process', 'invoice'].includes(name)) lists.push([`crm.${name}.list`, { filter: { '>ID': 0 } }])
      for (const [method, params] of lists) {
        const { body, text } = await portal.call(method, params, { as: bob.hook })
        const rows: Result[] = body.result.items ?? body.result
        expect([method, params, rows.map(({ id, ID }) => Number(id ?? ID)), body.total]).toEqual([
          method,
          params,
          [his[name]],
          1,
        ])
        expect(text).not.toContain('SECRET')
      }
    }
    const found = await must('crm.duplicate.findbycomm', { type: 'PHONE', values: ['+49301234567'] }, bob.hook)
    expect(found).toEqual({ LEAD: [his.lead], CONTACT: [his.contact], COMPANY: [his.company] })
    const own = { ids: [hisThings.todo], requisites: [hisThings.requisite] }
    const activities = await must('crm.activity.list', {}, bob.hook)
    expect(activities.map(({ ID }: Result) => Number(ID))).toEqual(own.ids)
    const requisites = await must('crm.requisite.list', {}, bob.hook)
    expect(requisites.map(({ ID }: Result) => Number(ID))).toEqual(own.requisites)
    for (const method of ['crm.requisite.bankdetail.list', 'crm.address.list'])
      expect([method, await must(method, {}, bob.hook)]).toEqual([method, []])
    const links = await must('crm.requisite.link.list', {}, bob.hook)
    expect(links.filter((each: Result) => Number(each.REQUISITE_ID) === requisite)).toEqual([])
    const moves = await must('crm.stagehistory.list', { entityTypeId: 2 }, bob.hook)
    expect(moves.items.map(({ OWNER_ID }: Result) => Number(OWNER_ID))).toEqual([his.deal])
  })

  it('does not get into his records: neither her files nor what his clients are', async () => {
    const before = await portal.census()
    for (const fields of [
      { UF_CRM_PAPER: { id: paper.id } },
      { UF_CRM_PAPER: paper.id },
      { UF_CRM_PAPERS: [{ id: paper.id }] },
    ]) {
      await portal.call('crm.deal.update', { id: his.deal, fields }, { as: bob.hook })
      const shown = await item(2, his.deal, bob.hook)
      expect([shown.ufCrmPaper?.id ?? 0, shown.ufCrmPapers]).not.toContain(paper.id)
      expect(JSON.stringify(shown.ufCrmPapers)).not.toContain(`"id":${paper.id},`)
    }
    const copy = { ufCrmPaper: { id: paper.id } }
    await portal.call('crm.item.update', { entityTypeId: 2, id: his.deal, fields: copy }, { as: bob.hook })
    expect((await item(2, his.deal, bob.hook)).ufCrmPaper?.id).not.toBe(paper.id)
    expect((await portal.census()).stored_file).toBeLessThanOrEqual(before.stored_file ?? 0)
    // Her own link is hers: it says nothing to a clerk who edits it.
    expect((await download(paper.urlMachine)).bytes.toString()).toBe('SECRET')
    // His own, made to name her file, is no link any more.
    const { urlMachine } = await hisPaper()
    expect((await download(urlMachine)).bytes.toString()).toBe('mine')
    expect((await download(forgedLink(urlMachine, paper.id))).status).toBe(404)
  })

  it('is told by no document of his, though his deal may name her company', async () => {
    const { numerators } = await must(`${G}.numerator.list`)
    const tags = [
      '{ClientName}',
      '{ClientPhone}',
      '{CompanyTitle}',
      '{ContactName}',
      '{RequisiteName}',
      '{CompanyId}',
      '{ContactIds}',
      '{ContactId}',
    ]
    const file = ['a.docx', docx(tags).toString('base64')]
    const fields = {
      name: 'Offer',
      file,
      numeratorId: numerators[0].id,
      region: 'de',
      entityTypeId: ['2'],
      users: ['UA'],
    }
    const { template } = await must(`${G}.template.add`, { fields })
    const client = { COMPANY_ID: hers.company, CONTACT_ID: hers.contact }
    await portal.call('crm.deal.update', { id: his.deal, fields: client }, { as: bob.hook })
    const request = { templateId: template.id, entityTypeId: 2, entityId: his.deal }
    const { document: made } = await must(`${G}.document.add`, request, bob.hook)
    const { bytes } = await download(made.downloadUrlMachine)
    expect(textOf(bytes).join()).not.toMatch(/SECRET|\+49301234567/)
    const told = await portal.call(`${G}.document.getfields`, { id: made.id }, { as: bob.hook })
    expect(told.text).not.toMatch(/SECRET/)
  })

  it('is told by nothing that he makes for her company and her contact', async () => {
    const client = { COMPANY_ID: hers.company, CONTACT_ID: hers.contact }
    const made: [string, object][] = [
      ['crm.lead.add', { fields: { TITLE: 'x', ...client } }],
      ['crm.deal.add', { fields: { TITLE: 'x', ...client } }],
      ['crm.quote.add', { fields: { TITLE: 'x', ...client } }],
      ['crm.contact.add', { fields: { NAME: 'x', COMPANY_ID: hers.company } }],
      ['crm.item.add', { entityTypeId: 31, fields: { title: 'x', companyId: hers.company, contactId: hers.contact } }],
      [
        'crm.invoice.add',
        {
          fields: {
            ORDER_TOPIC: 'x',
            PERSON_TYPE_ID: 1,
            PAY_SYSTEM_ID: 1,
            UF_COMPANY_ID: hers.company,
            UF_CONTACT_ID: hers.contact,
          },
        },
      ],
      [
        'crm.activity.add',
        {
          fields: {
            OWNER_TYPE_ID: 2,
            OWNER_ID: his.deal,
            TYPE_ID: 2,
            SUBJECT: 'x',
            COMMUNICATIONS: [{ VALUE: '1', ENTITY_TYPE_ID: 3, ENTITY_ID: hers.contact }],
          },
        },
      ],
    ]
    for (const [method, params] of made) {
      const { status, body, text } = await portal.call(method, params, { as: bob.hook })
      expect([method, text]).toEqual([method, expect.not.stringContaining('SECRET')])
      if (status !== 200) continue
      const id = body.result.item?.id ?? body.result
      const shown = method === 'crm.item.add' ? 'crm.item.get' : method.replace('.add', '.get')
      const read = await portal.call(shown, { entityTypeId: 31, id }, { as: bob.hook })
      expect([shown, read.status, read.text]).toEqual([shown, 200, expect.not.stringContaining('SECRET')])
    }
  })

  it('becomes his with the deal, and what hangs on it comes along', async () => {
    await must('crm.deal.update', { id: hers.deal, fields: { ASSIGNED_BY_ID: bob.id } })
    expect((await must('crm.deal.get', { id: hers.deal }, bob.hook)).TITLE).toBe('SECRET')
    expect((await must('crm.activity.get', { id: todo }, bob.hook)).SUBJECT).toBe('SECRET')
    expect(await must('crm.deal.productrows.get', { id: hers.deal }, bob.hook)).toHaveLength(1)
    expect((await portal.call('crm.deal.get', { id: hers.deal }, { as: ann.hook })).status).toBe(400)
    // The company stays hers, also where the deal names it.
    expect((await portal.call('crm.company.get', { id: hers.company }, { as: bob.hook })).status).toBe(400)
  })
})

/** A file of his own in his deal, and how the portal shows it to him. */
async function hisPaper(): Promise<Result> {
  const fields = { UF_CRM_PAPER: { fileData: ['mine.txt', base64('mine')] } }
  await must('crm.deal.update', { id: his.deal, fields }, bob.hook)
  return (await item(2, his.deal, bob.hook)).ufCrmPaper
}

/** The same link, with its signature, for another file. */
function forgedLink(link: string, file: number): string {
  const url = new URL(link)
  const [, payload = '', signature = ''] = /^crm\|([^.]+)\.(.+)$/.exec(url.searchParams.get('token') ?? '') ?? []
  const claim = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const other = Buffer.from(JSON.stringify({ ...claim, file })).toString('base64url')
  url.searchParams.set('token', `crm|${other}.${signature}`)
  return url.href
}

import { expect, it } from 'vitest'
import { activityCounters, personalCounters } from '../../../src/modules/crm/activity/counters.ts'
import { docx, textOf } from '../../support/docx.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { base64, clientOf, command, type Result } from './tools.ts'

/* A deal from its first call to its payment: what each step leaves is what the next one builds on. */

const START = Date.parse('2026-03-02T09:00:00+01:00') / 1000
const G = 'crm.documentgenerator'
const SEQUENCE = 'Bitrix_Main_Numerator_Generator_SequentNumberGenerator'
const portal = await testPortal({ at: START, office: 'no-such-office' })
const news = announcements(portal)
const { add, addItem, all, download, item, later, must, timeline } = clientOf(portal)

const company = await add('company', { TITLE: 'Engines & Sons', PHONE: [{ VALUE: '+49301', VALUE_TYPE: 'WORK' }] })
const contact = await add('contact', { NAME: 'Ada', LAST_NAME: 'Weber', COMPANY_ID: company })
const seller = await add('company', { TITLE: 'Our own', IS_MY_COMPANY: 'Y' })
const requisite = (ENTITY_ID: number, RQ_INN: string): Promise<number> =>
  add('requisite', { ENTITY_TYPE_ID: 4, ENTITY_ID, PRESET_ID: 1, NAME: 'Main', RQ_INN })
const [theirs, ours] = [await requisite(company, '7700'), await requisite(seller, '1234')]
const account = await add('requisite.bankdetail', { ENTITY_ID: theirs, NAME: 'Bank', RQ_ACC_NUM: 'DE02' })
const deal = await add('deal', { TITLE: 'Ten engines', COMPANY_ID: company, CONTACT_ID: contact, CURRENCY_ID: 'EUR' })
const amount = async (): Promise<[number, number]> => {
  const { opportunity, taxValue } = await item(2, deal)
  return [opportunity, taxValue]
}
const rowsOf = async (ownerType: string, ownerId: number): Promise<Result[]> =>
  (
    await must('crm.item.productrow.list', {
      filter: { '=ownerType': ownerType, '=ownerId': ownerId },
      order: { sort: 'asc' },
    })
  ).productRows

it('something to do is waiting, becomes overdue, and is done', async () => {
  const counters = async () => {
    const session = portal.portal.store.session()
    const now = portal.portal.sources.now()
    const of = { entityTypeId: 2, ids: [deal], now }
    return [(await activityCounters(session, of)).get(deal), await personalCounters(session, { now, responsibleId: 1 })]
  }
  const { id } = await must('crm.activity.todo.add', {
    ownerTypeId: 2,
    ownerId: deal,
    title: 'Call Ada',
    deadline: '2026-03-02T10:00:00+01:00',
  })
  const one = { waiting: 1, overdue: 0, incoming: 0 }
  expect(await counters()).toEqual([one, one])
  later(2 * 3600)
  await portal.work()
  expect(await counters()).toEqual([
    { ...one, overdue: 1 },
    { ...one, overdue: 1 },
  ])
  await must('crm.activity.update', { id, fields: { COMPLETED: 'Y' } })
  expect(await counters()).toEqual([undefined, { waiting: 0, overdue: 0, incoming: 0 }])
  const [done] = await must('crm.activity.list', { filter: { OWNER_TYPE_ID: 2, OWNER_ID: deal, COMPLETED: 'Y' } })
  expect(done).toMatchObject({ ID: String(id), SUBJECT: 'Call Ada' })
})

it('a comment keeps its files through a change of its words, and loses those that are taken out', async () => {
  const FILES = [
    ['plan.txt', base64('plan')],
    ['price.txt', base64('price')],
  ]
  const id = await add('timeline.comment', { ENTITY_TYPE: 'deal', ENTITY_ID: deal, COMMENT: 'See', FILES })
  const files = async (): Promise<Result[]> => Object.values((await must('crm.timeline.comment.get', { id })).FILES)
  const read = async (file: Result): Promise<string> => (await download(file.urlDownload)).bytes.toString()
  expect(await Promise.all((await files()).map(read))).toEqual(['plan', 'price'])
  await must('crm.timeline.comment.update', { id, fields: { COMMENT: 'Look' } })
  const kept = await files()
  expect(await Promise.all(kept.map(read))).toEqual(['plan', 'price'])
  await must('crm.timeline.comment.update', { id, fields: { COMMENT: 'Look', FILES: [['new.txt', base64('new')]] } })
  expect(await Promise.all((await files()).map(read))).toContain('new')
  const [told] = (await timeline({ entityTypeId: 2, id: deal })).entries.filter(({ kind }) => kind === 'comment')
  expect(told?.data).toMatchObject({ text: 'Look' })
})

it('the amount follows the products, with their taxes and discounts, until somebody sets it by hand', async () => {
  const vats: Result[] = await must('crm.vat.list')
  const twenty = vats.find(({ RATE }) => Number(RATE) === 20).ID
  const engine = await add('product', {
    NAME: 'Engine',
    PRICE: 1200,
    CURRENCY_ID: 'EUR',
    VAT_ID: twenty,
    VAT_INCLUDED: 'Y',
  })
  const oil = await add('product', { NAME: 'Oil', PRICE: 10, CURRENCY_ID: 'EUR', VAT_ID: twenty, VAT_INCLUDED: 'N' })
  const rows = [
    { PRODUCT_ID: engine, PRICE: 1200, TAX_RATE: 20, TAX_INCLUDED: 'Y', QUANTITY: 2, SORT: 10 },
    { PRODUCT_ID: oil, PRICE_EXCLUSIVE: 10, TAX_RATE: 20, TAX_INCLUDED: 'N', QUANTITY: 5, SORT: 20 },
  ]
  await must('crm.deal.productrows.set', { id: deal, rows })
  // 2 × 1200 with 400 of tax in it, 5 × (10 + 2)
  expect(await amount()).toEqual([2460, 410])
  const [first, second] = await rowsOf('D', deal)
  expect([first, second]).toMatchObject([
    { productId: engine, productName: 'Engine', price: 1200, priceExclusive: 1000, taxIncluded: 'Y' },
    { productId: oil, productName: 'Oil', price: 12, priceExclusive: 10, taxIncluded: 'N' },
  ])
  await must('crm.item.productrow.update', {
    id: first.id,
    fields: { price: 1080, discountTypeId: 2, discountRate: 10 },
  })
  expect((await rowsOf('D', deal))[0]).toMatchObject({
    price: 1080,
    priceExclusive: 900,
    priceNetto: 1000,
    priceBrutto: 1200,
    discountSum: 100,
  })
  expect(await amount()).toEqual([2220, 370])

  await must('crm.deal.update', { id: deal, fields: { OPPORTUNITY: 2000, IS_MANUAL_OPPORTUNITY: 'Y' } })
  await must('crm.item.productrow.update', { id: second.id, fields: { quantity: 10 } })
  expect((await amount())[0]).toBe(2000)
  await must('crm.deal.update', { id: deal, fields: { IS_MANUAL_OPPORTUNITY: 'N' } })
  expect(await amount()).toEqual([2280, 380])
  // The product's own name and price may change, or it may go: what was sold stays sold.
  await must('crm.product.update', { id: oil, fields: { NAME: 'Better oil', PRICE: 99 } })
  expect((await rowsOf('D', deal))[1]).toMatchObject({ productName: 'Oil', price: 12 })
  expect(await amount()).toEqual([2280, 380])
})

it('the quote and the invoice have the products, the client and the requisites', async () => {
  await news()
  const copied = (await rowsOf('D', deal)).map((row) => ({
    productId: row.productId,
    productName: row.productName,
    price: row.price,
    quantity: row.quantity,
    taxRate: row.taxRate,
    taxIncluded: row.taxIncluded,
  }))
  const quote = await add('quote', {
    TITLE: 'Our offer',
    DEAL_ID: deal,
    COMPANY_ID: company,
    CONTACT_ID: contact,
    CURRENCY_ID: 'EUR',
    CLOSEDATE: '2026-04-01',
  })
  const invoice = await addItem(31, {
    title: 'Engines',
    parentId2: deal,
    companyId: company,
    contactId: contact,
    mycompanyId: seller,
    currencyId: 'EUR',
  })
  await all({
    quote: command('crm.item.productrow.set', { ownerType: 'Q', ownerId: quote, productRows: copied }),
    invoice: command('crm.item.productrow.set', { ownerType: 'SI', ownerId: invoice.id, productRows: copied }),
  })
  expect(await item(7, quote)).toMatchObject({ opportunity: 2280, taxValue: 380, dealId: deal, companyId: company })
  const bill = await item(31, invoice.id)
  expect(bill).toMatchObject({ opportunity: 2280, taxValue: 380, parentId2: deal, contactIds: [contact] })
  expect(bill.accountNumber).toMatch(/\d/)
  const choice = await must('crm.requisite.link.get', { entityTypeId: 31, entityId: invoice.id })
  expect(choice).toMatchObject({
    REQUISITE_ID: String(theirs),
    BANK_DETAIL_ID: String(account),
    MC_REQUISITE_ID: String(ours),
  })
  expect((await news()).map(({ event }) => event)).toEqual(
    expect.arrayContaining(['ONCRMQUOTEADD', 'ONCRMDYNAMICITEMADD']),
  )
  expect(await amount()).toEqual([2280, 380])
})

it('the document says what the invoice does, and has the next number', async () => {
  const { numerator } = await must(`${G}.numerator.add`, {
    fields: { name: 'Bills', template: 'B-{NUMBER}', settings: { [SEQUENCE]: { start: 5, length: 3 } } },
  })
  const parts = [
    '{DocumentNumber} for {ClientName}, {RequisiteRqInn} by {MyCompanyRequisiteRqInn}',
    [['{ProductsIndex}. {ProductsProductName}', '{ProductsProductQuantity}', '{ProductsProductPriceSum}']],
    '{TotalSum} with {TotalTax}',
  ]
  const { template } = await must(`${G}.template.add`, {
    fields: {
      name: 'Bill',
      file: ['bill.docx', docx(parts).toString('base64')],
      numeratorId: numerator.id,
      region: 'de',
      entityTypeId: ['31'],
    },
  })
  const [{ id: entityId }] = (await must('crm.item.list', { entityTypeId: 31, filter: { parentId2: deal } })).items
  const made = []
  for (let n = 0; n < 2; n++)
    made.push((await must(`${G}.document.add`, { templateId: template.id, entityTypeId: 31, entityId })).document)
  expect(made.map(({ number }) => number)).toEqual(['B-005', 'B-006'])
  const { status, bytes } = await download(made[0].downloadUrlMachine)
  expect([status, textOf(bytes)]).toEqual([
    200,
    ['B-005 for Engines & Sons, 7700 by 1234', '1. Engine', '2', '€2,160', '2. Oil', '10', '€120', '€2,280 with €380'],
  ])
})

it('what is paid is no longer to be paid, and the deal is won', async () => {
  const [engines, oil] = await rowsOf('D', deal)
  const paymentId = await must('crm.item.payment.add', { entityTypeId: 2, entityId: deal })
  await must('crm.item.payment.product.add', { paymentId, rowId: engines.id, quantity: 2 })
  const line = await must('crm.item.payment.product.add', { paymentId, rowId: oil.id, quantity: 4 })
  expect(await must('crm.item.payment.get', { id: paymentId })).toMatchObject({ sum: 2208, currency: 'EUR', paid: 'N' })
  await must('crm.item.payment.product.setQuantity', { id: line, quantity: 10 })
  later(86_400)
  await must('crm.item.payment.pay', { id: paymentId })
  expect(await must('crm.item.payment.get', { id: paymentId })).toMatchObject({
    sum: 2280,
    paid: 'Y',
    datePaid: '2026-03-03T11:00:00+01:00',
  })
  const open = await must('crm.item.productrow.getAvailableForPayment', { ownerId: deal, ownerType: 'D' })
  expect(open.productRows).toEqual([])
  await must('crm.deal.update', { id: deal, fields: { STAGE_ID: 'WON' } })
  expect(await item(2, deal)).toMatchObject({ stageSemanticId: 'S', closed: 'Y', opportunity: 2280 })
  const moves = await must('crm.stagehistory.list', {
    entityTypeId: 2,
    filter: { OWNER_ID: deal },
    order: { ID: 'ASC' },
  })
  expect(moves.items.map(({ STAGE_ID }: Result) => STAGE_ID)).toEqual(['NEW', 'WON'])
  const kinds = (await timeline({ entityTypeId: 2, id: deal })).entries.map(({ kind }) => kind)
  expect([kinds[0], kinds.at(-1)]).toEqual(['stage', 'created'])
})

it('and when it is deleted, what was its own goes and what was not stays', async () => {
  await must('crm.deal.delete', { id: deal })
  const gone = await portal.call('crm.item.productrow.list', { filter: { '=ownerType': 'D', '=ownerId': deal } })
  expect([gone.status, gone.body.error]).toEqual([400, 'OWNER_NOT_FOUND'])
  const quotes = await must('crm.quote.list', { filter: { COMPANY_ID: company }, select: ['ID', 'DEAL_ID'] })
  expect(quotes).toHaveLength(1)
  expect(Number(quotes[0].DEAL_ID ?? 0)).toBe(0)
  const { items } = await must('crm.item.list', { entityTypeId: 31, filter: { companyId: company } })
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ opportunity: 2280, parentId2: null })
  expect((await must('crm.activity.list', { filter: { OWNER_TYPE_ID: 2, OWNER_ID: deal } })).length).toBe(0)
  const { crm_payment, crm_payment_product } = await portal.census()
  expect([crm_payment ?? 0, crm_payment_product ?? 0]).toEqual([0, 0])
  expect(await portal.faults()).toEqual([])
})

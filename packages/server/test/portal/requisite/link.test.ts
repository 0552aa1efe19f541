import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { tools } from './tools.ts'

const portal = await testPortal()
const { call, add, company, contact, requisite, bankDetail, rights } = tools(portal)
const none = { REQUISITE_ID: 0, BANK_DETAIL_ID: 0, MC_REQUISITE_ID: 0, MC_BANK_DETAIL_ID: 0 }

const linkOf = async (entityTypeId: number, entityId: number) => {
  const { REQUISITE_ID, BANK_DETAIL_ID, MC_REQUISITE_ID, MC_BANK_DETAIL_ID } = await call('crm.requisite.link.get', {
    entityTypeId,
    entityId,
  })
  return [REQUISITE_ID, BANK_DETAIL_ID, MC_REQUISITE_ID, MC_BANK_DETAIL_ID].map(Number)
}
const register = (ENTITY_TYPE_ID: number, ENTITY_ID: number, choice: object, as?: string) =>
  call('crm.requisite.link.register', { fields: { ENTITY_TYPE_ID, ENTITY_ID, ...none, ...choice } }, as)
const noLink = ['', 'Not found']
const getLink = (entityTypeId: number, entityId: number) => call('crm.requisite.link.get', { entityTypeId, entityId })

let client: number
let first: number
let second: number
let account: number

beforeEach(async () => {
  client = await company()
  second = await requisite(4, client)
  first = await requisite(4, client, { SORT: 10 })
  await bankDetail(first, { SORT: 900 })
  account = await bankDetail(first)
})
afterEach(() => rights('all'))

describe('a new item', () => {
  it('shows the first requisite and account of its company', async () => {
    const deal = await add('crm.deal', { COMPANY_ID: client })
    expect(await linkOf(2, deal)).toEqual([first, account, 0, 0])
  })

  it('shows those of its contact where its company has none, and none that are for an address only', async () => {
    const person = await contact()
    const theirs = await requisite(3, person)
    const bare = await company()
    await requisite(4, bare, { ADDRESS_ONLY: 'Y' })
    const deal = await add('crm.deal', { COMPANY_ID: bare, CONTACT_ID: person })
    expect(await linkOf(2, deal)).toEqual([theirs, 0, 0, 0])
  })

  it('has no link without a client, and gets it with the client', async () => {
    const deal = await add('crm.deal', { TITLE: 'Nobody yet' })
    expect(await getLink(2, deal)).toEqual(noLink)
    await call('crm.deal.update', { id: deal, fields: { COMPANY_ID: client } })
    expect(await linkOf(2, deal)).toEqual([first, account, 0, 0])
  })

  it('of an invoice shows the seller too', async () => {
    const seller = await company({ IS_MY_COMPANY: 'Y' })
    const mine = await requisite(4, seller)
    const { item } = await call('crm.item.add', {
      entityTypeId: 31,
      fields: { companyId: client, mycompanyId: seller },
    })
    expect(await linkOf(31, item.id)).toEqual([first, account, mine, 0])
    const quote = await add('crm.quote', { COMPANY_ID: client, MYCOMPANY_ID: seller })
    expect(await linkOf(7, quote)).toEqual([first, account, mine, 0])
  })
})

describe('a choice', () => {
  it('holds until the client changes', async () => {
    const deal = await add('crm.deal', { COMPANY_ID: client })
    expect(await register(2, deal, { REQUISITE_ID: second })).toBe(true)
    await call('crm.deal.update', { id: deal, fields: { TITLE: 'Other title', COMPANY_ID: client } })
    expect(await linkOf(2, deal)).toEqual([second, 0, 0, 0])
    const other = await company()
    const theirs = await requisite(4, other)
    await call('crm.deal.update', { id: deal, fields: { COMPANY_ID: other } })
    expect(await linkOf(2, deal)).toEqual([theirs, 0, 0, 0])
    await call('crm.deal.update', { id: deal, fields: { COMPANY_ID: 0 } })
    expect(await getLink(2, deal)).toEqual(noLink)
  })

  it('of nothing is a choice', async () => {
    const deal = await add('crm.deal', { COMPANY_ID: client })
    await register(2, deal, {})
    expect(await linkOf(2, deal)).toEqual([0, 0, 0, 0])
  })

  it('is forgotten when it is taken back, or the item goes', async () => {
    const deal = await add('crm.deal', { COMPANY_ID: client })
    const unregister = { entityTypeId: 2, entityId: deal }
    expect(await call('crm.requisite.link.unregister', unregister)).toBe(true)
    expect(await call('crm.requisite.link.unregister', unregister)).toBe(true)
    expect(await getLink(2, deal)).toEqual(noLink)
    await register(2, deal, { REQUISITE_ID: first })
    await call('crm.deal.delete', { id: deal })
    expect(await call('crm.requisite.link.list', { filter: { ENTITY_TYPE_ID: 2, ENTITY_ID: deal } })).toEqual([])
  })

  it('loses the account that is deleted', async () => {
    const deal = await add('crm.deal', { COMPANY_ID: client })
    await call('crm.requisite.bankdetail.delete', { id: account })
    expect(await linkOf(2, deal)).toEqual([first, 0, 0, 0])
  })
})

describe('what is refused', () => {
  it.each([
    ['ENTITY_TYPE_ID', 1],
    ['ENTITY_TYPE_ID', 4],
    ['ENTITY_ID', 0],
    ['REQUISITE_ID', ''],
    ['BANK_DETAIL_ID', -1],
    ['MC_REQUISITE_ID', 'x'],
    ['MC_BANK_DETAIL_ID', null],
  ])('%s = %j', async (name, value) => {
    const deal = await add('crm.deal', { COMPANY_ID: client })
    const fields = { ENTITY_TYPE_ID: 2, ENTITY_ID: deal, ...none, [name]: value }
    expect(await call('crm.requisite.link.register', { fields })).toEqual(['', `${name} is not defined or invalid.`])
    expect(await linkOf(2, deal)).toEqual([first, account, 0, 0])
  })

  it('what is not there, or not the client’s or the seller’s', async () => {
    const seller = await company({ IS_MY_COMPANY: 'Y' })
    const mine = await requisite(4, seller)
    const foreign = await requisite(4, await company())
    const foreignAccount = await bankDetail(foreign)
    const quote = await add('crm.quote', { COMPANY_ID: client, MYCOMPANY_ID: seller })
    const before = await linkOf(7, quote)
    for (const [choice, text] of [
      [{ REQUISITE_ID: 999_999 }, "The Requisite with ID '999999' is not found"],
      [{ REQUISITE_ID: foreign }, `The Requisite with ID '${foreign}' is not assigned to Company with ID '${client}'`],
      [{ REQUISITE_ID: first, BANK_DETAIL_ID: 999_999 }, "The BankDetail with ID '999999' is not found"],
      [
        { REQUISITE_ID: first, BANK_DETAIL_ID: foreignAccount },
        `The BankDetail with ID '${foreignAccount}' is not assigned to Requisite with ID '${first}'`,
      ],
      [{ MC_REQUISITE_ID: 999_999 }, "The Requisite of your company with ID '999999' is not found"],
      [
        { MC_REQUISITE_ID: foreign },
        `The Requisite with ID '${foreign}' is not assigned to your company with ID '${seller}'`,
      ],
      [
        { MC_REQUISITE_ID: mine, MC_BANK_DETAIL_ID: 999_999 },
        "The BankDetail of your company with ID '999999' is not found",
      ],
      [
        { MC_REQUISITE_ID: mine, MC_BANK_DETAIL_ID: foreignAccount },
        `The BankDetail of your company with ID '${foreignAccount}' is not assigned to Requisite of your company with ID '${mine}'`,
      ],
    ] as const)
      expect(await register(7, quote, choice)).toEqual(['', text])
    expect(await linkOf(7, quote)).toEqual(before)
    expect(await register(7, 999_999, {})).toEqual(['', 'Entity is not found'])
  })

  it('what the caller may not do to the item', async () => {
    const { id, hook } = await portal.person()
    const theirs = await add('crm.deal', { COMPANY_ID: client })
    const own = await add('crm.deal', { COMPANY_ID: client, ASSIGNED_BY_ID: id })
    await rights('own')
    expect(await register(2, theirs, {}, hook)).toEqual(['', 'Access denied.'])
    const item = { entityTypeId: 2, entityId: theirs }
    for (const verb of ['get', 'unregister'])
      expect(await call(`crm.requisite.link.${verb}`, item, hook)).toEqual(['', 'Access denied.'])
    const filter = { ENTITY_TYPE_ID: 2, ENTITY_ID: [theirs, own] }
    const shown = await call('crm.requisite.link.list', { filter, select: ['ENTITY_ID'] }, hook)
    expect(shown).toEqual([{ ENTITY_ID: String(own) }])
    await rights('none')
    expect(await call('crm.requisite.link.list', {}, hook)).toEqual([0, 'Access denied.'])
  })
})

it('the links of duplicates become one, and requisites go over with them', async () => {
  const twin = await company()
  const theirs = await requisite(4, twin)
  const deal = await add('crm.deal', { COMPANY_ID: twin })
  const merged = await call('crm.entity.mergeBatch', { params: { entityTypeId: 4, entityIds: [client, twin] } })
  expect(merged.STATUS).toBe('SUCCESS')
  expect((await call('crm.requisite.get', { id: theirs })).ENTITY_ID).toBe(String(client))
  expect(await linkOf(2, deal)).toEqual([theirs, 0, 0, 0])
  const filter = { ENTITY_TYPE_ID: 2, ENTITY_ID: deal }
  expect(await call('crm.requisite.link.list', { filter })).toHaveLength(1)
  const other = await add('crm.deal', { COMPANY_ID: client })
  await call('crm.entity.mergeBatch', { params: { entityTypeId: 2, entityIds: [deal, other] } })
  expect(await linkOf(2, deal)).toEqual([theirs, 0, 0, 0])
})

describe('an invoice of the old kind', () => {
  const invoice = (fields: object) =>
    add('crm.invoice', { ORDER_TOPIC: 'Delivery', PERSON_TYPE_ID: 1, PAY_SYSTEM_ID: 1, ...fields })

  it('shows the requisites of its client and its seller, another choice, and none when it is gone', async () => {
    const seller = await company({ IS_MY_COMPANY: 'Y' })
    const mine = await requisite(4, seller)
    const id = await invoice({ UF_COMPANY_ID: client, UF_MYCOMPANY_ID: seller })
    expect(await linkOf(5, id)).toEqual([first, account, mine, 0])
    expect(await call('crm.invoice.get', { id })).toMatchObject({ UF_COMPANY_ID: String(client) })
    expect(await register(5, id, { REQUISITE_ID: second, MC_REQUISITE_ID: mine })).toBe(true)
    expect(await linkOf(5, id)).toEqual([second, 0, mine, 0])
    const foreign = await requisite(4, await company())
    expect(await register(5, id, { REQUISITE_ID: foreign })).toEqual([
      '',
      `The Requisite with ID '${foreign}' is not assigned to Company with ID '${client}'`,
    ])
    expect(await register(5, 999_999, {})).toEqual(['', 'Entity is not found'])
    const person = await contact()
    const theirs = await requisite(3, person)
    await call('crm.invoice.update', { id, fields: { UF_COMPANY_ID: '', UF_CONTACT_ID: person } })
    expect(await linkOf(5, id)).toEqual([theirs, 0, mine, 0])
    const unregister = { entityTypeId: 5, entityId: id }
    expect(await call('crm.requisite.link.unregister', unregister)).toBe(true)
    expect(await getLink(5, id)).toEqual(noLink)
    await register(5, id, { REQUISITE_ID: theirs, MC_REQUISITE_ID: mine })
    await call('crm.invoice.delete', { id })
    expect(await call('crm.requisite.link.list', { filter: { ENTITY_TYPE_ID: 5 } })).toEqual([])
  })

  it('lets those see and choose who may read and change it', async () => {
    const { id: personId, hook } = await portal.person()
    const theirs = await invoice({ UF_COMPANY_ID: client, RESPONSIBLE_ID: 1 })
    const own = await invoice({ UF_COMPANY_ID: client, RESPONSIBLE_ID: personId })
    await rights('own')
    const filter = { ENTITY_TYPE_ID: 5 }
    expect(await call('crm.requisite.link.list', { filter, select: ['ENTITY_ID'] }, hook)).toEqual([
      { ENTITY_ID: String(own) },
    ])
    expect(await register(5, theirs, {}, hook)).toEqual(['', 'Access denied.'])
    expect(await register(5, own, {}, hook)).toBe(true)
  })
})

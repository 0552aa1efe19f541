import { beforeEach, expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

// The wire's own shape: tests state what it shows.
type Result = any // eslint-disable-line typescript/no-explicit-any

const NOW = 1_790_000_000
const portal = await testPortal({ at: NOW })
const result = async (method: string, params: object = {}): Promise<Result> =>
  (await portal.call(method, params)).body.result
const refusal = async (method: string, params: object, options = {}): Promise<unknown[]> => {
  const { status, body } = await portal.call(method, params, options)
  return [status, body.error_description]
}
const announced = announcements(portal)
const base = { ORDER_TOPIC: 'Delivery', PERSON_TYPE_ID: 1, PAY_SYSTEM_ID: 1 }
const add = (fields: object = {}): Promise<number> => result('crm.invoice.add', { fields: { ...base, ...fields } })
const get = (id: number): Promise<Result> => result('crm.invoice.get', { id })

beforeEach(() => {
  portal.clock.at = NOW
})

it('the documented example makes an invoice that shows what it was given and what follows from it', async () => {
  const company = await result('crm.company.add', { fields: { TITLE: 'Tech Innovations LLC' } })
  const contact = await result('crm.contact.add', { fields: { NAME: 'Boris' } })
  const deal = await result('crm.deal.add', { fields: { TITLE: 'The deal' } })
  const id = await add({
    ORDER_TOPIC: 'Invoice for legal entity',
    STATUS_ID: 'P',
    DATE_INSERT: '2026-09-20T10:00:00+02:00',
    PAY_VOUCHER_DATE: '2026-09-20T10:00:00+02:00',
    PAY_VOUCHER_NUM: '876',
    DATE_MARKED: '2026-09-20T10:00:00+02:00',
    REASON_MARKED: 'Invoice paid immediately.',
    COMMENTS: "manager's comment",
    USER_DESCRIPTION: 'comment for the client',
    DATE_BILL: '2026-09-20T10:00:00+02:00',
    DATE_PAY_BEFORE: '2026-10-20T10:00:00+02:00',
    RESPONSIBLE_ID: 1,
    UF_DEAL_ID: deal,
    UF_COMPANY_ID: company,
    UF_CONTACT_ID: contact,
    INVOICE_PROPERTIES: { COMPANY: 'Tech Innovations LLC', INN: '', PHONE: '+1 (495) 234-54-32', NONSENSE: 'x' },
    PRODUCT_ROWS: [
      { ID: 0, PRODUCT_ID: 0, PRODUCT_NAME: 'Product 01', QUANTITY: 1, PRICE: 100 },
      { ID: 0, PRODUCT_ID: 0, PRODUCT_NAME: 'Product 77', QUANTITY: 1, PRICE: 118 },
    ],
  })
  const row = await get(id)
  expect(row).toMatchObject({
    ID: String(id),
    ACCOUNT_NUMBER: '1',
    CREATED_BY: '1',
    CURRENCY: 'USD',
    DATE_BILL: '2026-09-20T02:00:00+02:00',
    DATE_INSERT: '2026-09-20T10:00:00+02:00',
    DATE_PAYED: '2026-09-21T16:13:20+02:00',
    DATE_STATUS: '2026-09-21T16:13:20+02:00',
    DATE_UPDATE: '2026-09-21T16:13:20+02:00',
    EMP_PAYED_ID: '1',
    EMP_STATUS_ID: '1',
    PAYED: 'Y',
    PAY_VOUCHER_NUM: '876',
    PRICE: '218.00',
    TAX_VALUE: '0.00',
    RESPONSIBLE_ID: '1',
    RESPONSIBLE_EMAIL: 'admin@example.com',
    STATUS_ID: 'P',
    UF_COMPANY_ID: String(company),
    UF_CONTACT_ID: String(contact),
    UF_DEAL_ID: String(deal),
    INVOICE_PROPERTIES: { COMPANY: 'Tech Innovations LLC', INN: '', PHONE: '+1 (495) 234-54-32' },
    IS_RECURRING: 'N',
  })
  expect(row.PRODUCT_ROWS[1]).toEqual({
    ID: expect.stringMatching(/^\d+$/),
    PRICE: '118.00',
    DISCOUNT_PRICE: '0.00',
    PRODUCT_ID: '0',
    PRODUCT_NAME: 'Product 77',
    VAT_RATE: null,
    VAT_INCLUDED: 'Y',
    MEASURE_CODE: null,
    MEASURE_NAME: '',
    CATALOG_XML_ID: null,
    PRODUCT_XML_ID: null,
    QUANTITY: '1',
  })

  // Deleting what it points at empties the pointers.
  await result('crm.deal.delete', { id: deal })
  await result('crm.contact.delete', { id: contact })
  await result('crm.company.delete', { id: company })
  const { UF_DEAL_ID, UF_CONTACT_ID, UF_COMPANY_ID } = await get(id)
  expect([UF_DEAL_ID, UF_CONTACT_ID, UF_COMPANY_ID]).toEqual([null, null, null])
})

it('lists filter, order and select, and show neither properties nor rows', async () => {
  const cheap = await add({ XML_ID: 'list', PRODUCT_ROWS: [{ PRODUCT_NAME: 'A', PRICE: 50, QUANTITY: 2 }] })
  const dear = await add({ XML_ID: 'list', PRODUCT_ROWS: [{ PRODUCT_NAME: 'A', PRICE: '50.01', QUANTITY: 2 }] })
  const select = ['ID', 'ACCOUNT_NUMBER', 'STATUS_ID', 'PRICE', 'CURRENCY_ID', 'RESPONSIBLE_LOGIN', 'PRODUCT_ROWS']
  const { body } = await portal.call('crm.invoice.list', {
    order: { DATE_INSERT: 'ASC' },
    filter: { '>PRICE': 100, XML_ID: 'list' },
    select,
  })
  const number = (await get(dear)).ACCOUNT_NUMBER
  expect([body.result, body.total]).toEqual([
    [
      {
        ID: String(dear),
        ACCOUNT_NUMBER: number,
        CURRENCY: 'USD',
        PRICE: '100.02',
        RESPONSIBLE_LOGIN: expect.any(String),
        STATUS_ID: 'N',
      },
    ],
    1,
  ])
  const all = await result('crm.invoice.list', { filter: { XML_ID: 'list' }, order: { PRICE: 'DESC' } })
  expect(all.map((row: { ID: string }) => row.ID)).toEqual([String(dear), String(cheap)])
  expect(all[0]).toMatchObject({ RESPONSIBLE_EMAIL: 'admin@example.com', LID: '1' })
  expect(Object.keys(all[0])).not.toContain('INVOICE_PROPERTIES')
  expect(Object.keys(all[0])).not.toContain('PRODUCT_ROWS')
})

it('rows that name their ids are changed, others are new, unnamed ones go, and the total follows', async () => {
  const id = await add({
    PRODUCT_ROWS: [
      { ID: 0, PRODUCT_NAME: 'Stays', PRICE: 10, QUANTITY: 1, MEASURE_CODE: 796, MEASURE_NAME: 'pcs' },
      { ID: 0, PRODUCT_NAME: 'Goes', PRICE: 99, QUANTITY: 1 },
    ],
  })
  const [stays] = (await get(id)).PRODUCT_ROWS
  await result('crm.invoice.update', {
    id,
    fields: {
      PRODUCT_ROWS: [
        { ID: stays.ID, PRODUCT_ID: 703, QUANTITY: 4, PRICE: 779.6 },
        { ID: 0, PRODUCT_NAME: 'New', PRICE: '0.125', QUANTITY: '0.5', VAT_RATE: 0.2, VAT_INCLUDED: 'N' },
      ],
    },
  })
  const row = await get(id)
  expect(row.PRODUCT_ROWS).toMatchObject([
    // There is no product 703: the row is not from the catalogue.
    { ...stays, PRODUCT_ID: '0', QUANTITY: '4', PRICE: '779.60' },
    { PRODUCT_NAME: 'New', PRICE: '0.125', QUANTITY: '0.5', VAT_RATE: '0.2', VAT_INCLUDED: 'N' },
  ])
  expect(row.PRODUCT_ROWS).toHaveLength(2)
  // 3118.40, and 0.06 with 0.01 of tax on top.
  expect([row.PRICE, row.TAX_VALUE]).toEqual(['3118.47', '0.01'])
  await result('crm.invoice.update', { id, fields: { COMMENTS: 'Rows stay' } })
  expect((await get(id)).PRODUCT_ROWS).toHaveLength(2)
  await result('crm.invoice.update', { id, fields: { PRODUCT_ROWS: [] } })
  expect(await get(id)).toMatchObject({ PRODUCT_ROWS: [], PRICE: '0.00', TAX_VALUE: '0.00' })
})

it.each([
  ['included', { PRICE: 120, QUANTITY: 1, VAT_RATE: 0.2, VAT_INCLUDED: 'Y' }, '120.00', '20.00'],
  ['on top', { PRICE: 100, QUANTITY: 3, VAT_RATE: 0.075, VAT_INCLUDED: 'N' }, '322.50', '22.50'],
  ['of a part of a unit', { PRICE: 9.99, QUANTITY: 1.5, VAT_RATE: 0.2, VAT_INCLUDED: 'Y' }, '14.99', '2.50'],
  ['a zero rate', { PRICE: 5, QUANTITY: 2, VAT_RATE: 0 }, '10.00', '0.00'],
])('VAT %s is computed to the cent', async (_name, row, price, tax) => {
  const id = await add({ PRODUCT_ROWS: [{ PRODUCT_NAME: 'X', ...row }] })
  const shown = await get(id)
  expect([shown.PRICE, shown.TAX_VALUE]).toEqual([price, tax])
})

it('the status says who moved it and when, whether it is paid, and when it was declined', async () => {
  const { id: mover, hook } = await portal.person({ admin: true })
  const id = await add()
  await announced()
  portal.clock.at = NOW + 3600
  await portal.call('crm.invoice.update', { id, fields: { STATUS_ID: 'P' } }, { as: hook })
  expect(await get(id)).toMatchObject({
    PAYED: 'Y',
    DATE_PAYED: '2026-09-21T17:13:20+02:00',
    EMP_PAYED_ID: String(mover),
    EMP_STATUS_ID: String(mover),
    DATE_STATUS: '2026-09-21T17:13:20+02:00',
  })
  expect(await announced()).toEqual([
    { event: 'ONCRMINVOICEUPDATE', fields: { ID: id } },
    { event: 'ONCRMINVOICESETSTATUS', fields: { ID: id } },
  ])
  await result('crm.invoice.update', { id, fields: { STATUS_ID: 'D', REASON_MARKED: 'Changed their mind' } })
  expect(await get(id)).toMatchObject({
    PAYED: 'N',
    DATE_PAYED: '',
    EMP_STATUS_ID: '1',
    DATE_MARKED: '2026-09-21T17:13:20+02:00',
    REASON_MARKED: 'Changed their mind',
  })
  await announced()
  await result('crm.invoice.update', { id, fields: { STATUS_ID: 'D', PAYED: 'Y' } })
  expect(await announced()).toEqual([{ event: 'ONCRMINVOICEUPDATE', fields: { ID: id } }])
  expect((await get(id)).PAYED).toBe('N')
  await result('crm.invoice.delete', { id })
  expect(await announced()).toEqual([{ event: 'ONCRMINVOICEDELETE', fields: { ID: id } }])
})

it('numbers count by themselves, are kept as given, and never come twice', async () => {
  const first = Number((await get(await add())).ACCOUNT_NUMBER)
  const given = await add({ ACCOUNT_NUMBER: String(first + 1) })
  const named = await add({ ACCOUNT_NUMBER: 'INV-7' })
  expect((await get(await add())).ACCOUNT_NUMBER).toBe(String(first + 2))
  expect(await refusal('crm.invoice.add', { fields: { ...base, ACCOUNT_NUMBER: 'INV-7' } })).toEqual([
    400,
    'The invoice number INV-7 is already in use.',
  ])
  expect(await refusal('crm.invoice.update', { id: given, fields: { ACCOUNT_NUMBER: 'INV-7' } })).toEqual([
    400,
    'The invoice number INV-7 is already in use.',
  ])
  await result('crm.invoice.update', { id: named, fields: { ACCOUNT_NUMBER: 'INV-7', COMMENTS: 'Its own' } })
  await result('crm.invoice.update', { id: named, fields: { ACCOUNT_NUMBER: '' } })
  expect((await get(named)).ACCOUNT_NUMBER).toBe('INV-7')
  const many = await Promise.all(Array.from({ length: 8 }, () => add()))
  const numbers = await Promise.all(many.map(async (id) => (await get(id)).ACCOUNT_NUMBER))
  expect(new Set(numbers).size).toBe(8)
})

it.each([
  ['no topic', { ORDER_TOPIC: '' }, 'The field "Topic" is required.'],
  ['no payer type', { PERSON_TYPE_ID: '' }, 'The field "Payer type" is required.'],
  ['no payment system', { PAY_SYSTEM_ID: 0 }, 'The field "Payment system" is required.'],
  ['an unknown status', { STATUS_ID: 'NEVER' }, 'Invalid value for the "Status" field: it does not exist.'],
  [
    'an unknown person',
    { RESPONSIBLE_ID: 4711 },
    'Invalid value for the "Responsible person" field: it does not exist.',
  ],
  [
    'properties that are no map',
    { INVOICE_PROPERTIES: 'x' },
    'Invalid value for the "Properties" field: a map is expected.',
  ],
  [
    'rows that are none',
    { PRODUCT_ROWS: ['x'] },
    'Invalid value for the "Products" field: a list of rows is expected.',
  ],
  [
    'a bad price',
    { PRODUCT_ROWS: [{ PRICE: 'much' }] },
    'Invalid value for the "Products" field: PRICE is no valid number.',
  ],
])('%s changes nothing', async (_name, fields, text) => {
  const id = await add()
  const before = [await portal.census(), await get(id)]
  expect(await refusal('crm.invoice.add', { fields: { ...base, ...fields } })).toEqual([400, text])
  expect(await refusal('crm.invoice.update', { id, fields })).toEqual([400, text])
  expect([await portal.census(), await get(id)]).toEqual(before)
})

it('a deleted invoice leaves nothing, and crm.item.* never knew it', async () => {
  const before = await portal.census()
  const id = await add({ PRODUCT_ROWS: [{ PRODUCT_NAME: 'A', PRICE: 1 }] })
  expect(await result('crm.invoice.delete', { id })).toBe(true)
  const after = await portal.census()
  for (const table of ['crm_invoice', 'crm_invoice_row', 'field_value']) expect(after[table]).toBe(before[table])
  for (const method of ['get', 'delete', 'update'])
    expect(await refusal(`crm.invoice.${method}`, { id, fields: {} })).toEqual([400, 'Not found'])
  const { body } = await portal.call('crm.item.list', { entityTypeId: 5 })
  expect(body.error).toBe('ENTITY_TYPE_NOT_SUPPORTED')
})

it('a new row of a product is called like it, and outlives it', async () => {
  const product = await result('crm.product.add', { fields: { NAME: 'Chair', PRICE: 30, XML_ID: 'chair-1' } })
  const id = await add({ PRODUCT_ROWS: [{ ID: 0, PRODUCT_ID: product, PRICE: 30, QUANTITY: 2 }] })
  expect((await get(id)).PRODUCT_ROWS[0]).toMatchObject({
    PRODUCT_ID: String(product),
    PRODUCT_NAME: 'Chair',
    PRODUCT_XML_ID: 'chair-1',
  })
  await result('crm.product.delete', { id: product })
  expect((await get(id)).PRODUCT_ROWS[0]).toMatchObject({ PRODUCT_ID: '0', PRODUCT_NAME: 'Chair', PRICE: '30.00' })
})

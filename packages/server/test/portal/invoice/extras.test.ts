import { expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

// The wire's own shape: tests state what it shows.
type Result = any // eslint-disable-line typescript/no-explicit-any

const portal = await testPortal()
const result = async (method: string, params: object = {}): Promise<Result> =>
  (await portal.call(method, params)).body.result
const announced = announcements(portal)
const base = { ORDER_TOPIC: 'Delivery', PERSON_TYPE_ID: 1, PAY_SYSTEM_ID: 1 }

const documented = `
  ID ACCOUNT_NUMBER COMMENTS CREATED_BY CURRENCY DATE_BILL DATE_INSERT DATE_MARKED DATE_PAY_BEFORE DATE_PAYED
  DATE_STATUS DATE_UPDATE EMP_PAYED_ID EMP_STATUS_ID LID XML_ID ORDER_TOPIC PAY_SYSTEM_ID PAY_VOUCHER_DATE
  PAY_VOUCHER_NUM PAYED PERSON_TYPE_ID PRICE REASON_MARKED RESPONSIBLE_EMAIL RESPONSIBLE_ID RESPONSIBLE_LAST_NAME
  RESPONSIBLE_LOGIN RESPONSIBLE_NAME RESPONSIBLE_PERSONAL_PHOTO RESPONSIBLE_SECOND_NAME RESPONSIBLE_WORK_POSITION
  STATUS_ID TAX_VALUE UF_COMPANY_ID UF_CONTACT_ID UF_MYCOMPANY_ID UF_DEAL_ID USER_DESCRIPTION PR_LOCATION
  INVOICE_PROPERTIES PRODUCT_ROWS`

it('fields are described as documented', async () => {
  const fields = await result('crm.invoice.fields')
  const flags = ({ type, isRequired, isReadOnly }: Result) => [type, isRequired, isReadOnly]
  expect(Object.fromEntries(Object.entries(fields).map(([name, told]) => [name, flags(told)]))).toMatchObject({
    ID: ['integer', false, true],
    ACCOUNT_NUMBER: ['string', true, false],
    COMMENTS: ['text', false, false],
    CURRENCY: ['crm_currency', false, true],
    DATE_PAYED: ['datetime', false, true],
    LID: ['integer', false, true],
    ORDER_TOPIC: ['string', true, false],
    PAYED: ['char', false, true],
    PRICE: ['double', false, true],
    RESPONSIBLE_ID: ['integer', false, false],
    RESPONSIBLE_PERSONAL_PHOTO: ['integer', false, true],
    STATUS_ID: ['crm_status', false, false],
    UF_DEAL_ID: ['integer', false, false],
    PR_LOCATION: ['integer', true, false],
    INVOICE_PROPERTIES: ['array', false, false],
    PRODUCT_ROWS: ['array', false, false],
  })
  expect(Object.keys(fields)).toEqual(documented.trim().split(/\s+/))
})

it('user fields belong to ORDER, hold values of invoices, and are announced', async () => {
  await announced()
  const id = await result('crm.invoice.userfield.add', {
    fields: { FIELD_NAME: 'COLOUR', USER_TYPE_ID: 'string', EDIT_FORM_LABEL: 'Colour' },
  })
  expect(await result('crm.invoice.userfield.get', { id })).toMatchObject({
    ENTITY_ID: 'ORDER',
    FIELD_NAME: 'UF_CRM_COLOUR',
  })
  const invoice = await result('crm.invoice.add', { fields: { ...base, UF_CRM_COLOUR: 'red' } })
  expect(await result('crm.invoice.list', { filter: { UF_CRM_COLOUR: 'red' }, select: ['UF_*'] })).toEqual([
    { ID: String(invoice), UF_CRM_COLOUR: 'red' },
  ])
  expect((await result('crm.invoice.fields')).UF_CRM_COLOUR).toMatchObject({ type: 'string', isDynamic: true })
  expect(await result('crm.invoice.userfield.update', { id, fields: { SORT: 7 } })).toBe(true)
  expect((await portal.call('crm.deal.userfield.get', { id })).status).toBe(400)
  expect((await result('crm.invoice.userfield.list', { filter: { FIELD_NAME: 'UF_CRM_COLOUR' } }))[0].SORT).toBe('7')
  expect(await result('crm.invoice.userfield.delete', { id })).toBe(true)
  expect((await announced()).map(({ event }) => event)).toEqual([
    'ONCRMINVOICEUSERFIELDADD',
    'ONCRMINVOICEADD',
    'ONCRMINVOICEUSERFIELDUPDATE',
    'ONCRMINVOICEUSERFIELDDELETE',
  ])
  expect(await result('crm.invoice.get', { id: invoice })).not.toHaveProperty('UF_CRM_COLOUR')
})

it('the public address shows the client the invoice, inert, and nothing of the manager', async () => {
  const id = await result('crm.invoice.add', {
    fields: {
      ...base,
      ORDER_TOPIC: '<script>alert(1)</script>',
      COMMENTS: 'He pays late',
      USER_DESCRIPTION: 'Thank you & goodbye',
      INVOICE_PROPERTIES: { COMPANY: '"Tech" LLC' },
      PRODUCT_ROWS: [{ PRODUCT_NAME: '<b>Chair</b>', PRICE: 12.5, QUANTITY: 2, MEASURE_NAME: 'pcs' }],
    },
  })
  const link = await result('crm.invoice.getexternallink', { id })
  expect(await result('crm.invoice.getexternallink', { id })).toBe(link)
  const { pathname } = new URL(link)
  expect(pathname).toMatch(/^\/~[a-z0-9]{32}$/)
  const page = await portal.send({ method: 'GET', url: pathname })
  expect(page.status).toBe(200)
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page.text).toContain('&lt;b&gt;Chair&lt;/b&gt;')
  expect(page.text).toContain('&quot;Tech&quot; LLC')
  expect(page.text).toContain('25.00 USD')
  expect(page.text).toContain('2 pcs')
  expect(page.text).not.toMatch(/<script|<b>|pays late/)
  await result('crm.invoice.delete', { id })
  expect((await portal.send({ method: 'GET', url: pathname })).status).toBe(404)
  expect((await portal.call('crm.invoice.getexternallink', { id })).body.error_description).toBe('Not found')
})

it('people see, change and publish their own invoices if that is all their role allows', async () => {
  const { id: person, hook } = await portal.person()
  const mine = await result('crm.invoice.add', { fields: { ...base, RESPONSIBLE_ID: person } })
  const other = await result('crm.invoice.add', { fields: base })
  const session = portal.portal.store.session()
  const allow = (level: string): Promise<unknown> =>
    portal.portal.caches.changing(session, ['roles'], (tx) =>
      tx.change(sql`update crm_role_permission set level = ${level}`),
    )
  await allow('own')
  const before = await portal.census()
  const { body } = await portal.call('crm.invoice.list', {}, { as: hook })
  expect([body.result.map((row: { ID: string }) => row.ID), body.total]).toEqual([[String(mine)], 1])
  expect((await portal.call('crm.invoice.get', { id: other }, { as: hook })).body.error_description).toBe('Not found')
  for (const method of ['update', 'delete', 'getexternallink'])
    expect(
      (await portal.call(`crm.invoice.${method}`, { id: other, fields: { COMMENTS: 'x' } }, { as: hook })).body,
    ).toMatchObject({ error: '', error_description: 'Access denied.' })
  await allow('none')
  for (const [method, params] of [
    ['add', { fields: base }],
    ['list', {}],
    ['fields', {}],
    ['get', { id: mine }],
    ['delete', { id: mine }],
  ] as const)
    expect((await portal.call(`crm.invoice.${method}`, params, { as: hook })).body.error_description).toBe(
      'Access denied.',
    )
  expect(await portal.census()).toEqual(before)
})

it('two clients become one, and its invoices are those of both', async () => {
  const [into, from] = await Promise.all(
    ['Boris', 'Boris'].map((NAME) => result('crm.contact.add', { fields: { NAME } })),
  )
  const id = await result('crm.invoice.add', { fields: { ...base, UF_CONTACT_ID: from } })
  await portal.call('crm.entity.mergeBatch', { params: { entityTypeId: 3, entityIds: [into, from] } })
  expect((await portal.call('crm.contact.get', { id: from })).status).toBe(400)
  expect((await result('crm.invoice.get', { id })).UF_CONTACT_ID).toBe(String(into))
})

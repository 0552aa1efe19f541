import { readFileSync } from 'node:fs'
import { B24Hook } from '@bitrix24/b24jssdk'
import { startPortal } from 'portico/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { importOrder } from '../src/orders.js'

const order = { number: 'A-17', total: 1490.5, customer: { name: 'Maria', email: 'maria@example.com' } }
let portal
let b24

beforeAll(async () => {
  portal = await startPortal({ seed: readFileSync(new URL('portal.yaml', import.meta.url), 'utf8') })
  // b24jssdk insists on HTTPS; the portal's authority is made for this machine only.
  portal.trust()
  b24 = B24Hook.fromWebhookUrl(portal.webhook)
})
beforeEach(() => portal.reset())
afterAll(async () => {
  b24.destroy()
  await portal.close()
})

test('an order becomes a deal of a new customer', async () => {
  const id = await importOrder(b24, order)
  const deal = await portal.call('crm.deal.get', { id })
  expect(deal).toMatchObject({ TITLE: 'Order A-17', OPPORTUNITY: '1490.50', CURRENCY_ID: 'EUR' })
  expect(await portal.call('crm.contact.get', { id: deal.CONTACT_ID })).toMatchObject({
    NAME: 'Maria',
    EMAIL: [{ VALUE: 'maria@example.com' }],
  })
})

test('a customer who is known stays one contact', async () => {
  await importOrder(b24, { ...order, customer: { name: 'J.', email: 'jonas@example.com' } })
  expect(await portal.call('crm.contact.list')).toMatchObject([{ NAME: 'Jonas' }])
})

test('an order that arrives twice is one deal', async () => {
  const first = await importOrder(b24, order)
  expect(await importOrder(b24, order)).toBe(first)
  expect(await portal.call('crm.deal.list')).toHaveLength(1)
})

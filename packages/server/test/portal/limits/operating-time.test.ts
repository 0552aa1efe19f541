import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const AT = 1_790_000_040
const limits = { rate: null, duration: null, operating: 0 }
const portal = await testPortal({ limits, at: AT })
const other = await testPortal({ limits, beside: portal })

const blocked = { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked due to operation time limit.' }

it('ends the call that passes the limit and blocks the next of that method, for that client alone', async () => {
  const { hook } = await portal.person()
  const first = await portal.call('crm.lead.fields')
  expect(first.status).toBe(200)
  expect(first.body.time?.operating).toBeGreaterThan(0)
  expect(first.body.time?.operating_reset_at).toBe(AT + 600)
  const next = await portal.call('crm.lead.fields')
  expect([next.status, next.body]).toEqual([429, blocked])
  expect((await portal.call('CRM.LEAD.FIELDS')).status).toBe(429)
  expect((await portal.call('crm.deal.fields')).status).toBe(200)
  expect((await portal.call('crm.lead.fields', {}, { as: hook })).status).toBe(200)
})

it('blocks on every server of the portal', async () => {
  expect((await other.send({ url: `/rest/1/${portal.code}/crm.lead.fields` })).status).toBe(429)
})

it('lets the method run again when the oldest minute counts no more', async () => {
  portal.clock.at = AT + 599
  expect((await portal.call('crm.lead.fields')).status).toBe(429)
  portal.clock.at = AT + 600
  const again = await portal.call('crm.lead.fields')
  expect(again.status).toBe(200)
  expect(again.body.time?.operating_reset_at).toBe(AT + 1200)
})

it('accounts for the calls of a batch one by one, and for the batch itself not at all', async () => {
  portal.clock.at = AT + 10_000
  const cmd = { a: 'crm.status.fields', b: 'crm.status.fields', c: 'crm.currency.fields' }
  const { body } = await portal.call('batch', { cmd })
  expect(Object.keys(body.result.result)).toEqual(['a', 'c'])
  expect(body.result.result_error).toEqual({ b: blocked })
  expect(body.time?.operating).toBe(0)
  expect((await portal.call('batch', { cmd: { d: 'crm.category.fields?entityTypeId=2' } })).status).toBe(200)
})

it('changes nothing when it refuses', async () => {
  portal.clock.at = AT + 20_000
  await portal.call('crm.lead.add', { fields: { TITLE: 'first' } })
  const before = await portal.census()
  expect((await portal.call('crm.lead.add', { fields: { TITLE: 'second' } })).status).toBe(429)
  expect(await portal.census()).toEqual(before)
})

it('forgets minutes that count no more', async () => {
  portal.clock.at = AT + 50_000
  await portal.tend()
  expect((await portal.census()).operating_basket).toBe(0)
})

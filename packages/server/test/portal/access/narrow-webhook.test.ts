import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const narrow = await portal.person({ admin: true, scope: 'crm,user' })

/** Each of them would open more than the webhook itself does. */
const calls = [
  ['portico.user.admin.set', { id: 1, admin: 'Y' }],
  ['portico.outbound.list', {}],
  ['portico.outbound.add', { fields: { TITLE: 'x', URL: 'https://example.com/', EVENTS: ['ONCRMLEADADD'] } }],
  ['portico.outbound.delete', { id: 1 }],
  ['portico.delivery.list', {}],
  ['portico.delivery.replay', { id: 1 }],
] as const

it.each(calls)('refuses %s to an administrator’s webhook that has not every scope', async (method, params) => {
  const before = await portal.census()
  const answer = await portal.call(method, params, { as: narrow.hook })
  expect([answer.status, answer.body.error]).toEqual([403, 'WRONG_AUTH_TYPE'])
  expect(await portal.census()).toEqual(before)
})

it('makes no webhook or application of more scopes than it has itself', async () => {
  const before = await portal.census()
  const hook = await portal.call('portico.webhook.add', { title: 'x', scope: ['crm', 'task'] }, { as: narrow.hook })
  expect([hook.status, hook.body.error]).toEqual([403, 'insufficient_scope'])
  const fields = { TITLE: 'x', HANDLER: 'https://example.com/', SCOPE: ['crm', 'task'] }
  const app = await portal.call('portico.app.add', { fields }, { as: narrow.hook })
  expect([app.status, app.body.error]).toEqual([403, 'insufficient_scope'])
  expect(await portal.census()).toEqual(before)
})

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { startPortal } from 'portico/testing'
import { remindOfStaleDeals } from '../src/reminders.js'

let portal

beforeAll(async () => {
  portal = await startPortal({ https: false, timezone: 'UTC', clock: { mode: 'fixed', at: '2026-03-02T09:00:00Z' } })
})
beforeEach(() => portal.reset())
afterAll(() => portal.close())

const remind = async () => remindOfStaleDeals(portal.webhook, new Date((await portal.clock()).iso))
const days = (count) => count * 86_400

test('a deal that was touched within two weeks needs no reminder', async () => {
  await portal.call('crm.deal.add', { fields: { TITLE: 'Machines' } })
  await portal.advance(days(13))
  expect(await remind()).toBe(0)
})

test('one that nobody has touched gets a to-do for tomorrow, once', async () => {
  const id = await portal.call('crm.deal.add', { fields: { TITLE: 'Machines' } })
  await portal.advance(days(15))
  expect(await remind()).toBe(1)
  expect(await remind()).toBe(0)
  const [todo] = await portal.call('crm.activity.list', { filter: { OWNER_TYPE_ID: 2, OWNER_ID: id } })
  expect(todo).toMatchObject({
    SUBJECT: 'What about “Machines”?',
    COMPLETED: 'N',
    DEADLINE: '2026-03-18T09:00:00+00:00',
  })
})

test('closed deals rest', async () => {
  const id = await portal.call('crm.deal.add', { fields: { TITLE: 'Machines' } })
  await portal.call('crm.deal.update', { id, fields: { STAGE_ID: 'WON' } })
  await portal.advance(days(15))
  expect(await remind()).toBe(0)
})

import { Client, type Wait } from 'portico-client'
import { expect, test } from 'vitest'
import { listening } from '../support/listening.ts'
import { testPortal } from '../support/portal.ts'

test("a portal with the cloud's limits is called within them, and no call fails", async () => {
  const portal = await testPortal({ limits: 'standard' })
  const { hook } = await listening(portal)
  const waits: Wait[] = []
  const client = new Client({ webhook: hook, onWait: (wait) => waits.push(wait) })
  const titles = Array.from({ length: 54 }, (_, index) => `Lead ${index}`)
  const ids = await Promise.all(titles.map((TITLE) => client.call('crm.lead.add', { fields: { TITLE } })))
  expect(new Set(ids).size).toBe(54)
  // Each was done once: what was refused had done nothing.
  expect((await client.request('crm.lead.list')).total).toBe(54)
  expect(waits.length).toBeGreaterThan(0)
})

test('a portal without limits is called at full speed', async () => {
  const portal = await testPortal()
  const { hook } = await listening(portal)
  const waits: Wait[] = []
  const client = new Client({ webhook: hook, onWait: (wait) => waits.push(wait) })
  await Promise.all(Array.from({ length: 150 }, () => client.call('server.time')))
  // The first answer tells whom it speaks to; what had been held back until then goes at once.
  expect(waits.filter(({ why }) => why === 'retry')).toEqual([])
})

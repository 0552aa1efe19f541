import { Client, type Wait } from 'portico-client'
import { describe, expect, test } from 'vitest'
import { Bucket } from '../src/bucket.ts'
import { isRead } from '../src/facts.ts'
import { caught, refusal, scriptedPortal } from './support/scripted-portal.ts'

describe('a bucket', () => {
  test('lets a burst go and then no more than so many a second', async () => {
    const bucket = new Bucket({ perSecond: 100, burst: 110 })
    const begun = Date.now()
    await Promise.all(Array.from({ length: 10 }, () => bucket.take()))
    expect(bucket.wait()).toBeGreaterThan(0)
    await Promise.all(Array.from({ length: 20 }, () => bucket.take()))
    // Twenty at a hundred a second: it cannot have been faster.
    expect(Date.now() - begun).toBeGreaterThanOrEqual(180)
  })
  test('keeps no place for those who have gone away', async () => {
    const bucket = new Bucket({ perSecond: 1, burst: 2 })
    await bucket.take()
    const controller = new AbortController()
    const waiting = Array.from({ length: 100 }, () => caught(bucket.take(controller.signal)))
    controller.abort()
    await Promise.all(waiting)
    expect(bucket.expected()).toBeLessThanOrEqual(1000)
  })
  test('refuses a pace that is none', () => {
    expect(() => new Client({ webhook: 'p.example/rest/1/c0desecret', pace: { perSecond: 0, burst: 1 } })).toThrow(
      RangeError,
    )
  })
})

test('a real portal is spared from the first request on, a Portico is not', async () => {
  const begin = async (headers: Record<string, string>) => {
    const portal = await scriptedPortal({ headers })
    const waits: Wait[] = []
    const client = new Client({ webhook: portal.hook, onWait: (wait) => waits.push(wait) })
    await client.call('profile')
    const controller = new AbortController()
    const { signal } = controller
    const calls = Array.from({ length: 80 }, () => client.call('crm.lead.list', {}, { signal }))
    return { waits, calls: Promise.allSettled(calls), stop: () => controller.abort() }
  }
  const real = await begin({})
  await new Promise((resolve) => setTimeout(resolve))
  expect(real.waits.length).toBeGreaterThan(20)
  expect(real.waits.every(({ why }) => why === 'rate')).toBe(true)
  real.stop()
  const outcomes = await real.calls
  expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(20)

  const portico = await begin({ server: 'Portico' })
  expect((await portico.calls).every(({ status }) => status === 'fulfilled')).toBe(true)
  expect(portico.waits).toEqual([])
})

test('calls that came before a Portico was known go on as soon as it is', async () => {
  const portal = await scriptedPortal({ headers: { server: 'Portico' } })
  const client = new Client({ webhook: portal.hook, timeout: 5000 })
  await Promise.all(Array.from({ length: 100 }, () => client.call('crm.lead.list')))
  expect(portal.seen).toHaveLength(100)
})

test('a method that has used up its time waits until the portal forgets some, and others do not', async () => {
  const time = { start: 99, finish: 100, operating: 470, operating_reset_at: 100.4 }
  const portal = await scriptedPortal({ body: { result: [], time } })
  const waits: Wait[] = []
  const client = new Client({ webhook: portal.hook, onWait: (wait) => waits.push(wait) })
  await client.call('crm.lead.list')
  await client.call('crm.deal.list')
  expect(waits).toEqual([])
  await client.call('crm.lead.list')
  expect(waits).toMatchObject([{ method: 'crm.lead.list', why: 'operating' }])
})

test('a limit that a Portico answers makes the client slower', async () => {
  const portico = { headers: { server: 'Portico' } }
  const refused = refusal(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests', { server: 'Portico', 'retry-after': '1' })
  const portal = await scriptedPortal(portico, refused, portico)
  const waits: Wait[] = []
  const client = new Client({ webhook: portal.hook, onWait: (wait) => waits.push(wait) })
  await client.call('crm.lead.list')
  await client.call('crm.lead.add', { fields: {} })
  expect(waits.map(({ why }) => why)).toContain('retry')
  await Promise.all([1, 2].map(() => client.call('crm.lead.list')))
  expect(waits.map(({ why }) => why)).toContain('rate')
})

test.each([
  ['crm.lead.list', true],
  ['crm.lead.get.json', true],
  ['CRM.LEAD.LIST', true],
  ['crm.item.fields', true],
  ['crm.enum.ownertype', true],
  ['user.current', true],
  ['server.time', true],
  ['profile', true],
  ['tasks.task.list', true],
  ['tasks.task.getFields', true],
  ['sale.order.get', true],
  ['crm.lead.add', false],
  ['crm.item.update', false],
  ['event.offline.get', false],
  ['crm.invoice.getexternallink', false],
  ['event.bind', false],
  ['x.issue', false],
  ['x.listen', false],
  ['batch', false],
])('%s reads: %s', (method, reads) => expect(isRead(method)).toBe(reads))

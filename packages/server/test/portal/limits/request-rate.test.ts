import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const AT = 1_790_000_000
const portal = await testPortal({ limits: 'standard', at: AT })
const other = await testPortal({ limits: 'standard', beside: portal })

const call = (from: string, method = 'server.time', server = portal, code = portal.code) =>
  server.send({ method: 'GET', url: `/rest/1/${code}/${method}`, from })

const statuses = async (times: number, from: string, server = portal): Promise<number[]> => {
  const answers = []
  for (let n = 0; n < times; n++) answers.push((await call(from, 'server.time', server)).status)
  return answers
}
const times = (n: number, status: number): number[] => Array.from({ length: n }, () => status)

it('lets fifty requests of one address through at once and refuses the next, in the documented words', async () => {
  portal.clock.at = AT
  expect(await statuses(50, '203.0.113.1')).toEqual(times(50, 200))
  const refused = await call('203.0.113.1')
  expect(refused.status).toBe(503)
  expect(refused.body).toEqual({ error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' })
  expect(refused.headers['retry-after']).toBe('1')
  expect((await call('203.0.113.2')).status).toBe(200)
})

it('lets two more through with every second, and no more than the threshold however long nobody came', async () => {
  portal.clock.at = AT + 1
  expect(await statuses(3, '203.0.113.1')).toEqual([200, 200, 503])
  portal.clock.at = AT + 100_000
  expect(await statuses(51, '203.0.113.1')).toEqual([...times(50, 200), 503])
})

it('does not run what it refuses', async () => {
  portal.clock.at = AT + 200_000
  await statuses(50, '203.0.113.3')
  const before = await portal.census()
  expect((await call('203.0.113.3', 'crm.lead.add?fields[TITLE]=never')).status).toBe(503)
  expect(await portal.census()).toEqual(before)
})

it('counts a batch as one request, and a request with a wrong credential like any other', async () => {
  portal.clock.at = AT + 300_000
  const cmd = Array.from({ length: 50 }, (_, n) => `cmd[${n}]=server.time`).join('&')
  const batch = await call('203.0.113.4', `batch?${cmd}`)
  expect(Object.keys(batch.body.result.result)).toHaveLength(50)
  for (let n = 0; n < 49; n++)
    expect((await call('203.0.113.4', 'server.time', portal, 'wrongcode0123456')).status).toBe(401)
  expect((await call('203.0.113.4')).status).toBe(503)
})

it('counts what all servers of the portal are asked', async () => {
  portal.clock.at = AT + 400_000
  expect(await statuses(25, '203.0.113.5')).toEqual(times(25, 200))
  expect(await statuses(25, '203.0.113.5', other)).toEqual(times(25, 200))
  expect(await statuses(1, '203.0.113.5')).toEqual([503])
  expect(await statuses(1, '203.0.113.5', other)).toEqual([503])
})

it('counts requests that come at the same moment, each once', async () => {
  portal.clock.at = AT + 500_000
  const servers = [portal, other]
  const answers = await Promise.all(
    Array.from({ length: 80 }, (_, n) => call('203.0.113.6', 'server.time', servers[n % 2])),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(50)
  expect(answers.filter(({ status }) => status === 503)).toHaveLength(30)
})

it('forgets addresses whose buckets have run empty', async () => {
  portal.clock.at = AT + 900_000
  await call('203.0.113.7')
  await portal.tend()
  expect((await portal.census()).rate_bucket).toBe(1)
})

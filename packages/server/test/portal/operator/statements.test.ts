import { beforeAll, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

/** What the last request has asked of the database. */
async function statementsOf(method: string, parameters: object = {}, headers: Record<string, string> = {}) {
  const answer = await portal.send({
    url: `/rest/1/${portal.code}/${method}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(parameters),
  })
  expect(answer.status).toBe(200)
  const { REQUESTS } = (await portal.call('portico.log.list', { limit: 1 })).body.result as {
    REQUESTS: { METHOD: string; STATEMENTS: number }[]
  }
  expect(REQUESTS[0]?.METHOD).toBe(method)
  return REQUESTS[0]?.STATEMENTS ?? NaN
}
const batch = (count: number, command: string): object => ({
  cmd: Object.fromEntries(Array.from({ length: count }, (_, n) => [`c${n}`, command])),
})

beforeAll(async () => {
  for (let n = 0; n < 20; n++)
    await portal.call('crm.lead.add', { fields: { TITLE: `lead ${n}`, PHONE: [{ VALUE: n }] } })
  // What the process knows has been looked up again since this portal was made.
  await new Promise((resolve) => setTimeout(resolve, 300))
  for (const method of ['crm.lead.get', 'crm.lead.list', 'server.time']) await portal.call(method, { id: 1 })
})

it('counts what one call asks of the database, the same each time', async () => {
  const none = await statementsOf('server.time')
  const get = await statementsOf('crm.lead.get', { id: 1 })
  expect(get).toBeGreaterThan(none)
  expect(await statementsOf('crm.lead.get', { id: 2 })).toBe(get)
  // Nor by what the process asks for everybody, now and then.
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await statementsOf('crm.lead.get', { id: 3 })).toBe(get)
  expect(get - none).toBeLessThan(10)
})

it('counts what is written in transactions, and each row that is inserted', async () => {
  const get = await statementsOf('crm.lead.get', { id: 1 })
  const plain = await statementsOf('crm.lead.add', { fields: { TITLE: 'one' } })
  expect(plain).toBeGreaterThan(get)
  const phones = Array.from({ length: 3 }, (_, n) => ({ VALUE: `+49 30 ${n}`, VALUE_TYPE: 'WORK' }))
  expect(await statementsOf('crm.lead.add', { fields: { TITLE: 'two', PHONE: phones } })).toBeGreaterThanOrEqual(
    plain + 3,
  )
})

it('counts the commands of a batch for the batch', async () => {
  const [none, one, ten] = [
    await statementsOf('batch', batch(1, 'server.time')),
    await statementsOf('batch', batch(1, 'crm.lead.get?id=1')),
    await statementsOf('batch', batch(10, 'crm.lead.get?id=1')),
  ]
  expect(ten - none).toBe(10 * (one - none))
  expect(one).toBeGreaterThan(none)
})

it('shows that a list asks no more for more records', async () => {
  const few = await statementsOf('crm.lead.list', { filter: { ID: [1, 2] }, select: ['*', 'PHONE'] })
  expect(
    await statementsOf('crm.lead.list', { filter: { ID: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, select: ['*', 'PHONE'] }),
  ).toBe(few)
})

it('counts through sessions that are joined into one transaction, and through those that carry a mark', async () => {
  const get = await statementsOf('crm.lead.get', { id: 1 })
  const plain = await statementsOf('crm.lead.update', { id: 1, fields: { TITLE: 'plain' } })
  expect(plain).toBeGreaterThan(get)
  expect(await statementsOf('crm.lead.update', { id: 1, fields: { TITLE: 'marked' }, auth_connector: 'shop' })).toBe(
    plain,
  )
  const once = { 'idempotency-key': 'statements-1' }
  const joined = await statementsOf('crm.lead.update', { id: 1, fields: { TITLE: 'once' } }, once)
  expect(joined).toBeGreaterThan(plain)
  // What is answered from what was kept asks for that alone.
  expect(await statementsOf('crm.lead.update', { id: 1, fields: { TITLE: 'once' } }, once)).toBeLessThan(plain)
})

it('tells them beside the times of the stages, one request or many, and everything that is kept in one answer', async () => {
  await portal.call('portico.log.keep', { minutes: 5 })
  await portal.call('crm.lead.update', { id: 1, fields: { TITLE: 'in full' } })
  const { REQUESTS, DETAILS } = (await portal.call('portico.log.list', { full: 'Y', limit: 500 })).body.result as {
    REQUESTS: { ID: string; STATEMENTS: number }[]
    DETAILS: object
  }
  expect(DETAILS).toMatchObject({ KEPT: 'Y' })
  // Whoever wants everything gets it of fifty at once.
  expect(REQUESTS.length).toBeLessThanOrEqual(50)
  const last = REQUESTS.at(-1)
  expect(last).toMatchObject({
    METHOD: 'crm.lead.update',
    STATEMENTS: expect.any(Number),
    STAGES: { run: expect.any(Number) },
    PARAMETERS: { id: 1, fields: { TITLE: 'in full' } },
    ANSWER: { result: true },
  })
  const { SERVER: _server, ...one } = (await portal.call('portico.log.get', { id: last?.ID })).body.result as {
    SERVER: string
  }
  expect(one).toEqual(last)
})

import { afterAll, beforeEach, expect, it } from 'vitest'
import { startPortal } from '../../src/testing/index.ts'

const portal = await startPortal({ https: false })
afterAll(() => portal.close())
beforeEach(() => portal.reset())

const shop = (method: string, parameters: object = {}): Promise<number> =>
  fetch(`${portal.webhookHttp}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  }).then(
    ({ status }) => status,
    () => 0,
  )
const fields = { title: 'lost' }

it('tells an answer that was lost after the commit from a call that never was', async () => {
  await portal.fault({ methods: 'crm.item.add', reset: true, when: 'after', times: 1 })
  expect(await shop('crm.item.add', { entityTypeId: 1, fields })).toBe(0)
  expect(await portal.lastCall()).toMatchObject({
    method: 'crm.item.add',
    isAnswered: false,
    status: 200,
    error: null,
    result: { item: { id: 1 } },
  })
  await portal.fault({ methods: 'crm.item.add', reset: true, when: 'before', times: 1 })
  expect(await shop('crm.item.add', { entityTypeId: 1, fields })).toBe(0)
  expect(await portal.lastCall()).toMatchObject({
    method: 'crm.item.add',
    isAnswered: false,
    status: 0,
    result: null,
    parameters: { entityTypeId: 1, fields },
  })
  expect(await shop('crm.item.add', { entityTypeId: 1, fields })).toBe(200)
  expect((await portal.calls({ method: 'crm.item.add', isAnswered: true })).map(({ number }) => number)).toEqual([3])
})

it('has what a fault has answered, as the client got it', async () => {
  await portal.fault({ methods: 'crm.item.list', error: 'QUERY_LIMIT_EXCEEDED', times: 1 })
  expect(await shop('crm.item.list', { entityTypeId: 1 })).toBe(503)
  expect(await shop('crm.item.list', { entityTypeId: 1 })).toBe(200)
  expect((await portal.calls()).map(({ method, status, error }) => [method, status, error])).toEqual([
    ['crm.item.list', 503, 'QUERY_LIMIT_EXCEEDED'],
    ['crm.item.list', 200, null],
  ])
  await portal.fault({ methods: 'crm.item.list', garbage: 502, times: 1 })
  expect(await shop('crm.item.list', { entityTypeId: 1 })).toBe(502)
  expect(await portal.lastCall()).toMatchObject({ status: 502, isAnswered: false })
})

it('sees a client that tries again after a refusal', async () => {
  await portal.fault({ methods: 'crm.item.get', error: 'OPERATION_TIME_LIMIT', times: 2 })
  await portal.call('crm.item.add', { entityTypeId: 1, fields })
  const client = (async () => {
    for (let tries = 0; tries < 5; tries++) if ((await shop('crm.item.get', { entityTypeId: 1, id: 1 })) === 200) return
  })()
  expect(await portal.waitForCall({ method: 'crm.item.get', error: false })).toMatchObject({
    result: { item: { id: 1 } },
  })
  await client
  expect(await portal.calls('crm.item.get')).toHaveLength(3)
})

import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ timezone: 'Europe/Moscow' })
await portal.call('batch', { cmd: Array.from({ length: 50 }, (_, n) => `crm.lead.add?fields[TITLE]=L${n}`) })
await portal.call('crm.lead.add', { fields: { TITLE: 'L50' } })
const doomed = (await portal.call('crm.lead.add', { fields: { TITLE: 'L51' } })).body.result

const ATOM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/

function expectTime(time: Record<string, unknown> | undefined): void {
  expect(time).toEqual({
    start: expect.any(Number),
    finish: expect.any(Number),
    duration: expect.any(Number),
    processing: expect.any(Number),
    date_start: expect.stringMatching(ATOM),
    date_finish: expect.stringMatching(ATOM),
    operating_reset_at: expect.any(Number),
    operating: expect.any(Number),
  })
  expect(Number.isInteger(time?.operating_reset_at)).toBe(true)
  expect(time?.finish).toBeCloseTo(Number(time?.start) + Number(time?.duration), 3)
}

describe('the envelope of a success', () => {
  it.each([
    ['a scalar', 'server.time', {}, ['result', 'time']],
    ['a map', 'profile', {}, ['result', 'time']],
    ['a first page', 'crm.lead.list', {}, ['next', 'result', 'time', 'total']],
    ['a last page', 'crm.lead.list', { start: 50 }, ['result', 'time', 'total']],
    ['no rows', 'crm.lead.list', { filter: { ID: 0 } }, ['result', 'time', 'total']],
    ['a first page of items', 'crm.item.list', { entityTypeId: 1 }, ['next', 'result', 'time', 'total']],
    ['an empty array', 'crm.item.delete', { entityTypeId: 1, id: doomed }, ['result', 'time']],
    ['a batch', 'batch', { cmd: [] }, ['result', 'time']],
  ])('has exactly its keys for %s', async (_name, method, parameters, keys) => {
    const { status, body } = await portal.call(method, parameters)
    expect(status).toBe(200)
    expect(Object.keys(body).sort()).toEqual(keys)
    expectTime(body.time)
  })

  it('holds numbers in next and total, and one key in the result of an item list', async () => {
    const { body } = await portal.call('crm.item.list', { entityTypeId: 1, start: '0' })
    expect(body).toMatchObject({ next: 50, total: 51 })
    expect(Object.keys(body.result)).toEqual(['items'])
  })

  it('counts operating time per method, and promises to forget it within ten minutes', async () => {
    portal.clock.at = 1_757_424_671.5
    const first = (await portal.call('scope')).body.time
    expect(first).toMatchObject({
      start: 1_757_424_671.5,
      date_start: '2025-09-09T16:31:11+03:00',
      operating_reset_at: 1_757_425_271,
    })
    portal.clock.at += 300
    const second = (await portal.call('scope')).body.time
    expect(second?.operating_reset_at).toBe(1_757_425_271)
    expect(Number(second?.operating)).toBeGreaterThan(Number(first?.operating))
    portal.clock.at += 900
    const third = (await portal.call('scope')).body.time
    expect(third?.operating_reset_at).toBe(1_757_425_271 + 1200)
    expect(third?.operating).toBe(third?.duration)
    portal.clock.at = undefined
  })
})

describe('the envelope of an error', () => {
  it.each([
    ['crm.lead.get', { id: 10_000_000 }, 400, '', 'Not found'],
    ['crm.lead.get', {}, 400, '', 'ID is not defined or invalid.'],
    ['crm.item.get', { entityTypeId: 1, id: 10_000_000 }, 400, 'NOT_FOUND', 'Item not found'],
    ['no.such.method', {}, 404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!'],
  ])('is two texts and nothing else: %s %j', async (method, parameters, status, error, text) => {
    const answer = await portal.call(method, parameters)
    expect(answer.status).toBe(status)
    expect(answer.body).toEqual({ error, error_description: text })
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
  })
})

describe('a failure that nobody foresaw', () => {
  it('answers 500 and keeps its cause to itself, alone and in a batch', async () => {
    const broken = await testPortal()
    const session = broken.portal.store.session()
    await session.transaction((tx) => tx.define(['drop table crm_lead']))
    await session.settled()
    const failure = { error: 'INTERNAL_SERVER_ERROR', error_description: 'Internal server error' }
    const hook = `/rest/1/${broken.code}`
    const answer = await broken.send({ url: `${hook}/crm.lead.list` })
    expect(answer.status).toBe(500)
    expect(answer.body).toEqual(failure)
    const batch = await broken.send({ url: `${hook}/batch?cmd[a]=crm.lead.list&cmd[b]=server.time` })
    expect(batch.status).toBe(200)
    expect(batch.body.result).toMatchObject({ result: { b: expect.any(String) }, result_error: { a: failure } })
  })
})

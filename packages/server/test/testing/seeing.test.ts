import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { connectPortal, startPortal } from '../../src/testing/index.ts'
import { freshDatabase } from '../support/portal.ts'

/** What is tested: a program of its own that knows nothing of tests. */
const client =
  (webhook: string) =>
  async (method: string, parameters: object = {}, headers: Record<string, string> = {}) => {
    const response = await fetch(`${webhook}${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'A shop/1.0', ...headers },
      body: JSON.stringify(parameters),
    })
    return (await response.json()) as { result: unknown; error?: string }
  }

describe('the calls that a portal for tests has seen', async () => {
  const portal = await startPortal({ https: false })
  const shop = client(portal.webhookHttp)
  afterAll(() => portal.close())
  beforeEach(() => portal.reset())

  it('tells of a call what was sent, what came of it, by whom and at what cost', async () => {
    await shop('crm.lead.add', { fields: { TITLE: 'Bicycle', SECRET_WORD: 'hidden', PHONE: [{ VALUE: '+49 30 1' }] } })
    const [call, ...others] = await portal.calls('crm.lead.add')
    expect(others).toEqual([])
    expect(call).toEqual({
      number: 1,
      method: 'crm.lead.add',
      version: 2,
      parameters: { fields: { TITLE: 'Bicycle', SECRET_WORD: '***', PHONE: [{ VALUE: '+49 30 1' }] } },
      status: 200,
      error: null,
      errorDescription: null,
      result: 1,
      userId: 1,
      credential: 'webhook:1',
      requestId: expect.stringMatching(/^\w{16}$/),
      isNested: false,
      isOwn: false,
      isAnswered: true,
      time: expect.any(Number),
      duration: expect.any(Number),
      statements: expect.any(Number),
      verb: 'POST',
      contentType: 'application/json',
      userAgent: 'A shop/1.0',
      isCut: false,
    })
    expect(call?.statements).toBeGreaterThan(3)
    expect(JSON.stringify(await portal.calls())).not.toContain(portal.webhookHttp.split('/')[5])
  })

  it('has the commands of a batch behind it, with what references became, and the errors of those that failed', async () => {
    await shop('batch', {
      cmd: { made: 'crm.lead.add?fields[TITLE]=One', read: 'crm.lead.get?id=$result[made]', no: 'crm.lead.get?id=99' },
    })
    const calls = await portal.calls()
    expect(calls.map(({ number, method, isNested }) => [number, method, isNested])).toEqual([
      [1, 'batch', false],
      [2, 'crm.lead.add', true],
      [3, 'crm.lead.get', true],
      [4, 'crm.lead.get', true],
    ])
    expect(calls[2]).toMatchObject({ parameters: { id: '1' }, result: { ID: '1', TITLE: 'One' } })
    expect(calls[3]).toMatchObject({ status: 400, error: '', errorDescription: 'Not found', result: null })
    const [batch, ...commands] = calls
    expect(new Set(calls.map(({ requestId }) => requestId)).size).toBe(1)
    // What the batch has asked of the database is what its commands have, and the way in.
    expect(batch?.statements).toBe(commands.reduce((sum, { statements }) => sum + statements, 0))
  })

  it('is asked by method, pattern, person, error, status, number and by a part of what was sent', async () => {
    const { webhook, id } = await portal.addUser({ name: 'Ann' })
    const ann = client(new URL(webhook, portal.url).href)
    await shop('crm.lead.add', { fields: { TITLE: 'A', OPPORTUNITY: 5 } })
    await shop('crm.lead.get', { id: 77 })
    await ann('crm.deal.list')
    await ann('no.such.method')
    const numbers = async (filter: Parameters<typeof portal.calls>[0]) =>
      (await portal.calls(filter)).map(({ number }) => number)
    expect(await numbers('crm.lead.*')).toEqual([1, 2])
    expect(await numbers('CRM.*.LIST')).toEqual([3])
    expect(await numbers({ userId: id })).toEqual([3, 4])
    expect(await numbers({ error: true })).toEqual([2, 4])
    expect(await numbers({ error: 'ERROR_METHOD_NOT_FOUND' })).toEqual([4])
    expect(await numbers({ error: false })).toEqual([1, 3])
    expect(await numbers({ status: 404 })).toEqual([4])
    expect(await numbers({ status: '4xx' })).toEqual([2, 4])
    expect(await numbers({ after: 2 })).toEqual([3, 4])
    expect(await numbers({ parameters: { fields: { OPPORTUNITY: '5' } } })).toEqual([1])
    expect(await numbers({ parameters: { fields: { OPPORTUNITY: '6' } } })).toEqual([])
    expect((await portal.lastCall())?.method).toBe('no.such.method')
    expect((await portal.lastCall('crm.*'))?.number).toBe(3)
    expect(await portal.lastCall('user.*')).toBeUndefined()
    await expect(portal.calls({ methode: 'x' } as object)).rejects.toThrow('did you mean method?')
  })

  it('has the calls of those whom it did not let in, without what they have tried', async () => {
    const stranger = client(portal.webhookHttp.replace(/\w{16}\/$/, 'n0tth3c0d3n0tth3/'))
    await stranger('crm.lead.list', { filter: { TITLE: 'x' } })
    expect(await portal.lastCall()).toMatchObject({
      method: 'crm.lead.list',
      status: 401,
      error: 'INVALID_CREDENTIALS',
      userId: 0,
      credential: '',
      isNested: false,
    })
    expect(JSON.stringify(await portal.calls())).not.toContain('n0tth3c0d3')
  })

  it('tells the calls of the test from those of what it tests', async () => {
    await portal.call('crm.lead.add', { fields: { TITLE: 'of the test' } })
    await shop('crm.lead.list')
    expect((await portal.calls({ isOwn: false })).map(({ method }) => method)).toEqual(['crm.lead.list'])
    expect((await portal.calls({ isOwn: true })).map(({ method }) => method)).toEqual(['crm.lead.add'])
  })

  it('keeps what was sent as it was, whatever the method has done with it', async () => {
    await shop('crm.lead.list', { filter: { '>ID': 0 }, select: ['ID', 'TITLE'], start: -1 })
    expect((await portal.lastCall())?.parameters).toEqual({ filter: { '>ID': 0 }, select: ['ID', 'TITLE'], start: -1 })
  })

  it('waits for clients that work later, and tells what they did instead', async () => {
    const waiting = portal.waitForCall({ method: 'crm.lead.add', parameters: { fields: { TITLE: 'b' } } }, { times: 2 })
    for (const TITLE of ['a', 'b', 'b']) await shop('crm.lead.add', { fields: { TITLE } })
    expect(await waiting).toMatchObject({ number: 3, result: 3 })
    await expect(portal.waitForCall('crm.deal.add', { timeout: 30 })).rejects.toThrow(
      '0 of 1 calls of crm.deal.add within 30 ms; there were crm.lead.add × 3',
    )
  })

  it('is forgotten by clearCalls, with the numbers going on, and by reset from its beginning', async () => {
    await shop('crm.lead.list')
    await portal.clearCalls()
    expect(await portal.calls()).toEqual([])
    await shop('crm.lead.list')
    expect((await portal.lastCall())?.number).toBe(2)
    await portal.reset()
    await shop('crm.lead.list')
    expect((await portal.lastCall())?.number).toBe(1)
  })

  it('keeps the last ten thousand, and says how many it has forgotten', async () => {
    const cmd = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`c${n}`, 'server.time']))
    for (let n = 0; n < 200; n++) await shop('batch', { cmd })
    const { calls, forgotten, last } = await portal.run<{ calls: unknown[]; forgotten: number; last: number }>('calls')
    expect(calls).toHaveLength(10_000)
    expect({ forgotten, last }).toEqual({ forgotten: 200, last: 10_200 })
    expect(await portal.report()).toContain('200 earlier calls forgotten')
  })

  it('is seen over HTTP as in the process', async () => {
    const { url, key } = portal.control
    const remote = connectPortal({ url, key, webhook: portal.webhookHttp })
    await shop('crm.lead.add', { fields: { TITLE: 'far' } })
    expect(await remote.calls({ error: false })).toEqual(await portal.calls())
    expect(await remote.lastCall('crm.lead.*')).toMatchObject({ parameters: { fields: { TITLE: 'far' } } })
    await remote.clearCalls()
    expect(await remote.calls()).toEqual([])
  })
})

describe('the deliveries that a portal for tests has made', async () => {
  const { url: databaseUrl, drop } = await freshDatabase()
  const portal = await startPortal({
    https: false,
    clock: { mode: 'fixed', at: '2026-03-01T09:00:00Z' },
    ...(databaseUrl === null ? {} : { databaseUrl }),
  })
  const answers: number[] = []
  const got: string[] = []
  const handler: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      got.push(body)
      response.writeHead(answers.shift() ?? 200).end('thanks')
    })
  })
  await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(handler.address() as AddressInfo).port}/hook`
  afterAll(async () => {
    handler.close()
    await portal.close()
    await drop()
  })

  it('are told with each attempt, and found by event, address and state', async () => {
    await portal.call('portico.outbound.add', { url: address, events: ['ONCRMLEADADD', 'ONCRMDEALADD'] })
    answers.push(500)
    await portal.call('crm.lead.add', { fields: { TITLE: 'told' } })
    await portal.call('crm.deal.add', { fields: { TITLE: 'told, too' } })
    await portal.settle()
    const [lead] = await portal.deliveries('onCrmLead*')
    expect(lead).toMatchObject({ event: 'ONCRMLEADADD', url: address, state: 'waiting', finished: null })
    expect(lead?.data).toEqual({ FIELDS: { ID: 1 } })
    expect(lead?.attempts).toEqual([
      {
        time: 1_772_355_600,
        duration: expect.any(Number),
        status: 500,
        answer: 'thanks',
        error: 'the handler answered 500',
      },
    ])
    await portal.advance({ to: Number(lead?.due) })
    expect(await portal.deliveries({ state: 'waiting' })).toEqual([])
    const [again] = await portal.deliveries({ event: 'ONCRMLEADADD', url: 'http://127.0.0.1:*' })
    expect(again).toMatchObject({ state: 'delivered', finished: lead?.due })
    expect(again?.attempts.map(({ status }) => status)).toEqual([500, 200])
    expect(await portal.deliveries()).toHaveLength(2)
    expect(got).toHaveLength(3)
  })
})

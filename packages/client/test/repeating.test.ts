import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import {
  Client,
  LimitError,
  LostAnswerError,
  PortalError,
  UnexpectedAnswerError,
  UnreachableError,
  type Exchange,
  type Wait,
} from 'portico-client'
import { describe, expect, test } from 'vitest'
import { caught, hangUp, refusal, scriptedPortal } from './support/scripted-portal.ts'

const portico = { headers: { server: 'Portico' } }
const limit = refusal(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests', { 'retry-after': '0' })
/** What stands before a portal says so. */
const gateway = { status: 502, headers: { 'content-type': 'text/html' }, text: '<html>Bad Gateway</html>' }

describe('a read is repeated', () => {
  test.each([
    ['a broken connection', hangUp],
    ['a gateway that got no answer', gateway],
    ['an internal error', refusal(500, 'INTERNAL_SERVER_ERROR')],
    ['a limit', limit],
    ['an overload', refusal(503, 'OVERLOAD_LIMIT')],
  ])('after %s', async (_name, fault) => {
    const portal = await scriptedPortal(fault, fault, { body: { result: [1] } })
    const client = new Client({ webhook: portal.hook, pace: { perSecond: 100, burst: 200 } })
    expect(await client.call('crm.lead.list')).toEqual([1])
    expect(portal.seen).toHaveLength(3)
  })
  test('only so often, and then nothing was done', async () => {
    const portal = await scriptedPortal(hangUp)
    const client = new Client({ webhook: portal.hook, retries: 2 })
    expect(await caught(client.call('crm.lead.list'))).toBeInstanceOf(UnreachableError)
    expect(portal.seen).toHaveLength(3)
  })
  test('but not after an answer that means no', async () => {
    const portal = await scriptedPortal(refusal(400, '', 'Not found'))
    await caught(new Client({ webhook: portal.hook }).call('crm.lead.get', { id: 1 }))
    expect(portal.seen).toHaveLength(1)
  })
})

describe('a write', () => {
  test('is never repeated after a lost answer', async () => {
    for (const fault of [hangUp, gateway]) {
      const portal = await scriptedPortal(fault)
      const error = await caught(new Client({ webhook: portal.hook }).call('crm.lead.add', { fields: {} }))
      expect(error).toBeInstanceOf(LostAnswerError)
      expect(error).toMatchObject({
        method: 'crm.lead.add',
        message: expect.stringContaining('it may have been done') as string,
      })
      expect(portal.seen).toHaveLength(1)
    }
  })
  test('is not repeated after an internal error, which the caller gets', async () => {
    const portal = await scriptedPortal(refusal(500, 'INTERNAL_SERVER_ERROR', 'Internal server error'))
    const error = await caught(new Client({ webhook: portal.hook }).call('crm.lead.add', { fields: {} }))
    expect(error).toBeInstanceOf(PortalError)
    expect(portal.seen).toHaveLength(1)
  })
  test('is repeated after a refusal for limits, since nothing was done', async () => {
    const portal = await scriptedPortal(limit, refusal(429, 'OPERATION_TIME_LIMIT', '', { 'retry-after': '0' }), {
      body: { result: 5 },
    })
    expect(await new Client({ webhook: portal.hook }).call('crm.lead.add', { fields: {} })).toBe(5)
  })
  test('is not repeated where no repeating is wanted', async () => {
    const portal = await scriptedPortal(limit)
    expect(await caught(new Client({ webhook: portal.hook, retries: 0 }).call('x.add'))).toBeInstanceOf(LimitError)
    expect(portal.seen).toHaveLength(1)
  })
  test('with a key is repeated under it, if a Portico has it', async () => {
    const portal = await scriptedPortal(hangUp, portico, { body: { result: 7 } })
    const client = new Client({ webhook: portal.hook, idempotent: true })
    expect(await client.call('crm.lead.add', { fields: {} })).toBe(7)
    const [first, asked, second] = portal.seen
    expect(asked?.method).toBe('server.time')
    expect(first?.headers['idempotency-key']).toMatch(/^[\da-f-]{36}$/)
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
  })
  test('with a key is not repeated on a portal that knows no keys', async () => {
    const portal = await scriptedPortal(hangUp, {})
    const client = new Client({ webhook: portal.hook })
    const error = await caught(client.call('crm.lead.add', { fields: {} }, { idempotencyKey: 'mine' }))
    expect(error).toBeInstanceOf(LostAnswerError)
    expect(portal.seen.map(({ method }) => method)).toEqual(['crm.lead.add', 'server.time'])
  })
  test('is known by the echo of its key where a proxy hides who answers', async () => {
    const portal = await scriptedPortal((seen, response) => {
      response.writeHead(200, { server: 'nginx', 'idempotency-key': seen.headers['idempotency-key'] })
      response.end('{"result":1}')
    })
    const client = new Client({ webhook: portal.hook, idempotent: true })
    await client.call('crm.lead.add', { fields: {} })
    expect(await client.isPortico()).toBe(true)
    expect(portal.seen).toHaveLength(1)
  })
  test('that never left is an UnreachableError, and may be tried again', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const waits: Wait[] = []
    const client = new Client({
      webhook: `http://127.0.0.1:${port}/rest/1/c0desecret/`,
      retries: 1,
      onWait: (wait) => waits.push(wait),
    })
    const error = await caught(client.call('crm.lead.add', { fields: {} }))
    expect(error).toBeInstanceOf(UnreachableError)
    expect((error as Error).message).toContain('ECONNREFUSED')
    expect(waits.map(({ why }) => why)).toEqual(['retry'])
  })
})

test.each([
  ['error sending request for url (https://certificate.example/rest/): connection reset', 'LostAnswerError'],
  ['read ECONNRESET', 'LostAnswerError'],
  ['other side closed', 'LostAnswerError'],
  ['connect ETIMEDOUT 192.0.2.1:443', 'UnreachableError'],
  ['unable to verify the first certificate', 'UnreachableError'],
  ['Unable to connect. Is the computer able to access the url?', 'UnreachableError'],
  ['client error (Connect): dns error: failed to lookup address information', 'UnreachableError'],
  ['bad port', 'UnreachableError'],
])('a write that ends with %j is a %s', async (said, name) => {
  const failing = () => Promise.reject(new TypeError('fetch failed', { cause: new Error(said) }))
  const client = new Client({ webhook: 'https://p.example/rest/1/c0desecret', retries: 0, fetch: failing })
  expect(await caught(client.call('x.add'))).toMatchObject({ name })
})

describe('time and cancellation', () => {
  test('an answer that takes too long is no answer', async () => {
    const portal = await scriptedPortal(() => {})
    const client = new Client({ webhook: portal.hook, retries: 0 })
    expect(await caught(client.call('crm.lead.list', {}, { timeout: 30 }))).toMatchObject({
      name: 'UnreachableError',
      message: expect.stringContaining('30 ms') as string,
    })
    expect(await caught(client.call('crm.lead.add', { fields: {} }, { timeout: 30 }))).toBeInstanceOf(LostAnswerError)
  })
  test('so is one that breaks off in the middle', async () => {
    const portal = await scriptedPortal((_seen, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"result":')
      setTimeout(() => response.destroy(), 10)
    })
    const client = new Client({ webhook: portal.hook, retries: 0 })
    expect(await caught(client.call('crm.lead.add', { fields: {} }))).toBeInstanceOf(LostAnswerError)
  })
  test('a signal ends a request, a wait and what has not begun, with its reason', async () => {
    const portal = await scriptedPortal(() => {})
    const client = new Client({ webhook: portal.hook })
    const reason = new Error('enough')
    expect(await caught(client.call('x.get', {}, { signal: AbortSignal.abort(reason) }))).toBe(reason)
    expect(portal.seen).toHaveLength(0)
    const controller = new AbortController()
    const running = caught(client.call('x.add', {}, { signal: controller.signal }))
    setTimeout(() => controller.abort(reason), 20)
    expect(await running).toBe(reason)

    const waiting = await scriptedPortal(refusal(503, 'QUERY_LIMIT_EXCEEDED', '', { 'retry-after': '100' }))
    const stopped = new AbortController()
    const slow = new Client({ webhook: waiting.hook, onWait: () => stopped.abort() })
    expect(await caught(slow.call('x.add', {}, { signal: stopped.signal }))).toMatchObject({ name: 'AbortError' })
  })
})

describe('secrets', () => {
  test('are in no error and in no exchange', async () => {
    const seen: Exchange[] = []
    const portal = await scriptedPortal(
      refusal(400, 'X', 'see /rest/1/c0desecret/x.get'),
      { text: 'moved: /rest/1/c0desecret/' },
      { body: { result: { access_token: 'abcdefgh', url: 'https://p.example/rest/7/otherc0de/' } } },
    )
    const client = new Client({ webhook: portal.hook, retries: 0, onExchange: (exchange) => seen.push(exchange) })
    const errors = [await caught(client.call('x.get')), await caught(client.call('x.get'))]
    await client.call('x.get', { text: 'c0desecret' })
    const all = JSON.stringify([errors, seen, errors.map(String)])
    expect(errors[0]).toMatchObject({ text: 'see /rest/1/***/x.get' })
    expect(errors[1]).toBeInstanceOf(UnexpectedAnswerError)
    expect(seen).toHaveLength(3)
    for (const secret of ['c0desecret', 'abcdefgh', 'otherc0de']) expect(all).not.toContain(secret)
    expect(seen[0]?.url).toBe(`${portal.origin}/rest/1/***/x.get`)
    expect(seen[2]?.response?.status).toBe(200)
  })
  test('are not in what runtimes say of broken requests', async () => {
    const said = new TypeError('error sending request for url (https://p.example/rest/1/c0desecret/x.get): dns error')
    const client = new Client({
      webhook: 'https://p.example/rest/1/c0desecret',
      retries: 0,
      fetch: () => Promise.reject(said),
    })
    const error = (await caught(client.call('x.add'))) as Error
    expect(error).toBeInstanceOf(UnreachableError)
    expect(error.message).toBe('x.add: error sending request for url (https://p.example/rest/1/***/x.get): dns error')
    expect(JSON.stringify(error.cause, Object.getOwnPropertyNames(error.cause))).not.toContain('c0desecret')
  })
  test('are not repeated to those who give a wrong address', () => {
    expect(() => new Client({ webhook: 'https://p.example/hook/c0desecret' })).toThrow(/rest\/1\/CODE/)
    expect(() => new Client({ webhook: 'ftp://p.example/rest/1/c0desecret/' })).toThrow(TypeError)
  })
})

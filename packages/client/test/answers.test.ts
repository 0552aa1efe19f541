import { gzipSync } from 'node:zlib'
import { Client, CredentialError, LimitError, PortalError, UnexpectedAnswerError } from 'portico-client'
import { describe, expect, test } from 'vitest'
import { caught, refusal, scriptedPortal, time, type Step } from './support/scripted-portal.ts'

const client = async (...steps: Step[]) => {
  const portal = await scriptedPortal(...steps)
  return { portal, client: new Client({ webhook: portal.hook, retries: 0 }) }
}

describe('a call', () => {
  test('is a POST of JSON to the method, and gives the result', async () => {
    const { portal, client: own } = await client({ body: { result: 382, time } })
    expect(await own.call('crm.lead.add', { fields: { TITLE: 'Žluťoučký 🐎' } })).toBe(382)
    expect(portal.seen[0]).toMatchObject({
      path: '/rest/1/c0desecret/crm.lead.add',
      body: { fields: { TITLE: 'Žluťoučký 🐎' } },
      headers: {
        'content-type': 'application/json',
        'user-agent': expect.stringMatching(/^portico-client\/\d/) as string,
      },
    })
  })
  test('sends an access token as auth, before everything else', async () => {
    const portal = await scriptedPortal({})
    await new Client({ portal: `${portal.origin}/rest/`, token: async () => 'token-1' }).call('crm.lead.get', { id: 1 })
    expect(portal.seen[0]?.text).toBe('{"auth":"token-1","id":1}')
    expect(portal.seen[0]?.path).toBe('/rest/crm.lead.get')
  })
  test('gives the whole answer to those who ask for it', async () => {
    const { client: own } = await client({
      headers: { 'x-request-id': 'r1' },
      body: { result: [], total: 0, next: '50', time },
    })
    const answer = await own.request('crm.lead.list')
    expect(answer).toMatchObject({ result: [], total: 0, next: 50, time, status: 200 })
    expect(answer.headers.get('x-request-id')).toBe('r1')
  })
  test('sends big numbers as texts, and gives those of an answer as texts', async () => {
    const { portal, client: own } = await client({
      text: '{"result":{"ID":9007199254740993,"small":5,"exact":0.1234567890123456789,"text":"a 12345678901234567890 \\" b"}}',
    })
    expect(await own.call('x.y', { id: 9007199254740993n, list: [1n] })).toEqual({
      ID: '9007199254740993',
      small: 5,
      exact: 0.12345678901234568,
      text: 'a 12345678901234567890 " b',
    })
    expect(portal.seen[0]?.body).toEqual({ id: '9007199254740993', list: ['1'] })
  })
  test.each([null, false, 0, '', [], {}])('gives an empty result as it is: %j', async (result) => {
    const { client: own } = await client({ body: { result } })
    expect(await own.call('x.y')).toEqual(result)
  })
  test('reads compressed answers', async () => {
    const { client: own } = await client({
      headers: { 'content-encoding': 'gzip' },
      text: gzipSync(JSON.stringify({ result: 'ünïcode' })),
    })
    expect(await own.call('x.get')).toBe('ünïcode')
  })
  test('takes 204 for done', async () => {
    const { client: own } = await client({ status: 204 })
    expect(await own.call('x.delete')).toBeNull()
  })
})

describe('an error', () => {
  test('has the code, the text, the status and what else is said', async () => {
    const { client: own } = await client({
      status: 400,
      headers: { 'x-request-id': 'r7' },
      body: { error: 'ERROR_ARGUMENT', error_description: 'Argument is null', argument: 'PLACEMENT' },
    })
    const error = await caught(own.call('placement.bind' as string))
    expect(error).toBeInstanceOf(PortalError)
    expect(error).toMatchObject({
      name: 'PortalError',
      code: 'ERROR_ARGUMENT',
      text: 'Argument is null',
      status: 400,
      method: 'placement.bind',
      requestId: 'r7',
      details: { argument: 'PLACEMENT' },
      message: 'placement.bind: ERROR_ARGUMENT: Argument is null (HTTP 400)',
    })
  })
  test('may have an empty code, a number, come with 200, or be of REST 3.0', async () => {
    const { client: own } = await client(
      refusal(400, '', 'Not found'),
      { status: 400, body: { error: 100, error_description: 'Bad' } },
      { body: { error: 'ERROR_PLACEMENT_MAX_COUNT', error_description: 'Enough' } },
      { status: 400, body: { error: { code: 'BITRIX_REST_V3_X', message: 'No' } } },
    )
    const seen = []
    for (let count = 0; count < 4; count++) seen.push(await caught(own.call('x.get')))
    expect(seen).toMatchObject([
      { code: '', text: 'Not found' },
      { code: '100', text: 'Bad' },
      { code: 'ERROR_PLACEMENT_MAX_COUNT', status: 200 },
      { code: 'BITRIX_REST_V3_X', text: 'No' },
    ])
  })
  test('of the credential is a CredentialError, of a limit a LimitError', async () => {
    const { client: own } = await client(
      refusal(401, 'INVALID_CREDENTIALS'),
      refusal(403, 'insufficient_scope'),
      refusal(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests', { 'retry-after': '3' }),
    )
    expect(await caught(own.call('x.get'))).toBeInstanceOf(CredentialError)
    expect(await caught(own.call('x.get'))).toBeInstanceOf(CredentialError)
    const limit = await caught(own.call('x.get'))
    expect(limit).toBeInstanceOf(LimitError)
    expect(limit).toMatchObject({ retryAfter: 3, status: 503 })
  })
  test.each([
    ['a page', { text: '<html>Sign in</html>' }, 'not JSON'],
    ['nothing', { text: '' }, 'empty'],
    ['a list', { text: '[1]' }, 'not one of a portal'],
    ['half a document', { text: '{"result": [1,' }, 'not JSON'],
    ['a redirect to a page', { status: 302, headers: { location: '/login' }, text: '' }, 'redirect'],
    ['a status without words', { status: 404, body: { hello: 1 } }, 'neither'],
  ])('says that %s is no answer of a portal', async (_name, step, words) => {
    const { client: own } = await client(step)
    const error = await caught(own.call('crm.lead.add', { fields: {} }))
    expect(error).toBeInstanceOf(UnexpectedAnswerError)
    expect((error as Error).message).toContain(words)
  })
})

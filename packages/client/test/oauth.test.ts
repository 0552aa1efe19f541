import {
  Client,
  CredentialError,
  UnexpectedAnswerError,
  UnreachableError,
  type IssuedTokens,
  type OAuth,
  type Tokens,
} from 'portico-client'
import { describe, expect, test } from 'vitest'
import { answer, caught, hangUp, refusal, scriptedPortal, type Step } from './support/scripted-portal.ts'

const old: Tokens = { access_token: 'old-access', refresh_token: 'old-refresh' }
const application = { clientId: 'local.1', clientSecret: 'the-secret', tokenUrl: '/oauth/token/' }

/** A portal that takes only tokens that it has issued after the first, and counts how often it issues some. */
async function renewing(onToken?: Step) {
  const given: Step = onToken ?? {}
  let issued = 0
  const portal = await scriptedPortal((seen, response) => {
    const isRefresh = seen.path.startsWith('/oauth/token/')
    if (isRefresh && typeof given === 'function') given(seen, response)
    else if (isRefresh && onToken !== undefined && typeof given !== 'function') answer(response, given)
    else if (isRefresh) {
      issued++
      const body = { access_token: `access-${issued}`, refresh_token: `refresh-${issued}`, expires: 5 }
      setTimeout(() => answer(response, { body }), 20)
    } else if (seen.body.auth === `access-${issued}`) answer(response, { body: { result: seen.body.auth } })
    else answer(response, { status: 401, body: { error: 'expired_token', error_description: 'It has expired' } })
  })
  const refreshes = () => portal.seen.filter(({ path }) => path.startsWith('/oauth/'))
  return { portal, refreshes }
}

const connect = (origin: string, oauth: Partial<OAuth> = {}) =>
  new Client({ portal: origin, oauth: { ...application, tokens: old, ...oauth }, retries: 0 })

describe('tokens', () => {
  test('are refreshed once for calls that race, and each call is repeated once', async () => {
    const { portal, refreshes } = await renewing()
    const kept: IssuedTokens[] = []
    const client = connect(portal.origin, { onTokens: (tokens) => void kept.push(tokens) })
    const results = await Promise.all(Array.from({ length: 20 }, (_, id) => client.call('crm.lead.get', { id })))
    expect(new Set(results)).toEqual(new Set(['access-1']))
    expect(refreshes()).toHaveLength(1)
    expect(Object.fromEntries(new URLSearchParams(refreshes()[0]?.text))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'local.1',
      client_secret: 'the-secret',
      refresh_token: 'old-refresh',
    })
    expect(kept).toEqual([{ access_token: 'access-1', refresh_token: 'refresh-1', expires: 5 }])
    expect(await client.call('crm.lead.get', { id: 1 })).toBe('access-1')
    expect(refreshes()).toHaveLength(1)
  })
  test('are refreshed once by many clients that share a lock and a store', async () => {
    const { portal, refreshes } = await renewing()
    let stored: Tokens = old
    let turn: Promise<unknown> = Promise.resolve()
    const shared: Partial<OAuth> = {
      tokens: async () => stored,
      onTokens: async (tokens) => {
        await new Promise((resolve) => setTimeout(resolve, 10))
        stored = tokens
      },
      lock: (refresh) => {
        const next = turn.then(refresh)
        turn = next.catch(() => {})
        return next
      },
    }
    const clients = Array.from({ length: 5 }, () => connect(portal.origin, shared))
    const results = await Promise.all(clients.map((client) => client.call('crm.lead.get', { id: 1 })))
    expect(results).toEqual(Array.from({ length: 5 }, () => 'access-1'))
    expect(refreshes()).toHaveLength(1)
  })
  test('that are not taken even when new end the call', async () => {
    const portal = await scriptedPortal((seen, response) =>
      seen.path.startsWith('/oauth/')
        ? answer(response, { body: { access_token: 'fresh-access', refresh_token: 'fresh-refresh' } })
        : answer(response, { status: 401, body: { error: 'expired_token', error_description: '' } }),
    )
    expect(await caught(connect(portal.origin).call('x.get'))).toMatchObject({
      name: 'CredentialError',
      code: 'expired_token',
    })
    expect(portal.seen).toHaveLength(3)
  })
  test('are not refreshed for other refusals', async () => {
    const portal = await scriptedPortal(refusal(401, 'NO_AUTH_FOUND'))
    await caught(connect(portal.origin).call('x.get'))
    expect(portal.seen).toHaveLength(1)
  })
})

describe('a refresh', () => {
  test.each([
    [400, 'invalid_grant'],
    [200, 'wrong_client'],
    [401, 'PAYMENT_REQUIRED'],
  ])('that is refused with %i %s says so precisely', async (status, code) => {
    const { portal } = await renewing({ status, body: { error: code, error_description: 'No old-refresh' } })
    const error = await caught(connect(portal.origin).call('crm.lead.add', { fields: {} }))
    expect(error).toBeInstanceOf(CredentialError)
    expect(error).toMatchObject({
      code,
      status,
      method: 'oauth/token',
      text: 'the tokens could not be refreshed: No ***',
    })
  })
  test('is tried again the next time', async () => {
    let refusals = 1
    const { portal, refreshes } = await renewing((_seen, response) =>
      refusals-- > 0
        ? answer(response, { status: 500, text: 'down' })
        : answer(response, { body: { access_token: 'access-0', refresh_token: 'refresh-0' } }),
    )
    const client = connect(portal.origin)
    expect(await caught(client.call('x.get'))).toBeInstanceOf(UnexpectedAnswerError)
    expect(await client.call('x.get')).toBe('access-0')
    expect(refreshes()).toHaveLength(2)
  })
  test('that gets no answer is an UnreachableError: nothing was done', async () => {
    const { portal } = await renewing(hangUp)
    expect(await caught(connect(portal.origin).call('crm.lead.add', { fields: {} }))).toBeInstanceOf(UnreachableError)
  })
  test('goes to the documented server where no other is named', async () => {
    const urls: string[] = []
    const client = new Client({
      portal: 'portal.example',
      oauth: { clientId: 'c', clientSecret: 'the-secret', tokens: old },
      fetch: async (url) => {
        urls.push(String(url))
        return Response.json({ error: 'expired_token', error_description: '' }, { status: 401 })
      },
    })
    await caught(client.call('x.get'))
    expect(urls).toEqual(['https://portal.example/rest/x.get', 'https://oauth.bitrix.info/oauth/token/'])
  })
})

test('a token that a function gives is asked for again when it has expired', async () => {
  const { portal } = await renewing()
  const tokens = ['stale-token', 'access-0']
  const client = new Client({ portal: portal.origin, token: () => tokens.shift() ?? 'access-0' })
  expect(await client.call('x.get')).toBe('access-0')
  const fixed = new Client({ portal: portal.origin, token: 'stale-token' })
  expect(await caught(fixed.call('x.get'))).toMatchObject({ code: 'expired_token' })
})

describe('a portal that has moved', () => {
  test('is called again, as before, at its new address, and from then on only there', async () => {
    const now = await scriptedPortal({ body: { result: 5 } })
    const before = await scriptedPortal({ status: 302, headers: { location: `${now.origin}/any/page` }, text: '<a>' })
    const moves: string[] = []
    const client = new Client({ webhook: before.hook, onMoved: (portal) => moves.push(portal) })
    expect(await client.call('crm.lead.add', { fields: { TITLE: 'A' } })).toBe(5)
    await client.call('crm.lead.add', { fields: { TITLE: 'B' } })
    expect(before.seen).toHaveLength(1)
    expect(now.seen).toMatchObject([
      { path: '/rest/1/c0desecret/crm.lead.add', body: { fields: { TITLE: 'A' } } },
      { body: { fields: { TITLE: 'B' } } },
    ])
    expect([client.portal, moves]).toEqual([now.origin, [now.origin]])
  })
  test('is not followed round and round, nor from https to http', async () => {
    const round = (to: string) => async () => new Response('', { status: 302, headers: { location: to } })
    let count = 0
    const circling = new Client({
      webhook: 'https://a.example/rest/1/c0desecret/',
      fetch: async () => round(`https://p${count++}.example/`)(),
    })
    expect(await caught(circling.call('x.add'))).toBeInstanceOf(UnexpectedAnswerError)
    expect(count).toBe(4)
    const falling = new Client({ webhook: 'https://a.example/rest/1/c0desecret/', fetch: round('http://a.example/') })
    expect(await caught(falling.call('x.add'))).toMatchObject({
      message: expect.stringContaining('redirect') as string,
    })
  })
})

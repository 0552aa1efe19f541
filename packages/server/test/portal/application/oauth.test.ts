import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { authorize, credentials, refresh, register, signIn, token, tokensOf } from '../../support/oauth.ts'
import { testPortal } from '../../support/portal.ts'
import { Visitor } from '../../support/visitor.ts'

const portal = await testPortal()
const app = await register(portal, { HANDLER: 'https://app.example/handler?kept=1' })
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const later = (seconds: number): void => void (portal.clock.at = Math.floor(portal.portal.sources.now()) + seconds)

describe('the whole way', () => {
  it('goes from a person who is signed in to calls in their name', async () => {
    const { id } = await portal.person()
    const target = await authorize(portal, app, {
      userId: id,
      query: { state: 'a b&c', redirect_uri: 'https://evil.example' },
    })
    const code = target.searchParams.get('code') ?? ''
    expect(target.origin + target.pathname).toBe('https://app.example/handler')
    expect(Object.fromEntries(target.searchParams)).toEqual({
      kept: '1',
      code: expect.stringMatching(/^[a-z0-9]{50}$/),
      state: 'a b&c',
      domain: 'localhost',
      member_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      scope: 'crm,user',
      server_domain: 'localhost',
    })
    const exchanged = await token(portal, { grant_type: 'authorization_code', ...credentials(app), code })
    expect(exchanged.status).toBe(200)
    expect(exchanged.headers['cache-control']).toBe('no-store')
    expect(exchanged.body).toEqual({
      access_token: expect.stringMatching(/^[a-z0-9]{70}$/),
      expires: expect.any(Number),
      expires_in: 3600,
      scope: 'crm,user',
      domain: 'localhost',
      server_endpoint: 'http://localhost/rest/',
      status: 'L',
      client_endpoint: 'http://localhost/rest/',
      member_id: target.searchParams.get('member_id'),
      user_id: id,
      refresh_token: expect.stringMatching(/^[a-z0-9]{70}$/),
    })
    const called = await portal.call('profile', {}, { token: exchanged.body.access_token })
    expect(called.body.result).toMatchObject({ ID: String(id) })
  })

  it('sends strangers to sign in, and back to what they asked for', async () => {
    const url = `/oauth/authorize/?client_id=${app.clientId}&state=x`
    const answer = await portal.send({ method: 'GET', url })
    expect([answer.status, answer.headers.location]).toEqual([302, `/login?next=${encodeURIComponent(url)}`])
  })

  it('takes a stranger through the sign-in to the application', async () => {
    const visitor = new Visitor(portal)
    const asked = await visitor.get(`/oauth/authorize/?client_id=${app.clientId}&state=x`)
    const login = new URL(String(asked.headers.location), 'http://localhost')
    const signedIn = await visitor.signIn('admin@example.com', 'correct horse', login.searchParams.get('next') ?? '')
    // A page between: browsers don't let a form lead to another site.
    const onward = /href="(\/oauth\/[^"]+)"/.exec(signedIn.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const target = new URL(String((await visitor.get(onward)).headers.location))
    expect([target.host, target.searchParams.get('state')]).toEqual(['app.example', 'x'])
  })

  it.each([
    ['an application that is not there', 'client_id=local.0000', 404],
    ['no application at all', '', 404],
    ['more scopes than it has been given', `client_id=${app.clientId}&scope=crm,task`, 400],
    ['tokens without a code', `client_id=${app.clientId}&response_type=token`, 400],
    ['a proof that is none', `client_id=${app.clientId}&code_challenge=x&code_challenge_method=plain`, 400],
  ])('answers %s with a page, and goes nowhere', async (_name, query, status) => {
    const answer = await portal.send({
      method: 'GET',
      url: `/oauth/authorize/?${query}`,
      headers: await signIn(portal),
    })
    expect([answer.status, answer.headers.location]).toEqual([status, undefined])
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  })

  it('shows the code where the application has no address', async () => {
    const homeless = await register(portal, { HANDLER: '', SCRIPT_ONLY: true })
    const answer = await portal.send({
      method: 'GET',
      url: `/oauth/authorize/?client_id=${homeless.clientId}`,
      headers: await signIn(portal),
    })
    const code = /<code>([a-z0-9]{50})<\/code>/.exec(answer.text)?.[1] ?? ''
    const exchanged = await token(portal, { grant_type: 'authorization_code', ...credentials(homeless), code })
    expect(exchanged.body.user_id).toBe(1)
  })
})

describe('a code', () => {
  it('is good for one attempt', async () => {
    const code = (await authorize(portal, app)).searchParams.get('code') ?? ''
    const parameters = { grant_type: 'authorization_code', ...credentials(app), code }
    const attempts = await Promise.all(Array.from({ length: 5 }, () => token(portal, parameters)))
    expect(attempts.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400])
  })

  it('is good for thirty seconds', async () => {
    const first = (await authorize(portal, app)).searchParams.get('code') ?? ''
    const second = (await authorize(portal, app)).searchParams.get('code') ?? ''
    const exchange = (code: string) => token(portal, { grant_type: 'authorization_code', ...credentials(app), code })
    later(25)
    expect((await exchange(first)).status).toBe(200)
    later(10)
    expect((await exchange(second)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'The authorization code is invalid or has expired',
    })
    portal.clock.at = undefined
  })

  it('is of no use to another application, and stays good for its own', async () => {
    const other = await register(portal)
    const code = (await authorize(portal, app)).searchParams.get('code') ?? ''
    const grant = { grant_type: 'authorization_code', code }
    expect((await token(portal, { ...grant, ...credentials(other) })).body.error).toBe('invalid_grant')
    expect((await token(portal, { ...grant, ...credentials(app) })).status).toBe(200)
  })

  it('that was asked for with a proof is given to the holder of the proof alone', async () => {
    const verifier = 'a'.repeat(43)
    const query = {
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }
    const exchange = async (code_verifier: string) =>
      token(portal, {
        grant_type: 'authorization_code',
        ...credentials(app),
        code: (await authorize(portal, app, { query })).searchParams.get('code') ?? '',
        code_verifier,
      })
    expect((await exchange('b'.repeat(43))).body.error).toBe('invalid_grant')
    expect((await exchange(verifier)).status).toBe(200)
  })

  it('is of no use to somebody who has been dismissed meanwhile', async () => {
    const { id } = await portal.person()
    const code = (await authorize(portal, app, { userId: id })).searchParams.get('code') ?? ''
    await portal.call('user.update', { ID: id, ACTIVE: 'N' })
    const answer = await token(portal, { grant_type: 'authorization_code', ...credentials(app), code })
    expect(answer.body.error).toBe('invalid_grant')
  })
})

describe('a refresh token', () => {
  it('is exchanged for another pair, and the old access token works on', async () => {
    const first = await tokensOf(portal, app)
    const { status, body } = await refresh(portal, app, first.refresh_token)
    expect(status).toBe(200)
    expect(new Set([first.access_token, first.refresh_token, body.access_token, body.refresh_token]).size).toBe(4)
    expect(body).toEqual({ ...first, ...body })
    for (const { access_token } of [first, body])
      expect((await portal.call('profile', {}, { token: access_token })).status).toBe(200)
  })

  it('may be used by ten servers of the application at once', async () => {
    const { refresh_token } = await tokensOf(portal, app)
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(portal, app, refresh_token)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(new Set(answers.map(({ body }) => body.access_token)).size).toBe(10)
    for (const { body } of answers) expect((await refresh(portal, app, body.refresh_token)).status).toBe(200)
  })

  it('that is used again after a while ends all that came of it', async () => {
    const first = await tokensOf(portal, app)
    const stranger = await tokensOf(portal, app)
    const { body: second } = await refresh(portal, app, first.refresh_token)
    later(60)
    expect((await refresh(portal, app, first.refresh_token)).status).toBe(200)
    later(60)
    expect((await refresh(portal, app, first.refresh_token)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'The refresh token is invalid or has expired',
    })
    expect((await refresh(portal, app, second.refresh_token)).body.error).toBe('invalid_grant')
    for (const { access_token } of [first, second])
      expect((await portal.call('profile', {}, { token: access_token })).body.error).toBe('NO_AUTH_FOUND')
    expect((await refresh(portal, app, stranger.refresh_token)).status).toBe(200)
    portal.clock.at = undefined
  })

  it('is good for 180 days, an access token for an hour', async () => {
    const { access_token, refresh_token } = await tokensOf(portal, app)
    later(3590)
    expect((await portal.call('profile', {}, { token: access_token })).status).toBe(200)
    later(20)
    const expired = await portal.call('profile', {}, { token: access_token })
    expect([expired.status, expired.body.error]).toEqual([401, 'expired_token'])
    later(179 * 86_400)
    const { status, body } = await refresh(portal, app, refresh_token)
    expect(status).toBe(200)
    later(181 * 86_400)
    expect((await refresh(portal, app, body.refresh_token)).body.error).toBe('invalid_grant')
    portal.clock.at = undefined
  })

  it('is of no use to another application or to somebody who has been dismissed', async () => {
    const { id } = await portal.person()
    const { access_token, refresh_token } = await tokensOf(portal, app, id)
    expect((await refresh(portal, await register(portal), refresh_token)).body.error).toBe('invalid_grant')
    const profile = async () => (await portal.call('profile', {}, { token: access_token })).body.error
    expect(await profile()).toBeUndefined()
    await portal.call('user.update', { ID: id, ACTIVE: 'N' })
    expect(await profile()).toBe('authorization_error')
    expect((await refresh(portal, app, refresh_token)).body.error).toBe('invalid_grant')
    // Coming back, they begin anew.
    await portal.call('user.update', { ID: id, ACTIVE: 'Y' })
    expect((await refresh(portal, app, refresh_token)).body.error).toBe('invalid_grant')
    expect(await profile()).toBe('authorization_error')
  })
})

describe('tokens that have ended', () => {
  it('are forgotten, those of others not', async () => {
    const rows = async (): Promise<number[]> => {
      const { access_token = 0, refresh_token = 0, oauth_code = 0 } = await portal.census()
      return [access_token, refresh_token, oauth_code]
    }
    later(400 * 86_400)
    await portal.tend()
    expect((await rows()).slice(0, 2)).toEqual([0, 0])
    const { refresh_token } = await tokensOf(portal, app)
    await refresh(portal, app, refresh_token)
    later(40 * 86_400)
    await portal.tend()
    expect(await rows()).toEqual([0, 1, 0])
    portal.clock.at = undefined
  })
})

describe('the token address', () => {
  it.each(['/oauth/token/', '/oauth/token', '//oauth/token/', '/rest//oauth/token/', '/rest/oauth/token'])(
    'is also %s, with a query, a form or JSON',
    async (path) => {
      const parameters = { grant_type: 'refresh_token', ...credentials(app) }
      const first = await tokensOf(portal, app)
      const query = new URLSearchParams({ ...parameters, refresh_token: first.refresh_token }).toString()
      const answers = [
        await portal.send({ method: 'GET', url: `${path}?${query}` }),
        await portal.send({ url: path, headers: form, body: query }),
        await portal.send({
          url: path,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...parameters, refresh_token: first.refresh_token }),
        }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    },
  )

  it('takes the header of RFC 6749 for the client', async () => {
    const { refresh_token } = await tokensOf(portal, app)
    const basic = Buffer.from(`${app.clientId}:${app.secret}`).toString('base64')
    const answer = await portal.send({
      url: '/oauth/token/',
      headers: { ...form, authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }).toString(),
    })
    expect(answer.status).toBe(200)
  })

  const whole = { ...credentials(app), grant_type: 'refresh_token', refresh_token: 'x' }
  it.each([
    ['no grant type', { ...whole, grant_type: '' }, 400, 'invalid_request'],
    ['no client', { ...whole, client_id: '' }, 400, 'invalid_request'],
    ['no secret', { ...whole, client_secret: '' }, 400, 'invalid_request'],
    ['no refresh token', { ...whole, refresh_token: '' }, 400, 'invalid_request'],
    ['no code', { ...whole, grant_type: 'authorization_code' }, 400, 'invalid_request'],
    ['an unknown client', { ...whole, client_id: 'local.5c8bb1b0891cf2.87252039' }, 200, 'wrong_client'],
    ['a wrong secret', { ...whole, client_secret: 'x'.repeat(50) }, 401, 'invalid_client'],
    ['an unknown refresh token', whole, 400, 'invalid_grant'],
    ['an unknown code', { ...whole, grant_type: 'authorization_code', code: 'x' }, 400, 'invalid_grant'],
    ['another grant', { ...whole, grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['too many scopes', { ...whole, scope: 'crm,task' }, 403, 'invalid_scope'],
  ])('refuses %s', async (_name, parameters, status, error) => {
    const answer = await token(portal, parameters)
    expect([answer.status, answer.body.error]).toEqual([status, error])
    expect(answer.body.error_description).toEqual(expect.any(String))
    // The PHP SDK takes these words for a portal that is not there.
    expect(answer.body.error_description).not.toMatch(/portal|domain|not found/i)
    expect(answer.text).not.toContain(app.secret)
  })

  it('says what is wrong with a body that is none', async () => {
    const answer = await portal.send({
      url: '/oauth/token/',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request'])
  })

  it('lets nobody try secrets without end, and the application elsewhere go on', async () => {
    const attacked = await register(portal)
    const good = await tokensOf(portal, attacked)
    const wrong = (): Promise<{ status: number }> =>
      token(portal, { ...whole, ...credentials(attacked), client_secret: 'x'.repeat(50) })
    const statuses: number[] = []
    for (let attempt = 0; attempt < 15; attempt++) statuses.push((await wrong()).status)
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401))
    expect(statuses.at(-1)).toBe(429)
    expect((await refresh(portal, attacked, good.refresh_token)).status).toBe(429)
    const elsewhere = await portal.app.inject({
      method: 'GET',
      url: `/oauth/token/?${new URLSearchParams({ ...credentials(attacked), grant_type: 'refresh_token', refresh_token: good.refresh_token })}`,
      remoteAddress: '192.0.2.7',
    })
    expect(elsewhere.statusCode).toBe(200)
  })
})

describe('revocation', () => {
  const revoke = (parameters: Record<string, string>) =>
    portal.send({ url: '/oauth/revoke', headers: form, body: new URLSearchParams(parameters).toString() })

  it('of an access token ends it alone, of a refresh token all that came of it', async () => {
    const tokens = await tokensOf(portal, app)
    expect((await revoke({ ...credentials(app), token: tokens.access_token })).status).toBe(200)
    expect((await portal.call('profile', {}, { token: tokens.access_token })).body.error).toBe('NO_AUTH_FOUND')
    const { body } = await refresh(portal, app, tokens.refresh_token)
    expect((await revoke({ ...credentials(app), token: body.refresh_token })).status).toBe(200)
    expect((await portal.call('profile', {}, { token: body.access_token })).body.error).toBe('NO_AUTH_FOUND')
    expect((await refresh(portal, app, tokens.refresh_token)).body.error).toBe('invalid_grant')
  })

  it('needs the secret, and another application cannot ask for it', async () => {
    const tokens = await tokensOf(portal, app)
    const wrong = await revoke({ client_id: app.clientId, client_secret: 'x', token: tokens.refresh_token })
    expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client'])
    expect((await revoke({ ...credentials(await register(portal)), token: tokens.refresh_token })).status).toBe(200)
    expect((await refresh(portal, app, tokens.refresh_token)).status).toBe(200)
  })
})

import { describe, expect, it } from 'vitest'
import { Secret, TOTP } from 'otpauth'
import { sql } from '../../../src/store/sql.ts'
import { openIdProvider } from '../../support/open-id.ts'
import { type TestPortal, testPortal } from '../../support/portal.ts'
import { Visitor, withPassword } from '../../support/visitor.ts'

const verified = (email: string, more: object = {}) => ({ email, email_verified: true, ...more })
const provider = await openIdProvider({
  ada: verified('P2@Example.com'),
  renamed: verified('ada.new@example.com'),
  claimed: { email: 'p2@example.com', email_verified: false },
  claimedText: { email: 'p2@example.com', email_verified: 'true' },
  stranger: verified('stranger@example.com', { given_name: 'Sam', family_name: 'Stranger' }),
  dismissed: verified('p3@example.com'),
  invited: verified('invited@example.com'),
  guarded: verified('p4@example.com'),
  nameless: {},
})
const portal = await testPortal({ openId: provider })
const open = await testPortal({ openId: { ...provider, create: true } })
const { id: ada } = await portal.person()
const { id: dismissed } = await portal.person({ active: false })
const { id: guarded } = await portal.person()

const find = <T extends object>(query: ReturnType<typeof sql>, at: TestPortal = portal): Promise<T[]> =>
  at.portal.store.session().find<T>(query)

/** The whole way: the button, the provider's pages, and back. */
async function come(login: string, next = '/account', at = portal) {
  const visitor = new Visitor(at)
  const begun = await visitor.get(`/login/openid?next=${encodeURIComponent(next)}`)
  expect(begun.status).toBe(303)
  const back = await provider.visit(String(begun.headers.location), login)
  return { visitor, back, answer: await visitor.get(back) }
}

describe('signing in at an OpenID provider', () => {
  it('is offered on the page, and only where it is set', async () => {
    expect((await new Visitor(portal).get('/login?next=/account')).text).toMatch(
      /href="\/login\/openid\?next=%2Faccount"[^>]*>\s*Sign in with Example ID/,
    )
    const none = await testPortal()
    expect((await new Visitor(none).get('/login')).text).not.toContain('/login/openid')
    expect((await new Visitor(none).get('/login/openid')).status).toBe(404)
  })

  it('asks with PKCE, state and nonce, which the browser keeps sealed', async () => {
    const visitor = new Visitor(portal)
    const { headers } = await visitor.get('/login/openid')
    const url = new URL(String(headers.location))
    expect(url.origin).toBe(provider.issuer)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'portal',
      response_type: 'code',
      redirect_uri: 'http://localhost/login/openid/callback',
      code_challenge_method: 'S256',
    })
    for (const name of ['code_challenge', 'state', 'nonce']) {
      const value = url.searchParams.get(name) ?? ''
      expect(value.length).toBeGreaterThanOrEqual(43)
      expect(visitor.cookies.get('portico-openid')).not.toContain(value)
    }
    expect(visitor.setCookies[0]).toMatch(/; HttpOnly; SameSite=Lax; Max-Age=900$/)
  })

  it('lets in whose address the provider vouches for, and knows them from then on by who they are there', async () => {
    const { visitor, answer } = await come('ada')
    expect([answer.status, answer.headers.location]).toEqual([303, '/account'])
    expect((await visitor.get('/session')).body).toMatchObject({ user: { id: ada } })
    const linked = await find(sql`select user_id, issuer, subject from person_identity`)
    expect(linked).toEqual([{ user_id: ada, issuer: provider.issuer, subject: 'ada' }])
    await portal.call('user.update', { ID: ada, EMAIL: 'elsewhere@example.com' })
    const again = await come('ada')
    expect((await again.visitor.get('/session')).body).toMatchObject({ user: { id: ada } })
    await portal.call('user.update', { ID: ada, EMAIL: 'p2@example.com' })
    const entries = await find<{ audit_type: string; description: string }>(
      sql`select audit_type, description from audit_log where user_id = ${ada} order by id`,
    )
    expect(entries.map(({ audit_type, description }) => [audit_type, JSON.parse(description)])).toEqual([
      ['USER_IDENTITY_LINKED', { issuer: provider.issuer }],
      ['USER_AUTHORIZE', { by: 'OpenID' }],
      ['USER_AUTHORIZE', { by: 'OpenID' }],
    ])
  })

  it.each(['claimed', 'claimedText', 'stranger', 'renamed', 'dismissed', 'nameless'])(
    'is not open to %s, whom the portal does not know',
    async (login) => {
      const before = (await find(sql`select user_id from person_identity`)).length
      const people = await portal.census()
      const { visitor, answer } = await come(login)
      expect(answer.status).toBe(403)
      expect(answer.text).toContain('You are not a member yet')
      expect((await visitor.get('/session')).status).toBe(401)
      expect(await find(sql`select user_id from person_identity`)).toHaveLength(before)
      expect((await portal.census()).portal_user).toBe(people.portal_user)
    },
  )

  it('ends for whoever is dismissed, also when they are known', async () => {
    await portal.call('user.update', { ID: dismissed, ACTIVE: 'Y' })
    expect((await come('dismissed')).answer.status).toBe(303)
    await portal.call('user.update', { ID: dismissed, ACTIVE: 'N' })
    expect((await come('dismissed')).answer.status).toBe(403)
  })

  it('is as good as accepting an invitation', async () => {
    const { body } = await portal.call('user.add', { EMAIL: 'invited@example.com', UF_DEPARTMENT: [1] })
    expect((await come('invited')).answer.status).toBe(303)
    expect(await find(sql`select id from user_invitation where user_id = ${body.result}`)).toEqual([])
    const events = await find(sql`select id from outbox where event = 'ONUSERADD' and record_id = ${body.result}`)
    expect(events).toHaveLength(1)
  })

  it('asks for the second factor where there is one', async () => {
    const email = await withPassword(portal, guarded, 'a quiet harbour')
    const own = new Visitor(portal)
    await own.signIn(email, 'a quiet harbour')
    await own.submit('/account/factor/begin', { current: 'a quiet harbour' })
    const page = (await own.get('/account/factor')).text
    const secret = (/class="secret mono">([A-Z2-7 ]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '')
    await own.submit('/account/factor', { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() })
    const { visitor, answer } = await come('guarded')
    expect(answer.headers.location).toBe('/login/code')
    expect((await visitor.get('/session')).status).toBe(401)
  })

  it('makes people where the operator wants that, once each', async () => {
    const first = await come('stranger', '/', open)
    expect(first.answer.headers.location).toBe('/')
    const { user } = (await first.visitor.get('/session')).body as { user?: { id: number; name: string } }
    expect(user).toMatchObject({ name: 'Sam Stranger', email: 'stranger@example.com', admin: false })
    const second = await come('stranger', '/', open)
    expect((await second.visitor.get('/session')).body).toMatchObject({ user: { id: user?.id } })
    const { body } = await open.call('user.get', { ID: user?.id })
    expect(body.result[0]).toMatchObject({ ACTIVE: true, EMAIL: 'stranger@example.com', UF_DEPARTMENT: [1] })
    expect((await come('nameless', '/', open)).answer.status).toBe(403)
  })

  it('lets somebody without a password set up the rest only soon after it', async () => {
    const { visitor } = await come('stranger', '/', open)
    expect((await visitor.submit('/account/password', { password: 'a quiet harbour' })).status).toBe(303)
    const other = await come('renamed', '/', open)
    open.clock.at = Date.now() / 1000 + 901
    const late = await other.visitor.submit('/account/password', { password: 'a quiet harbour' })
    expect([late.status, late.text]).toEqual([422, expect.stringContaining('Sign out and in again')])
    open.clock.at = undefined
  })
})

describe('what comes back from the provider', () => {
  const lost = { status: 303, headers: { location: '/login?done=openid' } }

  it('counts in the browser that went there, and once', async () => {
    const { visitor, back } = await come('ada')
    expect(await new Visitor(portal).get(back)).toMatchObject(lost)
    expect(await visitor.get(back)).toMatchObject(lost)
    expect((await new Visitor(portal).get('/login?done=openid')).text).toContain('That sign-in did not work')
  })

  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
    ['no state', (url: URL) => url.searchParams.delete('state')],
    ['another code', (url: URL) => url.searchParams.set('code', 'x'.repeat(43))],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
  ])('does not count with %s', async (_what, change) => {
    const visitor = new Visitor(portal)
    const begun = await visitor.get('/login/openid')
    const url = new URL(await provider.visit(String(begun.headers.location), 'ada'), 'http://localhost')
    change(url)
    expect(await visitor.get(`${url.pathname}${url.search}`)).toMatchObject(lost)
    expect((await visitor.get('/session')).status).toBe(401)
  })

  it('does not count for a sign-in that somebody else has begun', async () => {
    const [mine, other] = [new Visitor(portal), new Visitor(portal)]
    const begun = await mine.get('/login/openid')
    await other.get('/login/openid')
    const back = await provider.visit(String(begun.headers.location), 'ada')
    expect(await other.get(back)).toMatchObject(lost)
  })

  it('does not count after a quarter of an hour', async () => {
    const visitor = new Visitor(portal)
    const begun = await visitor.get('/login/openid')
    const back = await provider.visit(String(begun.headers.location), 'ada')
    portal.clock.at = Date.now() / 1000 + 901
    expect(await visitor.get(back)).toMatchObject(lost)
    portal.clock.at = undefined
  })

  it('may be a no', async () => {
    const visitor = new Visitor(portal)
    const begun = await visitor.get('/login/openid')
    const back = await provider.refuse(String(begun.headers.location))
    expect(back).toContain('error=access_denied')
    expect(await visitor.get(back)).toMatchObject(lost)
  })
})

it('a provider that is away leaves the password', async () => {
  const away = { issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: 'y' }
  const alone = await testPortal({ openId: away })
  const answer = await new Visitor(alone).get('/login/openid')
  expect([answer.status, answer.text]).toEqual([502, expect.stringContaining('Example ID does not answer')])
  expect((await new Visitor(alone).signIn('admin@example.com', 'correct horse')).status).toBe(303)
})

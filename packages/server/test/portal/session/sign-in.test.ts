import { describe, expect, it } from 'vitest'
import { derivations } from '../../../src/auth/password.ts'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { Visitor, withPassword } from '../../support/visitor.ts'

const portal = await testPortal()
const ADMIN = { account: 'admin@example.com', password: 'correct horse' }
const find = <T extends object>(query: ReturnType<typeof sql>): Promise<T[]> =>
  portal.portal.store.session().find<T>(query)
const audited = (type: string) =>
  find<{ user_id: number; item: string; description: string; remote_address: string; request_uri: string }>(
    sql`select user_id, item, description, remote_address, request_uri from audit_log where audit_type = ${type} order by id`,
  )
const passwordOf = async (id: number): Promise<string> =>
  (await find<{ password: string }>(sql`select password from portal_user where id = ${id}`))[0]?.password ?? ''

async function colleague(password = 'a quiet harbour'): Promise<{ id: number; email: string; visitor: Visitor }> {
  const { id } = await portal.person()
  const email = await withPassword(portal, id, password)
  return { id, email, visitor: new Visitor(portal) }
}

describe('signing in', () => {
  it('leads on to where one wanted to go, and is known there', async () => {
    const visitor = new Visitor(portal)
    const stranger = await visitor.get('/account')
    expect(stranger.status).toBe(303)
    expect(stranger.headers.location).toBe('/login?next=%2Faccount')
    expect((await visitor.get('/login?next=%2Faccount')).text).toContain('name="next" value="/account"')
    const answer = await visitor.signIn(ADMIN.account, ADMIN.password, '/account')
    expect([answer.status, answer.headers.location]).toEqual([303, '/account'])
    expect((await visitor.get('/account')).text).toContain('Portal Administrator')
    expect((await visitor.get('/session')).body).toMatchObject({
      user: { id: 1, name: 'Portal Administrator', email: 'admin@example.com', admin: true },
    })
    expect((await visitor.get('/')).text).toMatch(/Portal Administrator|web CRM is not built/)
  })

  it('takes the address in any case, and the login as well', async () => {
    const { id, visitor } = await colleague()
    for (const account of [`P${id}@Example.COM`, `p${id}`, ` p${id} `])
      expect((await visitor.signIn(account, 'a quiet harbour')).headers.location).toBe('/')
  })

  it('writes down the time and who came from where', async () => {
    const { id, email } = await colleague()
    const before = (await audited('USER_AUTHORIZE')).length
    await new Visitor(portal, '192.0.2.7').signIn(email, 'a quiet harbour')
    const entries = (await audited('USER_AUTHORIZE')).slice(before)
    expect(entries).toEqual([
      {
        user_id: id,
        item: `user ${id}`,
        description: '{"by":"password"}',
        remote_address: '192.0.2.7',
        request_uri: '/login',
      },
    ])
    const [row] = await find<{ last_login: number }>(sql`select last_login from portal_user where id = ${id}`)
    expect(Math.abs(Number(row?.last_login) - Date.now() / 1000)).toBeLessThan(60)
  })

  it('says the same of a wrong password, an unknown person and somebody dismissed, and works as much for each', async () => {
    const { email } = await colleague()
    const gone = await colleague()
    await portal.call('user.update', { ID: gone.id, ACTIVE: 'N' })
    const pages = new Set<string>()
    for (const account of [email, gone.email, 'nobody@example.com']) {
      const before = derivations()
      const answer = await new Visitor(portal, '198.51.100.4').signIn(account, 'not the password')
      expect(answer.status).toBe(422)
      expect(derivations() - before).toBe(1)
      pages.add(answer.text.replaceAll(account, ''))
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    expect(pages.size).toBe(1)
    expect((await new Visitor(portal, '198.51.100.5').signIn(gone.email, 'a quiet harbour')).status).toBe(422)
  })

  it('writes down what failed without what was typed', async () => {
    const before = (await audited('USER_LOGIN')).length
    await new Visitor(portal).signIn('my secret password typed into the wrong field', 'another secret')
    const entries = (await audited('USER_LOGIN')).slice(before)
    expect(entries.map(({ user_id, item, description }) => [user_id, item, description])).toEqual([
      [0, 'user', '{"reason":"unknown person"}'],
    ])
  })

  it('is not open to those without a password', async () => {
    const { id } = await portal.person()
    for (const password of ['', 'null'])
      expect((await new Visitor(portal).signIn(`p${id}@example.com`, password)).status).toBe(422)
  })

  it('stores a password anew whose cost has been raised since', async () => {
    const { id, email, visitor } = await colleague()
    // As the first portals stored it: "a quiet harbour" with a third of the work.
    const { scryptSync } = await import('node:crypto')
    const salt = Buffer.from('0123456789abcdef')
    const key = scryptSync('a quiet harbour', salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 })
    const old = `scrypt$${salt.toString('base64')}$${key.toString('base64')}`
    await portal.portal.store
      .session()
      .transaction((tx) => tx.change(sql`update portal_user set password = ${old} where id = ${id}`))
    expect((await visitor.signIn(email, 'a quiet harbour')).status).toBe(303)
    expect(await passwordOf(id)).toMatch(/^scrypt\$ln=15,r=8,p=3\$/)
    expect((await visitor.signIn(email, 'a quiet harbour')).status).toBe(303)
  })
})

describe('a session', () => {
  it('is kept by a cookie that scripts and foreign pages cannot have, and by its hash in the database', async () => {
    const visitor = new Visitor(portal)
    await visitor.signIn(ADMIN.account, ADMIN.password)
    const cookie = visitor.setCookies.find((each) => each.startsWith('portico='))
    expect(cookie).toMatch(/^portico=[a-z0-9]{50}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)
  })

  it('is bound to the host over HTTPS', async () => {
    const { createApp } = await import('../../../src/http/app.ts')
    const quiet = { error: () => {}, warn: () => {}, info: () => {} }
    const app = createApp({
      ...portal,
      log: quiet,
      maxBodyBytes: 10_000,
      publicUrl: 'https://crm.example.com',
      trustProxy: true,
      allowHttp: false,
    })
    const form = new URLSearchParams({ ...ADMIN, next: '/' }).toString()
    const answer = await app.inject({
      method: 'POST',
      url: '/login',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-proto': 'https',
        host: 'crm.example.com',
        origin: 'https://crm.example.com',
      },
      payload: form,
    })
    const cookies = [answer.headers['set-cookie'] ?? []].flat()
    const cookie = cookies.find((each) => each.startsWith('__Host-portico=')) ?? ''
    expect(cookie).toMatch(/^__Host-portico=[a-z0-9]{50}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=\d+$/)
    const [, value = ''] = /=([a-z0-9]+);/.exec(cookie) ?? []
    const ask = async (name: string): Promise<number> => {
      const headers = { host: 'crm.example.com', 'x-forwarded-proto': 'https', cookie: `${name}=${value}` }
      return (await app.inject({ method: 'GET', url: '/session', headers })).statusCode
    }
    expect(await ask('__Host-portico')).toBe(200)
    // A neighbour on the same domain could set this one.
    expect(await ask('portico')).toBe(401)
    await app.close()
  })

  it('is another one after each sign-in, never the one that the browser brought', async () => {
    const { email } = await colleague()
    const planted = 'a'.repeat(50)
    const visitor = new Visitor(portal)
    visitor.cookies.set('portico', planted)
    await visitor.signIn(email, 'a quiet harbour')
    const first = visitor.cookies.get('portico')
    expect(first).not.toBe(planted)
    await visitor.signIn(email, 'a quiet harbour')
    expect(visitor.cookies.get('portico')).not.toBe(first)
    const old = new Visitor(portal)
    old.cookies.set('portico', first ?? '')
    expect((await old.get('/session')).status).toBe(401)
  })

  it('ends by signing out, everywhere and at once', async () => {
    const other = await testPortal({ beside: portal })
    const { id, email, visitor } = await colleague()
    await visitor.signIn(email, 'a quiet harbour')
    const elsewhere = new Visitor(other)
    elsewhere.cookies.set('portico', visitor.cookies.get('portico') ?? '')
    expect((await elsewhere.get('/session')).status).toBe(200)
    const left = await visitor.submit('/logout')
    expect(left.headers.location).toBe('/login?done=out')
    expect(visitor.cookies.has('portico')).toBe(false)
    expect((await audited('USER_LOGOUT')).at(-1)).toMatchObject({ user_id: id, item: `user ${id}` })
    // Another server goes on with what it knows for a quarter of a second.
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await elsewhere.get('/session')).status).toBe(401)
  })

  it('ends when its person is dismissed, on pages and in the API', async () => {
    const { id, email, visitor } = await colleague()
    await visitor.signIn(email, 'a quiet harbour')
    const headers = { ...visitor.headers, 'x-portico-csrf': await visitor.csrf() }
    expect((await portal.send({ url: '/rest/user.current', headers })).status).toBe(200)
    await portal.call('user.update', { ID: id, ACTIVE: 'N' })
    expect((await portal.send({ url: '/rest/user.current', headers })).status).toBe(401)
    expect((await visitor.get('/session')).status).toBe(401)
    await portal.call('user.update', { ID: id, ACTIVE: 'Y' })
    expect((await visitor.get('/session')).status).toBe(401)
  })

  it('ends after two weeks without use, and after sixty days in any case', async () => {
    const start = Math.floor(Date.now() / 1000)
    const alive = async (visitor: Visitor, after: number): Promise<boolean> => {
      portal.clock.at = start + after * 86_400
      // The cache of this process is older than the clock of the test.
      await new Promise((resolve) => setTimeout(resolve, 260))
      return (await visitor.get('/session')).status === 200
    }
    portal.clock.at = start
    const [idle, busy] = [await colleague(), await colleague()]
    await idle.visitor.signIn(idle.email, 'a quiet harbour')
    await busy.visitor.signIn(busy.email, 'a quiet harbour')
    expect(await alive(busy.visitor, 13)).toBe(true)
    expect(await alive(idle.visitor, 14)).toBe(false)
    for (const day of [26, 39, 52, 59]) expect(await alive(busy.visitor, day)).toBe(true)
    expect(await alive(busy.visitor, 60)).toBe(false)
    await portal.tend()
    expect(await find(sql`select id from person_session where user_id in (${idle.id}, ${busy.id})`)).toEqual([])
    portal.clock.at = undefined
  })
})

describe('the page to go on to', () => {
  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/\t/evil.example/',
    '/\n/evil.example',
    'javascript:alert(1)',
    '/..//evil.example/',
    '/./%2f/../..//evil.example',
    'evil.example',
    '/login?next=/login',
    '/logout',
    '',
  ])('is never elsewhere: %j', async (next) => {
    const visitor = new Visitor(portal)
    const page = await visitor.get(`/login?next=${encodeURIComponent(next)}`)
    expect(page.text).toContain('name="next" value="/"')
    const answer = await visitor.signIn(ADMIN.account, ADMIN.password, next)
    expect(answer.headers.location).toBe('/')
  })

  it('may be any of the portal with all that belongs to it', async () => {
    const visitor = new Visitor(portal)
    const next = '/account?done=a&x=%2F%2Fb#webhooks'
    expect((await visitor.signIn(ADMIN.account, ADMIN.password, next)).headers.location).toBe(next)
    expect((await visitor.get(`/login?next=${encodeURIComponent(next)}`)).headers.location).toBe(next)
  })

  it('is reached by a page of its own where it leads on to an application', async () => {
    const next = '/oauth/authorize/?client_id=a&state="><script>'
    const answer = await new Visitor(portal).signIn(ADMIN.account, ADMIN.password, next)
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('<meta http-equiv="refresh" content="0;url=/oauth/authorize/?client_id=a&amp;state=')
    expect(answer.text).not.toContain('<script')
  })
})

import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { Visitor } from '../../support/visitor.ts'

const portal = await testPortal()
const OWN = { origin: 'http://localhost', host: 'localhost' }
const visitor = new Visitor(portal)
await visitor.signIn('admin@example.com', 'correct horse')
const csrf = await visitor.csrf()

const rest = (headers: Record<string, string>, url = '/rest/user.current') => portal.send({ url, headers })

describe("a session's cookie in the API", () => {
  it('counts with the header that the portal gives to its own pages', async () => {
    const answer = await rest({ ...visitor.headers, 'x-portico-csrf': csrf })
    expect(answer.body.result.ID).toBe('1')
    const added = await portal.send({
      url: '/rest/crm.lead.add',
      headers: { ...visitor.headers, 'x-portico-csrf': csrf, 'content-type': 'application/json' },
      body: '{"fields":{"TITLE":"By a page"}}',
    })
    expect(added.body.result).toBeGreaterThan(0)
  })

  it.each([
    ['without the header', {}],
    ['with an empty one', { 'x-portico-csrf': '' }],
    ['with that of another session', { 'x-portico-csrf': 'x'.repeat(43) }],
    ['from a foreign page', { 'x-portico-csrf': csrf, origin: 'https://evil.example' }],
    ['from a page that hides where it is', { 'x-portico-csrf': csrf, origin: 'null' }],
    ['from another site, as the browser says', { 'x-portico-csrf': csrf, 'sec-fetch-site': 'cross-site' }],
    ['from a neighbour on the same site', { 'x-portico-csrf': csrf, 'sec-fetch-site': 'same-site' }],
  ])('does not count %s', async (_how, headers) => {
    const before = await portal.census()
    const answer = await portal.send({
      url: '/rest/crm.lead.add',
      headers: { ...OWN, ...visitor.headers, 'content-type': 'application/json', ...headers },
      body: '{"fields":{"TITLE":"By a foreign page"}}',
    })
    expect([answer.status, answer.body.error]).toEqual([401, 'NO_AUTH_FOUND'])
    expect(await portal.census()).toEqual(before)
  })

  it('does not count by itself where a link leads into the API', async () => {
    const answer = await visitor.get('/rest/crm.lead.delete?id=1')
    expect(answer.status).toBe(401)
  })

  it('changes nothing for webhooks and tokens', async () => {
    expect((await rest(visitor.headers, `/rest/1/${portal.code}/user.current`)).status).toBe(200)
    const wrong = await rest({ ...visitor.headers, 'x-portico-csrf': csrf }, '/rest/1/wrongcode/user.current')
    expect(wrong.status).toBe(401)
    const token = await rest({ ...visitor.headers, 'x-portico-csrf': csrf, authorization: 'Bearer nothing' })
    expect(token.status).toBe(401)
  })

  it('is shown to no foreign page, nor is the header', async () => {
    const { headers } = await visitor.get('/session')
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['cache-control']).toBe('no-store')
    for (const [name, value] of Object.entries({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }))
      expect((await visitor.get('/session', { host: 'localhost', [name]: value })).status).toBe(401)
  })
})

describe("the portal's forms", () => {
  it.each([
    ['a foreign page', { origin: 'https://evil.example', host: 'localhost' }],
    ['a page that hides where it is', { origin: 'null', host: 'localhost' }],
    ['a neighbour on another port', { origin: 'http://localhost:8081', host: 'localhost:8080' }],
    ['whatever the browser calls another site', { ...OWN, 'sec-fetch-site': 'cross-site' }],
    ['nobody knows where', { host: 'localhost' }],
  ])('are not taken from %s', async (_where, headers) => {
    const before = await portal.census()
    for (const path of [
      '/login',
      '/password/forgot',
      `/invitation/${'a'.repeat(40)}`,
      `/password/reset/${'a'.repeat(50)}`,
    ])
      expect((await new Visitor(portal).post(path, { account: 'admin@example.com' }, headers)).status).toBe(403)
    for (const path of ['/logout', '/account/sessions/end', '/account/webhooks'])
      expect((await visitor.post(path, { csrf }, headers)).status).toBe(403)
    expect(await portal.census()).toEqual(before)
  })

  it('are not taken without what belongs to the session, whatever they are', async () => {
    const paths = [
      '/logout',
      '/account/password',
      '/account/sessions/end',
      '/account/factor/begin',
      '/account/factor',
      '/account/factor/off',
      '/account/factor/codes',
      '/account/webhooks',
      '/account/webhooks/end',
    ]
    const before = await portal.census()
    for (const path of paths)
      for (const fields of [[], [['csrf', '']], [['csrf', 'x'.repeat(43)]]]) {
        const answer = await visitor.post(path, Object.fromEntries([['current', 'correct horse'], ...fields]))
        expect([path, answer.status]).toEqual([path, 403])
      }
    expect(await portal.census()).toEqual(before)
    expect((await visitor.get('/session')).status).toBe(200)
  })

  it('do nothing when they are opened as pages', async () => {
    await visitor.get(`/logout?csrf=${csrf}`)
    await visitor.get(`/account/sessions/end?csrf=${csrf}`)
    expect((await visitor.get('/session')).status).toBe(200)
  })

  it('are taken in no other type than that of forms', async () => {
    const headers = { ...OWN, ...visitor.headers, 'content-type': 'text/plain' }
    const answer = await portal.send({ url: '/logout', headers, body: `csrf=${csrf}` })
    expect(answer.status).toBe(403)
  })
})

describe('every page', () => {
  it('of the web CRM has a policy for scripts of its own alone', async () => {
    const { headers } = await visitor.get('/crm/lead/kanban/')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/script-src 'self'(?:;|$)/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  it.each(['/login', '/password/forgot', '/account', '/logout', '/invitation/x', '/password/reset/x'])(
    'has a policy without scripts and frames: %s',
    async (path) => {
      const { headers, text } = await visitor.get(path)
      if (headers.location === undefined) {
        const policy = String(headers['content-security-policy'])
        expect(policy).toContain("default-src 'none'; style-src 'self'")
        expect(policy).toContain("frame-ancestors 'none'")
        expect(policy).not.toMatch(/unsafe|script-src/)
        expect(text).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/i)
        expect(text).toContain('<html lang="en">')
      }
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect(headers['x-content-type-options']).toBe('nosniff')
    },
  )

  it('shows what people typed as text', async () => {
    const answer = await new Visitor(portal).signIn('"><script>alert(1)</script>', 'x', '/"><script>')
    expect(answer.text).not.toContain('<script')
    expect(answer.text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
  })

  it('finds its one style where it says', async () => {
    const { text } = await new Visitor(portal).get('/login')
    const [, path = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(text) ?? []
    const style = await visitor.get(path)
    expect([style.status, style.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8'])
    expect(style.headers['cache-control']).toContain('immutable')
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { afterAll } from 'vitest'

/** What the provider says of somebody, by the name with which they sign in there. */
export type Claims = Readonly<Record<string, unknown>>

export interface OpenIdProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Somebody signs in at the provider, agrees, and is sent back: answers the address, a path of the portal. */
  visit(url: string, login: string): Promise<string>
  /** The same for somebody who says no. */
  refuse(url: string): Promise<string>
}

const PORTAL = 'http://localhost'

/** A certified OpenID provider, on this machine, with these people. */
export async function openIdProvider(people: Readonly<Record<string, Claims>>): Promise<OpenIdProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const [clientId, clientSecret] = ['portal', 'a secret between the two, long enough for HS256']
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${PORTAL}/login/openid/callback`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name'] },
    cookies: { keys: ['of these tests'] },
    pkce: { required: () => true },
    findAccount: (_context, id) => {
      const claims = people[id]
      return claims === undefined ? undefined : { accountId: id, claims: () => ({ sub: id, ...claims }) }
    },
  })
  server.on('request', provider.callback())
  afterAll(() => new Promise<void>((resolve) => void (server.closeAllConnections(), server.close(() => resolve()))))

  /** Follows redirects with a jar of its own until the portal is reached. */
  async function walk(url: string, answer: (prompt: string, path: string) => Promise<RequestInit & { path: string }>) {
    const jar = new Map<string, string>()
    let next: { url: string; init: RequestInit } = { url, init: {} }
    for (let step = 0; step < 20; step++) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(next.url, {
        redirect: 'manual',
        ...next.init,
        headers: { cookie, ...(next.init.headers as Record<string, string> | undefined) },
      })
      for (const each of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? []
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      const location = response.headers.get('location')
      if (location === null) {
        const page = await response.text()
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
        if (prompt === undefined) throw new Error(`the provider says ${response.status}: ${page.slice(0, 2000)}`)
        const { path, ...init } = await answer(prompt, new URL(next.url).pathname)
        next = { url: `${issuer}${path}`, init }
        continue
      }
      const target = new URL(location, next.url)
      if (target.origin === PORTAL) return `${target.pathname}${target.search}`
      next = { url: target.href, init: {} }
    }
    throw new Error('the provider leads nowhere')
  }

  const form = (fields: Record<string, string>): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
  return {
    issuer,
    clientId,
    clientSecret,
    visit: (url, login) =>
      walk(url, async (prompt, path) => ({
        path,
        ...form({ prompt, ...(prompt === 'login' ? { login, password: 'x' } : {}) }),
      })),
    refuse: (url) => walk(url, async (_prompt, path) => ({ path: `${path}/abort` })),
  }
}

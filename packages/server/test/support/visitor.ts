import type { Answer, TestPortal } from './portal.ts'

/** What a browser does between its pages: keeps cookies, follows redirects, and says where its forms come from. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly #portal: Pick<TestPortal, 'send'>
  readonly #from: string | undefined
  /** The last answer's cookies as they came, with their attributes. */
  setCookies: string[] = []

  constructor(portal: Pick<TestPortal, 'send'>, from?: string) {
    this.#portal = portal
    this.#from = from
  }

  get headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return cookie === '' ? {} : { cookie }
  }

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send({ method: 'GET', url, headers })
  }

  /** A form as the portal's own page sends it. */
  post(
    url: string,
    fields: Record<string, string> = {},
    headers: Record<string, string> = { origin: 'http://localhost', host: 'localhost' },
  ): Promise<Answer> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#send({
      method: 'POST',
      url,
      headers: { ...type, ...headers },
      body: new URLSearchParams(fields).toString(),
    })
  }

  /** The value of the page's CSRF field, as whoever is signed in sends it along. */
  async csrf(): Promise<string> {
    return ((await this.get('/session')).body as { csrf?: string }).csrf ?? ''
  }

  /** A form of somebody who is signed in. */
  async submit(url: string, fields: Record<string, string> = {}): Promise<Answer> {
    return this.post(url, { csrf: await this.csrf(), ...fields })
  }

  signIn(account: string, password: string, next = '/'): Promise<Answer> {
    return this.post('/login', { account, password, next })
  }

  async #send(request: { method: 'GET' | 'POST'; url: string; headers: Record<string, string>; body?: string }) {
    const from = this.#from === undefined ? {} : { from: this.#from }
    const answer = await this.#portal.send({ ...request, ...from, headers: { ...this.headers, ...request.headers } })
    const set = answer.headers['set-cookie'] ?? []
    this.setCookies = (Array.isArray(set) ? set : [set]).map(String)
    for (const each of this.setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? []
      if (/Max-Age=0/.test(each)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return answer
  }
}

/** Gives a test's person a password and a name to sign in with. */
export async function withPassword(portal: TestPortal, userId: number, password: string): Promise<string> {
  const { givePassword } = await import('../../src/modules/session/passwords.ts')
  const session = portal.portal.store.session()
  await givePassword({ portal: portal.portal, sessions: portal.sessions, session }, { userId, password })
  await session.settled()
  return `p${userId}@example.com`
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { B24OAuth, EnumAppStatus } from '@bitrix24/b24jssdk'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../../src/config.ts'
import { addApplication, removeApplication } from '../../../src/modules/application/life.ts'
import { startServer } from '../../../src/server.ts'
import { realSources } from '../../../src/sources.ts'
import type { TokenAnswer } from '../../support/oauth.ts'
import { freshDatabase } from '../../support/portal.ts'

// Official SDKs against a server as `npm start` makes it: b24jssdk itself, the others by what they put on the wire.
const data = mkdtempSync(join(tmpdir(), 'portico-oauth-'))
const { url: databaseUrl, drop } = await freshDatabase()
const args = ['--port=0', '--https-port=0', `--data=${data}`, '--tls-names=oauth.bitrix.info,oauth.bitrix24.tech']
let ahead = 0
const server = await startServer(
  loadConfig([...args, ...(databaseUrl === null ? [] : [`--database-url=${databaseUrl}`])], {}),
  {
    sources: { ...realSources, now: () => realSources.now() + ahead },
    log: { error: (details) => console.error(details), warn: () => {}, info: () => {} },
    administrator: { email: 'admin@example.com', password: 'correct horse' },
  },
)
const origin = String(server.httpsUrl)
const { host, port } = new URL(origin)
const ca = readFileSync(String(server.caPath))
https.globalAgent.options.ca = ca
process.env.NO_PROXY = '*'

const { portal } = server
const session = portal.store.session()
const person = await portal.people.find(session, 1)
if (person === undefined) throw new Error('there is no administrator')
const context = () => ({ portal, session, person, now: portal.sources.now() })
const { application, secret } = await addApplication(context(), {
  title: 'SDK',
  handlerUrl: 'https://app.example/',
  scopes: 'crm,user',
})
const cookie = await session.transaction((tx) => server.sessions.start(tx, { userId: 1, visitor: undefined }))
await session.settled()

afterAll(async () => {
  await server.close()
  await drop()
  rmSync(data, { recursive: true, force: true })
})

interface Reply {
  readonly status: number
  readonly location: string | undefined
  readonly text: string
}

/** A request to a name that leads to the server, as an entry in a client's `hosts` file would. */
function request(
  method: string,
  url: string,
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Reply> {
  const { hostname, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = https.request(
      {
        method,
        host: 'localhost',
        port,
        servername: hostname,
        path: pathname + search,
        ca,
        headers: { host: hostname, ...headers },
      },
      (answer) => {
        let text = ''
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, location: answer.headers.location, text }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const form = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString()
const client = { client_id: application.clientId, client_secret: secret }

async function newCode(as = client): Promise<string> {
  const { status, location = '' } = await request('GET', `${origin}/oauth/authorize/?client_id=${as.client_id}`, {
    headers: { host, cookie: `__Host-portico=${cookie}` },
  })
  expect(status).toBe(302)
  return new URL(location).searchParams.get('code') ?? ''
}

async function newTokens(as = client): Promise<TokenAnswer> {
  const query = form({ grant_type: 'authorization_code', ...as, code: await newCode(as) })
  const { text } = await request('GET', `${origin}/oauth/token/?${query}`, { headers: { host } })
  return JSON.parse(text) as TokenAnswer
}

describe('b24jssdk', () => {
  const connect = async (as = client): Promise<B24OAuth> => {
    const tokens = await newTokens(as)
    const b24 = new B24OAuth(
      {
        applicationToken: '',
        userId: tokens.user_id,
        memberId: tokens.member_id,
        accessToken: tokens.access_token,
        refreshToken: tokens.refresh_token,
        expires: tokens.expires,
        expiresIn: tokens.expires_in,
        scope: tokens.scope,
        domain: tokens.domain,
        clientEndpoint: tokens.client_endpoint,
        serverEndpoint: tokens.server_endpoint,
        status: EnumAppStatus.Local,
      },
      { clientId: as.client_id, clientSecret: as.client_secret },
    )
    b24.offClientSideWarning()
    return b24
  }
  const add = async (b24: B24OAuth, n: number): Promise<number | undefined> => {
    const params = { fields: { TITLE: `Lead ${n}` } }
    const answer = await b24.actions.v2.call.make<number>({ method: 'crm.lead.add', params, requestId: `lead-${n}` })
    expect(answer.getErrorMessages()).toEqual([])
    return answer.getData()?.result
  }

  it('calls, and gets new tokens when its own have ended', async () => {
    const b24 = await connect()
    const renewed: string[] = []
    b24.setCallbackRefreshAuth(async ({ authData }) => void renewed.push(authData.access_token))
    expect(await add(b24, 0)).toBeTypeOf('number')
    expect(renewed).toEqual([])
    ahead += 7200
    expect(await add(b24, 1)).toBeTypeOf('number')
    expect(renewed).toHaveLength(1)
    b24.destroy()
  })

  it('does so under load: of twenty calls at once none is lost or made twice', async () => {
    const b24 = await connect()
    ahead += 7200
    const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => add(b24, 100 + n)))
    expect(new Set(ids).size).toBe(20)
    const list = await b24.actions.v2.call.make<object[]>({
      method: 'crm.lead.list',
      params: { filter: { '>=ID': Math.min(...ids.map(Number)) } },
      requestId: 'list',
    })
    expect(list.getTotal()).toBe(20)
    b24.destroy()
  })

  it('hears that its application has been removed', async () => {
    const own = await addApplication(context(), { title: 'Gone', handlerUrl: 'https://gone.example/', scopes: 'crm' })
    await session.settled()
    const b24 = await connect({ client_id: own.application.clientId, client_secret: own.secret })
    await removeApplication(context(), own.application.id, true)
    await session.settled()
    await expect(add(b24, 1000)).rejects.toMatchObject({ code: 'APPLICATION_NOT_FOUND', status: 401 })
    b24.destroy()
  })
})

describe('names of the cloud', () => {
  it('are in the certificate', () => {
    const names = new X509Certificate(readFileSync(join(data, 'tls/server.pem'))).subjectAltName
    expect(names).toContain('DNS:oauth.bitrix.info')
    expect(names).toContain('DNS:oauth.bitrix24.tech')
  })

  it('serve b24pysdk, which knows one of them by heart', async () => {
    const there = 'https://oauth.bitrix24.tech'
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'b24-python-sdk-vendor' }
    const get = async (path: string, parameters: Record<string, string>) => {
      const { status, text } = await request('GET', `${there}${path}?${form(parameters)}`, { headers })
      return { status, body: JSON.parse(text) as TokenAnswer & { result: Record<string, unknown> } }
    }
    const first = await get('/oauth/token/', { grant_type: 'authorization_code', ...client, code: await newCode() })
    expect(first).toMatchObject({ status: 200, body: { client_endpoint: `${origin}/rest/`, domain: host } })
    const { refresh_token } = first.body
    const second = await get('/oauth/token/', { grant_type: 'refresh_token', ...client, refresh_token })
    expect(second.status).toBe(200)
    const info = await get('/rest/app.info/', { auth: second.body.access_token })
    expect(info.body.result).toMatchObject({ client_id: client.client_id, install: { domain: host, uri: origin } })
    const unknown = await get('/oauth/token/', {
      grant_type: 'refresh_token',
      ...client,
      client_id: 'local.x',
      refresh_token,
    })
    expect(unknown).toMatchObject({ status: 200, body: { error: 'wrong_client' } })
  })

  it('serve CRest, which knows another one by heart', async () => {
    const tokens = await newTokens()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Bitrix24 CRest PHP 1.36' }
    const call = (auth: string) =>
      request('POST', `${tokens.client_endpoint}profile.json`, { headers: { ...headers, host }, body: form({ auth }) })
    ahead += 7200
    const expired = await call(tokens.access_token)
    expect([expired.status, JSON.parse(expired.text).error]).toEqual([401, 'expired_token'])
    const query = { this_auth: 'Y', grant_type: 'refresh_token', ...client, refresh_token: tokens.refresh_token }
    const refreshed = await request('POST', `https://oauth.bitrix.info/oauth/token/?${form(query)}`, { headers })
    const renewed = JSON.parse(refreshed.text) as TokenAnswer
    expect(renewed.client_endpoint).toBe(tokens.client_endpoint)
    expect((await call(renewed.access_token)).status).toBe(200)
  })
})

describe('the PHP SDK', () => {
  const headers = {
    host,
    accept: 'application/json',
    'accept-charset': 'utf-8',
    'user-agent': 'b24-php-sdk-vendor-v-1.9.0-php-8.4.1',
    'x-request-id': '0b6e0a4c-5f1b-4a1e-9a2c-2f5f2b6c7d80',
  }
  const tracking = 'bx24_request_id=0b6e0a4c-5f1b-4a1e-9a2c-2f5f2b6c7d80'

  it('renews its token and asks the server whether to trust one', async () => {
    const tokens = await newTokens()
    const call = (method: string, parameters: object) =>
      request('POST', `${origin}/rest/${method}?${tracking}`, {
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(parameters),
      })
    const query = form({ grant_type: 'refresh_token', ...client, refresh_token: tokens.refresh_token })
    // Its host has a slash at the end, and it puts another one behind it.
    const { status, text } = await request('GET', `${origin}//oauth/token/?${query}&${tracking}`, { headers })
    expect(status).toBe(200)
    const { access_token: auth } = JSON.parse(text) as TokenAnswer
    const info = await call('app.info', { IS_NEED_OAUTH_SECURE_CHECK: true, auth })
    expect(JSON.parse(info.text).result).toMatchObject({
      client_id: client.client_id,
      user_id: 1,
      install: { uri: origin, status: 'L', member_type: 'BITRIX24' },
    })
    expect((await call('crm.lead.list', { auth })).status).toBe(200)
  })
})

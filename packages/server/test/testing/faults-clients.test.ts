import { ApiVersion, B24Hook, B24OAuth, EnumAppStatus, ParamsFactory } from '@bitrix24/b24jssdk'
import { Client, CredentialError, LostAnswerError, type Tokens } from 'portico-client'
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { startPortal, type TestApplication } from '../../src/testing/index.ts'

// What programs make of faults: the official SDK over HTTPS as against the cloud, and our own client.
process.env.NO_PROXY = '*'
const portal = await startPortal()
portal.trust()
afterAll(() => portal.close())
beforeEach(() => portal.reset())

const params = { fields: { TITLE: 'A lead' } }
const written = async (): Promise<number | undefined> => (await portal.ask('crm.lead.list')).total
const struck = async (): Promise<number | undefined> => (await portal.faults())[0]?.struck

describe('b24jssdk', () => {
  type B24 = Pick<B24Hook, 'actions' | 'setRestrictionManagerParams' | 'offClientSideWarning' | 'destroy'>
  async function hasty<T extends B24>(b24: T, more: object = {}): Promise<T> {
    b24.offClientSideWarning()
    await b24.setRestrictionManagerParams({ ...ParamsFactory.getDefault(), retryDelay: 50, ...more })
    onTestFinished(() => b24.destroy())
    return b24
  }
  const connect = (more?: object): Promise<B24Hook> => hasty(B24Hook.fromWebhookUrl(portal.webhook), more)
  const add = async (b24: B24): Promise<number | undefined> => {
    const answer = await b24.actions.v2.call.make<number>({ method: 'crm.lead.add', params, requestId: 'add' })
    expect(answer.getErrorMessages()).toEqual([])
    return answer.getData()?.result
  }
  const codeOf = (cause: unknown): unknown => (cause as { code?: unknown }).code

  it('waits out the limit of requests, and writes once', async () => {
    await portal.fault({ methods: 'crm.lead.add', error: 'QUERY_LIMIT_EXCEEDED', times: 1 })
    const b24 = await connect()
    expect(await add(b24)).toBe(1)
    expect(b24.getHttpClient(ApiVersion.v2).getStats().retries).toBe(1)
    expect([await struck(), await written()]).toEqual([1, 1])
  })

  it('throws at once what cannot be helped', async () => {
    for (const error of ['ACCESS_DENIED', 'insufficient_scope', 'INTERNAL_SERVER_ERROR', 'PORTAL_DELETED']) {
      await portal.clearFaults()
      await portal.fault({ methods: 'crm.lead.add', error })
      expect(await add(await connect()).catch(codeOf)).toBe(error)
      expect(await struck()).toBe(1)
    }
    expect(await written()).toBe(0)
  })

  it('writes twice where an answer is lost: what its documentation warns of', async () => {
    await portal.fault({ methods: 'crm.lead.add', reset: true, when: 'after', times: 1 })
    expect(await add(await connect())).toBe(2)
    expect(await written()).toBe(2)
  })

  it('asks again behind a gateway that fails', async () => {
    await portal.fault({ methods: 'crm.lead.add', garbage: 502, times: 2 })
    expect(await add(await connect())).toBe(1)
    expect(await struck()).toBe(2)
  })

  it('gives up on a portal that never answers, by its own patience', async () => {
    await portal.fault({ methods: 'crm.lead.add', timeout: true })
    const b24 = await connect({ retryOnNetworkError: false })
    b24.getHttpClient(ApiVersion.v2).ajaxClient.defaults.timeout = 100
    expect(await add(b24).catch(codeOf)).toBe('REQUEST_TIMEOUT')
    expect(await written()).toBe(0)
  })

  it('sees what a command of a batch was refused for', async () => {
    await portal.fault({ methods: 'crm.lead.list', error: 'ACCESS_DENIED' })
    const b24 = await connect()
    const answer = await b24.actions.v2.batch.make({
      calls: { made: ['crm.lead.add', params], listed: ['crm.lead.list', {}] },
      options: { isHaltOnError: false, requestId: 'batch' },
    })
    expect(answer.isSuccess).toBe(false)
    expect(answer.getErrorMessages().join()).toContain('REST API is available only on commercial plans')
  })

  const oauth = (app: TestApplication): Promise<B24OAuth> => {
    const { host } = new URL(portal.httpsUrl)
    const b24 = new B24OAuth(
      {
        applicationToken: '',
        userId: app.userId,
        memberId: '',
        accessToken: app.accessToken,
        refreshToken: app.refreshToken,
        expires: app.expires,
        expiresIn: 3600,
        scope: 'crm',
        domain: host,
        clientEndpoint: `${portal.httpsUrl}/rest/`,
        serverEndpoint: `${portal.httpsUrl}/rest/`,
        status: EnumAppStatus.Local,
      },
      { clientId: app.clientId, clientSecret: app.clientSecret },
    )
    return hasty(b24)
  }
  const renewals = (b24: B24OAuth): string[] => {
    const seen: string[] = []
    b24.setCallbackRefreshAuth(async ({ authData }) => void seen.push(authData.access_token))
    return seen
  }

  it('renews a token that expires in mid-run, and calls again', async () => {
    const b24 = await oauth(await portal.addApp())
    const renewed = renewals(b24)
    await portal.fault({ methods: 'crm.lead.add', tokens: 'expire', skip: 1, times: 1 })
    for (let n = 1; n <= 3; n++) expect(await add(b24)).toBe(n)
    expect(renewed).toHaveLength(1)
    expect(await written()).toBe(3)
    await portal.expireTokens()
    expect(await add(b24)).toBe(4)
    expect(renewed).toHaveLength(2)
  })

  it('renews by an error alone, too: the token is as good as before', async () => {
    const b24 = await oauth(await portal.addApp())
    const renewed = renewals(b24)
    await portal.fault({ methods: 'crm.lead.add', error: 'invalid_token', times: 1 })
    expect(await add(b24)).toBe(1)
    expect(renewed).toHaveLength(1)
  })

  it('cannot renew what was revoked', async () => {
    const b24 = await oauth(await portal.addApp())
    await portal.fault({ methods: 'crm.lead.add', tokens: 'revoke' })
    expect(await add(b24).catch(codeOf)).toBe('NO_AUTH_FOUND')
    await portal.clearFaults()
    expect(await add(await oauth(await portal.addApp()))).toBe(1)
  })
})

describe('portico-client', () => {
  const connect = (more: object = {}): Client => new Client({ webhook: portal.webhookHttp, ...more })
  const add = (client: Client): Promise<unknown> => client.call('crm.lead.add', params)

  it.each([
    { reset: true },
    { cut: true },
    { garbage: 502 },
    { garbage: 504 },
    { error: 'INTERNAL_SERVER_ERROR' },
  ] as const)('writes once under a key though the answer is lost: %j', async (fault) => {
    await portal.fault({ methods: 'crm.lead.add', when: 'after', times: 2, ...fault })
    expect(await add(connect({ idempotent: true }))).toBe(1)
    expect([await struck(), await written()]).toEqual([2, 1])
  })

  it('tells that an answer is lost, rather than to write twice', async () => {
    await portal.fault({ methods: 'crm.lead.add', reset: true, when: 'after' })
    await expect(add(connect())).rejects.toThrow(LostAnswerError)
    expect([await struck(), await written()]).toEqual([1, 1])
  })

  it('waits out a limit for as long as the portal says', async () => {
    await portal.fault({
      methods: 'crm.lead.add',
      error: { code: 'QUERY_LIMIT_EXCEEDED', status: 503, retryAfter: 0 },
      times: 3,
    })
    expect(await add(connect())).toBe(1)
    expect(await struck()).toBe(3)
  })

  it('follows a portal that has moved, and says where to', async () => {
    const target = await startPortal({
      https: false,
      webhook: { userId: 1, code: portal.webhook.split('/').at(-2) ?? '' },
    })
    try {
      await portal.fault({ redirect: target.url })
      const moved: string[] = []
      const client = connect({ onMoved: (to: string) => moved.push(to) })
      expect([await add(client), await add(client)]).toEqual([1, 2])
      expect(moved).toEqual([target.url])
      expect([await struck(), (await target.ask('crm.lead.list')).total]).toEqual([1, 2])
    } finally {
      await target.close()
    }
  })

  const asApp = (app: TestApplication): { client: Client; stored: () => Tokens } => {
    const { accessToken: access_token, refreshToken: refresh_token, expires } = app
    let tokens: Tokens = { access_token, refresh_token, expires }
    const client = new Client({
      portal: portal.url,
      oauth: {
        clientId: app.clientId,
        clientSecret: app.clientSecret,
        tokens: () => tokens,
        onTokens: (renewed) => void (tokens = renewed),
        tokenUrl: '/oauth/token/',
      },
    })
    return { client, stored: () => tokens }
  }

  it('has new tokens although the answer with the first was lost', async () => {
    const app = await portal.addApp()
    const { client, stored } = asApp(app)
    await portal.fault({ methods: 'oauth.token', reset: true, when: 'after', credentials: app.clientId, times: 1 })
    await portal.fault({ methods: 'crm.lead.add', tokens: 'expire', times: 1 })
    expect(await add(client)).toBe(1)
    expect((await portal.faults()).map((each) => each.struck)).toEqual([1, 1])
    expect(stored().refresh_token).not.toBe(app.refreshToken)
  })

  it('says that its credential is worth nothing any more', async () => {
    const { client } = asApp(await portal.addApp())
    await portal.expireTokens({ refresh: true })
    await expect(add(client)).rejects.toThrow(CredentialError)
    const hook = await portal.addWebhook()
    const other = new Client({ webhook: `${portal.url}${hook}` })
    expect(await other.call('profile')).toMatchObject({ ID: '1' })
    await portal.revokeWebhook(`${portal.url}${hook}`)
    await expect(other.call('profile')).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  })
})

import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { startPortal } from '../../src/testing/index.ts'

const portal = await startPortal({
  https: false,
  clock: { mode: 'fixed', at: '2026-03-01T09:00:00Z' },
})
afterAll(() => portal.close())
beforeEach(() => portal.reset())

const send = async (path: string, body: object = {}) => {
  const answer = await fetch(`${portal.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { error, ...rest } = (await answer.json()) as { error?: string; access_token?: string }
  return { status: answer.status, error, retryAfter: answer.headers.get('retry-after'), ...rest }
}
const calling = async (auth: string): Promise<unknown> =>
  (await send('/rest/crm.lead.list', { auth })).error ?? 'let in'
const refreshing = async (app: { clientId: string; clientSecret: string; refreshToken: string }): Promise<unknown> => {
  const { clientId: client_id, clientSecret: client_secret, refreshToken: refresh_token } = app
  const answer = await send('/oauth/token/', { grant_type: 'refresh_token', client_id, client_secret, refresh_token })
  return answer.error ?? 'renewed'
}

describe('tokens', () => {
  it('expire as of now, of whomever they are, and can be renewed', async () => {
    const ada = await portal.addUser()
    const app = await portal.addApp()
    const hers = {
      ...(await portal.signIn({ clientId: app.clientId, userId: ada.id })),
      clientSecret: app.clientSecret,
    }
    const other = await portal.addApp()
    const all = () => Promise.all([app, hers, other].map(({ accessToken }) => calling(accessToken)))
    expect(await all()).toEqual(['let in', 'let in', 'let in'])
    expect(await portal.expireTokens({ userId: ada.id })).toEqual({ expired: 1, refreshExpired: 0 })
    expect(await all()).toEqual(['let in', 'expired_token', 'let in'])
    expect(await portal.expireTokens({ clientId: app.clientId })).toEqual({ expired: 1, refreshExpired: 0 })
    expect(await all()).toEqual(['expired_token', 'expired_token', 'let in'])
    expect(await Promise.all([refreshing(app), refreshing(hers)])).toEqual(['renewed', 'renewed'])
    expect(await portal.expireTokens({ applicationId: other.id, refresh: true })).toEqual({
      expired: 1,
      refreshExpired: 1,
    })
    expect([await calling(other.accessToken), await refreshing(other)]).toEqual(['expired_token', 'invalid_grant'])
  })

  it('are taken back with what renews them', async () => {
    const app = await portal.addApp()
    const other = await portal.addApp()
    expect(await portal.revokeTokens({ clientId: app.clientId })).toEqual({ revoked: 1, refreshRevoked: 1 })
    expect([await calling(app.accessToken), await refreshing(app)]).toEqual(['NO_AUTH_FOUND', 'invalid_grant'])
    expect([await calling(other.accessToken), await refreshing(other)]).toEqual(['let in', 'renewed'])
    await expect(portal.revokeTokens({ clientId: 'local.none' })).rejects.toThrow('there is no application local.none')
  })

  it('end just before the call that a rule is about: that token and no other', async () => {
    const app = await portal.addApp()
    const second = await portal.signIn({ clientId: app.clientId })
    await portal.fault({ methods: 'crm.lead.list', tokens: 'expire', skip: 1, times: 1 })
    // A webhook has no token: it is not counted.
    await portal.call('crm.lead.list')
    expect(await calling(app.accessToken)).toBe('let in')
    expect(await calling(app.accessToken)).toBe('expired_token')
    expect(await calling(second.accessToken)).toBe('let in')
    await portal.fault({ methods: 'crm.lead.list', tokens: 'revoke', times: 1 })
    expect(await calling(second.accessToken)).toBe('NO_AUTH_FOUND')
    expect(await refreshing({ ...app, ...second })).toBe('invalid_grant')
    expect(await refreshing(app)).toBe('renewed')
  })

  it('of an application expire by the clock of the portal', async () => {
    const app = await portal.addApp()
    await portal.advance(3599)
    expect(await calling(app.accessToken)).toBe('let in')
    await portal.advance(1)
    expect(await calling(app.accessToken)).toBe('expired_token')
  })
})

describe('webhooks', () => {
  it('are taken back at once, by their address, their code or their id', async () => {
    const hooks = [await portal.addWebhook(), await portal.addWebhook()] as const
    const [first, second] = hooks
    const all = () => Promise.all(hooks.map(async (hook) => (await send(`${hook}server.time`)).error ?? 'let in'))
    expect(await all()).toEqual(['let in', 'let in'])
    await portal.revokeWebhook(`${portal.url}${first}`)
    expect(await all()).toEqual(['INVALID_CREDENTIALS', 'let in'])
    await portal.revokeWebhook(second.replace('/rest/', ''))
    expect(await all()).toEqual(['INVALID_CREDENTIALS', 'INVALID_CREDENTIALS'])
    await expect(portal.revokeWebhook(second)).rejects.toThrow('there is no such webhook')
    await expect(portal.revokeWebhook('Ada')).rejects.toThrow('1/code, the address of a webhook or its id is expected')
  })
})

describe('limits', () => {
  const many = (times: number): Promise<number[]> =>
    Promise.all(Array.from({ length: times }, async () => (await portal.ask('server.time')).status))
  const refused = (statuses: readonly number[]): number => statuses.filter((each) => each === 503).length

  it('are those of a tariff from now on, by the clock of the portal, and none after a reset', async () => {
    expect(refused(await many(60))).toBe(0)
    expect(await portal.limits('standard')).toEqual({
      rate: { burst: 50, perSecond: 2 },
      operating: 480,
      duration: 60,
    })
    expect(refused(await many(60))).toBe(10)
    expect(await send(new URL(portal.webhookHttp).pathname + 'server.time')).toMatchObject({
      status: 503,
      error: 'QUERY_LIMIT_EXCEEDED',
      retryAfter: '1',
    })
    await portal.advance(3)
    expect(refused(await many(10))).toBe(4)
    // Nothing counts that was before.
    await portal.limits('enterprise')
    expect(refused(await many(60))).toBe(0)
    await portal.reset()
    expect(await portal.limits()).toEqual({ rate: null, operating: null, duration: null })
    expect(refused(await many(60))).toBe(0)
  })

  it('are your own, and what you do not say of a profile stays', async () => {
    expect(await portal.limits({ rate: { burst: 2, perSecond: 1 } })).toEqual({
      rate: { burst: 2, perSecond: 1 },
      operating: null,
      duration: null,
    })
    expect(refused(await many(5))).toBe(3)
    expect(await portal.limits({ profile: 'standard', rate: null })).toEqual({
      rate: null,
      operating: 480,
      duration: 60,
    })
  })

  it('of execution time block a method, and no other one', async () => {
    await portal.clock('real')
    await portal.limits({ operating: 0 })
    expect((await portal.ask('crm.lead.list')).status).toBe(200)
    expect(await portal.ask('crm.lead.list')).toMatchObject({ status: 429, error: 'OPERATION_TIME_LIMIT' })
    expect((await portal.ask('crm.deal.list')).status).toBe(200)
  })

  it('are refused where they are none', async () => {
    for (const [limits, text] of [
      [{ profile: 'standart' }, 'there are no limits "standart": did you mean standard?'],
      [{ rates: null }, 'limits has no parameter "rates": did you mean rate?'],
      [{ rate: { burst: 50 } }, 'burst and perSecond are expected'],
      [{ rate: { burst: 0, perSecond: 1 } }, 'a number from 1'],
      [{ rate: { burst: 1, perSeconds: 1 } }, 'did you mean perSecond?'],
      [{ duration: 0 }, 'a number from 0.001'],
    ] as const)
      await expect(portal.run('limits', limits)).rejects.toThrow(text)
    expect(await portal.limits()).toEqual({ rate: null, operating: null, duration: null })
  })
})

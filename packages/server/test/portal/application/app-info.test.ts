import { describe, expect, it } from 'vitest'
import { accessToken } from '../../support/documented-clients.ts'
import { register, tokensOf } from '../../support/oauth.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ publicUrl: 'https://crm.example' })
const app = await register(portal)
const tokens = await tokensOf(portal, app)

describe('app.info', () => {
  it('tells an application about itself', async () => {
    const { body } = await portal.call('app.info', {}, { token: tokens.access_token })
    expect(body.result).toEqual({
      ID: app.id,
      CODE: app.clientId,
      VERSION: 1,
      STATUS: 'L',
      INSTALLED: true,
      PAYMENT_EXPIRED: 'N',
      DAYS: null,
      LANGUAGE_ID: 'en',
      LICENSE: 'en_selfhosted',
      LICENSE_TYPE: 'selfhosted',
      LICENSE_FAMILY: '',
    })
  })

  it('tells webhooks what they may, and the license', async () => {
    const { body } = await portal.call('app.info')
    expect(body.result).toEqual({ SCOPE: expect.arrayContaining(['crm']), LICENSE: 'en_selfhosted' })
  })
})

describe('app.info of the authorisation server', () => {
  const trusted = {
    client_id: app.clientId,
    scope: 'crm,user',
    expires: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
    install: {
      installed: true,
      version: '1',
      status: 'L',
      scope: 'crm,user',
      domain: 'crm.example',
      uri: 'https://crm.example',
      client_endpoint: 'https://crm.example/rest/',
      member_id: tokens.member_id,
      member_type: 'BITRIX24',
    },
    user_id: 1,
  }
  const auth = tokens.access_token

  it.each([
    ['the name of the cloud, as b24pysdk asks', { url: `/rest/app.info/?auth=${auth}`, host: 'oauth.bitrix24.tech' }],
    ['another name of it', { url: `/rest/app.info.json?auth=${auth}`, host: 'oauth.bitrix.info:8443' }],
    ['an address of its own', { url: `/oauth/rest/app.info?auth=${auth}`, host: 'crm.example' }],
  ])('answers under %s', async (_name, { url, host }) => {
    const { status, body, headers } = await portal.send({ method: 'GET', url, headers: { host } })
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(body.result).toEqual(trusted)
    expect(Date.parse(body.result.expires) / 1000).toBe(tokens.expires)
  })

  it('answers the PHP SDK, which asks the portal by a parameter', async () => {
    const { body } = await portal.send({
      url: '/rest/app.info?bx24_request_id=0b6e0a4c',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ IS_NEED_OAUTH_SECURE_CHECK: true, auth }),
    })
    expect(body.result).toEqual(trusted)
  })

  it('leaves the portal its own answer under its own name', async () => {
    const { body } = await portal.send({
      method: 'GET',
      url: `/rest/app.info/?auth=${auth}`,
      headers: { host: 'crm.example' },
    })
    expect(body.result.CODE).toBe(app.clientId)
  })

  it('knows no token that is no application’s', async () => {
    const url = '/oauth/rest/app.info'
    const stranger = await accessToken(portal)
    const answers = [
      await portal.send({ method: 'GET', url }),
      await portal.send({ method: 'GET', url: `${url}?auth=nothing` }),
      await portal.send({ method: 'GET', url: `${url}?auth=${stranger}` }),
    ]
    expect(answers.map(({ status, body }) => [status, body.error])).toEqual([
      [401, 'NO_AUTH_FOUND'],
      [401, 'NO_AUTH_FOUND'],
      [400, 'ACCESS_DENIED'],
    ])
  })
})

describe('a server under a name of the cloud', () => {
  it('tells clients the address of the portal, and not that name', async () => {
    const query = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: app.clientId,
      client_secret: app.secret,
      refresh_token: tokens.refresh_token,
    })
    const { body } = await portal.send({
      method: 'GET',
      url: `/oauth/token/?${query}`,
      headers: { host: 'oauth.bitrix.info' },
    })
    expect(body).toMatchObject({
      domain: 'crm.example',
      client_endpoint: 'https://crm.example/rest/',
      server_endpoint: 'https://crm.example/rest/',
    })
  })
})

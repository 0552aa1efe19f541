import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { systemErrorCodes } from '../../src/testing/faults/system-errors.ts'
import { startPortal } from '../../src/testing/index.ts'

/** Code, status and text, as they are documented (_includes/system-errors.md, settings/oauth/error-codes.md, …). */
const documented: readonly (readonly [code: string, status: number, text: string, retryAfter?: string])[] = [
  ['QUERY_LIMIT_EXCEEDED', 503, 'Too many requests', '1'],
  ['OPERATION_TIME_LIMIT', 429, 'Method is blocked due to operation time limit.', '60'],
  ['OVERLOAD_LIMIT', 503, 'REST API is blocked due to overload'],
  ['INTERNAL_SERVER_ERROR', 500, 'Internal server error'],
  ['ERROR_UNEXPECTED_ANSWER', 500, 'Server returned an unexpected response'],
  ['PORTAL_DELETED', 500, 'Portal was deleted'],
  ['expired_token', 401, 'The access token provided has expired'],
  ['invalid_token', 401, 'Unable to get application by token'],
  ['NO_AUTH_FOUND', 401, 'Wrong authorization data'],
  ['authorization_error', 401, 'Unable to authorize user'],
  ['APPLICATION_NOT_FOUND', 401, 'Application not found'],
  ['ERROR_OAUTH', 401, 'Application not installed'],
  ['NOT_INSTALLED', 401, 'Application not installed'],
  ['PAYMENT_REQUIRED', 401, 'Subscription has been ended'],
  ['METHOD_CONFIRM_WAITING', 401, 'Waiting for confirmation'],
  ['METHOD_CONFIRM_DENIED', 403, 'Method call denied'],
  ['INVALID_CREDENTIALS', 401, 'Invalid request credentials'],
  ['insufficient_scope', 403, 'The request requires higher privileges than provided by the webhook token'],
  ['user_access_error', 403, 'The user does not have access to the application'],
  ['ACCESS_DENIED', 403, 'REST API is available only on commercial plans'],
  ['WRONG_AUTH_TYPE', 403, 'Current authorization type is denied for this method Application context required'],
  ['allowed_only_intranet_user', 403, 'Action allowed only for intranet users'],
  ['ACCESS_ERROR', 403, "You don't have access to this method"],
  ['ERROR_METHOD_NOT_FOUND', 404, 'Method not found!'],
  ['ERROR_MANIFEST_IS_NOT_AVAILABLE', 404, 'Manifest is not available'],
  ['ERROR_BATCH_METHOD_NOT_ALLOWED', 405, 'Method is not allowed for batch usage'],
  ['ERROR_BATCH_LENGTH_EXCEEDED', 400, 'Max batch length exceeded'],
  ['INVALID_REQUEST', 400, 'Https required'],
  ['ERROR_NOT_FOUND', 404, 'The file was not found, or the link has expired'],
  ['ENTITY_TYPE_NOT_SUPPORTED', 400, 'Entity type is not supported'],
  ['NOT_FOUND', 400, 'Item not found'],
  ['ERROR_ENTITY_NOT_FOUND', 400, 'Entity not found'],
  ['ERROR_CORE', 400, 'Internal error'],
  ['ERROR_ARGUMENT', 400, 'Argument is null or empty'],
  ['INVALID_ARG_VALUE', 400, 'Invalid argument value'],
]

const ofTokenEndpoint: readonly (readonly [code: string, status: number, text: string])[] = [
  ['invalid_request', 400, 'No "refresh_token" parameter found'],
  ['unsupported_grant_type', 400, 'The grant type is unknown'],
  ['invalid_grant', 400, 'The refresh token is invalid or has expired'],
  ['invalid_client', 401, 'The client credentials are invalid'],
  ['wrong_client', 200, 'Wrong client'],
  ['invalid_scope', 403, 'The requested scope is beyond what the application has been given'],
  ['insufficient_scope', 403, 'The requested scope is beyond what the application has been given'],
  ['PAYMENT_REQUIRED', 401, 'Payment required'],
]

const V3 = 'BITRIX_REST_V3_EXCEPTION_'

describe('every documented error', async () => {
  const portal = await startPortal({ https: false })
  afterAll(() => portal.close())
  beforeEach(() => portal.clearFaults())
  const post = async (path: string, body: object = {}) => {
    const answer = await fetch(`${portal.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as unknown }
  }
  const hook = new URL(portal.webhookHttp).pathname

  it('is in one of the tables below', () => {
    const listed = [...documented, ...ofTokenEndpoint].map(([code]) => code)
    expect(systemErrorCodes.filter((code) => !code.startsWith('BITRIX_REST_V3_')).sort()).toEqual(
      [...new Set(listed)].sort(),
    )
  })

  for (const [error, status, text, retryAfter = null] of documented)
    it(`${error} is answered with its status and text`, async () => {
      await portal.fault({ error })
      const answer = await post(`${hook}crm.lead.list`)
      expect([answer.status, answer.body]).toEqual([status, { error, error_description: text }])
      expect(answer.headers.get('retry-after')).toBe(retryAfter)
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    })

  it('names the privileges of whoever calls: of a token, where that is a token', async () => {
    const { accessToken } = await portal.addApp()
    await portal.fault({ error: 'insufficient_scope' })
    expect((await post('/rest/crm.lead.list', { auth: accessToken })).body).toEqual({
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token',
    })
  })

  it.each(ofTokenEndpoint)('%s is answered by the token endpoint', async (error, status, text) => {
    await portal.fault({ methods: 'oauth.token', error })
    const answer = await post('/oauth/token/', { grant_type: 'refresh_token' })
    expect([answer.status, answer.body]).toEqual([status, { error, error_description: text }])
    expect((await post(`${hook}server.time`)).status).toBe(200)
  })

  it('leaves the token endpoint alone unless a rule names it', async () => {
    await portal.fault({ error: 'OVERLOAD_LIMIT' })
    expect((await post('/oauth/token/', { grant_type: 'refresh_token' })).body).toMatchObject({
      error: 'invalid_request',
    })
    await portal.fault({ methods: 'oauth.token', error: 'QUERY_LIMIT_EXCEEDED' })
    const answer = await post('/oauth/token/', { grant_type: 'refresh_token' })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  })

  const inV3 = systemErrorCodes.filter((code) => code.startsWith('BITRIX_REST_V3_'))
  it.each(inV3)('%s is told in the form of REST 3.0, and as a code by versions before', async (error) => {
    await portal.fault({ error })
    const answer = await post(`/rest/api/${hook.slice('/rest/'.length)}documentation`)
    expect(answer.body).toMatchObject({ error: { code: error, message: expect.stringMatching(/./) } })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect((await post(`${hook}server.time`)).body).toMatchObject({
      error,
      error_description: expect.stringMatching(/./),
    })
  })

  it.each([
    ['ERROR_METHOD_NOT_FOUND', 404, { code: `${V3}METHODNOTFOUNDEXCEPTION` }],
    ['insufficient_scope', 403, { code: `${V3}INSUFFICIENTSCOPEEXCEPTION` }],
    ['ACCESS_DENIED', 403, { code: `${V3}ACCESSDENIEDEXCEPTION` }],
    // What is no method's business has one form for both.
    ['expired_token', 401, 'expired_token'],
    ['QUERY_LIMIT_EXCEEDED', 503, 'QUERY_LIMIT_EXCEEDED'],
    [{ code: 'OUR_OWN', status: 409, text: 'Too late' }, 409, { code: 'OUR_OWN', message: 'Too late' }],
  ] as const)('%j is told by REST 3.0 as it tells it itself', async (error, status, told) => {
    await portal.fault({ error })
    const answer = await post(`/rest/api/${hook.slice('/rest/'.length)}main.eventlog.list`)
    expect([answer.status, answer.body]).toMatchObject([status, { error: told }])
  })

  it('fails a batch of REST 3.0 whole by one of its commands', async () => {
    await portal.fault({ methods: 'main.eventlog.list', error: 'ACCESS_DENIED' })
    const answer = await post(`/rest/api/${hook.slice('/rest/'.length)}batch`, [
      { method: 'main.eventlog.list', query: {} },
    ])
    expect(answer.body).toMatchObject({ error: { code: `${V3}ACCESSDENIEDEXCEPTION` } })
  })
})

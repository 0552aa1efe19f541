import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const hook = `/rest/1/${portal.code}`
const token = await issueToken()

async function issueToken(): Promise<string> {
  const session = portal.portal.store.session()
  const issued = await portal.credentials.createToken(session, { userId: 1, scope: '*', lifetime: 3600 })
  await session.settled()
  return issued
}

describe('the address of a call', () => {
  it.each([
    ['plain', `${hook}/profile`],
    ['with a slash at the end', `${hook}/profile/`],
    ['with two slashes before the method', `${hook}//profile`],
    ['with slashes before and after, as PHP makes them', `${hook}//profile/?bx24_request_id=0b6e`],
    ['with slashes doubled everywhere', `/rest//1//${portal.code}//profile//`],
    ['with .json', `${hook}/profile.json`],
    ['with .json and a slash', `${hook}/profile.json/`],
    ['with .JSON', `${hook}/profile.JSON`],
    ['in upper case', `${hook}/PROFILE`],
    ['with REST in upper case', `/REST/1/${portal.code}/profile`],
    ['percent-encoded', `${hook}/%70rofile`],
    ['with an encoded dot', `${hook}/profile%2Ejson`],
    ['with a token in the query', `/rest/profile?auth=${token}`],
    ['with a token and .json', `/rest/profile.json?auth=${token}`],
    ['with a doubled slash and a token', `/rest//profile?auth=${token}`],
    ['with a token and a slash at the end', `/rest/profile/?auth=${token}`],
  ])('is understood %s, by GET and by POST, without a redirect', async (_name, url) => {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await portal.send({ method, url })
      expect(answer).toMatchObject({ status: 200, body: { result: { ID: '1' } } })
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    }
  })

  it.each(['crm.lead.list', 'CRM.LEAD.LIST', 'crm.Lead.List', 'crm%2Elead%2Elist', 'crm.lead.list.json'])(
    'takes the method as %s',
    async (method) => expect((await portal.send({ url: `${hook}/${method}` })).status).toBe(200),
  )

  it('may begin with two slashes, as the JavaScript SDK makes it', async () => {
    await portal.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = portal.app.server.address() as AddressInfo
    const status = await new Promise((resolve, reject) => {
      httpRequest({ port, host: '127.0.0.1', path: `//rest//profile?auth=${token}` }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(200)
  })

  it('hides the tracking parameters of SDKs from methods', async () => {
    const query = 'bx24_request_id=u&bx24_sdk_ver=1.2&bx24_sdk_type=b24-js-sdk&ID=1'
    expect((await portal.send({ url: `${hook}/user.get?${query}` })).body.total).toBe(1)
  })

  it.each([
    ['an unknown method', `${hook}/crm.lead.nothing`],
    ['no method', `${hook}/`],
    ['a method of REST 3.0 on the old path', `${hook}/tasks.task.add`],
    ['something beside the API', '/restless/profile'],
    ['a method named like a property', `${hook}/__proto__`],
    ['a method named constructor', `${hook}/constructor`],
    ['a method with a NUL', `${hook}/profile%00`],
  ])('answers a JSON error for %s', async (_name, url) => {
    const answer = await portal.send({ method: 'GET', url })
    expect([401, 404]).toContain(answer.status)
    expect(['ERROR_METHOD_NOT_FOUND', 'NO_AUTH_FOUND']).toContain(answer.body.error)
    expect(answer.headers['access-control-allow-origin']).toBe('*')
  })

  it('answers 404 with the documented words for an unknown method', async () => {
    expect(await portal.call('crm.nothing.at.all')).toMatchObject({
      status: 404,
      body: { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' },
    })
  })

  it.each(['/rest/%', `${hook}/%zz`, '/rest/%E0%A4%A'])(
    'answers a client error for the malformed address %s',
    async (url) => {
      const answer = await portal.send({ method: 'GET', url })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(answer.body.error).toBeTypeOf('string')
    },
  )

  it('takes addresses of 60 KB', async () => {
    const list = Array.from({ length: 6000 }, (_, n) => `filter[@ID][]=${n}`).join('&')
    expect((await portal.send({ method: 'GET', url: `${hook}/crm.lead.list?${list}` })).status).toBe(200)
  })
})

describe('XML', () => {
  it('is answered by .xml, for results and for errors', async () => {
    const answer = await portal.send({ url: `${hook}/profile.xml` })
    expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8')
    expect(answer.text).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?>\n<response><result><ID>1<\/ID><ADMIN>1<\/ADMIN>/,
    )
    const refused = await portal.send({ url: '/rest/profile.xml' })
    expect(refused.status).toBe(401)
    expect(refused.text).toContain('<error>NO_AUTH_FOUND</error>')
  })
})

describe('calls from browsers', () => {
  it('may come from any origin: a preflight is answered on every path', async () => {
    for (const url of [`${hook}/crm.item.list`, '/rest//crm.item.list?x=1', '/rest/no.such.method']) {
      const { status, headers, text } = await portal.send({
        method: 'OPTIONS',
        url,
        headers: {
          origin: 'https://app.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type, x-custom',
        },
      })
      expect(status).toBe(204)
      expect(text).toBe('')
      expect(headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': 'content-type, x-custom',
        'access-control-expose-headers': 'Idempotency-Key, Idempotent-Replayed, Retry-After, Server, X-Request-Id',
        'access-control-max-age': '86400',
      })
      expect(headers['access-control-allow-credentials']).toBeUndefined()
    }
  })

  it('name the usual headers when the browser asks for none', async () => {
    const { headers } = await portal.send({ method: 'OPTIONS', url: `${hook}/profile` })
    for (const name of [
      'Content-Type',
      'Accept',
      'Authorization',
      'X-Requested-With',
      'X-Request-ID',
      'Idempotency-Key',
    ])
      expect(String(headers['access-control-allow-headers'])).toContain(name)
  })

  it('see results and errors alike', async () => {
    const headers = { origin: 'https://app.example', 'content-type': 'application/json' }
    for (const [url, body] of [
      [`${hook}/profile`, '{}'],
      ['/rest/profile', '{}'],
      [`${hook}/profile`, '{"broken'],
      [`${hook}/no.such`, '{}'],
    ] as const)
      expect((await portal.send({ url, headers, body })).headers['access-control-allow-origin']).toBe('*')
  })
})

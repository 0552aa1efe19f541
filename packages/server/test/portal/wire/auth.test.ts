import { networkInterfaces } from 'node:os'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.ts'
import { isSecure } from '../../../src/http/connection.ts'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const json = { 'content-type': 'application/json' }
const person = await portal.person({ scope: 'crm' })
const [, code = ''] = person.hook.split('/')

async function issue(userId: number, scope = '*', lifetime = 3600): Promise<string> {
  const session = portal.portal.store.session()
  const token = await portal.credentials.createToken(session, { userId, scope, lifetime })
  await session.settled()
  return token
}
const token = await issue(1)
const other = await issue(person.id)
const refusal = (status: number, error: string, error_description: string) => ({
  status,
  body: { error, error_description },
})
const NO_AUTH = refusal(401, 'NO_AUTH_FOUND', 'Wrong authorization data')

describe('where a token may stand', () => {
  it.each([
    ['the query', { url: `/rest/profile?auth=${token}` }],
    ['the query, in upper case', { url: `/rest/profile?AUTH=${token}` }],
    [
      'a form',
      { url: '/rest/profile', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `auth=${token}` },
    ],
    ['JSON', { url: '/rest/profile', headers: json, body: JSON.stringify({ auth: token }) }],
    [
      'JSON, under access_token',
      { url: '/rest/profile', headers: json, body: JSON.stringify({ access_token: token }) },
    ],
    ['the Bearer header', { url: '/rest/profile', headers: { authorization: `Bearer ${token}` } }],
    ['the bearer header in lower case', { url: '/rest/profile', headers: { authorization: `bearer ${token}` } }],
  ])('%s', async (_name, request) => {
    expect(await portal.send(request)).toMatchObject({ status: 200, body: { result: { ID: '1' } } })
  })

  it('the path counts first, then auth, then the header', async () => {
    const all = { headers: { ...json, authorization: `Bearer ${other}` }, body: JSON.stringify({ auth: token }) }
    const who = async (url: string, request: object) => (await portal.send({ url, ...request })).body.result?.ID
    expect(await who(`/rest/${person.hook}/profile`, all)).toBe(String(person.id))
    expect(await who('/rest/profile', all)).toBe('1')
    expect(await who('/rest/profile', { headers: all.headers, body: '{}' })).toBe(String(person.id))
  })

  it('a wrong webhook is not saved by a good token', async () => {
    const request = { url: '/rest/1/wrongcode/profile', headers: json, body: JSON.stringify({ auth: token }) }
    expect(await portal.send(request)).toMatchObject({ status: 401, body: { error: 'INVALID_CREDENTIALS' } })
  })
})

describe('what is refused', () => {
  it.each([
    ['no credential', '/rest/profile', NO_AUTH],
    ['an unknown token', '/rest/profile?auth=0123456789', NO_AUTH],
    ['an empty token', '/rest/profile?auth=', NO_AUTH],
    ['a token that is a list', `/rest/profile?auth[]=${token}`, NO_AUTH],
    ['a webhook as a token', `/rest/profile?auth=${portal.code}`, NO_AUTH],
    [
      'an unknown webhook',
      '/rest/1/0123456789abcdef/profile',
      refusal(401, 'INVALID_CREDENTIALS', 'Invalid request credentials'),
    ],
    [
      "another person's webhook",
      `/rest/1/${code}/profile`,
      refusal(401, 'INVALID_CREDENTIALS', 'Invalid request credentials'),
    ],
    [
      'a webhook in another case',
      `/rest/1/${portal.code.toUpperCase()}/profile`,
      refusal(401, 'INVALID_CREDENTIALS', 'Invalid request credentials'),
    ],
    ['an unknown method without a credential', '/rest/no.such', NO_AUTH],
  ])('%s', async (_name, url, expected) => {
    const answer = await portal.send({ url })
    expect(answer.status).toBe(expected.status)
    expect(answer.body).toEqual(expected.body)
  })

  it('an expired token, from its last second on, with the code that makes SDKs refresh it', async () => {
    const started = Math.floor(Date.now() / 1000)
    portal.clock.at = started
    const short = await issue(1, '*', 60)
    portal.clock.at = started + 59
    expect((await portal.call('profile', {}, { token: short })).status).toBe(200)
    portal.clock.at = started + 60
    const answer = await portal.call('profile', {}, { token: short })
    expect(answer.status).toBe(401)
    expect(answer.body).toEqual({ error: 'expired_token', error_description: 'The access token provided has expired' })
    portal.clock.at = undefined
  })

  it('whoever was deactivated, by webhook and by token', async () => {
    const leaver = await portal.person()
    const key = await issue(leaver.id)
    expect((await portal.call('profile', {}, { as: leaver.hook })).status).toBe(200)
    const session = portal.portal.store.session()
    await portal.portal.caches.changing(session, ['people'], async (tx) => {
      await tx.change(sql`update portal_user set active = 'N' where id = ${leaver.id}`)
    })
    await session.settled()
    const expected = refusal(401, 'authorization_error', 'Unable to authorize user')
    expect(await portal.call('profile', {}, { as: leaver.hook })).toMatchObject(expected)
    expect(await portal.call('profile', {}, { token: key })).toMatchObject(expected)
  })

  it('a revoked webhook, at once', async () => {
    const session = portal.portal.store.session()
    const short = await portal.credentials.createWebhook(session, { userId: 1, scope: '*', title: 'short-lived' })
    await session.settled()
    expect((await portal.call('profile', {}, { as: `1/${short}` })).status).toBe(200)
    const [row] = await session.find<{ id: number }>(sql`select max(id) as id from webhook`)
    expect(await portal.credentials.revokeWebhook(session, Number(row?.id))).toBe(true)
    await session.settled()
    expect((await portal.call('profile', {}, { as: `1/${short}` })).status).toBe(401)
  })
})

describe('scopes', () => {
  it('open the methods of their module and those that need none', async () => {
    for (const method of ['crm.lead.list', 'batch', 'profile', 'methods', 'scope', 'server.time', 'method.get'])
      expect((await portal.call(method, { cmd: [] }, { as: person.hook })).status).toBe(200)
  })

  it('are missed with 403 and words that name the kind of the credential', async () => {
    const poor = await issue(1, 'task')
    expect(await portal.call('crm.lead.list', {}, { token: poor })).toMatchObject(
      refusal(403, 'insufficient_scope', 'The request requires higher privileges than provided by the access token'),
    )
    const { hook } = await portal.person({ scope: 'task' })
    expect(await portal.call('crm.lead.list', {}, { as: hook })).toMatchObject(
      refusal(403, 'insufficient_scope', 'The request requires higher privileges than provided by the webhook token'),
    )
  })

  it('hold inside a batch, command by command', async () => {
    const { body } = await portal.call(
      'batch',
      { cmd: { a: 'user.current', b: 'crm.lead.fields' } },
      { as: person.hook },
    )
    expect(body.result.result_error.a.error).toBe('insufficient_scope')
    expect(Object.keys(body.result.result)).toEqual(['b'])
  })
})

describe('plain HTTP', () => {
  const strict = { allowHttp: false, trustProxy: false }
  const plain = { encrypted: false, protocol: 'http', localAddress: '192.0.2.7' }
  it.each([
    ['to this machine', strict, { ...plain, localAddress: '127.0.0.1' }, true],
    ['to this machine by IPv6', strict, { ...plain, localAddress: '::1' }, true],
    ['to this machine, mapped', strict, { ...plain, localAddress: '::ffff:127.0.0.1' }, true],
    ['within the process', strict, { ...plain, localAddress: undefined }, true],
    ['to another interface', strict, plain, false],
    ['to another interface, mapped', strict, { ...plain, localAddress: '::ffff:192.0.2.7' }, false],
    ['to another interface, where it is allowed', { ...strict, allowHttp: true }, plain, true],
    ['over TLS', strict, { ...plain, encrypted: true }, true],
    ['over a trusted proxy with TLS', { ...strict, trustProxy: true }, { ...plain, protocol: 'https' }, true],
    ['over a trusted proxy without TLS', { ...strict, trustProxy: true }, plain, false],
    ['over a proxy that nobody trusts', strict, { ...plain, protocol: 'https' }, false],
  ])('%s', (_name, options, connection, allowed) => expect(isSecure(options, connection)).toBe(allowed))

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.internal === false && each.family === 'IPv4')?.address

  it.each(['127.0.0.1', ...(outside === undefined ? [] : [outside])])('is served or refused at %s', async (address) => {
    const quiet = { error: () => {}, warn: () => {}, info: () => {} }
    const app = createApp({ ...portal, log: quiet, maxBodyBytes: 1000, publicUrl: null, ...strict })
    try {
      await app.listen({ host: '0.0.0.0', port: 0 })
      const { port } = app.server.address() as AddressInfo
      const response = await fetch(`http://${address}:${port}/rest/1/${portal.code}/profile`)
      if (address === '127.0.0.1') expect(response.status).toBe(200)
      else {
        expect(response.status).toBe(400)
        expect(await response.json()).toEqual({ error: 'INVALID_REQUEST', error_description: 'Https required' })
      }
    } finally {
      await app.close()
    }
  })
})

describe('secrets', () => {
  it('are stored as digests only', async () => {
    const session = portal.portal.store.session()
    const rows = [
      ...(await session.find(sql`select * from webhook`)),
      ...(await session.find(sql`select * from access_token`)),
    ]
    const text = JSON.stringify(rows)
    for (const secret of [portal.code, code, token, other]) expect(text).not.toContain(secret)
  })
})

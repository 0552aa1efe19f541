import { Client, CredentialError, type Exchange, type Tokens } from 'portico-client'
import { expect, test } from 'vitest'
import { listening } from '../support/listening.ts'
import { register, tokensOf } from '../support/oauth.ts'
import { testPortal } from '../support/portal.ts'

test('tokens that have expired are refreshed once, by the portal itself, however many calls race', async () => {
  const portal = await testPortal()
  const { origin } = await listening(portal)
  const app = await register(portal)
  let stored: Tokens = await tokensOf(portal, app)
  const asked: Exchange[] = []
  const connect = (): Client =>
    new Client({
      portal: origin,
      oauth: {
        clientId: app.clientId,
        clientSecret: app.secret,
        tokens: () => stored,
        onTokens: (tokens) => void (stored = tokens),
        tokenUrl: '/oauth/token/',
      },
      onExchange: (exchange) => asked.push(exchange),
    })
  const client = connect()
  expect(await client.call('user.current')).toMatchObject({ ID: '1' })
  const first = stored
  portal.clock.at = Date.now() / 1000 + 4000
  const results = await Promise.all(
    Array.from({ length: 12 }, () => client.call('crm.lead.add', { fields: { TITLE: 'A' } })),
  )
  expect(new Set(results).size).toBe(12)
  expect(asked.filter(({ method }) => method === 'oauth/token')).toHaveLength(1)
  expect(stored.access_token).not.toBe(first.access_token)

  // What has been refreshed elsewhere is read again instead of being refreshed again.
  const other = connect()
  await other.call('user.current')
  portal.clock.at += 4000
  await client.call('user.current')
  await other.call('user.current')
  expect(asked.filter(({ method }) => method === 'oauth/token')).toHaveLength(2)

  const all = JSON.stringify(asked)
  for (const secret of [app.secret, first.access_token, first.refresh_token, stored.access_token, stored.refresh_token])
    expect(all).not.toContain(secret)

  portal.clock.at += 4000
  stored = { ...stored, refresh_token: 'not-one-of-ours' }
  const refused = await connect()
    .call('user.current')
    .catch((cause: unknown) => cause)
  expect(refused).toBeInstanceOf(CredentialError)
  expect(refused).toMatchObject({ method: 'oauth/token', code: 'invalid_grant' })
})

import { describe, expect, it } from 'vitest'
import { accessToken, ways } from '../../support/documented-clients.ts'
import { testPortal } from '../../support/portal.ts'
import { steps } from './scenario.ts'

const portal = await testPortal()

// A company 1 and a contact 3 are what the documented deal refers to.
await portal.call('crm.company.add', { fields: { TITLE: 'Company' } })
for (const NAME of ['A', 'B', 'C']) await portal.call('crm.contact.add', { fields: { NAME } })

describe.each(ways)('the calls of OpenIntegrations’ own tests, by %s, in its exact form', (way) => {
  let id = ''
  it.each(steps)('$called ($method) gets what it asks for', async ({ called, http, method, parameters, check }) => {
    const token = way === 'oauth' ? { auth: await accessToken(portal) } : {}
    const sent = { ...token, ...parameters(id) }
    // Everything but seven methods is posted; where there is nothing to say, without a body and without a type.
    const body = http === 'POST' && Object.keys(sent).length > 0 ? JSON.stringify(sent) : undefined
    const query = http === 'GET' && 'auth' in sent ? `?auth=${encodeURIComponent(String(sent.auth))}` : ''
    const answer = await portal.send({
      method: http,
      url: `${way === 'oauth' ? '/rest/' : `/rest/1/${portal.code}/`}${method}${query}`,
      headers: {
        host: 'b24-x.bitrix24.by',
        accept: '*/*',
        connection: 'keep-alive',
        'accept-charset': 'utf-8',
        'accept-encoding': 'gzip',
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...(http === 'POST' ? { 'content-length': String(Buffer.byteLength(body ?? '')) } : {}),
      },
      ...(body === undefined ? {} : { body }),
    })
    expect(answer.body.error_description).toBeUndefined()
    expect(answer.status).toBe(200)
    check(answer.body.result)
    if (called.startsWith('Create')) id = String(answer.body.result)
  })
})

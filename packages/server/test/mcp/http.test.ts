import { describe, expect, it } from 'vitest'
import { everywhere, rightsIn } from '../portal/rights/tools.ts'
import { testPortal } from '../support/portal.ts'
import { connected, serving } from './serving.ts'

const portal = await testPortal()
const origin = await serving(portal)
const admin = await connected(`${origin}/mcp`, { bearer: `1/${portal.code}` })

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
}
const callOf = (name: string, args: unknown = {}) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: args },
})

/** A request as no client library would send it. */
async function raw(
  body: unknown,
  {
    bearer,
    path = '/mcp',
    headers = {},
    at = origin,
  }: { bearer?: string; path?: string; headers?: object; at?: string } = {},
) {
  const response = await fetch(`${at}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** What the event log says of the calls of a tool, the last first. */
async function entries(tool: string): Promise<Record<string, unknown>[]> {
  const { body } = await portal.send({
    url: `/rest/api/1/${portal.code}/main.eventlog.list`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      filter: [['auditTypeId', '=', 'MCP_CALL']],
      select: ['id', 'userId', 'description', 'requestUri', 'itemId'],
      order: { id: 'DESC' },
      pagination: { limit: 1000 },
    }),
  })
  return body.result.items.filter((entry: { itemId: string }) => entry.itemId === tool)
}

describe('credentials', () => {
  it('are a webhook or an access token in the header, or a webhook in the path', async () => {
    const session = portal.portal.store.session()
    const token = await portal.credentials.createToken(session, { userId: 1, scope: 'crm', lifetime: 600 })
    await session.settled()
    for (const connection of [
      await connected(`${origin}/mcp`, { bearer: token }),
      await connected(`${origin}/mcp/1/${portal.code}`),
    ])
      expect((await connection.tool('current_user')).value.user).toMatchObject({ id: 1 })
  })

  it('that are missing or wrong are refused before any message is read', async () => {
    const none = await raw(initialize)
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Portico"'])
    for (const wrong of [
      { bearer: 'nonsense' },
      { bearer: '1/wrong' },
      { bearer: `2/${portal.code}` },
      { path: '/mcp/1/wrong' },
    ]) {
      const { status, headers, text } = await raw(initialize, wrong)
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Portico", error="invalid_token"'])
      expect(text).not.toContain('protocolVersion')
    }
    const queried = await raw(initialize, { path: `/mcp?auth=1/${portal.code}` })
    expect(queried.status).toBe(401)
  })

  it('that have expired, and those of people who have left, are refused', async () => {
    const session = portal.portal.store.session()
    const token = await portal.credentials.createToken(session, { userId: 1, scope: '*', lifetime: 60 })
    await session.settled()
    portal.clock.at = Date.now() / 1000 + 3600
    const expired = await raw(initialize, { bearer: token })
    portal.clock.at = undefined
    expect([expired.status, JSON.parse(expired.text).error]).toEqual([401, 'expired_token'])
    const gone = await portal.person({ active: false })
    expect((await raw(initialize, { bearer: gone.hook })).status).toBe(401)
  })

  it('open what their scopes open', async () => {
    const { hook } = await portal.person({ admin: true, scope: 'user' })
    const { tool } = await connected(`${origin}/mcp`, { bearer: hook })
    expect((await tool('current_user')).value).toMatchObject({ scopes: ['user'], user: { administrator: true } })
    const calls = [
      ['list_items', { type: 'lead' }],
      ['add_item', { type: 'lead', fields: { title: 'x' } }],
      ['add_item', { type: 'lead', fields: { title: 'x' }, dryRun: true }],
      ['call_method', { method: 'crm.lead.add', params: { fields: { TITLE: 'x' } } }],
      ['call_method', { method: 'crm.lead.add', params: { fields: { TITLE: 'x' } }, dryRun: true }],
      ['find_items', { query: 'somebody@example.com' }],
    ] as const
    for (const [name, args] of calls) expect((await tool(name, args)).error).toMatch(/insufficient_scope.*HTTP 403/)
    expect((await portal.call('crm.lead.list')).body.total).toBe(0)
  })

  it('open what their person may do', async () => {
    const other = await testPortal()
    const { must, role, nobodyMayAnything } = rightsIn(other)
    const at = await serving(other)
    const { id, hook } = await other.person()
    await nobodyMayAnything()
    await role([`U${id}`], everywhere('lead', 'own', ['read', 'add', 'update']))
    const theirs = (await must('crm.lead.add', { fields: { TITLE: 'Not yours' } })).result
    const { tool } = await connected(`${at}/mcp`, { bearer: hook })
    const { value } = await tool('add_item', { type: 'lead', fields: { title: 'Mine' } })
    expect((await tool('list_items', { type: 'lead' })).value.items).toMatchObject([{ id: value.id, title: 'Mine' }])
    expect((await tool('find_items', { query: 'yours' })).value.found).toEqual([])
    expect((await tool('get_item', { type: 'lead', id: theirs })).error).toContain('NOT_FOUND')
    for (const dryRun of [true, false]) {
      expect((await tool('update_item', { type: 'lead', id: theirs, fields: { title: 'x' }, dryRun })).error).toMatch(
        /HTTP 4/,
      )
      expect((await tool('delete_item', { type: 'lead', id: value.id, dryRun })).error).toMatch(/ACCESS_DENIED|denied/i)
      expect((await tool('add_item', { type: 'deal', fields: { title: 'x' }, dryRun })).error).toMatch(/denied/i)
    }
    expect((await must('crm.lead.get', { id: theirs })).result.TITLE).toBe('Not yours')
  })

  it('never come back in an answer', async () => {
    const { tool } = await connected(`${origin}/mcp/1/${portal.code}`)
    for (const answer of [await tool('current_user'), await tool('call_method', { method: 'crm.lead.ad' })])
      expect(answer.text).not.toContain(portal.code)
  })
})

describe('read-only', () => {
  it('is asked for by the address, by a header or by the operator', async () => {
    const only = await serving(portal, { mcp: 'read-only' })
    const bearer = `1/${portal.code}`
    const reading = [
      await connected(`${origin}/mcp?readOnly=1`, { bearer }),
      await connected(`${origin}/mcp`, { bearer, headers: { 'x-mcp-read-only': 'true' } }),
      await connected(`${only}/mcp`, { bearer }),
      await connected(`${only}/mcp?readOnly=0`, { bearer }),
    ]
    for (const { names, tool } of reading) {
      expect((await names()).filter((name) => /^(add|update|delete)_/.test(name))).toEqual([])
      expect((await tool('current_user')).value.readOnly).toBe(true)
    }
    expect(await (await connected(`${origin}/mcp?readOnly=0`, { bearer })).names()).toContain('add_item')
  })

  it('calls no method that writes, not even in a batch', async () => {
    const { client, tool } = await connected(`${origin}/mcp?readOnly=1`, { bearer: `1/${portal.code}` })
    const before = (await portal.call('crm.lead.list')).body.total
    const refused = [
      { method: 'crm.lead.add', params: { fields: { TITLE: 'x' } } },
      { method: 'CRM.Lead.Add', params: { fields: { TITLE: 'x' } } },
      { method: ' crm.lead.add', params: { fields: { TITLE: 'x' } } },
      { method: 'crm.lead.add', params: { fields: { TITLE: 'x' } }, dryRun: true },
      { method: 'event.offline.get' },
      { method: 'batch', params: { cmd: { a: 'crm.lead.list', b: 'crm.lead.add?fields[TITLE]=x' } } },
      { method: 'batch', params: { CMD: ['crm.lead.add?fields[TITLE]=x'] } },
      { method: 'batch', params: { cmd: { a: 'crm.lead.list' }, CMD: { a: 'crm.lead.add?fields[TITLE]=x' } } },
      { method: 'batch', params: {} },
      { method: 'humanresources.node.add', params: { type: 'DEPARTMENT', name: 'x', parentId: 1 } },
    ]
    for (const args of refused) expect((await tool('call_method', args)).error).toContain('READ_ONLY')
    expect((await tool('call_method', { method: 'crm.lead.list' })).value.total).toBe(before)
    const batch = await tool('call_method', { method: 'batch', params: { cmd: { a: 'crm.lead.list', b: 'profile' } } })
    expect(batch.value.result.result).toMatchObject({ b: { ID: '1' } })
    await expect(client.callTool({ name: 'add_item', arguments: {} })).rejects.toThrow(/not found/)
    const annotations = (await client.listTools()).tools.map(({ annotations: own }) => own?.readOnlyHint)
    expect(annotations).not.toContain(false)
    expect((await portal.call('crm.lead.list')).body.total).toBe(before)
  })
})

describe('the audit log', () => {
  it('has a line of every call, with names and ids and no other value', async () => {
    const { value } = await admin.tool('add_item', { type: 'lead', fields: { title: 'A secret plan' } })
    await admin.tool('get_item', { type: 'lead', id: 424_242 })
    await admin.tool('delete_item', { type: 'lead', id: value.id, dryRun: true })
    await admin.tool('call_method', { method: 'crm.lead.get', params: { id: value.id } })
    const told = async (tool: string) => {
      const [entry] = await entries(tool)
      return { ...entry, description: JSON.parse(String(entry?.description)) }
    }
    expect(await told('add_item')).toMatchObject({
      userId: 1,
      requestUri: '/mcp',
      description: { method: 'crm.item.add', entityTypeId: 1, credential: expect.stringMatching(/^webhook:\d+$/) },
    })
    expect((await told('get_item')).description).toMatchObject({ id: '424242', refused: 'NOT_FOUND' })
    expect((await told('delete_item')).description).toMatchObject({ id: String(value.id), dryRun: true })
    expect((await told('call_method')).description).toMatchObject({ method: 'crm.lead.get', id: String(value.id) })
    const all = await Promise.all(['add_item', 'get_item', 'delete_item', 'call_method'].map(entries))
    expect(JSON.stringify(all)).not.toContain('secret plan')
    expect(JSON.stringify(all)).not.toContain(portal.code)
  })
})

describe('hostile requests', () => {
  const bearer = `1/${portal.code}`

  it('from pages of other sites are refused, those from this machine and from the portal itself are not', async () => {
    const at = await serving(portal, { publicUrl: 'https://crm.example.com' })
    const status = async (from: string) => (await raw(initialize, { bearer, at, headers: { origin: from } })).status
    for (const known of ['http://localhost:6274', 'http://127.0.0.1', 'http://[::1]:3000', 'https://crm.example.com'])
      expect(await status(known)).toBe(200)
    for (const strange of [
      'https://evil.example',
      'null',
      'https://crm.example.com.evil.example',
      'http://localhost.evil.example',
    ])
      expect(await status(strange)).toBe(403)
  })

  it('that are no messages are refused', async () => {
    for (const body of ['', '{', '[]', '"x"', 'null', '{"jsonrpc":"1.0"}', '{"__proto__":{"x":1}}'])
      expect((await raw(body, { bearer })).status).toBeGreaterThanOrEqual(400)
    const typed = await raw(initialize, { bearer, headers: { 'content-type': 'text/plain' } })
    expect(typed.status).toBe(415)
    expect((await fetch(`${origin}/mcp`, { headers: { authorization: `Bearer ${bearer}` } })).status).toBe(405)
  })

  it('that are too large or too many are refused', async () => {
    const large = await raw(callOf('search_methods', { query: 'x'.repeat(5_000_000) }), { bearer })
    expect(large.status).toBe(413)
    const many = await raw(
      Array.from({ length: 21 }, () => callOf('current_user')),
      { bearer },
    )
    expect([many.status, many.text]).toEqual([400, expect.stringContaining('more than 20 messages')])
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, index]))
    expect((await admin.tool('call_method', { method: 'profile', params: wide })).error).toContain(
      'more than the maximum',
    )
  })

  it('with arguments that no tool takes reach no method', async () => {
    const before = (await entries('get_item')).length
    for (const args of [
      {},
      { type: 'lead' },
      { type: 'lead', id: 0 },
      { type: 'lead', id: '1; drop table' },
      { type: {}, id: 1 },
      { type: 'lead', id: 1, more: 1 },
    ])
      expect((await admin.tool('get_item', args)).error).toContain('validation error')
    expect((await entries('get_item')).length).toBe(before)
    const deep = JSON.parse(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`)
    expect((await admin.tool('list_items', { type: 'lead', filter: deep })).error).toContain('UNKNOWN_FIELD')
    for (const name of ['nothing', '__proto__', 'constructor', 'toString'])
      await expect(admin.client.callTool({ name, arguments: {} })).rejects.toThrow(/not found|disabled/)
  })

  it('cost a request of the limits each, refused credentials too', async () => {
    const spared = await testPortal({ limits: 'standard' })
    const at = await serving(spared)
    const answers = []
    for (let count = 0; count < 60; count++) answers.push(await raw(initialize, { bearer: 'wrong', at }))
    const spare = answers.find(({ status }) => status === 503)
    expect(spare?.headers.get('retry-after')).toMatch(/^\d+$/)
  })
})

describe('both revisions of the protocol', () => {
  it('are served by the same tools', async () => {
    const bearer = `1/${portal.code}`
    const [legacy, modern] = [
      await connected(`${origin}/mcp`, { bearer, era: 'legacy' }),
      await connected(`${origin}/mcp`, { bearer, era: 'modern' }),
    ]
    expect([legacy, modern].map(({ client }) => client.getProtocolEra())).toEqual(['legacy', 'modern'])
    expect(await modern.names()).toEqual(await legacy.names())
    const [one, other] = [await legacy.tool('current_user'), await modern.tool('current_user')]
    expect(other.value.user).toEqual(one.value.user)
  })
})

describe('several clients at once', () => {
  it('act each in its own name', async () => {
    const people = await Promise.all([1, 2].map(() => portal.person({ admin: true })))
    const connections = await Promise.all(people.map(({ hook }) => connected(`${origin}/mcp`, { bearer: hook })))
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const { value } = await connections[index % 2]!.tool('add_item', {
          type: 'lead',
          fields: { title: `L${index}` },
        })
        return value.item.createdBy === people[index % 2]?.id
      }),
    )
    expect(answers).not.toContain(false)
  })
})

describe('an operator', () => {
  it('may have no MCP at all', async () => {
    const off = await serving(portal, { mcp: 'off' })
    expect((await raw(initialize, { bearer: `1/${portal.code}`, at: off })).status).toBe(404)
  })
})

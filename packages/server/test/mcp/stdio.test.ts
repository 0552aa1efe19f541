import type { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { commandLine } from '../support/command-line.ts'
import { listening } from '../support/listening.ts'
import { testPortal } from '../support/portal.ts'
import { program } from '../support/program.ts'
import { connection, newClient } from './serving.ts'

const portal = await testPortal()
const { origin, hook } = await listening(portal)
const { home, inProcess } = commandLine()

/** The built program as a host starts it, with the official client at its other end. */
async function started(args: readonly string[], env: Record<string, string> = {}) {
  const client: Client = newClient('modern')
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [await program(), 'mcp', ...args],
    env: { PATH: process.env.PATH ?? '', HOME: home, XDG_STATE_HOME: join(home, 'state'), ...env },
    stderr: 'pipe',
  })
  let said = ''
  transport.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await client.connect(transport)
  return { ...connection(client), stderr: () => said }
}

describe('portico mcp', () => {
  let main: Awaited<ReturnType<typeof started>>
  beforeAll(async () => void (main = await started(['--url', hook])))

  it('serves every tool against a portal that it reaches by its address', async () => {
    const { tool, names } = main
    expect(await names()).toHaveLength(12)
    expect((await tool('current_user')).value).toMatchObject({ portal: origin, user: { id: 1 }, readOnly: false })
    expect((await tool('list_types')).value.types.length).toBeGreaterThan(5)
    expect((await tool('describe_fields', { type: 'lead', query: 'stage' })).value.fields[0]).toHaveProperty('values')
    const fields = { title: 'Over a pipe', fm: [{ typeId: 'EMAIL', valueType: 'WORK', value: 'pipe@example.com' }] }
    const { value: made } = await tool('add_item', { type: 'lead', fields })
    expect((await tool('find_items', { query: 'pipe@example.com' })).value.found).toMatchObject([{ id: made.id }])
    expect((await tool('list_items', { type: 'lead' })).value).toMatchObject({ total: 1, items: [{ id: made.id }] })
    const { value } = await tool('update_item', { type: 'lead', id: made.id, fields: { title: 'Renamed' } })
    expect(value.item.title).toBe('Renamed')
    expect((await tool('get_item', { type: 'lead', id: made.id })).value.item.title).toBe('Renamed')
    expect((await tool('search_methods', { query: 'crm.lead.add' })).value.methods[0].name).toBe('crm.lead.add')
    // Read from beside the bundle.
    const { value: described } = await tool('describe_method', { method: 'crm.lead.add' })
    expect(described.example.params.fields.TITLE).toBe('IP Titov')
    const { value: called } = await tool('call_method', { method: 'crm.lead.get', params: { id: made.id } })
    expect(called.result.TITLE).toBe('Renamed')
    expect((await tool('delete_item', { type: 'lead', id: made.id })).value.deleted).toBe(true)
    expect((await tool('get_item', { type: 'lead', id: made.id })).error).toBe('NOT_FOUND: Item not found (HTTP 400)')
  })

  it('checks in a dry run what can be known from outside, and sends nothing', async () => {
    const { tool } = main
    const id = (await portal.call('crm.lead.add', { fields: { TITLE: 'Stays' } })).body.result
    const before = await portal.census()
    const { value } = await tool('add_item', { type: 'lead', fields: { title: 'x' }, dryRun: true })
    expect(value).toEqual({
      dryRun: 'checked',
      type: 'lead',
      wouldSend: { method: 'crm.item.add', params: { entityTypeId: 1, fields: { title: 'x' } } },
    })
    expect((await tool('delete_item', { type: 'lead', id, dryRun: true })).value).toMatchObject({
      dryRun: 'checked',
      id,
    })
    expect((await tool('delete_item', { type: 'lead', id: 987_654, dryRun: true })).error).toContain('NOT_FOUND')
    expect((await tool('add_item', { type: 'lead', fields: { titel: 'x' }, dryRun: true })).error).toContain('title?')
    const missing = await tool('call_method', { method: 'crm.lead.ad', dryRun: true })
    expect(missing.error).toContain('Did you mean crm.lead.add?')
    expect(await portal.census()).toEqual(before)
    const narrow = await portal.person({ scope: 'user' })
    const { tool: other } = await started(['--url', `${origin}/rest/${narrow.hook}/`])
    const refused = await other('call_method', { method: 'crm.lead.add', params: { fields: {} }, dryRun: true })
    expect(refused.error).toMatch(/insufficient_scope.*HTTP 403/)
  })

  it('offers only what changes nothing, where the environment says so, and keeps its log where it is told to', async () => {
    const own = join(home, 'own.ndjson')
    const { names, tool } = await started(['--audit-log', own], { PORTICO_URL: hook, PORTICO_MCP_READ_ONLY: '1' })
    expect((await names()).filter((name) => /^(add|update|delete)_/.test(name))).toEqual([])
    expect((await tool('call_method', { method: 'crm.lead.add', params: { fields: {} } })).error).toContain('READ_ONLY')
    expect(JSON.parse(readFileSync(own, 'utf8'))).toMatchObject({ tool: 'call_method', refused: 'READ_ONLY' })
  })

  it('keeps a line of every call, which only its owner can read', async () => {
    const log = join(home, 'state/portico/mcp.log')
    const { tool } = main
    await tool('add_item', { type: 'deal', fields: { title: 'A secret plan' } })
    await tool('get_item', { type: 'deal', id: 424_242 })
    const text = readFileSync(log, 'utf8')
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.at(-2)).toMatchObject({ portal: origin, tool: 'add_item', method: 'crm.item.add', entityTypeId: 2 })
    expect(lines.at(-1)).toMatchObject({ tool: 'get_item', id: '424242', refused: 'NOT_FOUND' })
    expect(lines.at(-1).time).toMatch(/^\d{4}-\d\d-\d\dT/)
    expect(text).not.toContain('secret plan')
    expect(text).not.toContain(portal.code)
    expect(statSync(log).mode & 0o777).toBe(0o600)
  })

  it('tells a refused credential and an unreachable portal as errors of the tool', async () => {
    const wrong = await started(['--url', `${origin}/rest/1/wrongcode/`])
    expect((await wrong.tool('list_items', { type: 'lead' })).error).toMatch(/INVALID_CREDENTIALS.*HTTP 401/)
    const nobody = createServer().listen(0, '127.0.0.1')
    await once(nobody, 'listening')
    const { port } = nobody.address() as AddressInfo
    await new Promise((resolve) => nobody.close(resolve))
    const nowhere = await started(['--url', `http://127.0.0.1:${port}/rest/1/s3cretc0de/`])
    const { error } = await nowhere.tool('call_method', { method: 'crm.lead.add', params: { fields: { TITLE: 'x' } } })
    expect(error).toContain('UNREACHABLE: The portal cannot be reached; nothing was done')
    expect(nowhere.stderr()).not.toContain('s3cretc0de')
  })

  it('does not start without an audit log, nor without a portal', async () => {
    const closed = join(home, 'directory')
    mkdirSync(closed)
    const unwritable = await inProcess(['mcp', '--url', hook, '--audit-log', closed], { input: '' })
    expect([unwritable.code, unwritable.out]).toEqual([1, ''])
    expect(unwritable.err).toContain(closed)
    const nobody = await inProcess(['mcp'], { input: '' })
    expect([nobody.code, nobody.out]).toEqual([expect.any(Number), ''])
    expect(nobody.code).not.toBe(0)
    expect(nobody.err).not.toBe('')
  })
})

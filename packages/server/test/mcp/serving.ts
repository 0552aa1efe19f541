import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import type { Config } from '../../src/config.ts'
import { createApp } from '../../src/http/app.ts'
import { mcpServing } from '../../src/server.ts'
import type { TestPortal } from '../support/portal.ts'

/** Lets a portal answer at `/mcp` on a port of this machine; answers its origin. */
export async function serving(
  portal: TestPortal,
  { mcp = 'on', publicUrl = null }: Partial<Pick<Config, 'mcp' | 'publicUrl'>> = {},
): Promise<string> {
  const log = { error: () => {}, warn: () => {}, info: () => {} }
  const app = createApp({
    ...portal,
    log,
    maxBodyBytes: 20_000_000,
    publicUrl,
    trustProxy: false,
    allowHttp: true,
    mcp: mcpServing(portal, { mcp }, log),
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  afterAll(() => app.close())
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

export interface Answer {
  /** What the tool has answered; undefined where it has refused. */
  readonly value: any // eslint-disable-line typescript/no-explicit-any
  /** The text of a refusal. */
  readonly error: string | undefined
  readonly text: string
}

export interface Connection {
  readonly client: Client
  /** Calls a tool, as a host does. */
  tool(name: string, args?: Record<string, unknown>): Promise<Answer>
  names(): Promise<string[]>
}

/** What every connected client does alike. */
export function connection(client: Client): Connection {
  afterAll(() => client.close())
  return {
    client,
    async tool(name, args = {}) {
      const { content, structuredContent, isError } = await client.callTool({ name, arguments: args })
      const [first] = content
      const text = first?.type === 'text' ? first.text : ''
      return {
        value: isError === true ? undefined : structuredContent,
        error: isError === true ? text : undefined,
        text,
      }
    },
    names: async () => (await client.listTools()).tools.map(({ name }) => name),
  }
}

/** Of the revision of 2025 with its handshake, or of that of 2026 without. */
export const newClient = (era: 'legacy' | 'modern' = 'legacy'): Client =>
  new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: era === 'modern' ? 'auto' : 'legacy' } })

/** The official client, connected over HTTP with what stands in the Authorization header. */
export async function connected(
  address: string,
  { bearer, headers = {}, era }: { bearer?: string; headers?: Record<string, string>; era?: 'legacy' | 'modern' } = {},
): Promise<Connection> {
  const client = newClient(era)
  const all = { ...headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) }
  await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers: all } }))
  return connection(client)
}

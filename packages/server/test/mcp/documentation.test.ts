import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { options } from '../../src/config.ts'
import { commandLine } from '../support/command-line.ts'
import { examples } from '../support/documented.ts'
import { testPortal } from '../support/portal.ts'
import { program } from '../support/program.ts'
import { readFileSync } from 'node:fs'
import { connected, connection, newClient, serving } from './serving.ts'

const page = 'docs/mcp.md'
const portal = await testPortal()
const origin = await serving(portal)
const { home, inProcess } = commandLine()
/** What the reader puts in the place of the placeholders. */
const filledIn = (text: string): string =>
  text.replaceAll('https://crm.example.com', origin).replaceAll('CODE', portal.code)

interface Host {
  readonly url?: string
  readonly headers?: Record<string, string>
  readonly command?: string
  readonly args?: string[]
  readonly env?: Record<string, string>
}

it('shows configurations of hosts that connect', async () => {
  const modes: [string, boolean][] = []
  for (const example of examples(page, 'json')) {
    const [servers] = Object.values(JSON.parse(filledIn(example))) as Record<string, Host>[]
    const { url, headers, command, args = [], env = {} } = servers?.portico ?? {}
    let tool
    if (url === undefined) {
      expect(command).toBe('portico')
      const client = newClient()
      const line = { command: process.execPath, args: [await program(), ...args], stderr: 'ignore' as const }
      await client.connect(
        new StdioClientTransport({ ...line, env: { HOME: home, PATH: process.env.PATH ?? '', ...env } }),
      )
      tool = connection(client).tool
    } else tool = (await connected(url, { headers: headers ?? {} })).tool
    modes.push([url === undefined ? 'stdio' : 'http', (await tool('current_user')).value.readOnly])
  }
  expect(modes).toEqual([
    ['http', false],
    ['stdio', false],
    ['stdio', true],
  ])
})

it('shows commands that work', async () => {
  const [create = '', curl = ''] = examples(page, 'sh')
  const words = [...create.trim().matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
  const { code } = await inProcess(words.slice(1), { portal })
  expect(code).toBe(0)
  const webhooks = await portal.credentials.list(portal.portal.store.session())
  expect(webhooks.at(-1)).toMatchObject({ user_id: 1, scope: 'crm,user', title: 'Assistant' })
  const { stdout } = await promisify(execFile)('sh', ['-c', filledIn(curl)])
  expect(stdout).toContain('"name":"current_user"')
})

it('names every tool, and the settings by their names', async () => {
  const text = readFileSync(new URL(`../../../../${page}`, import.meta.url), 'utf8')
  const named = [...text.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name)
  expect(named).toEqual(await (await connected(`${origin}/mcp`, { bearer: `1/${portal.code}` })).names())
  expect(text).toContain(options.mcp.env)
  expect(text).toContain(`--${options.mcp.flag} read-only`)
})

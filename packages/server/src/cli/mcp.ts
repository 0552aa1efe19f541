import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { clientCommand } from './client-command.ts'
import { text, toggle } from './client-options.ts'
import type { Command } from './command.ts'
import { remark } from './terminal.ts'
import { version } from './version.ts'

const mcp = clientCommand({
  name: 'mcp',
  about: 'Serve the portal to AI models over stdio (MCP)',
  options: {
    readOnly: { ...toggle('read-only', 'Offer only what changes nothing'), env: 'PORTICO_MCP_READ_ONLY' },
    auditLog: text('audit-log', 'file', 'Where a line is written for every call of a tool'),
  },
  examples: ['mcp --profile work', 'mcp --read-only --url https://crm.example.com/rest/1/CODE/'],
  async run({ client, signal, program }, { readOnly, auditLog }) {
    const { env, cwd, stdin, stdout, stderr } = program
    const tell = (line: string): void => remark(`portico mcp: ${line}`, stderr)
    if (stdin.isTTY === true) tell('waiting for MCP on stdin; a host starts this by itself (docs/mcp.md)')
    const { serve } = await import('../mcp/stdio.ts')
    await serve({
      client,
      stdin: stdin as Readable,
      stdout: stdout as Writable,
      signal,
      version,
      readOnly,
      auditLog: auditLog === undefined ? join(stateOf(env), 'portico', 'mcp.log') : resolve(cwd, auditLog),
      tell,
    })
    signal.throwIfAborted()
  },
})

/** Where a program keeps what it has to remember of itself, by the XDG Base Directory Specification. */
const stateOf = (env: NodeJS.ProcessEnv): string =>
  env.XDG_STATE_HOME !== undefined && env.XDG_STATE_HOME !== ''
    ? env.XDG_STATE_HOME
    : join(env.HOME ?? homedir(), '.local', 'state')

export const mcpCommands: readonly Command[] = [mcp]

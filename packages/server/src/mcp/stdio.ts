import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import type { Client } from 'portico-client'
import type { AuditLine } from './backend.ts'
import { clientBackend } from './client-backend.ts'
import { mcpServer } from './server.ts'

/** The longest message that is read, in bytes: files come as base64. */
const LONGEST_MESSAGE = 16 * 1024 * 1024

/**
 * Serves one connection over stdin and stdout, where nothing but the protocol may be written. Resolves when the other
 * side closes it or the signal ends it.
 */
export async function serve(given: {
  readonly client: Client
  readonly stdin: Readable
  readonly stdout: Writable
  readonly signal: AbortSignal
  readonly version: string
  readonly readOnly: boolean
  /** Where a line of each call goes. */
  readonly auditLog: string
  /** For people: stderr. */
  tell(line: string): void
}): Promise<void> {
  const { client, stdin, stdout, signal, version, readOnly, auditLog, tell } = given
  await mkdir(dirname(auditLog), { recursive: true, mode: 0o700 })
  let last = Promise.resolve()
  let isTold = false
  const write = (line: AuditLine): Promise<void> => {
    const entry = JSON.stringify({ time: new Date().toISOString(), portal: client.portal, ...line })
    last = last
      .then(() => appendFile(auditLog, `${entry}\n`, { mode: 0o600 }))
      .catch((cause: unknown) => {
        if (!isTold) tell(`the audit log ${auditLog} cannot be written: ${cause instanceof Error ? cause.message : ''}`)
        isTold = true
      })
    return last
  }
  // A log that cannot be written is found out before anything is done that it would be silent about.
  await appendFile(auditLog, '', { mode: 0o600 })

  const backend = clientBackend(client, write)
  const onError = (cause: unknown, tool: string): void =>
    tell(`unexpected error in ${tool}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`)
  const transport = new StdioServerTransport(stdin, stdout, { maxBufferSize: LONGEST_MESSAGE })
  const handle = serveStdio(() => mcpServer(backend, { version, readOnly, onError }), {
    transport,
    onerror: (cause) => tell(cause.message),
  })
  await new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) stdin.once(event, () => resolve())
    stdout.once('error', () => resolve())
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await handle.close()
  await last
}

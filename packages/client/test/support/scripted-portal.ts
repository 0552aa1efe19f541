import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request, as it arrived. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
  readonly text: string
}

/** What to do with a request: an answer's parts, or anything with the bare response. */
export type Step =
  | { status?: number; headers?: Record<string, string>; body?: unknown; text?: string | Buffer }
  | ((seen: Seen, response: ServerResponse) => unknown)

/** A server of this machine that does what it is told, in order; the last step is repeated. It ends with the test. */
export async function scriptedPortal(...steps: Step[]): Promise<{
  readonly origin: string
  readonly hook: string
  readonly seen: Seen[]
}> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const path = request.url ?? ''
      const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
      const one = { method: path.slice(path.lastIndexOf('/') + 1), path, headers: request.headers, body, text }
      seen.push(one)
      const step = steps[Math.min(seen.length, steps.length) - 1] ?? {}
      if (typeof step === 'function') step(one, response)
      else answer(response, step)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, hook: `${origin}/rest/1/c0desecret/`, seen }
}

export function answer(response: ServerResponse, step: Exclude<Step, (...args: never[]) => unknown>): void {
  const { status = 200, headers = {}, body = { result: true, time }, text } = step
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(text ?? (status === 204 ? undefined : JSON.stringify(body)))
}

export const time = {
  start: 1,
  finish: 2,
  duration: 1,
  processing: 1,
  date_start: '2026-01-01T00:00:00+00:00',
  date_finish: '2026-01-01T00:00:01+00:00',
}

/** The request was read, and no answer is ever given. */
export const hangUp: Step = (_seen, response) => response.destroy()

export const refusal = (status: number, error: string, text = '', headers: Record<string, string> = {}): Step => ({
  status,
  headers,
  body: { error, error_description: text },
})

/** What is thrown. */
export async function caught(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (cause) {
    return cause
  }
  throw new Error('nothing was thrown')
}

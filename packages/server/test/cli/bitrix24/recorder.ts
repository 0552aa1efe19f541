import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import type { TestPortal } from '../../support/portal.ts'

/** A request as it came over the wire. */
export interface Recorded {
  readonly http: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface Recorder {
  /** `127.0.0.1:1234`, as `--url` takes it where a token is given. */
  readonly host: string
  /** Everything since the last time that this was asked. */
  requests(): Recorded[]
}

/**
 * A server that writes down what it is sent. It answers what `reply` says; `break` closes the connection instead, once
 * the request is there.
 */
export async function recorder(
  reply: (request: Recorded) => Promise<Reply | 'break'> | Reply | 'break',
): Promise<Recorder> {
  let requests: Recorded[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const recorded = {
      http: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('latin1'),
    }
    requests.push({ ...recorded, body: Buffer.concat(chunks).toString() })
    const answer = await reply(recorded)
    if (answer === 'break') response.destroy()
    else response.writeHead(answer.status ?? 200, answer.headers).end(answer.body ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests() {
      const all = requests
      requests = []
      return all
    },
  }
}

/** One that hands everything on to a portal. */
export const recordingPortal = (portal: TestPortal): Promise<Recorder> =>
  recorder(async ({ http, path, headers, body }) => {
    const answer = await portal.send({
      method: http === 'GET' ? 'GET' : 'POST',
      url: path,
      headers: headers as Record<string, string>,
      ...(body === '' ? {} : { body: Buffer.from(body, 'latin1') }),
    })
    return { status: answer.status, headers: { 'content-type': 'application/json' }, body: answer.text }
  })

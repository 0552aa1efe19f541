import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { parseQuery } from '../../../src/schema/pairs.ts'
import type { Tree } from '../../../src/schema/tree.ts'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The form, nested as PHP reads it. */
  readonly form: Tree
}

export interface Receiver {
  readonly url: string
  /** What has come since the last call. */
  take(): Received[]
  /** What the next requests are answered, the last of them for ever. */
  answers: { status: number; location?: string }[]
}

/** A server on this machine that is somebody else's: it takes forms and answers as told. */
export async function receiver(onRequest: (received: Received) => Promise<void> = async () => {}): Promise<Receiver> {
  let received: Received[] = []
  const made: Receiver = {
    url: '',
    answers: [{ status: 200 }],
    take() {
      const all = received
      received = []
      return all
    },
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const form = parseQuery(Buffer.concat(chunks).toString())
      const each = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, form }
      received.push(each)
      const answer = (made.answers.length > 1 ? made.answers.shift() : made.answers[0]) ?? { status: 200 }
      void onRequest(each).then(() =>
        response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end('ok'),
      )
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return Object.assign(made, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

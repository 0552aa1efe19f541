import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { parseQuery } from '../../../src/schema/pairs.ts'
import type { Tree } from '../../../src/schema/tree.ts'

export interface Delivered {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The body as it came. */
  readonly raw: string
  /** The same, as PHP reads it. */
  readonly form: Tree
  /** The port that it came from: another one for another connection. */
  readonly port: number
}

export interface Handler {
  readonly url: string
  /** What has come, oldest first. */
  readonly received: Delivered[]
  /** What a request is answered; 200 unless said otherwise. */
  answer: (delivered: Delivered) => number | Promise<number>
  body: (delivered: Delivered) => string
  redirect: string | undefined
  close(): Promise<void>
}

/** Somebody's server on this machine, which takes events. */
export async function handler(port = 0): Promise<Handler> {
  const made: Handler = {
    url: '',
    received: [],
    answer: () => 200,
    body: () => 'ok',
    redirect: undefined,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString()
      const { url: path = '', headers, socket } = request
      const delivered = { path, headers, raw, form: parseQuery(raw), port: socket.remotePort ?? 0 }
      made.received.push(delivered)
      void Promise.resolve(made.answer(delivered)).then((status) =>
        response
          .writeHead(status, made.redirect === undefined ? {} : { location: made.redirect })
          .end(made.body(delivered)),
      )
    })
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  afterAll(() => made.close())
  return Object.assign(made, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

/** `data[FIELDS][ID]` of what has come. */
export const idOf = ({ form }: Delivered): string => (form.data as { FIELDS: { ID: string } }).FIELDS.ID

import type { IncomingMessage, ServerResponse } from 'node:http'
import { toXml } from '../../http/xml.ts'
import { type Asked, askedBy } from './asked.ts'
import { Bodies } from './bodies.ts'
import type { Exchange, Recording } from './format.ts'
import { type Loopback, type Ports, serveLoopback } from './loopback.ts'
import { readRecording } from './recording-file.ts'
import { Replaying } from './replaying.ts'

export interface ReplayOptions extends Ports {
  /** A recording, or the path of one. */
  readonly recording: Recording | string
  /** Names of parameters and fields whose values may differ from the recorded ones. */
  readonly any?: readonly string[]
  readonly onAnswer?: (asked: Asked, exchange: Exchange) => void
  readonly onMissed?: (missed: Missed) => void
}

/** A request that was never recorded. */
export interface Missed {
  readonly method: string
  /** The nearest recorded request, and what differs. */
  readonly text: string
}

export interface Replay extends Omit<Loopback, 'close'> {
  /** Clients may call with any other id and code as well. */
  readonly hook: string
  readonly httpsHook: string | null
  readonly missed: readonly Missed[]
  /** Numbers of the recorded exchanges that nobody has asked for yet. */
  unused(): number[]
  close(): Promise<void>
}

/** More bytes of a file's content are not made up. */
const LARGEST = 64 * 2 ** 20

/**
 * Answers out of a recording, on this machine and without any portal.
 * @throws {CommandError} where the recording cannot be read
 */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const recording = typeof options.recording === 'string' ? await readRecording(options.recording) : options.recording
  const replaying = new Replaying(recording, options.any)
  const missed: Missed[] = []
  const bodies = new Bodies()
  const miss = (method: string, text: string): void => {
    const each = { method, text }
    missed.push(each)
    options.onMissed?.(each)
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = bodies.collect()
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) body.add(chunk)
      if (request.method === 'OPTIONS') return void response.writeHead(204, allowed(request)).end()
      const asked = await askedBy({
        verb: request.method ?? 'GET',
        url: request.url ?? '',
        contentType: request.headers['content-type'],
        body: body.whole,
      })
      if (asked === undefined) return refuse(response, request.url ?? '')
      const answering = replaying.answer(asked)
      if ('missed' in answering) {
        miss(asked.method, answering.missed)
        return notRecorded(response, asked, answering.missed)
      }
      const { exchange, answer } = answering
      if (
        exchange.answer === undefined &&
        /json/.test(exchange.headers['content-type'] ?? '') &&
        exchange.bytes !== 0
      ) {
        const text = `The answer to request ${exchange.seq} was too large to be kept (${exchange.bytes} bytes)`
        miss(asked.method, text)
        return notRecorded(response, asked, text)
      }
      options.onAnswer?.(asked, exchange)
      const location = exchange.headers.location
      const headers = {
        ...exchange.headers,
        ...(location === undefined ? {} : { location: String(replaying.restored(location)) }),
      }
      send(response, exchange.status, headers, bodyOf(exchange, answer))
    } finally {
      body.release()
    }
  }

  const server = await serveLoopback((request, response) => {
    serve(request, response).catch(() => response.destroy())
  }, options)
  const userId = recording.headers[0]?.userId ?? 1
  const hookAt = (origin: string): string => `${origin}/rest/${userId}/replay/`
  return {
    ...server,
    hook: hookAt(server.httpUrl),
    httpsHook: server.httpsUrl === null ? null : hookAt(server.httpsUrl),
    missed,
    unused: () => replaying.unused(),
    close: () => server.close(1_000),
  }
}

/** Of what was not kept, as many bytes. */
function bodyOf({ xml, bytes = 0, answer: recorded }: Exchange, answer: unknown): Buffer {
  if (recorded === undefined) return Buffer.alloc(Math.min(bytes, LARGEST), ' ')
  return Buffer.from(xml === true ? toXml(answer) : JSON.stringify(answer))
}

function notRecorded(response: ServerResponse, { api, xml }: Asked, text: string): void {
  const code = 'NOT_RECORDED'
  const body = api === 3 ? { error: { code, message: text } } : { error: code, error_description: text }
  const type = xml ? 'text/xml' : 'application/json'
  send(
    response,
    501,
    { 'content-type': `${type}; charset=utf-8` },
    Buffer.from(xml ? toXml(body) : JSON.stringify(body)),
  )
}

function refuse(response: ServerResponse, url: string): void {
  const text = `${url.replace(/\?.*/s, '')} is no address of the API: this replays a recording under /rest/1/CODE/`
  const body = JSON.stringify({ error: 'ERROR_METHOD_NOT_FOUND', error_description: text })
  send(response, 404, { 'content-type': 'application/json; charset=utf-8' }, Buffer.from(body))
}

function send(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>, body: Buffer): void {
  response
    .writeHead(status, { ...headers, 'access-control-allow-origin': '*', 'content-length': body.length })
    .end(body)
}

/** Pages of applications call from an origin of their own. */
const allowed = ({ headers }: IncomingMessage): Record<string, string> => ({
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': headers['access-control-request-headers'] ?? 'Content-Type',
})

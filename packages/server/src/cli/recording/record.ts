import { randomBytes, timingSafeEqual } from 'node:crypto'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import { rootCertificates } from 'node:tls'
import { Bodies, type Collected } from './bodies.ts'
import { answerOf } from './answer-of.ts'
import { askedBy } from './asked.ts'
import type { Exchange } from './format.ts'
import { RECORDING_VERSION } from './format.ts'
import { knownFields } from './known-fields.ts'
import { type Loopback, type Ports, serveLoopback } from './loopback.ts'
import { type Masking, maskAnswer, maskAsked, maskMethod, maskValue } from './masking.ts'
import { Pseudonyms } from './placeholders.ts'
import { type Presence, RecordingFile } from './recording-file.ts'
import { type Webhook, type WebhookPath, webhookOf, webhookPath } from './webhook-path.ts'

export interface RecordOptions extends Ports {
  /** The webhook of the portal whose answers are recorded. */
  readonly to: string
  /** The recording. */
  readonly out: string
  /** Where the recording is there already; it is refused without it. */
  readonly existing?: Presence
  /** The code of the webhook here; any one without it. Never the portal's own. */
  readonly code?: string | undefined
  /** The authority that has signed the certificate of the portal, as PEM. */
  readonly ca?: string | undefined
  /** Told of each exchange, and of what could not be recorded. */
  readonly onExchange?: (exchange: Exchange) => void
  readonly onTrouble?: (text: string) => void
}

export interface Recorder extends Omit<Loopback, 'close'> {
  /** What clients are given instead of the portal's: `http://127.0.0.1:1234/rest/1/CODE/`. */
  readonly hook: string
  readonly httpsHook: string | null
  /** How many exchanges are recorded so far. */
  readonly count: number
  /** Lets what is under way end, and closes the file. */
  close(): Promise<void>
}

/** Between two machines only; each connection has its own. */
const HOP = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|expect)$/i
/** What clients act upon. */
const TOLD = ['content-type', 'retry-after', 'location', 'idempotent-replayed']

/**
 * Stands before a real portal: everything under its webhook is passed on, its answers come back byte by byte, and what
 * was said is recorded without secrets and without what people call their own.
 * @throws {CommandError} where the recording is there already or cannot be written
 */
export async function record(options: RecordOptions): Promise<Recorder> {
  const target = webhookOf(options.to)
  const file = await RecordingFile.open(options.out, options.existing ?? 'refuse', {
    portico: 'recording',
    version: RECORDING_VERSION,
    userId: Number(target.userId),
    began: Math.floor(Date.now() / 1000),
  })
  const proxy = new Proxy(options, target, file)
  try {
    const server = await serveLoopback((request, response) => proxy.serve(request, response), options)
    const hookAt = (origin: string): string => `${origin}/rest/${target.userId}/${proxy.code}/`
    return {
      ...server,
      hook: hookAt(server.httpUrl),
      httpsHook: server.httpsUrl === null ? null : hookAt(server.httpsUrl),
      get count() {
        return proxy.count
      },
      async close() {
        await server.close()
        await file.close()
        proxy.agent.destroy()
      },
    }
  } catch (cause) {
    await file.close()
    throw cause
  }
}

class Proxy {
  readonly code: string
  readonly agent: http.Agent
  count = 0
  readonly #options: RecordOptions
  readonly #target: Webhook
  readonly #file: RecordingFile
  readonly #masking: Masking
  readonly #bodies = new Bodies()
  #seq: number

  constructor(options: RecordOptions, target: Webhook, file: RecordingFile) {
    this.#options = options
    this.#target = target
    this.#file = file
    this.#seq = file.seq
    this.#masking = { declared: knownFields(), pseudonyms: new Pseudonyms(file.counts) }
    this.code = options.code ?? randomBytes(8).toString('hex')
    const ca = options.ca === undefined ? {} : { ca: [...rootCertificates, options.ca] }
    this.agent = target.origin.startsWith('https:')
      ? new https.Agent({ keepAlive: true, ...ca })
      : new http.Agent({ keepAlive: true })
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    // Whoever has gone away is written to in vain.
    response.on('error', () => {})
    const path = webhookPath(request.url ?? '')
    // Also pages of other sites can send requests to this machine.
    if (path === undefined || path.userId !== this.#target.userId || !isSame(path.code, this.code))
      return refuse(response, 401, 'INVALID_CREDENTIALS', 'This is a recorder: its webhook was printed when it began')
    this.#forward(request, response, path)
  }

  #forward(request: IncomingMessage, response: ServerResponse, path: WebhookPath): void {
    const { origin, path: base, userId, code } = this.#target
    const url = new URL(origin)
    const begun = performance.now()
    const at = Math.floor(Date.now() / 1000)
    const seq = request.method === 'OPTIONS' ? 0 : ++this.#seq
    const sent = this.#bodies.collect()
    const onward = (url.protocol === 'https:' ? https : http).request(
      {
        agent: this.agent,
        protocol: url.protocol,
        hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: url.port,
        method: request.method,
        path: `${base}${path.api ? 'api/' : ''}${userId}/${code}${path.rest}`,
        headers: [...forwarded(request.rawHeaders), 'host', url.host],
        setHost: false,
      },
      (answer) => {
        const finish = (body: Collected): Promise<void> =>
          seq === 0
            ? Promise.resolve()
            : this.#keep({ request, path, seq, at, ms: performance.now() - begun, sent, answer, body })
        void this.#passBack(answer, response, finish).finally(() => sent.release())
      },
    )
    onward.on('error', (cause: NodeJS.ErrnoException) => {
      sent.release()
      this.#options.onTrouble?.(
        `request ${seq} is not recorded: no answer from ${url.host} (${cause.code ?? cause.name})`,
      )
      if (response.headersSent) response.destroy()
      else refuse(response, 502, 'PORTAL_UNREACHABLE', `${url.host} does not answer (${cause.code ?? cause.name})`)
    })
    request.on('data', (chunk: Buffer) => sent.add(chunk))
    request.on('aborted', () => onward.destroy())
    request.pipe(onward)
  }

  /** Its last bytes go out when the exchange is on disk: what a client has seen whole, the recording has. */
  async #passBack(
    answer: IncomingMessage,
    response: ServerResponse,
    finish: (body: Collected) => Promise<void>,
  ): Promise<void> {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, forwarded(answer.rawHeaders))
    const body = this.#bodies.collect()
    let held: Buffer | undefined
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        body.add(chunk)
        // Whoever asked may be gone: the portal has done it all the same, and so it is recorded.
        if (held !== undefined && !response.destroyed && !response.write(held)) await drained(response)
        held = chunk
      }
      await finish(body)
      if (held === undefined) response.end()
      else response.end(held)
    } catch (cause) {
      this.#options.onTrouble?.(`an exchange is not recorded: ${(cause as Error).message}`)
      response.destroy()
    } finally {
      body.release()
    }
  }

  async #keep(given: {
    request: IncomingMessage
    path: WebhookPath
    seq: number
    at: number
    ms: number
    sent: Collected
    answer: IncomingMessage
    body: Collected
  }): Promise<void> {
    const { request, path, seq, at, ms, sent, answer, body } = given
    const asked = await askedBy({
      verb: request.method ?? 'GET',
      url: `/rest/${path.api ? 'api/' : ''}${path.rest.replace(/^\/+/, '')}`,
      contentType: request.headers['content-type'],
      body: sent.whole,
    })
    if (asked === undefined) return
    const said = await answerOf(answer.headers, body.whole)
    const exchange: Exchange = {
      seq,
      at,
      method: maskMethod(asked.method),
      api: asked.api,
      verb: request.method ?? 'GET',
      ...(asked.xml ? { xml: true as const } : {}),
      ...maskAsked(asked, this.#masking),
      ...(asked.unread === undefined ? {} : { unread: asked.unread }),
      status: answer.statusCode ?? 0,
      headers: this.#told(answer),
      ...(said === undefined ? { bytes: body.size } : { answer: maskAnswer(said.value, asked, this.#masking) }),
      ms: Math.round(ms),
    }
    await this.#file.write(exchange)
    this.count++
    this.#options.onExchange?.(exchange)
  }

  #told({ headers }: IncomingMessage): Record<string, string> {
    const told = TOLD.flatMap((name): [string, string][] => {
      const value = headers[name]
      if (typeof value !== 'string') return []
      if (name === 'location') return [[name, String(maskValue(value, this.#masking, 'url'))]]
      return [
        [name, /^[\w.+-]+\/[\w.+-]+(; ?charset=[\w-]+)?$|^\w{1,9}$/i.exec(value)?.[0] ?? value.replace(/;.*/s, '')],
      ]
    })
    return Object.fromEntries(told)
  }
}

function forwarded(rawHeaders: readonly string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    if (!HOP.test(rawHeaders[index] ?? '')) kept.push(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  return kept
}

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go)
      response.off('close', go)
      resolve()
    }
    response.on('drain', go)
    response.on('close', go)
  })

const isSame = (given: string, code: string): boolean =>
  given.length === code.length && timingSafeEqual(Buffer.from(given), Buffer.from(code))

function refuse(response: ServerResponse, status: number, error: string, description: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' })
    .end(JSON.stringify({ error, error_description: description }))
}

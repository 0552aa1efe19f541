import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** What can happen between two portals. */
export const faults = [
  /** Too many requests: 503, before anything is done. */
  'busy',
  /** A method has taken too much of the last ten minutes: 429. */
  'overtime',
  /** The same of one command, inside of a batch's answer. */
  'overtime-within',
  /** The connection ends before any answer. */
  'dropped',
  /** The connection ends within the answer. */
  'cut',
  /** The answer ends early, and nobody says so. */
  'truncated',
  /** Something before the portal answers with a page. */
  'page',
  /** The answer takes its time. */
  'slow',
  /** A link to a file has expired: the next answer has another one. */
  'expired',
] as const
export type Fault = (typeof faults)[number]

export interface FaultyProxy {
  /** `http://127.0.0.1:1234` */
  readonly origin: string
  /** Which faults have happened, and how often. */
  readonly happened: ReadonlyMap<Fault, number>
  /** Requests so far. */
  readonly requests: number
  /** None from now on. */
  heal(): void
}

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Stands before a portal and lets something go wrong with some of the requests, by a seed. Addresses in the portal's
 * answers lead through it as well.
 * @param rate how many of the requests fail, of 1
 * @param lostFiles no link to a file works, ever
 * @param onRequest told of each request before it goes on, with its number
 */
export async function faultyProxy(
  origin: string,
  {
    seed,
    rate,
    onRequest,
    lostFiles = false,
  }: { seed: number; rate: number; onRequest?: (number: number) => void; lostFiles?: boolean },
): Promise<FaultyProxy> {
  const next = chance(seed)
  const happened = new Map<Fault, number>()
  let requests = 0
  let isHealed = false
  // Each in turn, from where the seed says: every run meets every one of them.
  let turn = Math.floor(next() * faults.length)
  const chosen = (isFile: boolean, isBatch: boolean): Fault | undefined => {
    if (isHealed || next() >= rate) return undefined
    const fault = faults[turn++ % faults.length] ?? 'busy'
    if (fault === 'expired' && !isFile) return 'dropped'
    if (fault === 'overtime-within' && !isBatch) return 'overtime'
    // Half a file of which nobody says that it is half is a file.
    if (fault === 'truncated' && isFile) return 'cut'
    return fault
  }
  const server = createServer((incoming, outgoing) => {
    requests++
    onRequest?.(requests)
    const url = incoming.url ?? '/'
    const isFile = incoming.method === 'GET'
    const fault = isFile && lostFiles ? 'expired' : chosen(isFile, url.includes('/batch'))
    if (fault !== undefined) happened.set(fault, (happened.get(fault) ?? 0) + 1)
    switch (fault) {
      case 'busy':
        refuse(outgoing, 503, { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' })
        return
      case 'overtime':
        refuse(outgoing, 429, { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked' })
        return
      case 'page':
        outgoing.writeHead(500, { 'content-type': 'text/html' }).end('<html><h1>nginx</h1></html>')
        return
      case 'expired':
        outgoing.writeHead(403, { 'content-type': 'text/html' }).end('<html>expired</html>')
        return
      case 'dropped':
        incoming.socket.destroy()
        return
      default:
        forward(origin, incoming, outgoing, fault)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    happened,
    get requests() {
      return requests
    },
    heal: () => (isHealed = true),
  }
}

const refuse = (outgoing: ServerResponse, status: number, body: object): void => {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function forward(origin: string, incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault | undefined): void {
  const { host, port } = new URL(origin)
  const { method, url, headers } = incoming
  // The portal writes addresses as it was asked for: by the proxy's own.
  const onward = request({ hostname: host.split(':')[0], port, method, path: url, headers }, (answer) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => void reply(outgoing, answer, Buffer.concat(chunks), fault))
  })
  onward.on('error', () => outgoing.destroy())
  incoming.pipe(onward)
}

async function reply(
  outgoing: ServerResponse,
  answer: IncomingMessage,
  whole: Buffer,
  fault: Fault | undefined,
): Promise<void> {
  const { 'transfer-encoding': _encoding, connection: _connection, ...headers } = answer.headers
  const status = answer.statusCode ?? 500
  const half = whole.subarray(0, Math.floor(whole.length / 2))
  switch (fault) {
    case 'cut':
      outgoing.writeHead(status, { ...headers, 'content-length': whole.length })
      outgoing.write(half, () => outgoing.destroy())
      return
    case 'truncated':
      outgoing.writeHead(status, { ...headers, 'content-length': half.length }).end(half)
      return
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, 60))
      break
    default:
  }
  const body = fault === 'overtime-within' ? withRefusal(whole) : whole
  outgoing.writeHead(status, { ...headers, 'content-length': body.length })
  outgoing.end(body)
}

/** A batch's answer in which its first command has met its limit. */
function withRefusal(whole: Buffer): Buffer {
  const body = JSON.parse(whole.toString()) as {
    result?: { result?: Record<string, unknown>; result_error?: Record<string, unknown> }
  }
  const { result, result_error: errors } = body.result ?? {}
  const [key] = Object.keys(result ?? {})
  if (body.result === undefined || result === undefined || key === undefined) return whole
  const { [key]: _taken, ...rest } = result
  const known = Array.isArray(errors) ? {} : errors
  body.result.result = rest
  body.result.result_error = { ...known, [key]: { error: 'OPERATION_TIME_LIMIT', error_description: 'blocked' } }
  return Buffer.from(JSON.stringify(body))
}

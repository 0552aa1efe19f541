import { lookup as resolve, type LookupAddress } from 'node:dns'
import { type ClientRequest, Agent as PlainAgent, type IncomingMessage, request as plain } from 'node:http'
import { Agent as SecureAgent, request as secure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Where a portal's own requests may not go: itself, its neighbours, and what answers for the machine it runs on. */
const guarded: readonly (readonly [address: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  // A cloud's own service outside of the ranges for that.
  ['168.63.129.16', 32],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]

/** Ports of services that take a request for something else: letters, terminals, files (fetch.spec.whatwg.org, "port blocking"). */
const closedPorts: ReadonlySet<number> = new Set([
  7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111,
  113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540,
  548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000,
  6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])

/** Seconds for all of a request, its redirects included. */
const PATIENCE = 10
const MAX_REDIRECTS = 3
/** Bytes of an answer that are read; nobody needs more of it. */
const MAX_ANSWER = 65_536
/** Connections to one host that are kept for what follows, and for how many milliseconds. */
const KEPT = 16
const KEPT_FOR = 15_000

/** Why something could not be sent. What is permanent would fail again. */
export class OutgoingError extends Error {
  readonly permanent: boolean
  constructor(message: string, permanent: boolean) {
    super(message)
    this.permanent = permanent
  }
}

export interface OutgoingAnswer {
  readonly status: number
  /** Its beginning: at most 64 KB. */
  readonly body: string
}

export interface OutgoingOptions {
  readonly contentType?: string
  /** Seconds. */
  readonly patience?: number
  /** A redirect that would lose the body, or lead to another host, is the answer. */
  readonly whole?: boolean
}

type Family = 'ipv4' | 'ipv6'
const familyOf = (address: string): Family => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** `10.0.0.0/8`, `::1`; throws on anything else. */
function addNetwork(list: BlockList, network: string): void {
  const [address = '', bits] = network.split('/')
  if (bits === undefined) list.addAddress(address, familyOf(address))
  else list.addSubnet(address, Number(bits), familyOf(address))
}

/**
 * Requests that the portal sends by itself, to addresses that people have typed. Each connection, also after a
 * redirect, goes only to an address that has been checked after its name was resolved, so that no name can lead into
 * the portal's own network. Connections are kept for a while: one leads to the address that was checked when it was
 * made, whatever its name has come to mean since, and the next one is checked anew.
 */
export class Outgoing {
  readonly #guarded = new BlockList()
  readonly #allowed = new BlockList()
  readonly #plain: PlainAgent
  readonly #secure: SecureAgent

  /** @param allow networks that may be reached all the same: addresses or `address/bits`; throws on others */
  constructor(allow: readonly string[] = []) {
    for (const [address, bits] of guarded) this.#guarded.addSubnet(address, bits, familyOf(address))
    for (const network of allow) addNetwork(this.#allowed, network)
    const kept = { keepAlive: true, maxFreeSockets: KEPT, timeout: KEPT_FOR, lookup: this.#lookup }
    this.#plain = new PlainAgent(kept)
    this.#secure = new SecureAgent(kept)
  }

  /** Ends the connections that are kept. */
  close(): void {
    this.#plain.destroy()
    this.#secure.destroy()
  }

  /** Sends a body and answers with what the other side says, whatever its status; throws OutgoingError if nothing does. */
  async post(
    url: string,
    body: string,
    { contentType = 'application/x-www-form-urlencoded', patience = PATIENCE, whole = false }: OutgoingOptions = {},
  ): Promise<OutgoingAnswer> {
    const signal = AbortSignal.timeout(patience * 1000)
    const first = addressOf(url)
    let target = first
    let sent: string | null = body
    for (let redirects = 0; ; redirects++) {
      const response = await this.#send(target, sent, contentType, { signal, patience })
      const { statusCode: status = 0 } = response
      const location = locationOf(response)
      if (location === undefined) return { status, body: await textOf(response) }
      const keepsBody = status === 307 || status === 308
      const next = addressOf(location, target)
      if (whole && (!keepsBody || !isSameHost(first, next))) return { status, body: await textOf(response) }
      response.destroy()
      if (redirects === MAX_REDIRECTS) throw new OutgoingError('redirected too often', true)
      // As browsers do it: only these two repeat the body. What it holds is for nobody but the host that was named.
      if (!keepsBody) sent = null
      else if (sent !== null && !isSameHost(first, next)) {
        this.#requireReach(next)
        throw new OutgoingError(`redirected to another host, ${next.host}`, true)
      }
      target = next
    }
  }

  /**
   * Opens an address for reading, past the same guard at every step. The body is the caller's to read or to destroy.
   * Throws OutgoingError.
   */
  async get(url: string, signal: AbortSignal): Promise<IncomingMessage> {
    let target = addressOf(url)
    for (let redirects = 0; ; redirects++) {
      const response = await this.#send(target, null, '', { signal, patience: PATIENCE })
      const location = locationOf(response)
      if (location === undefined) return response
      response.destroy()
      if (redirects === MAX_REDIRECTS) throw new OutgoingError('redirected too often', true)
      target = addressOf(location, target)
    }
  }

  async #send(
    target: URL,
    body: string | null,
    contentType: string,
    limits: { signal: AbortSignal; patience: number },
  ): Promise<IncomingMessage> {
    this.#requireReach(target)
    for (;;) {
      const { response, stale } = await this.#attempt(target, body, contentType, limits)
      // The other side had ended the kept connection at that very moment, and has not seen the request.
      if (!stale) return response
    }
  }

  #attempt(
    target: URL,
    body: string | null,
    contentType: string,
    { signal, patience }: { signal: AbortSignal; patience: number },
  ): Promise<{ response: IncomingMessage; stale: false } | { response?: undefined; stale: true }> {
    return new Promise((done, fail) => {
      const isSecure = target.protocol === 'https:'
      const options = {
        method: body === null ? 'GET' : 'POST',
        headers: {
          'user-agent': 'Portico',
          ...(body === null ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
        },
        agent: isSecure ? this.#secure : this.#plain,
        signal,
      }
      const request: ClientRequest = (isSecure ? secure : plain)(target, options, (response) =>
        done({ response, stale: false }),
      )
      request.on('error', (cause: NodeJS.ErrnoException) => {
        const isStale = request.reusedSocket && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE')
        if (isStale && !signal.aborted) done({ stale: true })
        else fail(failureOf(cause, signal, patience))
      })
      request.end(body ?? undefined)
    })
  }

  /** A name is checked when it is resolved. */
  #requireReach(target: URL): void {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) > 0 && !this.#mayReach(host)) throw refusal(host)
    if (closedPorts.has(Number(target.port)))
      throw new OutgoingError(`port ${target.port} is one that the portal does not send to`, true)
  }

  readonly #lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (cause, found: LookupAddress[]) => {
      if (cause !== null) return callback(cause, '', 0)
      const reachable = found.filter(({ address }) => this.#mayReach(address))
      const [first] = reachable
      if (first === undefined) return callback(refusal(hostname), '', 0)
      return options.all === true ? callback(null, reachable) : callback(null, first.address, first.family)
    })
  }

  #mayReach(address: string): boolean {
    // A link-local address may name an interface behind a `%`: what is reached is the same.
    const [plain = ''] = address.split('%')
    if (isIP(plain) === 0) return false
    const family = familyOf(plain)
    return this.#allowed.check(plain, family) || !this.#guarded.check(plain, family)
  }
}

/** Where a redirect leads; undefined for every other answer. */
const locationOf = ({ statusCode = 0, headers }: IncomingMessage): string | undefined =>
  [301, 302, 303, 307, 308].includes(statusCode) ? headers.location : undefined

const refusal = (host: string): OutgoingError =>
  new OutgoingError(`${host} lies in a network that the portal does not send to`, true)

function failureOf(cause: Error, signal: AbortSignal, patience: number): OutgoingError {
  if (cause instanceof OutgoingError) return cause
  return new OutgoingError(signal.aborted ? `no answer within ${patience} seconds` : cause.message, false)
}

/** The same name and port, or the same name over a better connection. */
const isSameHost = (a: URL, b: URL): boolean =>
  a.origin === b.origin || (a.hostname === b.hostname && a.protocol === 'http:' && b.protocol === 'https:')

function addressOf(url: string, base?: URL): URL {
  const target = URL.canParse(url, base?.href) ? new URL(url, base) : undefined
  if (target?.protocol !== 'http:' && target?.protocol !== 'https:')
    throw new OutgoingError('this is no address that begins with http:// or https://', true)
  return target
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      if ((size += chunk.length) >= MAX_ANSWER) break
    }
  } catch {
    // The status has come, and that is what counts.
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER).toString('utf8')
}

import { lookup as resolve, type LookupAddress } from 'node:dns'
import { type ClientRequest, type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
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

/** Seconds for all of a request, its redirects included. */
const PATIENCE = 10
const MAX_REDIRECTS = 3
/** Bytes of an answer that are read; nobody needs more of it. */
const MAX_ANSWER = 65_536

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
 * the portal's own network.
 */
export class Outgoing {
  readonly #guarded = new BlockList()
  readonly #allowed = new BlockList()

  /** @param allow networks that may be reached all the same: addresses or `address/bits`; throws on others */
  constructor(allow: readonly string[] = []) {
    for (const [address, bits] of guarded) this.#guarded.addSubnet(address, bits, familyOf(address))
    for (const network of allow) addNetwork(this.#allowed, network)
  }

  /** Sends a body and answers with what the other side says, whatever its status; throws OutgoingError if nothing does. */
  async post(url: string, body: string, contentType = 'application/x-www-form-urlencoded'): Promise<OutgoingAnswer> {
    const signal = AbortSignal.timeout(PATIENCE * 1000)
    let target = addressOf(url)
    let sent: string | null = body
    for (let redirects = 0; ; redirects++) {
      const response = await this.#send(target, sent, contentType, signal)
      const { statusCode: status = 0, headers } = response
      if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined)
        return { status, body: await textOf(response) }
      response.destroy()
      if (redirects === MAX_REDIRECTS) throw new OutgoingError('redirected too often', true)
      target = addressOf(headers.location, target)
      // As browsers do it: only these two repeat the body.
      if (status !== 307 && status !== 308) sent = null
    }
  }

  #send(target: URL, body: string | null, contentType: string, signal: AbortSignal): Promise<IncomingMessage> {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) > 0 && !this.#mayReach(host)) throw refusal(host)
    return new Promise((done, fail) => {
      const options = {
        method: body === null ? 'GET' : 'POST',
        headers: {
          'user-agent': 'Portico',
          ...(body === null ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
        },
        lookup: this.#lookup,
        // A kept connection would be to an address that was checked for somebody else.
        agent: false as const,
        signal,
      }
      const request: ClientRequest = (target.protocol === 'https:' ? secure : plain)(target, options, done)
      request.on('error', (cause) => fail(failureOf(cause, signal)))
      request.end(body ?? undefined)
    })
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
    if (isIP(address) === 0) return false
    const family = familyOf(address)
    return this.#allowed.check(address, family) || !this.#guarded.check(address, family)
  }
}

const refusal = (host: string): OutgoingError =>
  new OutgoingError(`${host} lies in a network that the portal does not send to`, true)

function failureOf(cause: Error, signal: AbortSignal): OutgoingError {
  if (cause instanceof OutgoingError) return cause
  return new OutgoingError(signal.aborted ? `no answer within ${PATIENCE} seconds` : cause.message, false)
}

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

import { setTimeout as pause } from 'node:timers/promises'
import { mistake } from './mistake.ts'
import type { Request } from './request.ts'

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

export interface Sending {
  readonly fetch: typeof fetch
  /** Ctrl-C. */
  readonly signal: AbortSignal
  /** Milliseconds for one request. */
  readonly timeout: number
  /** How often one is repeated that no answer, or one of 500 and above, came to. */
  readonly retries: number
  /** For `--debug`. */
  tell(line: string): void
}

const REDIRECTS = 5
const LONGEST_PAUSE = 5000

/**
 * Sends a request and answers with whatever came back, whatever its status. A portal that is busy is given time.
 * OpenIntegrations repeats at once, so that the portal's limit stays hit.
 * @throws {CommandError} where no answer came
 */
export async function send(request: Request, sending: Sending, isRead: boolean): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const isLast = !isRead || attempt >= sending.retries
    let wait = Math.min(100 * 2 ** attempt, LONGEST_PAUSE)
    try {
      const response = await follow(request, sending)
      const answer = { status: response.status, body: Buffer.from(await response.arrayBuffer()) }
      sending.tell(`HTTP ${answer.status}, ${answer.body.length} bytes`)
      if (answer.status < 500 || isLast) return answer
      const asked = Number(response.headers.get('retry-after') ?? 0) * 1000
      if (asked > 0) wait = Math.min(asked, LONGEST_PAUSE)
    } catch (cause) {
      if (sending.signal.aborted || isMistake(cause)) throw cause
      if (isLast) throw lost(request, cause, isRead)
      sending.tell(`no answer: ${reasonOf(cause)}`)
    }
    sending.tell(`again in ${wait} ms`)
    await pause(wait, undefined, { signal: sending.signal })
  }
}

/** Asks again where the portal says that it has moved, with the same method and body. */
async function follow(request: Request, { fetch, signal, timeout, tell }: Sending): Promise<Response> {
  let { address } = request
  for (let redirects = 0; ; redirects += 1) {
    const response = await fetch(address, {
      method: request.http,
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return response
    await response.body?.cancel()
    if (redirects === REDIRECTS) throw mistake(`${address.host} sends from one address to the next`)
    const next = new URL(location, address)
    if (address.protocol === 'https:' && next.protocol !== 'https:')
      throw mistake(`${address.host} sends to ${next.host} without encryption: not followed`)
    tell(`HTTP ${response.status}, to ${next.host}`)
    address = next
  }
}

const isMistake = (cause: unknown): boolean => cause instanceof Error && 'exitCode' in cause

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  if (cause.name === 'TimeoutError') return 'it took too long'
  const inner = cause.cause
  if (!(inner instanceof Error)) return cause.message
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : ''
  return inner.message === '' ? code || cause.message : inner.message
}

/** Nothing of the address but its host: the rest opens the portal. */
function lost({ address }: Request, cause: unknown, isRead: boolean): Error {
  const reason = reasonOf(cause)
  const hint = /certificate|self.signed/i.test(reason)
    ? 'NODE_EXTRA_CA_CERTS names a file with the certificate of a private authority'
    : isRead || /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(reason)
      ? undefined
      : 'it may have been done all the same: look before you repeat it'
  return mistake(`no answer from ${address.host}: ${reason}`, hint)
}

import { UnexpectedAnswerError } from './errors.ts'
import type { Mask } from './mask.ts'
import type { Exchange } from './options.ts'
import { onAbort, reasonOf } from './time.ts'

/** One HTTP request, as it goes out. */
export interface Outgoing {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What came back, read to its end. */
export interface Incoming {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** No answer came: the request may have arrived or not. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  /** The connection was never made. */
  readonly wasNeverSent: boolean
  /** There is no use in trying again, as with a certificate that nobody vouches for. */
  readonly isFinal: boolean
  constructor(text: string, { wasNeverSent, isFinal }: { wasNeverSent: boolean; isFinal: boolean }, cause?: Error) {
    super(text, cause === undefined ? undefined : { cause })
    this.wasNeverSent = wasNeverSent
    this.isFinal = isFinal
  }
}

export interface ExchangeContext {
  readonly fetch: typeof fetch
  readonly mask: Mask
  readonly timeout: number
  readonly attempt: number
  readonly signal: AbortSignal | undefined
  readonly onExchange: ((exchange: Exchange) => void) | undefined
}

/**
 * Sends one request and reads the whole answer.
 *
 * @throws NoAnswer, or the signal's reason
 */
export async function exchange(outgoing: Outgoing, context: ExchangeContext): Promise<Incoming> {
  const { mask, timeout, signal, attempt, onExchange } = context
  const isAborted = (): boolean => signal?.aborted === true
  if (isAborted()) throw reasonOf(signal)
  const begun = Date.now()
  const tell = (rest: Pick<Exchange, 'response' | 'error'>): void =>
    onExchange?.({
      method: outgoing.method,
      url: mask.text(outgoing.url),
      attempt,
      request: { headers: masked(outgoing.headers, mask), body: mask.text(outgoing.body) },
      ...rest,
      duration: Date.now() - begun,
    })

  const controller = new AbortController()
  const forget = onAbort(signal, () => controller.abort(reasonOf(signal)))
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    controller.abort()
  }, timeout)
  let incoming: Incoming
  try {
    const response = await context.fetch(outgoing.url, {
      method: 'POST',
      headers: outgoing.headers,
      body: outgoing.body,
      // A portal that has moved answers with its new address, and whoever follows it by itself loses the body.
      redirect: 'manual',
      signal: controller.signal,
    })
    if (response.type === 'opaqueredirect')
      throw new UnexpectedAnswerError(
        outgoing.method,
        'the portal has moved, and browsers do not say where to: open it and use its new address',
        { status: 302, text: '' },
      )
    incoming = { status: response.status, headers: response.headers, text: await response.text() }
  } catch (cause) {
    if (cause instanceof UnexpectedAnswerError) throw cause
    if (isAborted()) {
      tell({ error: 'aborted' })
      throw reasonOf(signal)
    }
    const failure = isLate
      ? new NoAnswer(`no answer within ${timeout} ms`, { wasNeverSent: false, isFinal: false })
      : whatFailed(cause, mask)
    tell({ error: failure.message })
    throw failure
  } finally {
    clearTimeout(timer)
    forget()
  }
  if (onExchange !== undefined)
    tell({
      response: {
        status: incoming.status,
        headers: masked(Object.fromEntries(incoming.headers), mask),
        body: mask.text(incoming.text),
      },
    })
  return incoming
}

/** Codes of Node and Bun, and words of Deno, for connections that were never made. */
const NEVER_SENT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CONNECT_TIMEOUT|\bconnect E[A-Z]+|ConnectionRefused|FailedToOpenSocket|Connection refused|dns error|failed to lookup|Unable to connect|tcp connect error|client error \(Connect\)/i
/** Nothing of a call goes out before both sides trust each other, and another try changes nothing. */
const NEVER_WILL =
  /certificate|CERT_|_CERT\b|SELF_SIGNED|UNABLE_TO_VERIFY|wrong version number|bad port|Requests to port \d+ are blocked/

/** Node says `fetch failed` and hides the reason in the cause; others put the whole address into the message. */
function whatFailed(cause: unknown, mask: Mask): NoAnswer {
  const words = new Set<string>()
  for (let at: unknown = cause, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const { code, errors } = at as { code?: unknown; errors?: readonly unknown[] }
    if (at.message !== '' && at.message !== 'fetch failed') words.add(at.message)
    if (typeof code === 'string' && !at.message.includes(code)) words.add(code)
    // Several addresses were tried.
    for (const each of errors ?? []) if (each instanceof Error) words.add(each.message)
  }
  const text = mask.text([...words].join(', ') || String(cause))
  // A host may be called anything.
  const said = text.replaceAll(/https?:\/\/\S+/g, '')
  const isFinal = NEVER_WILL.test(said)
  return new NoAnswer(text, { wasNeverSent: isFinal || NEVER_SENT.test(said), isFinal })
}

function masked(headers: Readonly<Record<string, string>>, mask: Mask): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      /^(?:authorization|cookie|set-cookie)$/i.test(name) ? '***' : mask.text(value),
    ]),
  )
}

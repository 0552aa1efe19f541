import { LimitError, LostAnswerError, PortalError, UnexpectedAnswerError, UnreachableError } from './errors.ts'
import { exchange, NoAnswer, type Incoming } from './exchange.ts'
import { isRead } from './facts.ts'
import { linkAddress } from './link-address.ts'
import { identify, type Identity } from './identity.ts'
import { formatJson } from './json.ts'
import { Mask } from './mask.ts'
import { movedTo } from './moved.ts'
import type { Answer, CallOptions, ClientOptions, DownloadOptions, Params, Wait } from './options.ts'
import { Pace } from './pace.ts'
import { readAnswer } from './answer.ts'
import { backoff, isGateway, isPacing, isWorthAnother, RETRIES } from './retry.ts'
import { sleep } from './time.ts'
import { version } from './version.ts'

const TIMEOUT = 70_000
const MOVES = 3
/** Browsers take no User-Agent, and some ask the server for leave first. */
const isBrowser = 'document' in globalThis || 'WorkerGlobalScope' in globalThis

interface Nature {
  /** The methods that it calls: those of its commands, for a batch. */
  readonly methods: readonly string[]
  /** It carries a key though it only reads: whoever knows keys tells so. */
  readonly isKeyed?: boolean
}

/** The way of every request: token → pace → exchange → answer, and again where that is right. */
export class Connection {
  readonly pace: Pace
  readonly mask = new Mask()
  readonly #options: ClientOptions
  readonly #identity: Identity
  readonly #fetch: typeof fetch
  #origin: string
  #isPortico: boolean | undefined

  constructor(options: ClientOptions) {
    this.#options = options
    // Called as a method of something else, a browser's own fetch refuses.
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init))
    this.pace = new Pace(options.pace, options.onWait?.bind(options))
    this.#identity = identify(options, {
      mask: this.mask,
      portal: () => this.#origin,
      post: (url, form, signal) => this.#postForm(url, form, signal),
    })
    this.#origin = this.#identity.address.origin
  }

  get origin(): string {
    return this.#origin
  }

  /** Whether anything is tried a second time. */
  get repeats(): boolean {
    return (this.#options.retries ?? RETRIES) > 0
  }

  /** Undefined until something was answered. */
  get isPortico(): boolean | undefined {
    return this.#isPortico
  }

  async send(
    method: string,
    params: Params,
    { signal, timeout, idempotencyKey }: CallOptions = {},
    { methods, isKeyed = false }: Nature = { methods: [method] },
  ): Promise<Answer> {
    const reads = methods.every(isRead)
    const key =
      reads && !isKeyed ? undefined : (idempotencyKey ?? (this.#options.idempotent === true ? newKey() : undefined))
    const allowed = this.#options.retries ?? RETRIES
    let failed = 0
    let limited = 0
    let isRenewed = false
    let token = await this.#identity.token()
    for (let attempt = 1; ; attempt++) {
      await this.pace.before(method, methods, signal)
      try {
        return await this.#once(method, params, { key, token, signal, timeout, attempt })
      } catch (cause) {
        if (signal?.aborted === true) throw cause
        if (!isRenewed && isExpired(cause)) {
          const renewed = await this.#identity.renew(token)
          if (renewed === undefined) throw cause
          token = renewed
          isRenewed = true
          continue
        }
        if (isPacing(cause)) limited++
        else failed++
        const mayRepeat = reads || (key !== undefined && (await this.#knowsKeys(cause, signal)))
        if (!isWorthAnother(cause, { failed, limited, allowed }, mayRepeat)) throw asked(cause, method, reads)
        const known =
          cause instanceof LimitError ? this.pace.refused(method, cause.code, cause.retryAfter) : retryAfterOf(cause)
        const milliseconds = Math.max(known ?? 0, backoff(isPacing(cause) ? limited : failed))
        this.waiting(method, 'retry', milliseconds)
        await sleep(milliseconds, signal)
      }
    }
  }

  /** Opens what a link of an answer leads to, with the credential where the portal itself needs one there. */
  async open(link: string, { signal, redirect }: DownloadOptions): Promise<Response> {
    const token = await this.#identity.token()
    await this.pace.before('download', ['download'], signal)
    const { userAgent = `portico-client/${version}` } = this.#options
    return this.#fetch(linkAddress(link, { origin: this.#origin, path: this.#identity.address.path, token }), {
      headers: isBrowser ? {} : { 'user-agent': userAgent },
      ...(signal === undefined ? {} : { signal }),
      ...(redirect === undefined ? {} : { redirect }),
    })
  }

  /** Tells whoever listens that something waits. */
  waiting(method: string, why: Wait['why'], milliseconds: number): void {
    this.#options.onWait?.({ method, why, milliseconds })
  }

  /** Whether the portal is a Portico, by asking it if it has said nothing yet. */
  async probe(signal?: AbortSignal): Promise<boolean> {
    if (this.#isPortico === undefined) {
      const method = 'server.time'
      // Browsers ask for leave before they send a key, which other portals may not give.
      const options = { signal, ...(isBrowser ? {} : { idempotencyKey: newKey() }) }
      try {
        await this.send(method, {}, options, { methods: [method], isKeyed: true })
      } catch (cause) {
        // An error is an answer too: it has told who gives it.
        if (!(cause instanceof PortalError)) throw cause
      }
      this.#isPortico ??= false
    }
    return this.#isPortico
  }

  async #once(
    method: string,
    params: Params,
    given: {
      key: string | undefined
      token: string | undefined
      signal: AbortSignal | undefined
      timeout: number | undefined
      attempt: number
    },
  ): Promise<Answer> {
    const { key, token, signal, timeout = this.#options.timeout ?? TIMEOUT, attempt } = given
    const { userAgent = `portico-client/${version}`, onExchange } = this.#options
    const body = formatJson(token === undefined ? params : { auth: token, ...params })
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(isBrowser ? {} : { 'user-agent': userAgent }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...this.#identity.headers?.(),
    }
    for (let moves = 0; ; moves++) {
      const url = `${this.#origin}${this.#identity.address.path}${method}`
      const incoming = await exchange(
        { method, url, headers, body },
        { fetch: this.#fetch, mask: this.mask, timeout, attempt, signal, onExchange: onExchange?.bind(this.#options) },
      )
      const moved = movedTo(incoming, url)
      if (moved === undefined || moves === MOVES) return this.#read(method, incoming, key)
      this.#origin = moved
      this.#options.onMoved?.(moved)
    }
  }

  #read(method: string, incoming: Incoming, key: string | undefined): Answer {
    const { headers } = incoming
    // A proxy before it may have put its own name there, but the echo of a key comes from nobody else.
    if (headers.get('server') === 'Portico' || (key !== undefined && headers.get('idempotency-key') === key))
      this.#isPortico = true
    const { answer, body } = readAnswer(method, incoming, (text) => this.mask.text(text))
    this.pace.after(method, body, this.#isPortico === true)
    if (answer instanceof Error) throw answer
    return answer
  }

  async #knowsKeys(cause: unknown, signal: AbortSignal | undefined): Promise<boolean> {
    if (cause instanceof UnexpectedAnswerError && !isGateway(cause)) return false
    return this.probe(signal).catch(() => false)
  }

  async #postForm(
    url: string,
    form: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<{ status: number; text: string }> {
    const { timeout = TIMEOUT, onExchange } = this.#options
    const outgoing = {
      method: 'oauth/token',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
    }
    const context = {
      fetch: this.#fetch,
      mask: this.mask,
      timeout,
      signal,
      onExchange: onExchange?.bind(this.#options),
    }
    for (let attempt = 1; ; attempt++) {
      try {
        return await exchange(outgoing, { ...context, attempt })
      } catch (cause) {
        if (!(cause instanceof NoAnswer)) throw cause
        if (cause.isFinal || attempt > (this.#options.retries ?? RETRIES))
          throw new UnreachableError(outgoing.method, cause.message, { cause })
        await sleep(backoff(attempt), signal)
      }
    }
  }
}

const newKey = (): string => crypto.randomUUID()

const isExpired = (cause: unknown): boolean =>
  cause instanceof PortalError && cause.status === 401 && /^(?:expired_token|invalid_token)$/i.test(cause.code)

const retryAfterOf = (cause: unknown): number | undefined =>
  cause instanceof PortalError && cause.retryAfter !== undefined ? cause.retryAfter * 1000 : undefined

/** The error that the caller gets. */
function asked(cause: unknown, method: string, reads: boolean): unknown {
  if (isGateway(cause) && !reads)
    return new LostAnswerError(method, `no answer but HTTP ${cause.status} from what is before the portal`, { cause })
  if (!(cause instanceof NoAnswer)) return cause
  return reads || cause.wasNeverSent
    ? new UnreachableError(method, cause.message, { cause })
    : new LostAnswerError(method, cause.message, { cause })
}

import type { OAuth } from './oauth.ts'

/** Whom the client speaks for. */
export type Credential =
  /** An inbound webhook: `https://portal.example/rest/1/CODE/`. */
  | { readonly webhook: string }
  /** An access token, or a function that knows the present one; it is asked again when the portal refuses the first. */
  | { readonly portal: string; readonly token: string | (() => string | Promise<string>) }
  /** An application with tokens that this client refreshes. */
  | { readonly portal: string; readonly oauth: OAuth }
  /** A page of a Portico itself, for whoever is signed in there: what `/session` tells as `csrf`. The cookie goes along. */
  | { readonly portal: string; readonly session: () => string }

export type ClientOptions = Credential & {
  /** In place of the global one. It must not follow redirects where it is told not to. */
  readonly fetch?: typeof fetch
  /**
   * How the client spares the portal. `auto` (where nothing is said) keeps to the limits of the cloud, 2 requests a
   * second after the first 50, unless a Portico answers: that is called at full speed until it says itself that it has
   * limits.
   */
  readonly pace?: 'auto' | 'off' | { readonly perSecond: number; readonly burst: number }
  /** How often a failed request is repeated where that is safe; 4 where nothing is said. */
  readonly retries?: number
  /** Milliseconds for one request, its answer included; 70,000 where nothing is said (the cloud gives up after 60 s). */
  readonly timeout?: number
  /** The User-Agent header; browsers keep their own. */
  readonly userAgent?: string
  /** Writes carry an Idempotency-Key, so that a Portico does them once even where the client has to repeat them. */
  readonly idempotent?: boolean
  /** Sees every request and its answer, with secrets masked: for logs and `--verbose`. */
  onExchange?(exchange: Exchange): void
  /** Is told when a request has to wait: for the portal's limits, or before it is repeated. */
  onWait?(wait: Wait): void
  /** Is told the new address when the portal has moved: keep it, the old one ends some day. */
  onMoved?(portal: string): void
}

/** One request and what came of it. No secret is in it. */
export interface Exchange {
  readonly method: string
  readonly url: string
  /** 1 for the first try. */
  readonly attempt: number
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string }
  readonly response?: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
  /** Why there is no response. */
  readonly error?: string
  /** Milliseconds that it took. */
  readonly duration: number
}

export interface Wait {
  readonly method: string
  /** `rate` and `operating` are limits of the portal; `retry` comes before another try. */
  readonly why: 'rate' | 'operating' | 'retry'
  readonly milliseconds: number
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Of this call alone: see `ClientOptions.idempotent`. 1 to 255 printable ASCII characters. */
  readonly idempotencyKey?: string | undefined
  /** Milliseconds for one request; see `ClientOptions.timeout`. */
  readonly timeout?: number | undefined
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined
  /** `manual`: a redirect is the answer, for whoever looks where it leads; they are followed where nothing is said. */
  readonly redirect?: 'follow' | 'manual' | undefined
}

/** `time` of an answer: seconds of the portal's clock. */
export interface Time {
  readonly start: number
  readonly finish: number
  readonly duration: number
  readonly processing: number
  readonly date_start: string
  readonly date_finish: string
  /** When the oldest minute of `operating` is forgotten. */
  readonly operating_reset_at?: number
  /** Seconds that this method has taken this caller in the last ten minutes. */
  readonly operating?: number
}

export interface Answer<Result = unknown> {
  readonly result: Result
  /** Of lists: how many there are, without paging. */
  readonly total?: number
  /** Of lists: the `start` of the next page; left out on the last one. */
  readonly next?: number
  readonly time?: Time
  readonly status: number
  readonly headers: Headers
}

export type Params = Readonly<Record<string, unknown>>
export type Row = Record<string, unknown>

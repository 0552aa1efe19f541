import { CredentialError, UnexpectedAnswerError } from './errors.ts'
import { isMap, parseJson } from './json.ts'

/** Tokens of an application. Names as the authorisation server gives them. */
export interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
  /** When the access token ends, in seconds since 1970. */
  readonly expires?: number
}

export interface OAuth {
  readonly clientId: string
  readonly clientSecret: string
  /** The tokens to begin with; or a function that reads what `onTokens` has kept, for tokens that others renew too. */
  readonly tokens: Tokens | (() => Tokens | Promise<Tokens>)
  /** Keeps new tokens. They are used only after it is done, since the old ones are worth nothing then. */
  onTokens?(tokens: IssuedTokens): void | Promise<void>
  /**
   * Runs `refresh` while nobody else does: give one where several processes share the tokens (a file lock, a database's
   * advisory lock). Within one client, racing calls refresh once anyway.
   */
  lock?<T>(refresh: () => Promise<T>): Promise<T>
  /**
   * Where tokens are refreshed: `https://oauth.bitrix.info/oauth/token/` where nothing is said. A Portico does it
   * itself: `/oauth/token/`, which is taken relative to the portal.
   */
  readonly tokenUrl?: string
}

/** What the authorisation server answers (`settings/oauth/auto-renewal.md`). */
export interface IssuedTokens extends Tokens {
  readonly expires_in?: number
  /** Comma-separated. */
  readonly scope?: string
  readonly member_id?: string
  readonly user_id?: number
  readonly status?: string
  readonly domain?: string
  readonly client_endpoint?: string
  readonly server_endpoint?: string
}

export const TOKEN_URL = 'https://oauth.bitrix.info/oauth/token/'
const REFRESH = 'oauth/token'

/** Posts a form and gives the answer as it came; made by the connection, which knows fetch, timeouts and masks. */
export type PostForm = (
  url: string,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
) => Promise<{ status: number; text: string }>

/** The tokens of one application, refreshed once however many calls need it. */
export class TokenKeeper {
  readonly #oauth: OAuth
  readonly #post: PostForm
  readonly #hide: (...secrets: string[]) => void
  readonly #url: () => string
  readonly #mask: (text: string) => string
  #tokens: Tokens | undefined
  #refreshing: Promise<string> | undefined

  constructor(
    oauth: OAuth,
    given: {
      post: PostForm
      hide: (...secrets: string[]) => void
      mask: (text: string) => string
      portal: () => string
    },
  ) {
    this.#oauth = oauth
    this.#post = given.post
    this.#hide = given.hide
    this.#mask = given.mask
    this.#url = () => new URL(oauth.tokenUrl ?? TOKEN_URL, `${given.portal()}/`).href
    given.hide(oauth.clientSecret)
  }

  async token(): Promise<string> {
    this.#tokens ??= await this.#read()
    return this.#tokens.access_token
  }

  /** @param refused the token that the portal no longer takes; answers with the one that has come in its place */
  async renew(refused: string): Promise<string> {
    const present = await this.token()
    if (present !== refused) return present
    // No caller's signal ends what the others wait for.
    this.#refreshing ??= this.#locked(refused).finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  async #locked(refused: string): Promise<string> {
    const body = async (): Promise<string> => {
      // Whoever had the lock before may have done it.
      const { access_token, refresh_token } = (this.#tokens = await this.#read())
      return access_token === refused ? this.#refresh(refresh_token) : access_token
    }
    const { lock } = this.#oauth
    return lock === undefined ? body() : (lock.call(this.#oauth, body) as Promise<string>)
  }

  async #read(): Promise<Tokens> {
    const { tokens } = this.#oauth
    const read = typeof tokens === 'function' ? await tokens() : (this.#tokens ?? tokens)
    this.#hide(read.access_token, read.refresh_token)
    return read
  }

  async #refresh(refreshToken: string): Promise<string> {
    const { clientId, clientSecret } = this.#oauth
    const answer = await this.#post(
      this.#url(),
      { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken },
      undefined,
    )
    const issued = issuedTokens(answer, this.#mask)
    this.#hide(issued.access_token, issued.refresh_token)
    await this.#oauth.onTokens?.(issued)
    this.#tokens = issued
    return issued.access_token
  }
}

function issuedTokens(
  { status, text }: { status: number; text: string },
  mask: (text: string) => string,
): IssuedTokens {
  let body: unknown
  try {
    body = parseJson(text)
  } catch {
    body = undefined
  }
  if (!isMap(body))
    throw new UnexpectedAnswerError(REFRESH, 'the authorisation server did not answer with JSON', {
      status,
      text: mask(text),
    })
  // Errors come with 200 too: `wrong_client`.
  if (body.error !== undefined || status >= 400)
    throw new CredentialError({
      code: String(body.error ?? ''),
      text: mask(`the tokens could not be refreshed: ${String(body.error_description ?? 'no reason was given')}`),
      status,
      method: REFRESH,
    })
  const { access_token, refresh_token } = body
  if (typeof access_token !== 'string' || typeof refresh_token !== 'string' || access_token === '')
    throw new UnexpectedAnswerError(REFRESH, 'the authorisation server gave no tokens', { status, text: '' })
  return { ...body, access_token, refresh_token }
}

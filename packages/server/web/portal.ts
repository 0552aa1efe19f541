import type { Frame, FrameTokens } from '../src/modules/placement/frame-data.ts'

/** What the server has put into the page. */
export interface PageData {
  readonly csrf: string
  /** Where the portal is: the only origin under which frames find this page. */
  readonly origin: string
  readonly frame: Frame
}

export class PortalError extends Error {}

/** The page's way to the server: with the cookie of who is signed in and the header that only this page knows. */
export class Portal {
  readonly #csrf: string
  readonly origin: string

  constructor({ csrf, origin }: Pick<PageData, 'csrf' | 'origin'>) {
    this.#csrf = csrf
    this.origin = origin
  }

  /** A method of the API, for the person. */
  rest<T>(method: string, parameters: object = {}): Promise<T> {
    return this.#post<T>(`/rest/${method}`, parameters, { 'x-portico-csrf': this.#csrf })
  }

  /** A method of the API, for the application: its own settings are its alone. */
  restAs<T>(token: string, method: string, parameters: object): Promise<T> {
    return this.#post<T>(`/rest/${method}`, parameters, { authorization: `Bearer ${token}` })
  }

  open(application: number, options: object): Promise<Frame> {
    return this.#frame('open', { application, options })
  }

  tokens(application: number): Promise<FrameTokens> {
    return this.#frame('tokens', { application })
  }

  firstRun(application: number): Promise<boolean> {
    return this.#frame('first-run', { application })
  }

  installed(application: number): Promise<boolean> {
    return this.#frame('installed', { application })
  }

  #frame<T>(path: string, body: object): Promise<T> {
    return this.#post<T>(`/frame/${path}`, body, { 'x-portico-csrf': this.#csrf })
  }

  async #post<T>(url: string, body: object, headers: Record<string, string>): Promise<T> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as { result?: T; error?: unknown; error_description?: string }
    if (!response.ok || answer.error !== undefined)
      throw new PortalError(answer.error_description ?? `The portal answered ${response.status}`)
    return answer.result as T
  }
}

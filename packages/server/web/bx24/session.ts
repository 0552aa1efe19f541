import type { FrameTokens, InitData } from '../../src/modules/placement/frame-data.ts'
import { loadScript, ready } from './dom.ts'
import { Messages } from './messages.ts'

/** Who the page acts for (sdk/bx24-js-sdk/system-functions/bx24-get-auth.md). */
export interface Auth {
  readonly access_token: string
  readonly refresh_token: string
  /** Milliseconds since 1970. */
  readonly expires_in: number
  readonly domain: string
  readonly member_id: string
}

type Handler = () => void

/** The page's life in its frame: it learns for whom it acts, installs itself once, and then is ready. */
export class Session {
  readonly messages = new Messages()
  data: InitData | undefined
  #expires = 0
  #state: 'waiting' | 'installing' | 'ready' = 'waiting'
  readonly #installers: (Handler | string)[] = []
  readonly #inits: Handler[] = []
  readonly #known: Handler[] = []
  #refreshing: ((auth: Auth | false) => void)[] | undefined

  constructor() {
    this.messages.send('getInitData', undefined, (data) => {
      // Handlers that the page sets while it is being read come first.
      ready(() => this.#begin(data as InitData))
    })
  }

  init(handler: Handler): void {
    if (this.#state === 'ready') handler()
    else this.#inits.push(handler)
  }

  /** Runs at the first visit of a person, before what {@link init} has set. */
  install(handler: Handler | string): void {
    if (this.#state === 'waiting') this.#installers.push(handler)
    else if (this.data?.INSTALL === true || this.data?.FIRST_RUN === true) this.#runInstaller(handler)
  }

  /** During the installation the portal begins the page anew; at a person's first visit, the page goes on. */
  installFinish(): void {
    if (this.data?.INSTALL === true) this.messages.send('setInstallFinish')
    else if (this.#state === 'installing') {
      this.messages.send('setInstall', { install: true })
      this.#become()
    }
  }

  /** Runs as soon as it is known for whom the page acts. */
  whenKnown(action: Handler): void {
    if (this.data === undefined) this.#known.push(action)
    else action()
  }

  get auth(): Auth | false {
    if (this.data === undefined || this.#expires <= Date.now()) return false
    return {
      access_token: this.data.AUTH_ID,
      refresh_token: this.data.REFRESH_ID,
      expires_in: this.#expires,
      domain: this.messages.domain,
      member_id: this.data.MEMBER_ID,
    }
  }

  /** New tokens; who asks meanwhile waits for the same. */
  refresh(done: (auth: Auth | false) => void): void {
    if (this.#refreshing !== undefined) {
      this.#refreshing.push(done)
      return
    }
    this.#refreshing = [done]
    this.messages.send('refreshAuth', undefined, (tokens) => {
      if (this.data !== undefined && typeof tokens === 'object' && tokens !== null)
        this.#take({ ...this.data, ...(tokens as FrameTokens) })
      const waiting = this.#refreshing ?? []
      this.#refreshing = undefined
      for (const each of waiting) each(this.auth)
    })
  }

  #take(data: InitData): void {
    this.data = data
    this.#expires = Date.now() + Number.parseInt(data.AUTH_EXPIRES, 10) * 1000
  }

  #begin(data: InitData): void {
    this.#take(data)
    const isFirst = data.INSTALL || data.FIRST_RUN
    if (isFirst && this.#installers.length > 0) {
      this.#state = 'installing'
      for (const action of this.#known.splice(0)) action()
      for (const installer of this.#installers.splice(0)) this.#runInstaller(installer)
      return
    }
    if (data.FIRST_RUN) this.messages.send('setInstall', { install: true })
    this.#become()
  }

  #runInstaller(installer: Handler | string): void {
    if (typeof installer === 'function') installer()
    else loadScript(installer, () => this.installFinish())
  }

  #become(): void {
    this.#state = 'ready'
    for (const action of this.#known.splice(0)) action()
    for (const handler of this.#inits.splice(0)) handler()
  }
}

/** Where the page that holds this one is, and how it calls this one: what stands in the name of the window. */
interface Place {
  readonly domain: string
  readonly secure: boolean
  readonly sid: string
}

function placeOf(): Place | undefined {
  const [domain = '', protocol = '', sid = ''] = window.name.split('|')
  if (domain !== '' && sid !== '') return { domain, secure: protocol === '1', sid }
  const query = new URLSearchParams(location.search)
  const [named, asked] = [query.get('DOMAIN'), query.get('APP_SID')]
  return named === null || asked === null
    ? undefined
    : { domain: named, secure: query.get('PROTOCOL') === '1', sid: asked }
}

type Answered = (value: unknown) => void

/** Talks with the page of the portal that holds this page in a frame. */
export class Messages {
  /** Without the ports of the schemes themselves. */
  readonly domain: string
  readonly origin: string
  readonly #sid: string
  readonly #waiting = new Map<string, Answered>()
  readonly #bound = new Map<string, Answered>()

  /** Throws where the page is not in a frame of a portal. */
  constructor() {
    const place = placeOf()
    if (place === undefined || parent === window)
      throw new Error('Unable to initialize the BX24 library: the page is not in a frame of the portal')
    this.domain = place.domain.replace(/:(80|443)$/, '')
    this.origin = `${place.secure ? 'https' : 'http'}://${this.domain}`
    this.#sid = place.sid
    addEventListener('message', (event) => {
      if (event.source === parent && event.origin === this.origin) this.#receive(event.data)
    })
  }

  /** Sends a command; the callback gets its answer, once. */
  send(command: string, payload?: unknown, answered: Answered = () => {}): void {
    this.#waiting.set(this.#post(command, payload), answered)
  }

  /** Sends a command whose first answer is an acknowledgement, and whose later ones are events. */
  bind(command: string, payload: unknown, happened: Answered): void {
    const key = this.#post(command, payload)
    this.#waiting.set(key, () => this.#bound.set(key, happened))
  }

  #post(command: string, payload: unknown): string {
    const key = crypto.getRandomValues(new Uint32Array(4)).reduce((text, part) => text + part.toString(36), 'k')
    const parts = [command, payload === undefined ? undefined : JSON.stringify(payload), key, this.#sid]
    parent.postMessage(parts.filter((part) => part !== undefined).join(':'), this.origin)
    return key
  }

  #receive(data: unknown): void {
    if (typeof data !== 'string') return
    const mark = data.indexOf(':')
    const key = data.slice(0, mark)
    const text = data.slice(mark + 1)
    const listener = this.#waiting.get(key) ?? this.#bound.get(key)
    if (mark < 0 || listener === undefined) return
    this.#waiting.delete(key)
    listener(text === '' ? undefined : (JSON.parse(text) as unknown))
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import type { Bench } from './bench.ts'
import { ControlError } from './control-error.ts'

/** Another portal at the address of one for tests, with a state of its own. */
export interface Neighbour {
  readonly name: string
  /** Path of its first webhook: `1/code`. */
  readonly webhook: string
  readonly bench: Bench
  answer(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

/** Below it, each portal has a host name of its own: `NAME.portico.localhost`. */
export const NEIGHBOUR_DOMAIN = 'portico.localhost'

const NAME = /^[a-z][a-z\d-]{0,39}$/
const PREFIX = /^\/p\/([a-z][a-z\d-]{0,39})(\/.*)$/

/**
 * Portals that share one address, so that tests which run side by side have one each: they are told apart by the host
 * name that was asked for, or by `/p/NAME` before the path.
 */
export class Neighbours {
  readonly #open: (name: string) => Promise<Neighbour>
  readonly #there = new Map<string, Promise<Neighbour>>()

  constructor(open: (name: string) => Promise<Neighbour>) {
    this.#open = open
  }

  get names(): string[] {
    return [...this.#there.keys()]
  }

  /** @throws {ControlError} for a name that is taken or none */
  async add(name: string): Promise<Neighbour> {
    if (!NAME.test(name))
      throw new ControlError(`"${name}" is no name of a portal: small letters, digits and - after a letter, at most 40`)
    if (this.#there.has(name)) throw new ControlError(`there is a portal "${name}" already`, 409)
    const opening = this.#open(name)
    this.#there.set(name, opening)
    return opening.catch((cause: unknown) => {
      this.#there.delete(name)
      throw cause
    })
  }

  async remove(name: string): Promise<void> {
    const found = this.#there.get(name)
    if (found === undefined) throw new ControlError(`there is no portal "${name}"`, 404)
    this.#there.delete(name)
    await (await found).close()
  }

  /** Gives a request to whom it is for; false if that is nobody here. */
  take(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#there.size === 0) return false
    const [, prefix, rest] = PREFIX.exec(request.url ?? '') ?? []
    const name = prefix ?? nameIn(request.headers.host)
    const found = name === undefined ? undefined : this.#there.get(name)
    if (found === undefined) return false
    void found.then(
      (neighbour) => {
        if (prefix !== undefined) {
          neighbour.bench.bases.set(request, `/p/${prefix}`)
          request.url = rest
        }
        neighbour.answer(request, response)
      },
      () => response.destroy(),
    )
    return true
  }

  async close(): Promise<void> {
    const all = [...this.#there.values()]
    this.#there.clear()
    for (const each of await Promise.allSettled(all)) if (each.status === 'fulfilled') await each.value.close()
  }
}

function nameIn(host = ''): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  return isIP(name) > 0 || !name.endsWith(`.${NEIGHBOUR_DOMAIN}`)
    ? undefined
    : name.slice(0, -NEIGHBOUR_DOMAIN.length - 1)
}

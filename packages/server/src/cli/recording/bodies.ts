/** Bytes of one body, and of all that are under way: what is more is passed on and not kept. */
const LARGEST = 32 * 2 ** 20
const MOST = 128 * 2 ** 20

/** What all bodies under way hold together. */
export class Bodies {
  held = 0

  collect(): Collected {
    return new Collected(this)
  }
}

/** A body as it passes by. */
export class Collected {
  readonly #all: Bodies
  #chunks: Buffer[] | undefined = []
  #held = 0
  /** Bytes that have passed, kept or not. */
  size = 0

  constructor(all: Bodies) {
    this.#all = all
  }

  add(chunk: Buffer): void {
    this.size += chunk.length
    if (this.#chunks === undefined) return
    if (this.size > LARGEST || this.#all.held + chunk.length > MOST) return this.release()
    this.#chunks.push(chunk)
    this.#held += chunk.length
    this.#all.held += chunk.length
  }

  /** undefined where it was too large. */
  get whole(): Buffer | undefined {
    return this.#chunks === undefined ? undefined : Buffer.concat(this.#chunks)
  }

  /** Lets go of what is held. */
  release(): void {
    this.#all.held -= this.#held
    this.#held = 0
    this.#chunks = undefined
  }
}

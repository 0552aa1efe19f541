/** There is more to do than can be done in good time. */
export class BusyError extends Error {
  override readonly name = 'BusyError'
}

/** Lets few do something costly at once; others wait in line, and where the line is too long they are sent away. */
export class Gate {
  readonly #width: number
  readonly #longest: number
  readonly #line: (() => void)[] = []
  #inside = 0
  #passed = 0

  constructor(width: number, longest: number) {
    this.#width = width
    this.#longest = longest
  }

  /** How many have been let in, ever. */
  get passed(): number {
    return this.#passed
  }

  /** Throws BusyError. */
  async run<T>(body: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#width) {
      if (this.#line.length >= this.#longest) throw new BusyError('too many wait already')
      // Whoever leaves gives their place to the first in line.
      await new Promise<void>((resolve) => this.#line.push(resolve))
    } else this.#inside++
    this.#passed++
    try {
      return await body()
    } finally {
      const next = this.#line.shift()
      if (next === undefined) this.#inside--
      else next()
    }
  }
}

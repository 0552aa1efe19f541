/** For calls that wait until something happens: this process rings, others are looked after by the waiting itself. */
export class Bell {
  readonly #waiting = new Set<() => void>()
  #closed = false

  /** Nobody waits any more: the process is about to end. */
  get closed(): boolean {
    return this.#closed
  }

  ring(): void {
    if (this.#waiting.size === 0) return
    for (const awake of this.#waiting) awake()
  }

  close(): void {
    this.#closed = true
    this.ring()
  }

  /** Until it rings, but for so many milliseconds at most. */
  async wait(milliseconds: number): Promise<void> {
    if (this.#closed || milliseconds <= 0) return
    let timer: NodeJS.Timeout | undefined
    let awake: () => void = () => {}
    await new Promise<void>((resolve) => {
      awake = resolve
      this.#waiting.add(awake)
      timer = setTimeout(resolve, milliseconds)
    })
    this.#waiting.delete(awake)
    clearTimeout(timer)
  }
}

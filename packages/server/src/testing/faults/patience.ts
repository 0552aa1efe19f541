/** Waiting that ends before its time when the portal is put back: whatever waited then must not go on. */
export class Patience {
  #waiting = new Set<() => void>()

  /** Real time. @returns false when it was broken off */
  wait(seconds: number): Promise<boolean> {
    if (seconds <= 0) return Promise.resolve(true)
    return new Promise((resolve) => {
      const end = (whole: boolean): void => {
        clearTimeout(timer)
        this.#waiting.delete(breakOff)
        resolve(whole)
      }
      const timer = setTimeout(() => end(true), seconds * 1000)
      const breakOff = (): void => end(false)
      this.#waiting.add(breakOff)
    })
  }

  breakOff(): void {
    for (const each of this.#waiting) each()
  }
}

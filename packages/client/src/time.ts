/**
 * Waits, unless the signal ends it: then it throws the signal's reason, at once.
 *
 * @param ms milliseconds
 */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(reasonOf(signal))
    const done = (): void => {
      forget()
      resolve()
    }
    const forget = onAbort(signal, () => {
      clearTimeout(timer)
      reject(reasonOf(signal))
    })
    // Longer than 2^31 ms would be no wait at all.
    const timer = setTimeout(done, Math.min(Math.max(ms, 0), 2_000_000_000))
  })
}

const listeners = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls back once when the signal is aborted. However many wait for one signal, it has one listener: Node warns of a
 * leak where there are more than ten.
 *
 * @returns what takes the call back
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (signal === undefined) return () => {}
  const waiting = listeners.get(signal) ?? listen(signal)
  waiting.add(callback)
  return () => void waiting.delete(callback)
}

function listen(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>()
  listeners.set(signal, waiting)
  signal.addEventListener('abort', () => call(waiting), { once: true })
  return waiting
}

function call(callbacks: Set<() => void>): void {
  const all = [...callbacks]
  callbacks.clear()
  for (const callback of all) callback()
}

/** What an aborted signal says, as an Error. */
export function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : new DOMException('This operation was aborted', 'AbortError')
}

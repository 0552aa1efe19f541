import { AsyncLocalStorage } from 'node:async_hooks'

/** A call whose transaction will be undone, to learn what would come of it. */
export interface Rehearsal {
  /** Bytes of files that it has written. */
  readonly blobs: string[]
  /** What it has read anew of settings that it has changed: nobody else may see it. */
  readonly kept: Map<string, Promise<unknown> | undefined>
}

const storage = new AsyncLocalStorage<Rehearsal>()
let running = 0

/** The rehearsal that the present work belongs to, if it belongs to one. */
export const rehearsal = (): Rehearsal | undefined => (running === 0 ? undefined : storage.getStore())

/** Whoever rehearses undoes everything itself before the body ends. */
export async function rehearsing<T>(body: (own: Rehearsal) => Promise<T>): Promise<T> {
  const own: Rehearsal = { blobs: [], kept: new Map() }
  running++
  try {
    return await storage.run(own, () => body(own))
  } finally {
    running--
    // Following who belongs to what costs everybody a little.
    if (running === 0) storage.disable()
  }
}
